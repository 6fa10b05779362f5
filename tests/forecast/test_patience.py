"""Patience from those who hung up and those who waited until they were answered."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from wfm.errors import InputError
from wfm.forecast import estimate_patience, patience_of, read_history, with_patience
from wfm.forecast.notes import patience_notes
from wfm.queue import Queue


def history(abandoned, wait, queue="calls", offered=20):
    """A history of half hours, eight a day, from a Monday at eight."""
    starts = [
        pd.Timestamp("2026-03-02 08:00") + pd.Timedelta(days=k // 8, minutes=30 * (k % 8))
        for k in range(len(wait))
    ]
    columns = {"queue": queue, "start": starts, "offered": offered, "aht": 200.0}
    frame = pd.DataFrame({**columns, "abandoned": abandoned, "wait": wait})
    return read_history(frame, timezone="UTC")


def test_mean_counts_the_waits_of_all():
    """Ten who hung up and 3,000 s of everyone's waits are a patience of 300 s."""
    found = estimate_patience(10, 3000)
    assert (found.mean, found.abandoned, found.waiting_time) == (300, 10, 3000)


def test_interval_of_a_table():
    """With ten of them, the 95 % interval is that of a Poisson count of ten, 4.80 to 18.39."""
    found = estimate_patience(10, 3000)
    assert found.lower == pytest.approx(3000 / 18.3904, rel=1e-4)
    assert found.upper == pytest.approx(3000 / 4.7954, rel=1e-4)


def test_nobody_hung_up():
    """Without hang-ups patience is infinite, and at least so much as the waits show."""
    found = estimate_patience(0, 3000)
    assert (found.mean, found.upper) == (np.inf, np.inf)
    assert found.lower == pytest.approx(3000 / -np.log(0.025))


def test_in_words():
    """An estimate says its interval and how many contacts it rests on."""
    found = estimate_patience(1204, 1204 * 312.0)
    assert str(found) == "312 s (95 % 295 to 330 s), from 1,204 contacts that hung up"


def test_single_contacts():
    """Contact by contact the mean is that of the totals, and those answered at once add nothing."""
    hung_up, waited = [0, 1, 0, 0, 1], [30, 50, 0, 0, 20]
    found = estimate_patience(hung_up, waited)
    assert found.mean == estimate_patience(2, 100).mean == 50
    assert found.mean == estimate_patience([0, 1, 0, 1], [30, 50, 0, 20]).mean


@given(
    parts=st.lists(st.tuples(st.integers(0, 50), st.floats(0, 5000)), min_size=2, max_size=9),
    confidence=st.sampled_from([0.5, 0.9, 0.95, 0.999]),
)
def test_parts_only_widen(parts, confidence):
    """The interval of parts holds the estimate and the interval of their totals."""
    hung_up, waited = np.array(parts, dtype=float).T
    if waited.sum() <= 0:
        return
    total = estimate_patience(hung_up.sum(), waited.sum(), confidence)
    found = estimate_patience(hung_up, waited, confidence)
    assert found.mean == pytest.approx(total.mean)
    assert found.lower <= total.lower <= found.mean <= total.upper <= found.upper


def simulated(moods, contacts, random):
    """Hang-ups and waits of each day: exponential patience against exponential offered waits."""
    patience = random.exponential(1.0, (len(moods), contacts)) * moods[:, None]
    offered = random.exponential(120.0, patience.shape)
    return (patience < offered).sum(axis=1), np.minimum(patience, offered).sum(axis=1)


def test_intervals_hold_as_often_as_they_say():
    """Of 400 samples with one patience, some 95 % of the intervals hold it."""
    random = np.random.default_rng(5)
    held = 0
    for _ in range(400):
        hung_up, waited = simulated(np.full(1, 300.0), 200, random)
        found = estimate_patience(hung_up, waited)
        held += found.lower <= 300 <= found.upper
    assert 0.92 < held / 400 < 0.98


