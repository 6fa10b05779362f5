"""Synthetic histories are what their truth says."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wfm.errors import InputError
from wfm.forecast import read_history
from wfm.sample.happenings import Busy, Campaign, Outage, Payday
from wfm.sample.patterns import PATTERNS, Pattern
from wfm.sample.synthetic import synthetic_history

CALM = Busy(cv=0.0)
FLAT = {"growth": 0.0, "yearly_swing": 0.0, "level_drift": 0.0}
EVEN = Pattern("even", 70_000.0, (1.0,) * 7, profile={0: 1, 24: 1}, aht={0: 200})
SALE = Campaign(name="sale", start=date(2025, 3, 10), days=2, factor=1.5, tail=(1.2,))
PAYDAY = Payday(day=15, factor=1.1, tail=(1.05,))
OUTAGE = Outage(start="2025-03-12 09:30", hours=3.5, factor=0.1, queues=("voice",))


@pytest.fixture(scope="module")
def center():
    """A year and a half of three queues in China, with everything that can happen."""
    return synthetic_history(
        PATTERNS, "2024-07-01", 550, campaigns=[SALE], outages=[OUTAGE], paydays=[PAYDAY]
    )


def days_of(truth, queue="even"):
    """Expected contacts by ISO date."""
    days = truth.expected_days(queue)
    return dict(zip(pd.DatetimeIndex(days.index).strftime("%Y-%m-%d"), days, strict=True))


def effects_of(truth, queue, day):
    """Effects of a queue's day by name."""
    table = truth.effects
    rows = table[(table["queue"] == queue) & (table["day"] == date.fromisoformat(day))]
    return dict(zip(rows["effect"], rows["factor"], strict=True))


def test_equal_seeds_give_equal_histories(center):
    """The seed decides; another one gives other contacts and other factors of holidays."""
    table, truth = center
    happenings = {"campaigns": [SALE], "outages": [OUTAGE], "paydays": [PAYDAY]}
    again, same = synthetic_history(PATTERNS, date(2024, 7, 1), 550, **happenings)
    pd.testing.assert_frame_equal(table, again)
    for name in ("expected", "effects", "level"):
        pd.testing.assert_frame_equal(getattr(truth, name), getattr(same, name))
    other, differs = synthetic_history(PATTERNS, "2024-07-01", 550, seed=2, **happenings)
    assert (table["offered"] != other["offered"]).mean() > 0.5
    assert not truth.factors()["factor"].equals(differs.factors()["factor"])


def test_what_happens_leaves_all_else_as_it_was(center):
    """Without a campaign, all days but its own have the same expectation and busy factor."""
    _, truth = center
    _, without = synthetic_history(PATTERNS, "2024-07-01", 550, outages=[OUTAGE], paydays=[PAYDAY])
    day = truth.expected["start"].dt.tz_convert(truth.timezone).dt.strftime("%Y-%m-%d")
    ratio = truth.expected["expected"] / without.expected["expected"]
    sale = day.map({"2025-03-10": 1.5, "2025-03-11": 1.5, "2025-03-12": 1.2}).fillna(1.0)
    np.testing.assert_allclose(ratio, sale)
    assert truth.expected["busy"].equals(without.expected["busy"])


def test_the_table_can_be_read(center):
    """A history reads the table, and truth has a line for each of its rows."""
    table, truth = center
    history = read_history(table, timezone=truth.timezone)
    assert history.queues == ("voice", "vip", "chat")
    assert history.interval == truth.interval == 30
    pd.testing.assert_frame_equal(table[["queue", "start"]], truth.expected[["queue", "start"]])
    assert (table["handled"] <= table["offered"]).all()


def test_counts_are_poisson_around_what_is_expected(center):
    """Given expectation and busy factor, counts have that mean and that variance."""
    table, truth = center
    for queue in ("voice", "vip", "chat"):
        rows = (table["queue"] == queue).to_numpy()
        mean = (truth.expected["expected"] * truth.expected["busy"]).to_numpy()[rows]
        off = table["offered"].to_numpy()[rows] - mean
        assert abs(off.sum()) < 4 * np.sqrt(mean.sum())
        # E (N - m)^2 = m with variance m + 2 m^2, for Poisson counts.
        error = np.sqrt((mean + 2 * mean**2).sum())
        assert abs((off**2).sum() - mean.sum()) < 4 * error


