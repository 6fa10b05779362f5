"""Asking any forecaster for its scenarios."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, runtime_checkable

from wfm.errors import InputError
from wfm.forecast.forecaster import Forecaster
from wfm.forecast.history import History
from wfm.forecast.scenarios import Scenarios
from wfm.forecast.volume import Volume
from wfm.horizon import Horizon


@runtime_checkable
class _Draws(Protocol):
    def scenarios(
        self, history: History, horizon: Horizon, samples: int = 500, seed: int = 1
    ) -> Scenarios: ...


def drawn(
    name: str, forecaster: Forecaster, history: History, horizon: Horizon, samples: int, seed: int
) -> Scenarios:
    """Scenarios of a forecaster; raises InputError, by its name, if it has none."""
    if not isinstance(forecaster, _Draws):
        must = "have a method scenarios(history, horizon, samples, seed)"
        raise InputError(f"forecaster {name!r}", must, forecaster)
    return forecaster.scenarios(history, horizon, samples, seed)


def coverage_of(volumes: Sequence[Volume]) -> float:
    """The coverage of bands that are put together; raises InputError if they differ."""
    found = sorted({volume.coverage for volume in volumes})
    if len(found) > 1:
        raise InputError("coverage", "be the same for all forecasters that are combined", found)
    return found[0]
