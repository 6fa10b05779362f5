"""What forecasters share that put another one to work on an altered history."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from wfm.errors import InputError
from wfm.forecast.history import History
from wfm.forecast.scenarios import Scenarios
from wfm.forecast.volume import Volume
from wfm.horizon import Horizon

Floats = NDArray[np.float64]


class Draw(Protocol):
    """The method `scenarios` of a forecaster that draws."""

    def __call__(
        self, history: History, horizon: Horizon, samples: int = 500, seed: int = 1
    ) -> Scenarios:
        """Draw courses of the horizon."""
        ...


def draw_of(forecaster: object) -> Draw:
    """A forecaster's `scenarios`; AttributeError, as for any object, if it does not draw."""
    found: Draw = forecaster.scenarios  # type: ignore[attr-defined]
    return found


def known_queues(queues: Iterable[str], history: History, place: str) -> None:
    """Raise InputError for a queue that the history lacks."""
    for queue in queues:
        if queue not in history.queues:
            raise InputError(place, f"be for one of {', '.join(history.queues)}", queue)


def altered(history: History, contacts: Floats, aht: Floats | float = 1.0) -> History:
    """Multiply contacts and handle times row by row.

    Rows whose factor is not a number are left out: what they would have been is unknown.
    """
    keep = ~np.isnan(contacts)
    frame = history.frame.assign(
        offered=history.frame["offered"] * contacts, aht=history.frame["aht"] * aht
    )
    if "abandoned" in frame:
        frame["abandoned"] = frame["abandoned"] * contacts
    return replace(history, frame=frame[keep].reset_index(drop=True))


def scaled(volume: Volume, contacts: Floats, aht: Floats | float = 1.0) -> Volume:
    """Multiply contacts, their band and handle times by factors of shape ``(queues, slots)``."""
    measures: dict[str, Any] = {
        name: volume.array(name) * contacts for name in ("contacts", "lower", "upper")
    }
    return volume.model_copy(update=measures | {"aht": volume.array("aht") * aht})


def scaled_scenarios(
    drawn: Scenarios, contacts: Mapping[str, Floats], seed: int, aht: Floats | float = 1.0
) -> Scenarios:
    """Multiply samples, which stay counts.

    With a factor below 1 each contact remains with that chance, so that what is Poisson remains
    Poisson; with one above, the product is rounded up with the chance of its fraction.

    Parameters
    ----------
    drawn : Scenarios
        The samples.
    contacts : mapping of str to numpy.ndarray
        Queue -> its factor, shape ``(slots,)`` or ``(samples, slots)``; others keep theirs.
    seed : int
        Equal seeds give equal samples.
    aht : numpy.ndarray or float
        Factor of the handle times, shape ``(queues, slots)``.
    """
    random = np.random.default_rng([seed, 1])
    found = drawn.contacts.copy()
    for queue, factor in contacts.items():
        row = drawn.queues.index(queue)
        counts = drawn.contacts[:, row]
        fewer = random.binomial(counts, np.broadcast_to(np.minimum(factor, 1.0), counts.shape))
        more = np.floor(counts * factor + random.random(counts.shape))
        found[:, row] = np.where(factor > 1, more, fewer)
    return replace(drawn, contacts=found, aht=drawn.aht * aht)