def test_days_of_their_own_mood():
    """Where days differ, the interval by days holds the mean, the one of the totals seldom does."""
    random = np.random.default_rng(7)
    by_days = by_total = 0
    for _ in range(200):
        hung_up, waited = simulated(300.0 / random.gamma(6, 1 / 5, 20), 400, random)
        truth = of_many_days(300.0)
        found = estimate_patience(hung_up, waited)
        total = estimate_patience(hung_up.sum(), waited.sum())
        by_days += found.lower <= truth <= found.upper
        by_total += total.lower <= truth <= total.upper
    assert by_days / 200 > 0.88
    assert by_total / 200 < 0.7


def of_many_days(mean):
    """All waiting over all hang-ups, of days with rates as in the test above."""
    rate = stats.gamma.ppf((np.arange(2000) + 0.5) / 2000, 6, scale=1 / 5) / mean
    hang_up, wait = rate / (rate + 1 / 120), 1 / (rate + 1 / 120)
    return wait.sum() / hang_up.sum()


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ((-1, 10), "abandoned must be a finite number from 0 up, got -1.0"),
        (([1, 2], [5, np.nan]), r"waiting_time\[1\] must be a finite number from 0 up, got nan"),
        (([1, 2], [5, 5, 5]), "waiting_time must have a value for each of the 2 of abandoned"),
        ((1, 0), "waiting_time must be above 0 in total, got 0.0"),
        ((1, 10, 1.0), "confidence must be between 0 and 1, got 1.0"),
        (([[1]], [[10]]), "abandoned must be a number or a list of numbers"),
    ],
)
def test_bad_values(arguments, expected):
    """What cannot be an estimate's data is refused by name and index."""
    with pytest.raises(InputError, match=expected):
        estimate_patience(*arguments)


def test_of_a_history():
    """A queue's days are its parts, and rows of which something is unknown are left out."""
    wait = [30.0, 60.0, np.nan, 15.0] * 8
    abandoned = [2.0, 3.0, 9.0, np.nan] * 8
    found = patience_of(history(abandoned, wait))["calls"]
    assert (found.abandoned, found.waiting_time) == (8 * 5, 8 * 20 * 90)
    days = estimate_patience([10.0] * 4, [3600.0] * 4)
    assert found == days


def test_of_a_history_without_waits():
    """Without both columns, or where nobody waited, nothing is said of patience."""
    assert patience_of(history([0.0] * 8, [0.0] * 8)) == {}
    frame = history([1.0] * 8, [9.0] * 8).frame
    for lacking in ("abandoned", "wait"):
        known = read_history(frame.drop(columns=lacking), timezone="UTC")
        assert patience_of(known) == {}


def test_queues_learn_their_patience():
    """A queue that states its patience keeps it, a deferred one has none, others learn it."""
    past = history([2.0] * 16, [30.0] * 16)
    calls = Queue(id="calls")
    stated = Queue(id="calls", patience=90.0)
    mails = Queue(id="calls", channel="deferred", deadline=8.0)
    other = Queue(id="other")
    learned = with_patience([calls, other], past)
    assert [queue.patience for queue in learned] == [pytest.approx(300.0), None]
    assert with_patience([stated], past) == (stated,)
    assert with_patience([mails], past) == (mails,)


def test_too_few_to_learn_from():
    """Of a handful who hung up nothing is learned, and a note says so."""
    past = history([0.0] * 15 + [3.0], [30.0] * 16)
    calls = Queue(id="calls")
    assert with_patience([calls], past) == (calls,)
    assert patience_notes([calls], past) == (
        "patience: calls: 3 contacts hung up, fewer than the 25 that tell how patient they are; "
        "nobody is taken to hang up.",
    )


def test_note_of_what_was_learned():
    """A note tells the estimate, for queues only that take it."""
    past = history([2.0] * 16, [30.0] * 16)
    (note,) = patience_notes([Queue(id="calls"), Queue(id="other")], past)
    assert note.startswith("patience: calls: 300 s (95 % ")
    assert note.endswith(
        "from 32 contacts that hung up; the queue is staffed by it, as it states none."
    )
    assert patience_notes([Queue(id="calls", patience=90.0)], past) == ()
