"""What could give way, so that rules in conflict hold together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from wfm.conflict import Relaxation
from wfm.limit import Limit
from wfm.rule import Rule
from wfm.solver.book import Entry
from wfm.solver.conflicts.holding import decided, post
from wfm.solver.conflicts.loosening import ways
from wfm.solver.conflicts.teams import Team
from wfm.solver.conflicts.whom import Inquiry
from wfm.solver.model import TourModel
from wfm.solver.narrowing import narrowed


def relaxations(
    inquiry: Inquiry, part: Team, people: Sequence[int], days: list[int]
) -> Iterator[Relaxation]:
    """For each rule of a conflict the least change of each number of it that is enough.

    The rule with the number changed takes the place of the rule, and the engine is asked whether
    all hold then; of the numbers that are tried, doubling and halving the distance, the nearest is
    told. Without such a number the rule has to go, which is always enough.
    """
    problem = inquiry.instance.problem
    members = {problem.agents[agent].id for agent in people}
    for index in part.rules:
        rule, enough = problem.rules[index], _Enough(inquiry, part, index)
        found = False
        # A private rule's numbers would tell what it asks for, so it gives way as a whole.
        open_ways = () if rule.private else ways(rule, problem.horizon, days, enough)
        for way in open_ways:
            found = True
            words = narrowed(way.told, problem, members).words(problem)
            yield Relaxation(
                index=index,
                field=way.field,
                value=way.value,
                needed=way.needed,
                sentence=f"if {words}, instead of {way.value:g}",
            )
        if not found:
            words = narrowed(rule, problem, members).shown_words(problem)
            yield Relaxation(index=index, sentence=f"without the rule that {words}")


class _Enough:
    """Whether a conflict is gone once another rule stands in the place of one of its rules."""

    def __init__(self, inquiry: Inquiry, part: Team, index: int) -> None:
        self.inquiry, self.part = inquiry, part
        self.others = part.under([rule for rule in part.rules if rule != index])
        self.rows = inquiry.instance.problem.rows

    def __call__(self, rule: Rule) -> bool:
        built = TourModel(self.inquiry.instance, self.part.agents)
        post(built, self.others, {})
        for limit in rule.limits(self.inquiry.instance.problem.grid):
            for group in limit.groups:
                self._post(built, replace(limit, groups=(group,)))
        return decided(built.model, self.inquiry.seed, self.inquiry.patience) is True

    def _post(self, built: TourModel, limit: Limit) -> None:
        agents = tuple(self.rows[agent] for agent in limit.groups[0])
        if set(agents).issubset(self.part.agents):
            built.post(Entry(0, None, limit), agents)
