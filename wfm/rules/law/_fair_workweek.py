"""Fair-workweek laws of cities and of a state: rest between shifts, and notice of a roster."""

from __future__ import annotations

from typing import Literal, NamedTuple, Unpack

from wfm.rules.law._kit import VERIFY, Names, Rules, Whom
from wfm.rules.min_rest import MinRest
from wfm.rules.published import Published

Place = Literal["chicago", "los_angeles", "philadelphia", "new_york", "oregon"]


class _Law(NamedTuple):
    """Hours of rest and days of notice, and what someone is paid who does with less rest."""

    article: str
    rest: float
    notice: int = 14
    paid: float | None = None


LAWS: dict[Place, _Law] = {
    "chicago": _Law("Chicago Fair Workweek Ordinance", 10),
    "los_angeles": _Law("Los Angeles Fair Work Week Ordinance", 10),
    "philadelphia": _Law("Philadelphia Fair Workweek Ordinance", 9, paid=40),
    "new_york": _Law(f"New York City Fair Workweek Law{VERIFY}", 11),
    "oregon": _Law(f"Oregon SB 828{VERIFY}", 10),
}


def fair_workweek(place: Place, consented: Names = (), **whom: Unpack[Whom]) -> Rules:
    """Hours of rest between two shifts, but for those who have consented to less.

    **Such laws name industries** (retail, food, hotels, some more) and sizes of employers. A
    contact centre is covered only if its employer is, so that no country's rules include them.

    *Verify*: the hours of New York City and Oregon.

    Parameters
    ----------
    place : {"chicago", "los_angeles", "philadelphia", "new_york", "oregon"}
        Whose law.
    consented : tuple of str
        Ids of agents who have consented to less rest. In Philadelphia each such shift costs 40
        dollars; what the others ask for it depends on the wage, and is left to the contract.
    **whom
        Whom it binds, such as ``sites=("chicago",)``; everyone by default.
    """
    law = LAWS[place]
    willing: Whom = {**whom, "waived_by": (*whom.get("waived_by", ()), *consented)}
    found: Rules = (MinRest(hours=law.rest, article=law.article, **willing),)
    if law.paid is None or not consented:
        return found
    paid = MinRest(hours=law.rest, agents=consented, weight=law.paid, article=law.article)
    return (*found, paid)


def fair_notice(place: Place, published: Published) -> Published:
    """A published roster, of which changes with fewer days left than the law's notice count.

    Parameters
    ----------
    place : {"chicago", "los_angeles", "philadelphia", "new_york", "oregon"}
        Whose law.
    published : Published
        The roster, with the price of a change as its weight: an hour's pay in Chicago, 10 to 75
        dollars in New York City.
    """
    law = LAWS[place]
    notice = ((law.notice - 1, 1),)
    return published.model_copy(update={"notice": notice, "article": law.article})
