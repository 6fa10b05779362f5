"""Google's example of shift scheduling: sequences, sums by the week, transitions and cover.

Runs are judged up to the horizon's ends. For wfm, which leaves a run open of which it does not know
how it began or will end, everyone works a morning on the day before and an afternoon on the day
after: these end every run and none of the transitions minds them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from itertools import groupby, pairwise
from typing import Any

from benchmarks.no_contacts import nobody_calls
from benchmarks.others.case import MONDAY, Case
from wfm import rules
from wfm.agent import Agent, Contract, Skill
from wfm.horizon import Horizon
from wfm.problem import Previous, Problem
from wfm.rule import Rule
from wfm.rules import ShiftNeed
from wfm.schedule import Schedule, Shift
from wfm.shift import ShiftTemplate
from wfm.window import Window

Rows = tuple[str, ...]
"""For each employee a letter a day."""
START = {"M": "06:00", "A": "14:00", "N": "22:00"}
MINUTES = 480
NIGHT = Window(start="22:00", end="06:00")
SHORT = 1000.0
"""Price of a head that is missing where some must be."""


@dataclass(frozen=True)
class Sequences(Case[Rows]):
    """Google's example; `data` are the fields of the file."""

    data: dict[str, Any]
    name: str = "Google's shift example"
    peer: str = "ortools"
    known: float | None = None

    @property
    def days(self) -> int:
        """Days of the horizon."""
        return 7 * int(self.data["num_weeks"])

    @property
    def size(self) -> str:
        """People, days and shifts."""
        return f"{self.data['num_employees']} people, {self.days} days, 3 shifts"

    def question(self) -> dict[str, Any]:
        """The file as it is."""
        return self.data

    def of_answer(self, answer: Any) -> Rows:
        """Rows as the peer gives them."""
        return tuple(answer)

    def of_schedule(self, schedule: Schedule) -> Rows:
        """Write each employee's days as letters, the day after the horizon left out."""
        rows = [["O"] * self.days for _ in range(self.data["num_employees"])]
        for shift in schedule.shifts:
            if shift.day < self.days:
                rows[int(shift.agent)][shift.day] = shift.template
        return tuple("".join(row) for row in rows)

    def objective(self, plan: Rows) -> float:
        """Penalties of sequences, sums, transitions, cover above the least, and requests."""
        letters = self.data["shifts"]
        total = sum(w for e, s, d, w in self.data["requests"] if plan[e][d] == letters[s])
        for row in plan:
            for s, _, low, under, high, _, over in self.data["shift_sequence_constraints"]:
                for letter, group in groupby(row):
                    run = len(list(group))
                    if letter == letters[s]:
                        total += under * max(0, low - run) + over * max(0, run - high)
            for s, _, low, under, high, _, over in self.data["weekly_sum_constraints"]:
                for week in range(0, self.days, 7):
                    count = row[week : week + 7].count(letters[s])
                    total += under * max(0, low - count) + over * max(0, count - high)
            for first, then, price in self.data["penalized_transitions"]:
                total += price * list(pairwise(row)).count((letters[first], letters[then]))
        for day in range(self.days):
            asked = self.data["weekly_cover_demands"][day % 7]
            for letter, least, price in zip(
                letters[1:], asked, self.data["excess_cover_penalties"], strict=True
            ):
                there = [row[day] for row in plan].count(letter)
                total += price * max(0, there - least)
        return float(total)

    def faults(self, plan: Rows) -> Iterator[str]:
        """Whatever is forbidden at any price."""
        letters = self.data["shifts"]
        for e, s, d in self.data["fixed_assignments"]:
            if plan[e][d] != letters[s]:
                yield f"{e} has {plan[e][d]} on day {d}, which is fixed as {letters[s]}"
        for e, row in enumerate(plan):
            for s, low, _, _, _, high, _ in self.data["shift_sequence_constraints"]:
                runs = [len(list(g)) for letter, g in groupby(row) if letter == letters[s]]
                yield from (f"{e}: {n} {letters[s]} in a row" for n in runs if not low <= n <= high)
            for s, low, _, _, _, high, _ in self.data["weekly_sum_constraints"]:
                for week in range(0, self.days, 7):
                    count = row[week : week + 7].count(letters[s])
                    if not low <= count <= high:
                        yield f"{e}: {count} {letters[s]} in the week from day {week}"
            for first, then, price in self.data["penalized_transitions"]:
                if not price and (letters[first], letters[then]) in pairwise(row):
                    yield f"{e}: {letters[then]} after {letters[first]}"
        for day in range(self.days):
            asked = self.data["weekly_cover_demands"][day % 7]
            for letter, least in zip(letters[1:], asked, strict=True):
                if [row[day] for row in plan].count(letter) < least:
                    yield f"too few on {letter} of day {day}"

    def problem(self) -> Problem:
        """State it for wfm."""
        people = [str(e) for e in range(self.data["num_employees"])]
        eve = tuple(
            Shift(agent=one, day=-1, template="M", start=-1080, end=-1080 + MINUTES)
            for one in people
        )
        return Problem(
            demand=nobody_calls(Horizon(start=MONDAY, days=self.days + 1, interval=60)),
            agents=tuple(Agent(id=one, contract="staff", skills=("any",)) for one in people),
            contracts=(Contract(id="staff", hourly_cost=0),),
            skills=(Skill(id="any"),),
            shifts=tuple(
                ShiftTemplate(id=name, start=start, lengths=(MINUTES,))
                for name, start in START.items()
            ),
            rules=(*self._given(), *self._runs(), *self._sums(), *self._changes(), *self._cover()),
            previous=Previous(shifts=eve),
        )

    def _given(self) -> Iterator[Rule]:
        """What is fixed, what is asked for, and the day after."""
        after = (MONDAY + timedelta(days=self.days),)
        yield rules.OneShiftADay()
        yield rules.ShiftRequest(templates=("A",), dates=after, wanted=True, weight=None)
        fixed = [(e, s, d, None) for e, s, d in self.data["fixed_assignments"]]
        for e, s, d, weight in [*fixed, *self.data["requests"]]:
            wanted = weight is None or weight < 0
            # Any shift is what being off is not.
            yield rules.ShiftRequest(
                agents=(str(e),),
                dates=(MONDAY + timedelta(days=d),),
                templates=(self.data["shifts"][s],) if s else (),
                wanted=wanted if s else not wanted,
                weight=None if weight is None else float(abs(weight)),
            )

    def _runs(self) -> Iterator[Rule]:
        """Days off in a row and nights in a row."""
        off, night = self.data["shift_sequence_constraints"]
        yield rules.MaxDaysOffInARow(days=off[5])
        yield rules.MinShiftsInARow(templates=("N",), days=night[2], weight=float(night[3]))
        yield rules.MaxNightsInARow(nights=night[4], window=NIGHT, weight=float(night[6]))
        yield rules.MaxNightsInARow(nights=night[5], window=NIGHT)

    def _sums(self) -> Iterator[Rule]:
        """Days off and nights by the week."""
        off, night = self.data["weekly_sum_constraints"]
        yield rules.DaysOff(least=off[1])
        yield rules.DaysOff(least=off[2], weight=float(off[3]))
        yield rules.MinShifts(templates=tuple(START), least=7 - off[5])
        yield rules.MinShifts(templates=tuple(START), least=7 - off[4], weight=float(off[6]))
        yield rules.MinShifts(templates=("N",), least=night[2], weight=float(night[3]))
        yield rules.MaxNights(most=night[5], window=NIGHT)

    def _changes(self) -> Iterator[Rule]:
        for first, then, price in self.data["penalized_transitions"]:
            yield rules.ForbiddenSuccession(
                first=(self.data["shifts"][first],),
                then=(self.data["shifts"][then],),
                weight=float(price) or None,
            )

    def _cover(self) -> Iterator[Rule]:
        prices = self.data["excess_cover_penalties"]
        for s, letter in enumerate(self.data["shifts"][1:]):
            needs = tuple(
                ShiftNeed(
                    day=MONDAY + timedelta(days=day),
                    template=letter,
                    heads=self.data["weekly_cover_demands"][day % 7][s],
                )
                for day in range(self.days)
            )
            yield rules.MinOnShift(needs=needs, weight=SHORT)
            yield rules.MaxOnShift(needs=needs, weight=float(prices[s]))
