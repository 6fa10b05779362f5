"""Labour laws as rules: what a country, a state or a city asks of a plan, with the articles.

Each function returns plain rules that can stand beside any others, each with the `article` of the
law that asks for it. `docs/law.md` lists all numbers, and what these presets do not hold. They are
a start for someone who knows the law, and **no legal advice**::

    from wfm.rules import law

    rules = law.together(
        law.european_union(), law.germany(sites=("berlin",)), law.france(sites=("lyon",))
    )
    doubtful = law.unverified(rules)

Numbers for which no page was at hand are marked: their `article` ends with ``(verify)``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from wfm.rules._row import called
from wfm.rules.law._china import china, china_swaps
from wfm.rules.law._european_union import european_union
from wfm.rules.law._fair_workweek import fair_notice, fair_workweek
from wfm.rules.law._france import france
from wfm.rules.law._germany import germany
from wfm.rules.law._japan import japan
from wfm.rules.law._kit import Rules, Whom, unverified
from wfm.rules.law._together import together
from wfm.rules.law._united_kingdom import united_kingdom
from wfm.rules.law._united_states import california, united_states

PRESETS: dict[str, Callable[..., Rules]] = {
    function.__name__: function
    for function in (
        european_union,
        germany,
        france,
        united_kingdom,
        china,
        united_states,
        california,
        fair_workweek,
        japan,
    )
}
"""The functions by their names, which are those in ``[[laws]]``."""

__all__ = [
    "PRESETS",
    "Rules",
    "Whom",
    "california",
    "china",
    "china_swaps",
    "european_union",
    "fair_notice",
    "fair_workweek",
    "france",
    "germany",
    "japan",
    "rules_of",
    "together",
    "united_kingdom",
    "united_states",
    "unverified",
]


def rules_of(row: Mapping[str, Any]) -> Rules:
    """Rules of a row such as ``{"law": "germany", "sites": ["berlin"]}``.

    Parameters
    ----------
    row : mapping
        The preset's name, and what its function takes.

    Raises
    ------
    InputError
        Naming the key at fault.
    """
    return called(PRESETS, "law", row)
