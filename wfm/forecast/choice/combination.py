"""Several forecasts as one: their mean."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from wfm.errors import InputError
from wfm.forecast.argument import number, whole
from wfm.forecast.backtesting.setting import named
from wfm.forecast.choice.drawing import coverage_of, drawn
from wfm.forecast.choice.trial import check_trial, try_out
from wfm.forecast.forecaster import Forecaster
from wfm.forecast.history import History
from wfm.forecast.scenarios import Scenarios
from wfm.forecast.volume import Volume
from wfm.horizon import Horizon

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Combination:
    """Weighted mean of forecasts: contacts and bands, and handle times weighted by contacts too.

    Scenarios are drawn from each forecaster in proportion to its weight, so that futures stay
    whole and disagreement between forecasters adds to the uncertainty.

    Parameters
    ----------
    forecasters : mapping of str to Forecaster
        Whose forecasts, by name.
    weights : mapping of str to float, or "inverse error", optional
        Weight of each, not all 0; they need not add up to 1. ``"inverse error"``: 1 / WAPE in a
        backtest on the last weeks, equal ones if the history is too short. By default equal.
    horizon : int
        Days ahead that count in the backtest.
    origins : int
        Forecasts of the backtest, a week apart.
    """

    forecasters: Mapping[str, Forecaster]
    weights: Mapping[str, float] | Literal["inverse error"] | None = None
    horizon: int = 7
    origins: int = 8

    def __post_init__(self) -> None:
        names = list(named(self.forecasters))
        check_trial("Combination", self.horizon, self.origins)
        given = self.weights
        if given is None or given == "inverse error":
            return
        if not isinstance(given, Mapping) or set(given) != set(names):
            must = f"have one for each of {', '.join(names)}, or be 'inverse error'"
            raise InputError("Combination.weights", must, given)
        must = "be 0 or more, and not all 0"
        for name, weight in given.items():
            number(f"Combination.weights[{name!r}]", weight, must, lambda w: 0 <= w < np.inf)
        if not sum(given.values()):
            raise InputError("Combination.weights", must, dict(given))

    def shares(self, history: History) -> dict[str, float]:
        """Weight of each forecaster, adding up to 1.

        Parameters
        ----------
        history : History
            The past, by which inverse errors are found.
        """
        weights = dict.fromkeys(self.forecasters, 1.0)
        if self.weights == "inverse error":
            weights = self._inverse_errors(history) or weights
        elif self.weights is not None:
            weights = {name: float(self.weights[name]) for name in self.forecasters}
        total = sum(weights.values())
        return {name: weight / total for name, weight in weights.items()}

    def forecast(self, history: History, horizon: Horizon) -> Volume:
        """Forecast by all, and take the mean."""
        past = history.until(horizon.start)
        shares = {name: share for name, share in self.shares(past).items() if share}
        volumes = [self.forecasters[name].forecast(past, horizon) for name in shares]
        weights = np.array(list(shares.values()))
        contacts = np.stack([volume.array("contacts") for volume in volumes])
        lower, upper = (
            np.tensordot(weights, [volume.array(name) for volume in volumes], 1)
            for name in ("lower", "upper")
        )
        return Volume(
            horizon=horizon,
            queues=past.queues,
            contacts=np.tensordot(weights, contacts, 1),
            aht=_handle_time(weights, contacts, [volume.array("aht") for volume in volumes]),
            lower=lower,
            upper=upper,
            coverage=coverage_of(volumes),
        )

    def scenarios(
        self, history: History, horizon: Horizon, samples: int = 500, seed: int = 1
    ) -> Scenarios:
        """Draw futures from each forecaster in proportion to its weight, in random order."""
        past = history.until(horizon.start)
        counts = _parts(self.shares(past), samples)
        drawings = [
            drawn(name, self.forecasters[name], past, horizon, count, seed)
            for name, count in counts.items()
        ]
        contacts = np.concatenate([each.contacts for each in drawings])
        order = np.random.default_rng(seed).permutation(len(contacts))
        weights = np.array(list(counts.values())) / samples
        means = np.stack([each.contacts.mean(axis=0) for each in drawings])
        aht = _handle_time(weights, means, [each.aht for each in drawings])
        return Scenarios(horizon, past.queues, contacts[order], aht)

    def _inverse_errors(self, past: History) -> dict[str, float]:
        table = try_out(past, self.forecasters, horizon=self.horizon, origins=self.origins).table
        if not len(table):
            return {}
        errors = table["wape"].groupby("forecaster", sort=False).mean().dropna()
        # A forecaster without error at all would take everything.
        inverse = {str(name): 1 / max(error, 1e-6) for name, error in errors.items()}
        return {name: inverse.get(name, 0.0) for name in self.forecasters} if inverse else {}


def _handle_time(weights: Floats, contacts: Floats, aht: list[Floats]) -> Floats:
    """Mean weighted by contacts; plain where there are none."""
    handled = weights[:, None, None] * contacts
    total, plain = handled.sum(axis=0), np.tensordot(weights, aht, 1)
    return np.where(total > 0, (handled * aht).sum(axis=0) / np.where(total > 0, total, 1), plain)


def _parts(shares: Mapping[str, float], samples: int) -> dict[str, int]:
    """Whole samples of each forecaster, by largest remainders; those with none are left out."""
    whole("samples", samples, least=1)
    exact = np.array(list(shares.values())) * samples
    counts = np.floor(exact + 1e-9).astype(np.int64)
    order = np.argsort(counts - exact, kind="stable")
    counts[order[: samples - counts.sum()]] += 1
    return {name: int(count) for name, count in zip(shares, counts, strict=True) if count}
