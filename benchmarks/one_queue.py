"""The sample centre's people for one queue that is open on weekdays from 07:00 to 21:05.

Taken as they are: the five contracts with their wages and hours, the leads, the households, and
every rule, promise and request that can bind in such a week: rest, paid hours, availability, a
lead on duty, time kept free for care, someone at home, days off and shifts asked for. Everyone
answers the one queue. There are 45 people: the sample's forty, and every eighth of them once more
without a household, which keeps the mix of contracts.

Changed: shifts start and end within the opening hours, on weekdays; the last ones end at 21:15,
as 21:05 lies inside a quarter of an hour.

Dropped: the queues of the sample with their skills; nights, with what asks for them or forbids
something after them; days off and days in a row, which closed weekends see to; promises and
requests for weekends or for other weeks only; the roster of the days before.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from wfm import Agent, Contract, Queue, ShiftTemplate, Skill
from wfm.demand import Demand
from wfm.horizon import Horizon
from wfm.io import Center, read_center
from wfm.rule import Rule
from wfm.rules.hours import Hours
from wfm.rules.min_skill_on_duty import MinSkillOnDuty
from wfm.sample import write_sample
from wfm.schedule import Schedule
from wfm.window import Window

QUEUE = "calls"
ZONE = "America/New_York"
OPEN_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri")
OPENS, CLOSES = "07:00", "21:05"
LAST_END = "21:15"
SHIFTS = {  # earliest and latest start
    "early": ("07:00", "08:00"),
    "day": ("08:30", "11:00"),
    "late": ("12:15", "12:45"),
    "medium": ("07:15", "14:45"),
    "morning": ("07:00", "10:00"),
    "evening": ("15:45", "16:15"),
}
NEEDLESS = ("days_off", "max_days_in_a_row", "forbidden_succession")
TWINS = slice(0, None, 8)


def one_queue_center(start: date) -> Center:
    """The sample's people, contracts, shifts and rules for one queue in the week from `start`."""
    with TemporaryDirectory() as folder:
        sample = read_center(write_sample(Path(folder) / "center", start=start))
    voice = next(queue for queue in sample.queues if queue.id == "voice")
    days = [start + timedelta(days=n) for n in range(7)]
    return Center(
        timezone=ZONE,
        country="US",
        interval=15,
        queues=(_queue(voice),),
        skills=(Skill(id="voice", queues=(QUEUE,)), Skill(id="lead")),
        contracts=tuple(map(_contract, sample.contracts)),
        shifts=tuple(_shift(shift) for shift in sample.shifts if shift.id in SHIFTS),
        households=sample.households,
        rules=tuple(_rules(sample.rules, [day for day in days if day.weekday() < 5])),
        agents=tuple(_people(sample.agents)),
    )


def contracted_hours(center: Center) -> dict[str, float]:
    """Weekly hours of all people together: ``least``, ``most``, and what is ``usual``.

    Usual are hours on the queue, breaks taken off, half-way between least and most.
    """
    bands = {
        name: rule for rule in center.rules if isinstance(rule, Hours) for name in rule.contracts
    }
    share = {contract.id: _on_queue(contract, center) for contract in center.contracts}
    sums = {"least": 0.0, "most": 0.0, "usual": 0.0}
    for agent in center.agents:
        least, most = bands[agent.contract].least or 0.0, bands[agent.contract].most or 0.0
        sums["least"] += least
        sums["most"] += most
        sums["usual"] += (least + most) / 2 * share[agent.contract]
    return sums


def hours_while_closed(demand: Demand, schedule: Schedule) -> float:
    """Hours of shifts in slots in which no call is expected."""
    closed, width = demand.contacts_array[0] == 0, demand.horizon.interval
    slots = sum(int(closed[s.start // width : s.end // width].sum()) for s in schedule.shifts)
    return slots * width / 60


def _on_queue(contract: Contract, center: Center) -> float:
    """Time on the queue in each paid hour, a mean over the shifts of a contract."""
    paid = worked = 0
    for shift in center.shifts:
        if shift.id in contract.shifts:
            paid += sum(length - shift.unpaid for length in shift.lengths)
            breaks = sum(pause.minutes for pause in shift.breaks)
            worked += sum(length - breaks for length in shift.lengths)
    return worked / paid


def _queue(voice: Queue) -> Queue:
    target = voice.target.model_copy(update={"period": "week"})
    hours = (Window(days=OPEN_DAYS, start=OPENS, end=CLOSES),)
    return voice.model_copy(update={"id": QUEUE, "target": target, "hours": hours})


def _contract(contract: Contract) -> Contract:
    shifts = tuple(shift for shift in contract.shifts if shift in SHIFTS)
    return contract.model_copy(update={"shifts": shifts})


def _shift(shift: ShiftTemplate) -> ShiftTemplate:
    first, last = SHIFTS[shift.id]
    return shift.model_copy(update={"start": first, "latest": last, "days": OPEN_DAYS})


def _people(sample: tuple[Agent, ...]) -> Iterator[Agent]:
    for number, agent in enumerate((*sample, *sample[TWINS]), start=1):
        skills = ("voice", "lead") if "lead" in agent.skills else ("voice",)
        name = agent.name if number <= len(sample) else ""
        yield agent.model_copy(update={"id": f"a{number:02}", "skills": skills, "name": name})


def _rules(rules: tuple[Rule, ...], days: list[date]) -> Iterator[Rule]:
    for rule in rules:
        if isinstance(rule, MinSkillOnDuty):
            windows = [window.model_copy(update={"days": OPEN_DAYS}) for window in rule.windows]
            yield rule.model_copy(update={"windows": tuple(windows)})
        elif rule.name() not in NEEDLESS and _can_bind(rule, days):
            yield rule


def _can_bind(rule: Rule, days: list[date]) -> bool:
    """Whether a rule's shifts are all worked here, and one of its days is open."""
    if not set(getattr(rule, "templates", ())) <= set(SHIFTS):
        return False
    asks = getattr(rule, "asks_for", None)
    windows = getattr(rule, "windows", None)
    if asks is not None:
        return any(asks(Horizon(start=day, days=1), 0) for day in days)
    return windows is None or any(window.holds(day) for window in windows for day in days)
