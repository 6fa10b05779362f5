"""Whether a problem is a roster of whole shifts."""

from __future__ import annotations

from wfm.problem import Problem
from wfm.solver.book import Book, open_book


def roster_book(problem: Problem) -> Book | None:
    """The limits of a roster of whole shifts; None for any other problem.

    Nobody calls and nothing waits, no shift holds a break or an activity, and what couples people
    has a price, so that everyone has a row whatever the others do.
    """
    demand = problem.demand
    if demand.contacts_array.any() or demand.deferred:
        return None
    if any(template.breaks for template in problem.shifts):
        return None
    if any(True for rule in problem.rules for _ in rule.pieces(problem)):
        return None
    book = open_book(problem)
    soft = all(joint.entry.weight is not None for joint in book.joint)
    return book if book.joint and soft else None
