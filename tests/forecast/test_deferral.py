"""Work that may wait: its window, and what is done of it in idle time."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wfm import Horizon, InputError, Queue, Window
from wfm.forecast import Volume, staff
from wfm.forecast.deferral import in_idle_time, parcels

HORIZON = Horizon(start=date(2026, 12, 7), days=1, interval=60)


def mail(**fields):
    return Queue(id="mail", channel="deferred", **{"deadline": 4, **fields})


def volume(mails, calls=0.0):
    """One day of hours: mails of ten minutes, calls of three."""
    contacts = np.stack([np.broadcast_to(mails, 24), np.full(24, calls)]).astype(float)
    aht = np.stack([np.full(24, 600.0), np.full(24, 180.0)])
    both = {"contacts": contacts, "lower": contacts, "upper": contacts}
    return Volume(horizon=HORIZON, queues=("mail", "calls"), aht=aht, coverage=0, **both)


def test_a_contact_may_be_done_from_the_next_slot_to_its_deadline():
    """Ten mails of the third hour may be begun in the fourth and are due by the sixth's end."""
    work = parcels(mail(), np.eye(24)[2] * 10, HORIZON)
    assert work.arrived(24).tolist() == [0.0] * 3 + [10.0] * 21
    assert work.must(24).tolist() == [0.0] * 5 + [10.0] * 19


def test_a_backlog_is_due_over_the_open_part_of_the_first_deadline():
    """Eight from before, open from two o'clock, four hours: four by three, eight by four."""
    hours = (Window(start="02:00", end="20:00"),)
    work = parcels(mail(backlog=8, hours=hours), np.zeros(24), HORIZON)
    assert work.arrived(24)[0] == 8
    assert work.must(24)[:5].tolist() == [0, 0, 4, 8, 8]


def test_too_short_a_deadline_is_refused():
    """What must be done within one interval is no deferred work."""
    with pytest.raises(InputError, match="deadline of 'mail' must be at least two intervals"):
        staff(volume(1.0), [mail(deadline=1.5)])


@given(
    st.lists(st.floats(0, 20), min_size=24, max_size=24),
    st.lists(st.floats(0, 30), min_size=24, max_size=24),
)
def test_idle_time_takes_off_what_is_due_first(contacts, room):
    """What is left never exceeds what was, and idle time is never used twice."""
    work = parcels(mail(backlog=5), np.array(contacts), HORIZON)
    left = in_idle_time(work, np.array(room))
    assert (left.contacts >= 0).all()
    assert (left.contacts <= work.contacts).all()
    assert work.contacts.sum() - left.contacts.sum() <= sum(room) + 1e-9
    assert (left.must(24) <= left.arrived(24) + 1e-9).all()


def test_the_demand_holds_the_window_and_a_straight_line():
    """A deferred queue requires nobody at any time, and an agent does six mails an hour."""
    demand = staff(volume(6.0), [mail(backlog=12)])
    assert not any(demand.required[0])
    assert demand.service[0][10][1][1] / demand.service[0][10][1][0] == pytest.approx(6.0)
    (work,) = demand.deferred
    assert work.arrived[0] == 12
    assert work.total == pytest.approx(12 + 6 * 21)
    assert type(demand).from_json(demand.to_json()) == demand


def test_mail_comes_in_while_nobody_is_there():
    """Outside its hours no work is done, but what arrives is not lost."""
    hours = (Window(start="08:00", end="18:00"),)
    demand = staff(volume(6.0), [mail(hours=hours, deadline=20)])
    assert demand.service[0][3] == ((0, 0.0),)
    assert demand.deferred[0].arrived[8] == pytest.approx(48)


def test_idle_agents_of_calls_do_mail():
    """Blended, part of the mail is done between calls; with no calls, none is."""
    calls = Queue(id="calls")
    alone = staff(volume(6.0, calls=40), [mail(), calls]).deferred[0].total
    blended = staff(volume(6.0, calls=40), [mail(blended_with=("calls",)), calls]).deferred[0].total
    nobody = staff(volume(6.0), [mail(blended_with=("calls",)), calls]).deferred[0].total
    assert blended < alone == nobody


def test_blending_with_an_unknown_queue_is_refused():
    """The queue that asks and those that it may name are named."""
    with pytest.raises(InputError, match=r"blended_with of 'mail' must name queues"):
        staff(volume(1.0), [mail(blended_with=("chat",))])