def test_means_match_the_truth_by_hour_and_by_effect():
    """Without busy days, sums over any slice are within four Poisson errors of the truth."""
    table, truth = synthetic_history(PATTERNS, "2024-01-01", 400, busy=CALM, paydays=[PAYDAY])
    assert (truth.expected["busy"] == 1).all()
    local = table["start"].dt.tz_convert(truth.timezone)
    slices = (local.dt.hour, local.dt.day_of_week, local.dt.month)
    for keys in slices:
        grouped = [table["queue"], keys]
        got = table["offered"].groupby(grouped).sum()
        expected = truth.expected["expected"].groupby(grouped).sum()
        assert (np.abs(got - expected) < 4.5 * np.sqrt(expected)).all()


@pytest.mark.parametrize(
    "busy", [Busy(cv=0.2, shared=0.5, hourly=0.6), Busy(cv=0.1, shared=0), Busy(cv=0.15, shared=1)]
)
def test_busy_factors_correlate_as_asked(busy):
    """Mean 1, the variance asked for, its correlation by hours apart, none between days."""
    _, truth = synthetic_history([EVEN], "2021-01-01", 2000, busy=busy, interval=60)
    factors = truth.expected["busy"].to_numpy().reshape(2000, 24)
    assert factors.mean() == pytest.approx(1, abs=0.02)
    score = np.log(factors)
    assert score.var() == pytest.approx(busy.variance, rel=0.08)
    got = np.corrcoef(score, rowvar=False)
    apart = np.abs(np.subtract.outer(np.arange(24), np.arange(24)))
    wanted = busy.correlation(apart.astype(float))
    by_lag = [got[apart == lag].mean() for lag in range(24)]
    np.testing.assert_allclose(by_lag, wanted[0], atol=0.06)
    assert abs(np.corrcoef(score[:-1, -1], score[1:, 0])[0, 1]) < 0.08


def test_finer_intervals_scatter_alike():
    """Half an hour apart, intervals of 30 and of 15 minutes correlate the same."""
    busy = Busy(cv=0.2, shared=0.2, hourly=0.3)
    for interval in (30, 15):
        _, truth = synthetic_history([EVEN], "2021-01-01", 1000, busy=busy, interval=interval)
        score = np.log(truth.expected["busy"].to_numpy().reshape(1000, -1))
        step = 30 // interval
        got = np.mean(score[:, :-step] * score[:, step:]) - score.mean() ** 2
        wanted = busy.correlation(np.array(0.5))
        assert got / busy.variance == pytest.approx(float(wanted), abs=0.05)


def test_a_plain_day_is_the_pattern():
    """Without effects, a week has the pattern's contacts and each day its weekday's share."""
    _, truth = synthetic_history(PATTERNS[:1], "2025-03-03", 7, country="DE", busy=CALM, **FLAT)
    days = np.array(list(days_of(truth, "voice").values()))
    assert days.sum() == pytest.approx(PATTERNS[0].contacts)
    weekdays = np.array(PATTERNS[0].weekdays)
    np.testing.assert_allclose(days, days.sum() * weekdays / weekdays.sum())


def test_working_weekends_follow_the_day_off_that_they_pay_for():
    """Sunday 26 January 2025 is a Monday, whose people are off on 3 February."""
    pattern = Pattern(
        "even", 70_000.0, (1.5, 1.0, 1.0, 1.0, 1.0, 0.5, 0.0), profile={0: 1, 24: 1}, aht={0: 200}
    )
    _, truth = synthetic_history([pattern], "2025-01-06", 60, busy=CALM, **FLAT)
    days = days_of(truth)
    weekday = truth.level.set_index("day")["weekday"]
    assert weekday[date(2025, 1, 26)] == 0
    assert weekday[date(2025, 2, 8)] == 1
    lunar = effects_of(truth, "even", "2025-01-26")
    assert set(lunar) == {"Chinese New Year -3"}
    assert days["2025-01-26"] == pytest.approx(days["2025-01-13"] * 1.12)
    assert "2025-01-12" not in days
    festival = effects_of(truth, "even", "2025-02-03")
    assert festival["Chinese New Year (Spring Festival)"] < 0.9


def test_effects_multiply_the_plain_day():
    """With level and weekdays even, each day's contacts are the product of its effects."""
    _, truth = synthetic_history(
        [EVEN], "2024-12-20", 80, busy=CALM, campaigns=[SALE], paydays=[PAYDAY], **FLAT
    )
    days = days_of(truth)
    factors = truth.effects.groupby("day")["factor"].prod()
    for day, contacts in days.items():
        wanted = factors.get(date.fromisoformat(day), 1.0)
        assert contacts == pytest.approx(10_000 * wanted), day
    assert days["2024-12-24"] == pytest.approx(10_000)


