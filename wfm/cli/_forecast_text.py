"""What a forecast came to, in a screenful."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np

from wfm.forecast import Scenarios, Volume
from wfm.forecast.scenarios import Stretch, stretches

MOST_DAYS: Final = 31
"""Days up to which each has a line; of more, weeks have one."""
BAND: Final = (0.1, 0.9)


def listed(title: str, lines: Sequence[str]) -> Iterator[str]:
    """A heading and its lines; nothing if there is none."""
    if lines:
        yield title
        yield from (f"  {line}" for line in lines)
        yield ""


def table(volume: Volume, scenarios: Scenarios) -> Iterator[str]:
    """A table for each queue: contacts by day with their band, and handle times."""
    by: Stretch = "day" if volume.horizon.days <= MOST_DAYS else "week"
    _, first = np.unique(stretches(volume.horizon, by), return_index=True)
    contacts, aht = volume.array("contacts"), volume.array("aht")
    sums = np.add.reduceat(contacts, first, axis=1)
    work = np.add.reduceat(contacts * aht, first, axis=1)
    lower, upper = scenarios.quantiles(BAND, by)
    whole = np.quantile(scenarios.totals(by).sum(axis=2), BAND, axis=0)
    labels = [_label(volume, int(slot), by) for slot in first]
    for row, queue in enumerate(volume.queues):
        yield f"{queue:<14} {'contacts':>9}  {'80 % band':^17}  {'AHT':>7}"
        for place, label in enumerate(labels):
            band = lower[row, place], upper[row, place]
            yield _line(label, sums[row, place], band, work[row, place])
        yield _line("in all", sums[row].sum(), (whole[0, row], whole[1, row]), work[row].sum())
        yield ""


def _label(volume: Volume, slot: int, by: Stretch) -> str:
    day = int(volume.horizon.slot_days[slot])
    label = volume.horizon.day_label(day)
    return label if by == "day" else f"from {label}"


def _line(label: str, contacts: float, band: tuple[float, float], work: float) -> str:
    lower, upper = band
    if not upper:
        return f"{label:<14} {'none':>9}"
    around = f"{lower:>7,.0f} – {upper:<7,.0f}"
    aht = f"{work / contacts:,.0f} s" if contacts else ""
    return f"{label:<14} {contacts:>9,.0f}  {around:^17}  {aht:>7}"
