"""Let OR-tools answer Google's example: JSON on stdin, JSON on stdout. Run without wfm.

The model is the example's: a Boolean for each employee, shift (a day off is one) and day; clauses
for runs that are too short or too long, sums with their excess, clauses for transitions. Runs are
judged up to the horizon's ends. CP-SAT has its default settings.
"""

from __future__ import annotations

import json
import sys
import time
from importlib.metadata import version
from typing import Any


class Model:
    """The example's model, built from the fields of its file."""

    def __init__(self, data: dict[str, Any]) -> None:
        from ortools.sat.python import cp_model  # noqa: PLC0415

        self.data, self.cp = data, cp_model
        self.model = cp_model.CpModel()
        self.people, self.days = range(data["num_employees"]), range(7 * data["num_weeks"])
        self.shifts = range(len(data["shifts"]))
        self.terms: list[Any] = []
        new = self.model.new_bool_var
        self.works = {
            (e, s): [new(f"{e} {s} {d}") for d in self.days]
            for e in self.people
            for s in self.shifts
        }
        for e in self.people:
            for d in self.days:
                self.model.add_exactly_one(self.works[e, s][d] for s in self.shifts)
            for row in data["shift_sequence_constraints"]:
                self.sequence(self.works[e, row[0]], *row[1:])
            for row in data["weekly_sum_constraints"]:
                for week in range(0, len(self.days), 7):
                    self.sum_of(self.works[e, row[0]][week : week + 7], *row[1:])
            for first, then, price in data["penalized_transitions"]:
                for one, other in zip(self.works[e, first], self.works[e, then][1:], strict=False):
                    self.unless_paid([~one, ~other], price)
        for e, s, d in data["fixed_assignments"]:
            self.model.add(self.works[e, s][d] == 1)
        self.terms += [w * self.works[e, s][d] for e, s, d, w in data["requests"]]
        self.cover()
        self.model.minimize(sum(self.terms))

    def unless_paid(self, clause: list[Any], price: int) -> None:
        """Post a clause, hard if it has no price."""
        if price:
            broken = self.model.new_bool_var("")
            clause = [*clause, broken]
            self.terms.append(price * broken)
        self.model.add_bool_or(clause)

    def sequence(
        self, works: list[Any], low: int, soft_low: int, under: int, soft: int, high: int, over: int
    ) -> None:
        """Bound the length of each run."""
        for length in range(1, high + 1):
            price = under * max(0, soft_low - length) + over * max(0, length - soft)
            if length < low or price:
                for start in range(len(works) - length + 1):
                    around = works[max(0, start - 1) : start] + works[start + length :][:1]
                    inside = [~one for one in works[start : start + length]]
                    self.unless_paid(around + inside, 0 if length < low else price)
        for start in range(len(works) - high):
            self.model.add_bool_or([~one for one in works[start : start + high + 1]])

    def sum_of(
        self, works: list[Any], low: int, soft_low: int, under: int, soft: int, high: int, over: int
    ) -> None:
        """Bound how many there are."""
        total = self.model.new_int_var(low, high, "")
        self.model.add(total == sum(works))
        for price, excess in ((under, soft_low - total), (over, total - soft)):
            if price:
                paid = self.model.new_int_var(0, 7, "")
                self.model.add_max_equality(paid, [excess, 0])
                self.terms.append(price * paid)

    def cover(self) -> None:
        """At least so many on each shift of each day, and a price for more."""
        for d in self.days:
            asked = self.data["weekly_cover_demands"][d % 7]
            prices = self.data["excess_cover_penalties"]
            for s, least, price in zip(self.shifts[1:], asked, prices, strict=True):
                there = self.model.new_int_var(least, len(self.people), "")
                self.model.add(there == sum(self.works[e, s][d] for e in self.people))
                self.terms.append(price * (there - least))

    def solve(self, seconds: float, began: float) -> dict[str, Any]:
        """Solve, and keep each better roster with its time."""
        answers: list[Any] = []

        class Keep(self.cp.CpSolverSolutionCallback):  # type: ignore[misc, name-defined]
            def on_solution_callback(keep) -> None:  # noqa: N805
                rows = [
                    "".join(
                        self.data["shifts"][s]
                        for d in self.days
                        for s in self.shifts
                        if keep.value(self.works[e, s][d])
                    )
                    for e in self.people
                ]
                answers.append([time.monotonic() - began, rows])

        solver = self.cp.CpSolver()
        solver.parameters.max_time_in_seconds = seconds
        status = solver.solve(self.model, Keep())
        took = time.monotonic() - began
        return {"answers": answers, "seconds": took, "proven": status == self.cp.OPTIMAL}


def main() -> None:
    """Answer one question, or say why not."""
    asked = json.load(sys.stdin)
    try:
        import ortools.sat.python.cp_model  # noqa: F401, PLC0415

        told = version("ortools")
    except Exception as error:  # whatever keeps it from being imported is the reason
        json.dump({"absent": f"{type(error).__name__}: {error}"}, sys.stdout)
        return
    began = time.monotonic()
    found = Model(asked["question"]).solve(asked["seconds"], began)
    json.dump({"version": told, **found}, sys.stdout)


if __name__ == "__main__":
    main()
