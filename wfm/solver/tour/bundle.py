"""Many programmes in one place, so that compiled code goes through them without Python."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from wfm.solver.tour.programme import Programme
from wfm.solver.tour.walk import best_tour

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


class Bundle(NamedTuple):
    """Programmes one after the other; arrays of one have the names that they have there.

    Attributes
    ----------
    group : ndarray of int, shape (programmes, days, options + 1)
    enter, leave, use : ndarray of int, shape (programmes, days, groups)
    groups, begin, uses : ndarray of int, shape (programmes, days)
    states : ndarray of int, shape (programmes, days + 1)
    step, follow, toll : ndarray, flat
        Where those of a programme begin is in `step_at`, `follow_at` and `toll_at`.
    classes : ndarray of int, shape (programmes, 2)
        Leave and enter classes of the steps.
    """

    group: Ints
    enter: Ints
    leave: Ints
    use: Ints
    groups: Ints
    begin: Ints
    uses: Ints
    states: Ints
    step: Floats
    step_at: Ints
    classes: Ints
    follow: NDArray[np.int32]
    follow_at: Ints
    toll: Floats
    toll_at: Ints


def bundle_of(programmes: Sequence[Programme]) -> Bundle:
    """Put programmes together."""
    widest = max(programme.enter.shape[1] for programme in programmes)

    def wide(name: str) -> Ints:
        rows = (getattr(programme, name) for programme in programmes)
        return np.stack([np.pad(row, ((0, 0), (0, widest - row.shape[1]))) for row in rows])

    def flat(name: str) -> tuple[NDArray[np.generic], Ints]:
        parts = [getattr(programme, name).ravel() for programme in programmes]
        ends = np.cumsum([0, *(len(part) for part in parts)])
        return np.concatenate(parts), ends.astype(np.int64)

    def stacked(name: str) -> Ints:
        return np.stack([getattr(programme, name) for programme in programmes])

    (step, step_at), (follow, follow_at), (toll, toll_at) = map(flat, ("step", "follow", "toll"))
    return Bundle(
        group=stacked("group"),
        enter=wide("enter"),
        leave=wide("leave"),
        use=wide("use"),
        groups=stacked("groups"),
        begin=stacked("begin"),
        uses=stacked("uses"),
        states=stacked("states"),
        step=step.astype(np.float64),
        step_at=step_at,
        classes=np.array([programme.step.shape[1:] for programme in programmes]),
        follow=follow.astype(np.int32),
        follow_at=follow_at,
        toll=toll.astype(np.float64),
        toll_at=toll_at,
    )


@njit(cache=True, nogil=True)
def best_of(bundle: Bundle, number: int, value: Floats, tour: Ints) -> float:
    """Best tour by one of the programmes: fills `tour` and returns its value, as `best_tour`."""
    leaves, enters = bundle.classes[number]
    step = bundle.step[bundle.step_at[number] : bundle.step_at[number + 1]]
    return float(
        best_tour(
            value,
            bundle.group[number],
            bundle.enter[number],
            bundle.leave[number],
            bundle.use[number],
            bundle.groups[number],
            step.reshape((value.shape[0], leaves, enters)),
            bundle.begin[number],
            bundle.uses[number],
            bundle.follow[bundle.follow_at[number] : bundle.follow_at[number + 1]],
            bundle.toll[bundle.toll_at[number] : bundle.toll_at[number + 1]],
            bundle.states[number],
            tour,
        )
    )
