"""Why someone works, or is off, on a day: what else could be, and what that would change."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from wfm.advice.option import Effects, SwapMove, told
from wfm.advice.text import SMALL, signed, wish_text
from wfm.problem import Problem
from wfm.schedule import Shift
from wfm.value import Value


class Alternative(Effects):
    """Another shift, or a day off, on the day; nothing changes if it cannot be.

    Parameters
    ----------
    shift : Shift or None
        What the agent would have on the day; None for a day off.
    forbidden : tuple of str
        Sentences of the hard rules that this change alone would break; empty if it breaks none.
    moves : tuple of SwapMove
        Every day of the agent that changes in the cheapest way to have it, with nothing of anybody
        else changed; empty if there is no way.
    wages, service, answers, wishes
        As in `Effects`.
    """

    shift: Shift | None = None
    forbidden: tuple[str, ...] = ()
    moves: tuple[SwapMove, ...] = ()

    @property
    def possible(self) -> bool:
        """Whether the agent can have it beside the plans of all others."""
        return bool(self.moves)


class Reasons(Value):
    """What an agent has on a day, and what every alternative would come to.

    Parameters
    ----------
    agent : str
        Id of the agent.
    day : datetime.date
        The day.
    shift : Shift or None
        The shift that starts on it; None for a day off.
    alternatives : tuple of Alternative
        Those that are possible, the cheapest first, and then the others.
    """

    agent: str
    day: date
    shift: Shift | None
    alternatives: tuple[Alternative, ...]

    def sentences(self, problem: Problem) -> list[str]:
        """Say it in sentences, with names, dates and numbers, and no private reason."""
        when = problem.horizon.day_label(problem.horizon.day(self.day))
        has = f"a day off on {when}" if self.shift is None else told(problem.horizon, self.shift)
        name = str(problem.agent(self.agent))
        lines = [f"{name} has {has}."]
        for each in self.alternatives:
            lines += _sentences(problem, each, name, self.day)
        return lines


def _sentences(problem: Problem, each: Alternative, name: str, day: date) -> Iterator[str]:
    instead = f"{_what(problem, each.shift)} instead"
    if each.forbidden:
        yield f"{instead}, and nothing else, is not possible. {' '.join(each.forbidden)}"
    if not each.possible:
        yield f"{instead} is possible in no other plan of {name} beside those of the others."
        return
    more = [_move(problem, move) for move in each.moves if move.day != day]
    also = f", with {' and '.join(more)}," if more else ""
    if abs(each.total) < SMALL:
        cost = "cost the same"
    else:
        cost = f"cost {abs(each.total):,.2f} {'more' if each.total > 0 else 'less'}"
    parts = "; ".join(_parts(problem, each))
    yield f"{instead}{also} would {cost}{f': {parts}' if parts else ''}."


def _parts(problem: Problem, each: Effects) -> Iterator[str]:
    if abs(each.wages) >= SMALL:
        yield f"wages {signed(each.wages)}"
    if abs(each.service) >= SMALL:
        yield f"lost service {signed(each.service)}"
    for queue, answers in each.answers.items():
        if abs(answers) >= 10 * SMALL:
            yield f"{queue} {signed(answers, 1)} contacts answered in time"
    for wish in each.wishes:
        if abs(wish.change) >= SMALL:
            yield wish_text(problem, wish)


def _move(problem: Problem, move: SwapMove) -> str:
    """What changes on another day."""
    was, now = (_brief(problem, shift) for shift in (move.before, move.after))
    when = problem.horizon.day_label(problem.horizon.day(move.day))
    return f"{now} on {when} in place of {was}"


def _what(problem: Problem, shift: Shift | None) -> str:
    found = _brief(problem, shift)
    return f"{found[0].upper()}{found[1:]}"


def _brief(problem: Problem, shift: Shift | None) -> str:
    if shift is None:
        return "a day off"
    start, end = (f"{problem.horizon.local(at):%H:%M}" for at in (shift.start, shift.end))
    return f"{shift.template!r} {start}–{end}"