def test_the_lunar_new_year_has_a_lead_and_a_tail():
    """It is busy before and after the first day of the lunar year, and quiet in its week."""
    for first, start in (("2024-02-10", "2024-01-01"), ("2025-01-29", "2025-01-01")):
        _, truth = synthetic_history([EVEN], start, 70, busy=CALM, **FLAT)
        days = pd.Series(days_of(truth))
        at = days.index.get_loc(first)
        assert days.iloc[at - 6] > 10_400
        assert (days.iloc[at : at + 7] <= 6_000).all()
        assert days.iloc[at + 7 : at + 11].max() > 10_900
    _, early = synthetic_history([EVEN], "2023-01-01", 40, busy=CALM, **FLAT)
    assert set(effects_of(early, "even", "2023-01-27")) > {"Chinese New Year +5"}
    assert set(effects_of(early, "even", "2023-01-28")) == {"day after holiday"}
    _, german = synthetic_history([EVEN], "2024-02-01", 30, country="DE", busy=CALM, **FLAT)
    assert german.effects.empty


def test_days_around_holidays():
    """Business days next to a holiday are busier, across a weekend too, other days are not."""
    _, truth = synthetic_history([EVEN], "2025-03-31", 90, country="DE", busy=CALM, **FLAT)
    assert effects_of(truth, "even", "2025-05-02") == {"day after holiday": 1.15}
    assert effects_of(truth, "even", "2025-05-28") == {"day before holiday": 1.06}
    assert effects_of(truth, "even", "2025-06-06") == {"day before holiday": 1.06}
    assert effects_of(truth, "even", "2025-04-19") == {"weekend between holidays": 0.8}
    for plain in ("2025-05-03", "2025-05-05", "2025-05-27", "2025-06-08"):
        assert effects_of(truth, "even", plain) == {}


def test_a_holiday_on_a_weekend_does_less():
    """German Unity Day has the root of its factor on a Saturday."""
    _, truth = synthetic_history([EVEN], "2025-09-01", 420, country="DE", busy=CALM, **FLAT)
    workday = effects_of(truth, "even", "2025-10-03")["German Unity Day"]
    weekend = effects_of(truth, "even", "2026-10-03")["German Unity Day on a weekend"]
    assert weekend == pytest.approx(workday**0.5)
    assert workday < 0.9


def test_paydays_are_business_days():
    """The 15th, or the last business day before it, and what follows it by days."""
    last = Payday(day=-1, factor=1.3, name="month end")
    _, truth = synthetic_history(
        [EVEN], "2025-02-01", 60, country="DE", paydays=[PAYDAY, last], busy=CALM, **FLAT
    )
    assert effects_of(truth, "even", "2025-03-14") == {"payday": 1.1}
    assert effects_of(truth, "even", "2025-03-15") == {"payday +1": 1.05}
    assert effects_of(truth, "even", "2025-02-28") == {"month end": 1.3}
    assert effects_of(truth, "even", "2025-03-31") == {"month end": 1.3}


def test_campaigns_and_outages_reach_their_queues(center):
    """A campaign lifts its days and tail; an outage hits the hours and the queue it names."""
    _, truth = center
    assert effects_of(truth, "voice", "2025-03-11")["sale"] == 1.5
    assert effects_of(truth, "chat", "2025-03-12")["sale +1"] == 1.2
    level = truth.level[truth.level["day"].isin([date(2025, 3, 5), date(2025, 3, 12)])]
    change = level.groupby("queue")["level"].agg(lambda pair: pair.iloc[1] / pair.iloc[0])
    local = truth.expected["start"].dt.tz_convert(truth.timezone)
    at = local.dt.strftime("%Y-%m-%d %H:%M").isin(["2025-03-12 09:30", "2025-03-05 09:30"])
    rows = truth.expected[at].pivot_table(index="queue", columns="start", values="expected")
    ratio = rows.iloc[:, 1] / rows.iloc[:, 0]
    assert ratio["voice"] == pytest.approx(0.1 * 1.2 * change["voice"])
    assert ratio["chat"] == pytest.approx(1.2 * change["chat"])


