"""What a simulation found, as tables with confidence intervals."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from wfm.errors import InputError
from wfm.problem import Problem
from wfm.queue import Definition, Queue
from wfm.simulation.counting import COLUMN, MEASURES
from wfm.simulation.estimates import Estimate, chance, mean, ratio
from wfm.simulation.records import Floats, Ints
from wfm.simulation.stretches import By, day_names, slot_names, whole_name

LEVELS: dict[Definition, str] = {
    "offered": "service_level",
    "offered_less_abandoned": "service_level_less_abandoned",
    "answered": "service_level_of_answered",
    "answered_or_abandoned": "service_level_with_abandoned",
}
"""Columns of the four definitions, named as in :class:`wfm.forecast.erlang.Performance`."""


@dataclass(frozen=True, eq=False)
class Outcome:
    """What became of all contacts and agents, replication by replication.

    Parameters
    ----------
    problem : Problem
        Whose queues, agents and targets.
    counts : ndarray, shape (replications, queues, slots, measures)
        In the order of :data:`wfm.simulation.counting.MEASURES`; a contact counts where it arrives,
        deferred work where it is due.
    busy, there : ndarray, shape (replications, agents, days)
        Seconds of each agent with a contact in hand, and at work, within the horizon.
    confidence : float
        Of the intervals.
    """

    problem: Problem
    counts: Floats
    busy: Floats
    there: Floats
    confidence: float = 0.95

    @property
    def replications(self) -> int:
        """Number of replications."""
        return len(self.counts)

    def service(self, by: By = "week") -> pd.DataFrame:
        """Service of each queue in each stretch of time.

        Parameters
        ----------
        by : {"horizon", "week", "day", "interval"}
            The stretches; weeks are ISO weeks, cut at the horizon's ends.

        Returns
        -------
        pandas.DataFrame
            A row for each queue and period. `offered`, `answered` and `abandoned` are means;
            `level` is the service level as the queue's target defines it, followed by all four
            definitions; `asa` and `asa_of_answered` are mean waits in seconds, of all contacts and
            of those answered; `abandonment` and `delayed` are shares. `met` is the probability that
            the period's level reaches the target, where `target` is one for such periods. Columns
            ending in `_low` and `_high` bound the confidence interval: Student's over replications
            with Hall's correction for skewness, Wilson's for `met`.

        Raises
        ------
        InputError
            For other stretches.
        """
        labels, sums = self._by(by)
        columns: dict[str, object] = {
            "queue": np.repeat([queue.id for queue in self.problem.demand.queues], len(labels)),
            "period": [label for _ in self.problem.demand.queues for label in labels],
        }
        for name, found in self._estimates(by, sums):
            columns[name] = found.value.ravel()
            columns[f"{name}_low"] = found.low.ravel()
            columns[f"{name}_high"] = found.high.ravel()
        frame = pd.DataFrame(columns)
        targets = [_target(queue, by) for queue in self.problem.demand.queues]
        frame.insert(list(frame.columns).index("level"), "target", np.repeat(targets, len(labels)))
        return frame

    def levels(self, by: By = "week") -> tuple[list[str], Floats]:
        """Labels of periods, and the level in each replication as each queue's target defines it.

        Returns
        -------
        list of str
            Labels, as in :meth:`service`.
        ndarray, shape (replications, queues, periods)
            NaN where there was no contact.
        """
        labels, sums = self._by(by)
        return labels, _divided(*self._own(sums))

    def occupancy(
        self, of: Literal["agent", "group"] = "agent", by: Literal["horizon", "day"] = "horizon"
    ) -> pd.DataFrame:
        """Busy share of the time at work.

        Parameters
        ----------
        of : {"agent", "group"}
            Each agent, or all who answer the same queues, named by these.
        by : {"horizon", "day"}
            The stretches.

        Returns
        -------
        pandas.DataFrame
            A row for each agent (or group) and period that anybody worked in: `hours` at work,
            `busy_hours`, `occupancy` with `occupancy_low` and `occupancy_high`.

        Raises
        ------
        InputError
            For others.
        """
        if of not in ("agent", "group") or by not in ("horizon", "day"):
            raise InputError(
                "Outcome.occupancy", "be of agent or group, by horizon or day", (of, by)
            )
        names, which = self._kinds(of)
        labels = [whole_name(self.problem)] if by == "horizon" else day_names(self.problem)
        busy, there = (_joined(part, which, len(names)) for part in (self.busy, self.there))
        if by == "horizon":
            busy, there = busy.sum(axis=2, keepdims=True), there.sum(axis=2, keepdims=True)
        found = ratio(busy, there, self.confidence)
        frame = pd.DataFrame(
            {
                of: np.repeat(names, len(labels)),
                "period": labels * len(names),
                "hours": there.mean(axis=0).ravel() / 3600,
                "busy_hours": busy.mean(axis=0).ravel() / 3600,
                "occupancy": found.value.ravel(),
                "occupancy_low": found.low.ravel(),
                "occupancy_high": found.high.ravel(),
            }
        )
        return frame[frame["hours"] > 0].reset_index(drop=True)

    def __str__(self) -> str:
        # The text is laid out elsewhere, since it reads these values.
        from wfm.simulation.text import outcome_text  # noqa: PLC0415

        return outcome_text(self)

    def _kinds(self, of: str) -> tuple[list[str], Ints]:
        agents = self.problem.agents
        if of == "agent":
            return [agent.id for agent in agents], np.arange(len(agents))
        ids = np.array([queue.id for queue in self.problem.demand.queues])
        labels = ["+".join(ids[row]) or "none" for row in self.problem.serves]
        names = list(dict.fromkeys(labels))
        return names, np.array([names.index(label) for label in labels])

    def _by(self, by: By) -> tuple[list[str], Floats]:
        """Labels, and counts with the shape (replications, queues, periods, measures)."""
        names = slot_names(self.problem, by)
        labels = list(dict.fromkeys(names))
        first = [names.index(label) for label in labels]
        return labels, np.add.reduceat(self.counts, first, axis=2)

    def _own(self, sums: Floats) -> tuple[Floats, Floats]:
        """Numerator and denominator of the level as each queue's target defines it."""
        parts = {name: _fraction(name, sums) for name in LEVELS}
        queues = self.problem.demand.queues
        chosen = ["offered" if q.channel == "deferred" else q.target.definition for q in queues]
        return (
            np.stack([parts[name][0][:, row] for row, name in enumerate(chosen)], axis=1),
            np.stack([parts[name][1][:, row] for row, name in enumerate(chosen)], axis=1),
        )

    def _estimates(self, by: By, sums: Floats) -> Iterator[tuple[str, Estimate]]:
        part = {name: sums[..., COLUMN[name]] for name in MEASURES}
        for name in ("offered", "answered", "abandoned"):
            yield name, mean(part[name], self.confidence)
        top, bottom = self._own(sums)
        yield "level", ratio(top, bottom, self.confidence)
        targets = np.array([_target(queue, by) for queue in self.problem.demand.queues])
        reached = _divided(top, bottom)
        hits = np.where(np.isnan(reached), np.nan, reached >= targets[:, None] - 1e-12)
        met = chance(hits, self.confidence)
        asked = ~np.isnan(targets)[:, None]
        yield "met", Estimate(*(np.where(asked, bound, np.nan) for bound in met))
        for definition, name in LEVELS.items():
            yield name, ratio(*_fraction(definition, sums), self.confidence)
        offered = part["offered"]
        yield "asa", ratio(part["wait"], offered, self.confidence)
        yield "asa_of_answered", ratio(part["wait_of_answered"], part["answered"], self.confidence)
        yield "abandonment", ratio(part["abandoned"], offered, self.confidence)
        yield "delayed", ratio(part["delayed"], offered, self.confidence)


def _fraction(definition: Definition, sums: Floats) -> tuple[Floats, Floats]:
    part = {name: sums[..., column] for name, column in COLUMN.items()}
    if definition == "offered":
        return part["in_time"], part["offered"]
    if definition == "offered_less_abandoned":
        return part["in_time"], part["offered"] - part["abandoned_in_time"]
    if definition == "answered":
        return part["in_time"], part["answered"]
    return part["in_time"] + part["abandoned_in_time"], part["offered"]


def _divided(top: Floats, bottom: Floats) -> Floats:
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray(top / bottom)


def _joined(part: Floats, which: NDArray[np.int64], many: int) -> Floats:
    """Sums over the agents of a kind, shape (replications, kinds, days)."""
    members = (which[None, :] == np.arange(many)[:, None]).astype(float)
    return np.asarray(np.einsum("ka,rad->rkd", members, part))


def _target(queue: Queue, by: By) -> float:
    period = "horizon" if queue.channel == "deferred" else queue.target.period
    return queue.target.level if period == by else np.nan
