"""Let Timefold answer: JSON on stdin, JSON on stdout. Run by its interpreter, without wfm.

The domain and the constraints are those of the quickstart's score, see `wards`.
"""

# ruff: noqa: ARG005, PLC0415
# No postponed annotations: Timefold reads them from the classes.
import json
import os
import sys
import time
from dataclasses import dataclass, field
from datetime import datetime
from importlib.metadata import version
from typing import Annotated, Any


def solve(question: dict[str, Any], seconds: float) -> dict[str, Any]:
    """State and solve; the clock starts once Java runs."""
    from timefold.solver import SolverFactory
    from timefold.solver.config import (
        Duration,
        ScoreDirectorFactoryConfig,
        SolverConfig,
        TerminationConfig,
    )
    from timefold.solver.domain import (
        PlanningEntityCollectionProperty,
        PlanningId,
        PlanningScore,
        PlanningVariable,
        ProblemFactCollectionProperty,
        ValueRangeProvider,
        planning_entity,
        planning_solution,
    )
    from timefold.solver.score import (
        ConstraintFactory,
        HardSoftScore,
        Joiners,
        constraint_provider,
    )

    @dataclass
    class Employee:
        name: Annotated[str, PlanningId]
        skills: set[str]

        def __hash__(self) -> int:
            return hash(self.name)

        def __eq__(self, other: object) -> bool:
            return isinstance(other, Employee) and self.name == other.name

    @dataclass
    class Asked:
        employee: Employee
        day: int
        kind: str

    @planning_entity
    @dataclass
    class Shift:
        id: Annotated[int, PlanningId]
        start: int
        end: int
        day: int
        skill: str
        employee: Annotated[Employee | None, PlanningVariable] = field(default=None)

    @planning_solution
    @dataclass
    class Plan:
        employees: Annotated[list[Employee], ProblemFactCollectionProperty, ValueRangeProvider]
        asked: Annotated[list[Asked], ProblemFactCollectionProperty]
        shifts: Annotated[list[Shift], PlanningEntityCollectionProperty]
        score: Annotated[HardSoftScore | None, PlanningScore] = field(default=None)

    def on_date(factory: ConstraintFactory, kind: str) -> Any:
        return (
            factory.for_each(Shift)
            .join(
                Asked,
                Joiners.equal(lambda s: s.employee, lambda a: a.employee),
                Joiners.equal(lambda s: s.day, lambda a: a.day),
            )
            .filter(lambda s, a: a.kind == kind)
        )

    @constraint_provider
    def constraints(factory: ConstraintFactory) -> list[Any]:
        same = Joiners.equal(lambda s: s.employee)
        return [
            factory.for_each(Shift)
            .filter(lambda s: s.skill not in s.employee.skills)
            .penalize(HardSoftScore.ONE_HARD)
            .as_constraint("skill"),
            factory.for_each_unique_pair(
                Shift, same, Joiners.overlapping(lambda s: s.start, lambda s: s.end)
            )
            .penalize(
                HardSoftScore.ONE_HARD, lambda a, b: min(a.end, b.end) - max(a.start, b.start)
            )
            .as_constraint("overlap"),
            factory.for_each(Shift)
            .join(
                Shift,
                Joiners.equal(lambda s: s.employee),
                Joiners.less_than_or_equal(lambda a: a.end, lambda b: b.start),
            )
            .filter(lambda a, b: b.start - a.end < 600)
            .penalize(HardSoftScore.ONE_HARD, lambda a, b: 600 - (b.start - a.end))
            .as_constraint("rest"),
            factory.for_each_unique_pair(Shift, same, Joiners.equal(lambda s: s.day))
            .penalize(HardSoftScore.ONE_HARD)
            .as_constraint("one a day"),
            on_date(factory, "UNAVAILABLE")
            .penalize(HardSoftScore.ONE_HARD, lambda s, a: s.end - s.start)
            .as_constraint("unavailable"),
            on_date(factory, "DESIRED")
            .reward(HardSoftScore.ONE_SOFT, lambda s, a: s.end - s.start)
            .as_constraint("desired"),
            on_date(factory, "UNDESIRED")
            .penalize(HardSoftScore.ONE_SOFT, lambda s, a: s.end - s.start)
            .as_constraint("undesired"),
        ]

    employees = {name: Employee(name, set(skills)) for name, skills in question["people"]}
    moment = [tuple(map(datetime.fromisoformat, shift[:2])) for shift in question["shifts"]]
    origin = datetime.combine(min(start for start, _ in moment).date(), datetime.min.time())

    def minutes(when: datetime) -> int:
        return int((when - origin).total_seconds()) // 60

    shifts = [
        Shift(number, minutes(start), minutes(end), minutes(start) // 1440, shift[3])
        for number, ((start, end), shift) in enumerate(zip(moment, question["shifts"], strict=True))
    ]
    asked = [
        Asked(employees[name], minutes(datetime.fromisoformat(day)) // 1440, kind)
        for name, day, kind in question["asked"]
    ]
    config = SolverConfig(
        solution_class=Plan,
        entity_class_list=[Shift],
        score_director_factory_config=ScoreDirectorFactoryConfig(
            constraint_provider_function=constraints
        ),
        termination_config=TerminationConfig(
            spent_limit=Duration(milliseconds=int(1000 * seconds))
        ),
    )
    solver = SolverFactory.create(config).build_solver()
    answers: list[Any] = []
    began = time.monotonic()

    def keep(event: Any) -> None:
        at = time.monotonic() - began
        given = [s.employee for s in sorted(event.new_best_solution.shifts, key=lambda s: s.id)]
        if event.new_best_score.hard_score == 0 and None not in given:
            answers.append([at, [employee.name for employee in given]])

    solver.add_event_listener(keep)
    solver.solve(Plan(list(employees.values()), asked, shifts))
    return {"answers": answers, "seconds": time.monotonic() - began, "proven": False}


def main() -> None:
    """Answer one question, or say why not; what Java prints goes to stderr."""
    asked = json.load(sys.stdin)
    out = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    try:
        import timefold.solver  # noqa: F401

        told = version("timefold")
    except Exception as error:  # whatever keeps it from being imported is the reason
        json.dump({"absent": f"{type(error).__name__}: {error}"}, out)
    else:
        json.dump({"version": told, **solve(asked["question"], asked["seconds"])}, out)
    out.close()


if __name__ == "__main__":
    main()
