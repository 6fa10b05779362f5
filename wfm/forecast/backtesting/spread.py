"""How the quantiles of a forecast held: coverage and pinball loss."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

import numpy as np
from numpy.typing import NDArray

from wfm.forecast.scenarios import Scenarios
from wfm.forecast.volume import Volume

Floats = NDArray[np.float64]
Unit = Literal["interval", "day", "week"]
UNITS: Final[tuple[Unit, ...]] = ("interval", "day", "week")
DAYS: Final[dict[Unit, int]] = {"interval": 0, "day": 1, "week": 7}
"""Days that a unit is made of; weeks count from the origin."""


def percent(level: float) -> str:
    """A level for the names of columns: ``80``, ``97.5``."""
    return f"{100 * level:.6g}"


@dataclass(frozen=True, eq=False)
class Held:
    """Whether each interval, day or week of a queue lay inside its bands.

    Parameters
    ----------
    end : numpy.ndarray
        Days from the origin to the end of each unit, shape ``(units,)``.
    counted : numpy.ndarray
        Units that are known in part at least, not closed, and have a band, shape
        ``(levels, queues, units)``.
    inside : numpy.ndarray
        Same shape.
    """

    end: NDArray[np.int64]
    counted: NDArray[np.bool_]
    inside: NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Spread:
    """What is known of a forecast's uncertainty.

    Parameters
    ----------
    levels : sequence of float
        Coverage that the bands are to have.
    held : dict of str to Held
        By unit; a unit for which the forecaster says nothing is missing.
    loss : numpy.ndarray or None
        Pinball loss of each interval, shape ``(queues, slots)``.
    """

    levels: Sequence[float]
    held: dict[Unit, Held]
    loss: Floats | None

    def sums(self, days: int) -> dict[str, Any]:
        """Sums over the first days, shape ``(queues,)`` each; NaN where nothing is known."""
        found: dict[str, Any] = {}
        found["pinball"] = np.nan
        if self.loss is not None:
            found["pinball"] = self.loss[:, self.held["interval"].end <= days].sum(axis=1)
        for unit in UNITS:
            held = self.held.get(unit)
            for index, level in enumerate(self.levels):
                name = f"{unit}_{percent(level)}"
                inside = count = np.nan
                if held is not None:
                    within = held.counted[index] & (held.end <= days)
                    inside = (held.inside[index] & within).sum(axis=1)
                    count = within.sum(axis=1)
                found |= {f"inside_{name}": inside, f"count_{name}": count}
        return found


def spread_of_scenarios(scenarios: Scenarios, actual: Floats, levels: Sequence[float]) -> Spread:
    """Hold the quantiles of scenarios against what came.

    Sums of days and weeks are taken over the intervals that are known. The pinball loss is the
    mean over the levels' two quantiles each and the median, doubled, so that it compares with an
    absolute error.

    Parameters
    ----------
    scenarios : Scenarios
        Samples.
    actual : numpy.ndarray
        Contacts that came, NaN where unknown, shape ``(queues, slots)``.
    levels : sequence of float
        Coverage of the bands.
    """
    held: dict[Unit, Held] = {}
    for unit in UNITS:
        if scenarios.horizon.days >= DAYS[unit]:
            sums = _unit_sums(scenarios, actual, unit)
            bounds = np.stack([np.quantile(each, chances(levels), axis=0) for each in sums[0]], 1)
            held[unit] = _held(bounds, *sums[1:], len(levels))
            if unit == "interval":
                loss = _pinball(bounds, sums[1], np.array(chances(levels)))
    return Spread(levels, held, loss)


def spread_of_band(volume: Volume, actual: Floats, levels: Sequence[float]) -> Spread:
    """Hold a forecast's band of intervals against what came, where it is one of the levels."""
    lower, upper = volume.array("lower"), volume.array("upper")
    counted = ~np.isnan(actual) & ((np.nan_to_num(actual) > 0) | (upper > 0))
    own = np.array([level == volume.coverage for level in levels])[:, None, None]
    inside = own & ((lower <= actual) & (actual <= upper))
    held = Held(volume.horizon.slot_days + 1, own & counted, inside)
    return Spread(levels, {"interval": held}, None)


def chances(levels: Sequence[float]) -> list[float]:
    """Lower quantiles of bands, then upper ones, then the median."""
    tails = [(1 - level) / 2 for level in levels]
    return [*tails, *(1 - tail for tail in tails), 0.5]


def _unit_sums(
    scenarios: Scenarios, actual: Floats, unit: Unit
) -> tuple[Iterator[Floats], Floats, NDArray[np.bool_], NDArray[np.int64]]:
    """Sums of whole units over known intervals.

    Returns
    -------
    tuple
        Of each queue's samples, shape ``(samples, units)``, and of what came, ``(queues, units)``;
        which units are known in part at least; days to the end of each, ``(units,)``.
    """
    known, width = ~np.isnan(actual), DAYS[unit]
    slot_days, days = scenarios.horizon.slot_days, scenarios.horizon.days
    index = slot_days // width if width else np.arange(len(slot_days))
    first = np.flatnonzero(np.diff(index, prepend=-1))
    first_whole = slice(days // width if width else len(first))

    def sums(values: Floats) -> Floats:
        return np.asarray(np.add.reduceat(values, first, axis=-1)[..., first_whole])

    drawn = (sums(scenarios.contacts[:, row] * known[row]) for row in range(len(actual)))
    end = (index[first] + 1)[first_whole] * width if width else slot_days + 1
    return drawn, sums(np.where(known, actual, 0.0)), sums(known.astype(np.float64)) > 0, end


def _held(
    bounds: Floats, total: Floats, known: NDArray[np.bool_], end: NDArray[np.int64], levels: int
) -> Held:
    lower, upper = bounds[:levels], bounds[levels:-1]
    counted = known & ((total > 0) | (bounds.max(axis=0) > 0))
    inside = (lower <= total) & (total <= upper)
    return Held(end, np.broadcast_to(counted, inside.shape), inside)


def _pinball(bounds: Floats, total: Floats, levels: Floats) -> Floats:
    share = levels[:, None, None]
    short = total - bounds
    return np.asarray(2 * np.maximum(share * short, (share - 1) * short).mean(axis=0))
