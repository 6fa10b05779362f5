"""Those whom a rule binds together, in words."""

from __future__ import annotations

from wfm.agent_rule import AgentRule
from wfm.problem import Problem


def group_words(rule: AgentRule, problem: Problem) -> str:
    """Whom a rule binds, as a group: "all agents", "team red", "Anna and Ben"."""
    told = rule.whom(problem).removeprefix("each of ")
    return f"all agents{told.removeprefix('everyone')}" if rule.binds_everyone else told
