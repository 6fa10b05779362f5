"""What promises cost: the centre solved with and without them, for the same work."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from joblib import Parallel, delayed

from wfm.care.known import Pool
from wfm.care.promises import Groups, Places, grouped, places_of, told, without
from wfm.care.values import Price, Prices, Standing
from wfm.errors import InputError
from wfm.problem import Problem
from wfm.result import Result
from wfm.rule import Rule
from wfm.schedule import Schedule
from wfm.solver.interrupts import given_up_by_interrupts
from wfm.solver.solve import SECONDS, check_limits, solve
from wfm.solver.solve_all import at_a_time

SAME = 1e-6
"""By how much, as a share, the cost of a result may differ from that of its schedule."""


@dataclass(frozen=True)
class Effort:
    """How long each solve takes, and how many run at a time; as in :func:`wfm.solve_all`."""

    seconds: float | None
    work: int | None
    seed: int
    jobs: int | None


def price(
    problem: Problem,
    result: Schedule | Result,
    promise: Rule | Sequence[Rule],
    *,
    seconds: float | None = None,
    work: int | None = None,
    seed: int = 1,
    jobs: int | None = None,
) -> Price:
    """Tell what a promise costs, in money and in service, or several of them together.

    First the search goes on from the schedule with all promises, since it may have ended early.
    From what that finds two searches start for the same work and with the same seed: one keeps all
    promises, the other is free of these. The difference of the two costs is the price. Whatever
    keeps all promises is a schedule without them too, so that no price is below 0.

    Nobody knows the two least costs, only what was found and the bounds beneath. So the price is
    certain only to lie between `least` and `most`, which is wide in a large centre; the difference
    itself is as good as the searches, and a price of less than what they would still find is none.

    Parameters
    ----------
    problem : Problem
        With all promises.
    result : Schedule or Result
        A schedule for it, from which the search goes on; of a `Result` the bound counts too.
    promise : Rule or sequence of Rule
        Among the problem's rules.
    seconds : float, optional
        Time limit of each of the three solves; 60 if there is none of work either.
    work : int, optional
        Limit of the tours to find in each, with which the same seed gives the same price.
    seed : int
        Of everything random.
    jobs : int, optional
        Solves at a time, as in :func:`wfm.solve_all`.

    Raises
    ------
    InputError
        If an argument cannot be used, a rule is none of the problem's, or no schedule that keeps
        the hard rules is known or found.
    """
    rules = [promise] if isinstance(promise, Rule) else list(promise)
    places = places_of(problem, rules, "price")
    label = "; ".join(told(problem, problem.rules[place]) for place in places)
    effort = _checked("price", seconds, work, seed, jobs)
    pool, start = _settled(problem, result, effort, "price")
    return _apart(pool, start, [(label, places)], effort).each[0]


def prices(
    problem: Problem,
    result: Schedule | Result,
    *,
    groups: Groups = "each",
    steps: bool = False,
    seconds: float | None = None,
    work: int | None = None,
    seed: int = 1,
    jobs: int | None = None,
) -> Prices:
    """Tell what each promise costs, and all together.

    Each price is found as by :func:`price`, and all solves share what they find: a schedule that
    one of them found counts for every choice of promises that it keeps.

    Prices of promises that are dropped alone, while all others are kept, need not add up: where two
    people could mend the same gap, setting one of them free is enough, and neither seems to cost
    much. With `steps` the promises are dropped one after the other, in the order of the groups,
    each solve going on from the one before. Beside that chain a second one keeps all promises and
    goes on for the same work, so that what the search finds anyhow is no price. What a step costs
    is by how much the distance between the two chains grows; so the steps add up exactly to the
    distance at the end, the whole. It depends on the order, and a step may come out below 0 by as
    much as the search finds by luck.

    Parameters
    ----------
    problem : Problem
        With all promises.
    result : Schedule or Result
        A schedule for it, from which the search goes on; of a `Result` the bound counts too.
    groups : "each", "name" or mapping of str to sequence of Rule
        What is priced together: by default each promise by itself, which are all rules with a
        price, and those without one to families or of wishes; else all with the same name of a
        rule, or rules under labels.
    steps : bool
        Whether to drop one after the other.
    seconds, work, seed, jobs
        Of each solve, as in :func:`price`. Those of promises that are dropped alone are
        independent of each other; of steps, two run at a time.

    Raises
    ------
    InputError
        As :func:`price`, or if nothing is promised.
    """
    effort = _checked("prices", seconds, work, seed, jobs)
    asked = grouped(problem, groups, "prices")
    pool, start = _settled(problem, result, effort, "prices")
    return (_in_steps if steps else _apart)(pool, start, asked, effort)


def _checked(
    caller: str, seconds: float | None, work: int | None, seed: int, jobs: int | None
) -> Effort:
    check_limits(caller, seconds, work)
    seconds = SECONDS if seconds is None and work is None else seconds
    return Effort(seconds, work, seed, jobs)


def _settled(
    problem: Problem, result: Schedule | Result, effort: Effort, caller: str
) -> tuple[Pool, Schedule]:
    """What is known once the search has gone on from a schedule, and the best of it."""
    schedule = result.schedule if isinstance(result, Result) else result
    if not isinstance(schedule, Schedule):
        raise InputError(f"{caller}: result", "hold a schedule", type(result).__name__)
    pool = Pool(problem)
    pool.add(schedule)
    if isinstance(result, Result) and _is_of(result, pool):
        pool.prove((), result.bound)
    found = _continued(problem, schedule, effort)
    pool.add(found.schedule)
    pool.prove((), found.bound)
    best = pool.best()
    if best is None:
        must = "hold a schedule from which one is found in the time that keeps every hard rule"
        raise InputError(f"{caller}: result", must, found.status)
    return pool, best.schedule


def _is_of(result: Result, pool: Pool) -> bool:
    """Whether a result is one of the problem, by the cost of its schedule."""
    known, told = pool.best(), result.objective
    return known is not None and told is not None and abs(known.cost() - told) <= SAME * abs(told)


def _apart(
    pool: Pool, start: Schedule, asked: Sequence[tuple[str, Places]], effort: Effort
) -> Prices:
    """Drop each group alone, and all of them."""
    every = _union(places for _, places in asked)
    gone = list(dict.fromkeys([(), *(places for _, places in asked), every]))
    found = Parallel(n_jobs=at_a_time(effort.jobs))(
        delayed(_continued)(without(pool.problem, places), start, effort) for places in gone
    )
    _learn(pool, gone, found)
    keeping = pool.standing()
    each = tuple(_priced(pool, label, places, keeping) for label, places in asked)
    return Prices(way="apart", each=each, whole=_priced(pool, "all of these", every, keeping))


def _in_steps(
    pool: Pool, start: Schedule, asked: Sequence[tuple[str, Places]], effort: Effort
) -> Prices:
    """Drop one group after the other, beside a chain that keeps all."""
    gone = [_union(places for _, places in asked[: step + 1]) for step in range(len(asked))]
    keeps: list[Places] = [()] * len(asked)
    chains = Parallel(n_jobs=at_a_time(effort.jobs))(
        delayed(_chain)([without(pool.problem, places) for places in way], start, effort)
        for way in (keeps, gone)
    )
    each: list[Price] = []
    before = 0.0
    for (label, _), places, kept, dropped in zip(asked, gone, *chains, strict=True):
        _learn(pool, [(), places], [kept, dropped])
        found = _priced(pool, label, places, pool.standing())
        own = tuple(place for place in places if not any(place in e.rules for e in each))
        each.append(found.model_copy(update={"rules": own, "before": before}))
        before = found.together
    whole = each[-1].model_copy(update={"label": "all of these", "rules": gone[-1], "before": 0.0})
    return Prices(way="steps", each=tuple(each), whole=whole)


def _chain(problems: Sequence[Problem], start: Schedule, effort: Effort) -> list[Result]:
    """Solve one after the other, each from what the one before has found; in whatever process."""
    found = []
    for step, problem in enumerate(problems):
        result = _continued(problem, start, replace(effort, seed=effort.seed + step))
        start = result.schedule or start
        found.append(result)
    return found


def _continued(problem: Problem, start: Schedule, effort: Effort) -> Result:
    with given_up_by_interrupts():
        return solve(
            problem, seconds=effort.seconds, work=effort.work, seed=effort.seed, start_from=start
        )


def _learn(pool: Pool, gone: Iterable[Places], found: Iterable[Result]) -> None:
    """Take in what was found without some promises each."""
    for places, result in zip(gone, found, strict=True):
        pool.add(result.schedule)
        pool.prove(places, result.bound)


def _priced(pool: Pool, label: str, places: Places, keeping: Standing) -> Price:
    dropping = pool.standing(places)
    return Price(label=label, rules=places, keeping=keeping, dropping=dropping)


def _union(groups: Iterable[Places]) -> Places:
    return tuple(dict.fromkeys(place for places in groups for place in places))
