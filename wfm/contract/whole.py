"""All checks of the contract, one after the other."""

from __future__ import annotations

from collections.abc import Callable

from wfm.contract.agreement import check_limits, check_random_rosters
from wfm.contract.examples import check_examples, check_judge
from wfm.contract.private import check_private
from wfm.contract.sentences import check_sentences, check_words
from wfm.contract.solving import check_solved, check_solver
from wfm.contract.writing import check_json, check_registered, check_weight
from wfm.rule import Rule


def check_rule(rule: type[Rule], *, solve: bool = True) -> None:
    """Check all of a rule's contract.

    Parameters
    ----------
    rule : type of Rule
        The rule's class.
    solve : bool
        Whether to ask the solver too; without it the limits are read by counting alone.

    Raises
    ------
    AssertionError
        With a sentence that says which promise is broken, and where.
    """
    for check in CHECKS:
        if solve or check not in SOLVER_CHECKS:
            check(rule)


CHECKS: tuple[Callable[[type[Rule]], None], ...] = (
    check_registered,
    check_examples,
    check_judge,
    check_limits,
    check_sentences,
    check_words,
    check_weight,
    check_json,
    check_private,
    check_random_rosters,
    check_solver,
    check_solved,
)
"""Every check of the contract, in the order in which `check_rule` makes them."""

SOLVER_CHECKS = CHECKS[-2:]
"""Those that ask the solver."""
