"""What binds each agent, compiled once for all of whom the limits say the same."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from wfm.solver.book import Book, Entry, mask_cost, parted, promises
from wfm.solver.counts import Grids
from wfm.solver.instance import Instance
from wfm.solver.own import OwnLimits
from wfm.solver.relaxed import Relaxed
from wfm.solver.tour.compiler import Compiler
from wfm.solver.tour.programme import Programme


def cell_costs(instance: Instance, book: Book) -> list[NDArray[np.float64]]:
    """Wages, premiums and limits on single days of each agent, (days, options + 1), shared."""
    known: dict[object, NDArray[np.float64]] = {}
    found = []
    for contract, entries in zip(instance.contract.tolist(), book.own, strict=True):
        key = (contract, tuple(map(id, entries)))
        if key not in known:
            alone, _ = parted(entries)
            masks = mask_cost(alone, instance.days, instance.off)
            known[key] = instance.cost[contract] + masks
        found.append(known[key])
    return found


def own_limits(
    instance: Instance, *everyone: Sequence[tuple[Entry, ...]]
) -> tuple[list[OwnLimits], ...]:
    """What binds each agent alone, for several lists of everyone's limits."""
    grids = Grids(instance.off + 1)
    known: dict[object, OwnLimits] = {}
    found = []
    for own in everyone:
        keys = [tuple(map(id, entries)) for entries in own]
        for key, entries in zip(keys, own, strict=True):
            if key not in known:
                known[key] = OwnLimits(promises(entries), grids)
        found.append([known[key] for key in keys])
    grids.close()
    return tuple(found)


def programmes_of(instance: Instance, book: Book) -> list[Programme]:
    """A programme for each agent; agents whose limits say the same share one."""
    compiler = Compiler(book.own, instance.contract.tolist())
    compiled: dict[object, Programme] = {}
    found = []
    for contract, entries in zip(instance.contract, book.own, strict=True):
        key = (contract, tuple(map(id, entries)))
        if key not in compiled:
            _, carried = parted(entries)
            compiled[key] = compiler.compile(
                carried, _offered(instance, int(contract)), int(contract)
            )
        found.append(compiled[key])
    return found


def relaxed_of(instance: Instance, programmes: list[Programme]) -> list[Relaxed | None]:
    """For each agent whose programme does not carry every limit, that with the others."""
    known = {id(p): None if p.complete else Relaxed(instance, p) for p in programmes}
    return [known[id(programme)] for programme in programmes]


def _offered(instance: Instance, contract: int) -> NDArray[np.bool_]:
    return np.asarray(np.isfinite(instance.cost[contract][:, :-1]))
