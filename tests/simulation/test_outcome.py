"""Outcomes count and estimate as they say."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from tests.simulation.centres import always, centre, play, shift
from wfm.errors import InputError
from wfm.forecast.erlang.performance import LEVELS as FORMULA_LEVELS
from wfm.queue import Queue, ServiceTarget
from wfm.schedule import Schedule
from wfm.simulation import (
    Assumptions,
    HandleTimes,
    Outcome,
    QueueAssumptions,
    Redial,
    simulate,
)
from wfm.simulation.counting import MEASURES, count
from wfm.simulation.estimates import chance, mean
from wfm.simulation.outcome import LEVELS
from wfm.simulation.records import CONTACT

DAILY = ServiceTarget(level=0.75, period="day")


def made(counts, definition="offered", **more):
    """An outcome of one queue and two days, given counts by replication and day."""
    calls = Queue(id="calls", target=DAILY.model_copy(update={"definition": definition}))
    problem = centre([calls], [0], [60], [(2, ("calls",))], days=2)
    whole = np.zeros((len(counts), 1, 48, len(MEASURES)))
    whole[:, 0, [5, 30]] = counts
    busy = np.full((len(counts), 2, 2), 1800.0)
    busy[:, 1] = 0
    return Outcome(problem, whole, busy, 2 * busy, **more)


#            offered, in time, answered, abandoned, of them in time, delayed, wait, of answered
COUNTS = [
    [[10, 6, 8, 2, 1, 5, 200, 150], [20, 15, 18, 2, 2, 9, 300, 250]],
    [[12, 9, 10, 2, 0, 6, 220, 140], [18, 18, 18, 0, 0, 0, 0, 0]],
    [[8, 8, 8, 0, 0, 1, 3, 3], [22, 12, 16, 6, 4, 15, 800, 500]],
]


@pytest.mark.parametrize(
    ("definition", "level", "met"),
    [
        ("offered", 23 / 30, 2 / 3),
        ("offered_less_abandoned", 23 / 29, 2 / 3),
        ("answered", 23 / 26, 1.0),
        ("answered_or_abandoned", 24 / 30, 2 / 3),
    ],
)
def test_definitions(definition, level, met):
    """The level, and how often a day meets its target, follow the queue's definition."""
    outcome = made(COUNTS, definition)
    frame = outcome.service("day")
    assert frame["period"].tolist() == ["2026-12-07", "2026-12-08"]
    first = frame.iloc[0]
    assert first["level"] == pytest.approx(level)
    assert first["level"] == first[LEVELS[definition]]
    assert first["met"] == pytest.approx(met)
    assert first["met_low"] <= met <= first["met_high"]
    assert first["asa"] == pytest.approx(423 / 30)
    assert first["asa_of_answered"] == pytest.approx(293 / 26)
    assert first["abandonment"] == pytest.approx(4 / 30)
    assert first["delayed"] == pytest.approx(12 / 30)
    assert first["offered"] == 10
    week = outcome.service("week").iloc[0]
    assert week["offered"] == 30
    assert np.isnan(week["met"])
    assert np.isnan(week["target"])
    assert outcome.service("horizon")["period"].tolist() == ["2026-12-07/2026-12-08"]
    assert len(outcome.service("interval")) == 48


def test_definitions_have_the_names_of_the_formulas():
    """Columns are called as the measures of the queueing formulas."""
    assert LEVELS == FORMULA_LEVELS


def test_intervals_of_means():
    """A mean has Student's interval over the replications."""
    frame = made(COUNTS, confidence=0.9).service("day")
    low, high = stats.t.interval(0.9, 2, loc=10, scale=stats.sem([10, 12, 8]))
    assert frame["offered_low"][0] == pytest.approx(low)
    assert frame["offered_high"][0] == pytest.approx(high)