def test_queues_live_in_their_own_countries():
    """A queue of another country has its holidays, on the wall clock of the centre."""
    polish = Pattern("polish", 7_000.0, (1.0,) * 7, {0: 1, 24: 1}, {0: 200}, country="PL")
    _, truth = synthetic_history(
        [EVEN, polish], "2025-05-01", 5, country="DE", timezone="Europe/Berlin", busy=CALM
    )
    names = {queue: set(rows["effect"]) for queue, rows in truth.effects.groupby("queue")}
    assert names["even"] == {"Labor Day", "day after holiday"}
    assert "day before holiday" in names["polish"]
    assert days_of(truth, "polish")["2025-05-03"] < 0.9 * 1_000 < days_of(truth)["2025-05-03"]


def test_the_doubled_hour_holds_twice_the_contacts():
    """On the wall clock, the hour that comes twice holds twice, and the skipped one nothing."""
    for start, hours in (("2025-03-30", 23), ("2025-10-26", 25)):
        _, truth = synthetic_history(
            [EVEN], start, 1, country="DE", timezone="Europe/Berlin", busy=CALM, **FLAT
        )
        assert truth.expected_days("even").sum() == pytest.approx(10_000 * hours / 24)
        assert len(truth.expected) == 2 * hours


def test_growth_season_and_walk():
    """The level starts at 1, grows as asked in a year, swings and walks as asked."""
    plain = {"growth": 0.2, "yearly_swing": 0.0, "level_drift": 0.0}
    _, grown = synthetic_history([EVEN], "2023-01-01", 732, **plain)
    level = grown.level["level"]
    assert level[0] == 1
    assert level[731] == pytest.approx(1.2 ** (731 / 365.25))
    _, swung = synthetic_history([EVEN], "2023-01-20", 366, **{**FLAT, "yearly_swing": 0.1})
    assert swung.level["level"].min() == pytest.approx(0.9 / 1.1, abs=1e-3)
    _, walked = synthetic_history([EVEN], "2015-01-01", 4000, **{**FLAT, "level_drift": 0.01})
    steps = np.diff(np.log(walked.level["level"]))
    assert steps.std() == pytest.approx(0.01, rel=0.05)


def test_closed_on_holidays():
    """A queue whose factor of holidays is 0 has no rows on them."""
    shut = Pattern("shut", 7_000.0, (1.0,) * 7, {0: 1, 24: 1}, {0: 200}, holiday=0.0)
    table, truth = synthetic_history([shut], "2025-12-24", 4, country="DE", busy=CALM)
    assert set(days_of(truth, "shut")) == {"2025-12-24", "2025-12-27"}
    assert len(table) == 2 * 48


@settings(max_examples=20, deadline=None)
@given(
    start=st.dates(date(2015, 1, 1), date(2026, 6, 1)),
    days=st.integers(1, 40),
    country=st.sampled_from(["CN", "DE-BY", "US", "SG", "BR"]),
    interval=st.sampled_from([5, 15, 30, 60]),
)
def test_any_span_anywhere(start, days, country, interval):
    """Expectations are positive, and the factors of a holiday do not depend on the span."""
    found = [
        synthetic_history([EVEN], start, length, country=country, interval=interval)[1]
        for length in (days, days + 7)
    ]
    assert (found[0].expected["expected"] > 0).all()
    assert set(found[0].effects["day"]) <= set(found[0].level["day"])
    short, long = (set(truth.effects.itertuples(index=False)) for truth in found)
    assert short == {row for row in long if row.day in set(found[0].level["day"])}


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"start": "soon"}, "start must be a date such as 2026-12-07, got 'soon'"),
        ({"days": 0}, "days must be at least 1, got 0"),
        ({"interval": 20}, "interval must be 5, 10, 15, 30 or 60 minutes, got 20"),
        ({"timezone": "Mars/Base"}, "timezone must be an IANA time zone, got 'Mars/Base'"),
        ({"country": "Germany"}, "country must be a country code such as CN"),
        ({"queues": []}, "queues must name at least one queue, each once"),
        ({"queues": [EVEN, EVEN]}, "queues must name at least one queue, each once"),
        ({"outages": [OUTAGE]}, "Outage.queues must be of even, got 'voice'"),
    ],
)
def test_what_cannot_be_used(changes, message):
    """Each bad input is named."""
    given_ = {"queues": [EVEN], "start": "2025-01-01", "days": 7, **changes}
    with pytest.raises(InputError, match=message):
        synthetic_history(given_.pop("queues"), given_.pop("start"), given_.pop("days"), **given_)


def test_a_queue_that_is_not_there(center):
    """Asking the truth of another queue is refused."""
    with pytest.raises(InputError, match="queue must be one of the history's, got 'fax'"):
        center[1].expected_days("fax")