@pytest.mark.parametrize("values", [[1.0, 2.0, 9.0, 1.5], [5.0, 4.5, 0.5, 4.0, 4.0]])
def test_intervals_of_skewed_means(values):
    """Hall's cubic of each bound is Student's quantile; bounds reach out to the long tail."""
    value, low, high = (float(each) for each in mean(np.array(values), 0.95))
    many, skewness = len(values), float(stats.skew(values))
    for bound, score in ((low, 1), (high, -1)):
        at = (value - bound) / stats.sem(values)
        cubic = at + skewness / many**0.5 * (at**2 / 3 + 1 / 6) + skewness**2 * at**3 / (27 * many)
        assert cubic == pytest.approx(score * stats.t.ppf(0.975, many - 1))
    assert low < value < high
    assert (high - value > value - low) == (skewness > 0)


def test_equal_replications_have_no_width():
    """Where all replications agree, the interval is their mean."""
    assert [float(each) for each in mean(np.full(5, 3.0), 0.95)] == [3.0, 3.0, 3.0]


def test_intervals_cover():
    """Of many simulations, about nineteen in twenty have the true level in their interval."""
    calls = Queue(id="calls", patience=60)
    problem = centre([calls], [60], [180], [(3, ("calls",))])
    found = simulate(problem, always(problem), replications=1000, seed=8)
    truth = found.service("horizon")["level"][0]
    parts = [
        Outcome(
            problem, *(whole[at : at + 10] for whole in (found.counts, found.busy, found.there))
        )
        for at in range(0, 1000, 10)
    ]
    rows = [part.service("horizon").iloc[0] for part in parts]
    covered = [row["level_low"] <= truth <= row["level_high"] for row in rows]
    assert 88 <= sum(covered) <= 99


def test_chances():
    """Wilson's interval of a share stays within its bounds, also where all agree."""
    found = chance(np.array([[1.0, 1, np.nan], [1, 0, np.nan], [1, 1, np.nan]]), 0.95)
    assert found.value[:2] == pytest.approx([1, 2 / 3])
    assert found.high[0] == 1
    assert 0.4 < found.low[0] < 0.5
    assert np.isnan(found.value[2])


def test_one_replication():
    """A single replication has means without bounds."""
    frame = made(COUNTS[:1]).service("day")
    assert frame["level"][0] == pytest.approx(0.6)
    assert np.isnan(frame["level_low"][0])


def test_occupancy():
    """Hours at work and busy, by agent, by group and by day, without those who were not there."""
    outcome = made(COUNTS)
    frame = outcome.occupancy()
    assert frame["agent"].tolist() == ["0-000"]
    assert frame["hours"].tolist() == [2.0]
    assert frame["occupancy"].tolist() == [0.5]
    group = outcome.occupancy("group", by="day")
    assert group["group"].tolist() == ["calls", "calls"]
    assert group["hours"].tolist() == [1.0, 1.0]


def test_occupancy_of_a_shift():
    """An agent who works beyond the shift is at work so long, and busy with whatever is in hand."""
    problem = centre([Queue(id="calls")], [60], [180], [(1, ("calls",))])
    found = simulate(problem, Schedule.of_shifts([shift("0-000", 0, 60)]), replications=200)
    hours = found.occupancy().iloc[0]
    assert 1.02 < hours["hours"] < 1.06
    assert 0.85 < hours["occupancy"] < 1


def test_counting():
    """Contacts count where they arrive, deferred ones where they are due, in time or not."""
    contacts = np.zeros(6, dtype=CONTACT)
    rows = [  # arrival, patience, due, answered, end, came, queue
        (10, np.inf, np.inf, 30, 50, True, 0),
        (20, 25, np.inf, np.inf, np.inf, True, 0),
        (30, np.inf, np.inf, np.inf, np.inf, True, 0),
        (40, np.inf, np.inf, 40, 50, False, 0),
        (0, np.inf, 120, 10, 120, True, 1),
        (0, np.inf, 200, 10, 20, True, 1),
    ]
    for it, row in zip(contacts, rows, strict=True):
        for name, value in zip(
            ("arrival", "patience", "due", "answered", "end", "came", "queue"), row, strict=True
        ):
            it[name] = value
    counts = np.zeros((2, 2, len(MEASURES)))
    count(contacts, np.array([20.0, 20.0]), 60.0, 120.0, counts)
    # The third waits until the end, after 120 seconds.
    assert counts[0, 0].tolist() == [3, 1, 1, 1, 0, 3, 20 + 25 + 90, 20]
    assert counts[0, 1].sum() == 0
    # What is due when the second minute ends counts there; what is due later not at all.
    assert counts[1, 1, :3].tolist() == [1, 1, 1]
    assert counts[1, 0].sum() == 0


def test_deadlines():
    """Mail that one agent can just do is done in time if nobody calls, and late if many do."""
    calls = Queue(id="calls", patience=60)
    mail = Queue(
        id="mail",
        channel="deferred",
        deadline=4,
        backlog=6,
        target=ServiceTarget(level=0.9),
    )
    levels = []
    for per_hour in (0, 200):
        problem = centre([calls, mail], [per_hour, 4], [180, 300], [(1, ("calls", "mail"))])
        frame = simulate(problem, always(problem), replications=40).service("horizon")
        row = frame[frame["queue"] == "mail"].iloc[0]
        # What comes within the last four hours is not due any more.
        assert row["offered"] == pytest.approx(4 * 20 + 6, rel=0.05)
        assert row["target"] == 0.9
        levels.append((row["level"], row["met"]))
    assert levels[0][0] > 0.99
    assert levels[0][1] == 1
    assert levels[1][0] < 0.3
    assert levels[1][1] == 0


def test_mail_waits_for_calls():
    """Deferred work is done in the order in which it is due, after everything else."""
    calls, mail = Queue(id="calls"), Queue(id="mail", channel="deferred", deadline=4)
    problem = centre([calls, mail], [0, 0], [60, 60], [(1, ("calls", "mail"))])
    given = [
        ("calls", 0, 50),
        ("mail", 1, 10, np.inf, 100),
        ("mail", 2, 10, np.inf, 90),
        ("calls", 3, 10),
    ]
    answered = [each[0] for each in play(problem, always(problem), given)]
    assert answered == [0, 60, 70, 50]


def test_bad_arguments_are_named():
    """What cannot be simulated is refused by name."""
    problem = centre([Queue(id="calls")], [0], [60], [(1, ("calls",))])
    for place, options in [
        ("replications", {"replications": 0}),
        ("confidence", {"confidence": 1.0}),
        ("seed", {"seed": -1}),
    ]:
        with pytest.raises(InputError, match=place):
            simulate(problem, Schedule(), **{"replications": 1, **options})
    with pytest.raises(InputError, match="schedule agent"):
        simulate(problem, Schedule.of_shifts([shift("nobody", 0, 60)]), replications=1)
    with pytest.raises(InputError, match="by must be one of"):
        made(COUNTS).service("month")
    with pytest.raises(InputError, match=r"Outcome\.occupancy"):
        made(COUNTS).occupancy("team")
    with pytest.raises(InputError, match="samples"):
        HandleTimes(kind="empirical")
    with pytest.raises(InputError, match="samples"):
        HandleTimes(samples=(1.0,))
    with pytest.raises(InputError, match="name each once"):
        Assumptions(queues=(QueueAssumptions(queue="a"), QueueAssumptions(queue="a")))
    mail = centre([Queue(id="mail", channel="deferred", deadline=4)], [0], [60], [(1, ("mail",))])
    told = QueueAssumptions(queue="mail", redial=Redial(probability=0.5))
    with pytest.raises(InputError, match="redial"):
        simulate(mail, Schedule(), assumptions=Assumptions(queues=(told,)))
    assert Assumptions.from_json(Assumptions(queues=(told,)).to_json()).queues == (told,)


def test_an_empty_schedule():
    """Nobody there: nobody is answered, and nothing is divided by nothing."""
    problem = centre([Queue(id="calls")], [5], [60], [(1, ("calls",))])
    frame = simulate(problem, Schedule(), replications=2).service("day")
    assert frame["answered"][0] == 0
    assert frame["level"][0] == 0
    assert np.isnan(frame["asa_of_answered"][0])
