"""Erlang's models to fifty digits, from their integrals; the truth for `wfm.forecast.erlang`.

Nothing is shared with the library, neither code nor formula. Blocking comes from Fortet's integral
1/B = a integral of exp(-a t) (1 + t)^n over t > 0, waiting under Erlang A from the density of the
offered wait V, on v > 0 in proportion to exp(load patience (1 - exp(-v / patience)) - agents v)
with times in units of the handle time (Zeltyn and Mandelbaum 2005). Doubles are taken exactly.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import inf

from benchmarks.quadrature import Real, moments, mp


def idle(load: Real, agents: Real) -> Real:
    """1/B - 1: the probability that an agent is free over that of exactly all being busy."""
    # 1 + t = e^-u turns the integral of 1/B into one of exp(a (1 - e^-u) - (n + 1) u) on u < 0.
    whole, _ = moments(load, agents + 1, -mp.inf, mp.zero)
    return load * whole - 1


def erlang_b(load: float, agents: float) -> Real:
    """Probability that a contact is blocked."""
    load, agents = mp.mpf(load), mp.mpf(agents)
    return 1 / (1 + idle(load, agents)) if load else mp.zero


def erlang_c(load: float, agents: float) -> Real:
    """Probability that a contact waits, where nobody abandons."""
    load, agents = mp.mpf(load), mp.mpf(agents)
    if load >= agents:
        return mp.mpf(load > 0)
    return agents / (agents + (agents - load) * idle(load, agents)) if load else mp.zero


def performance(
    arrivals_per_hour: float, aht: float, agents: float, threshold: float, patience: float = inf
) -> dict[str, Real]:
    """Every field of the library's `Performance`; load, agents and patience are above zero.

    Times are in seconds. Where `patience` is infinite, the load must be below the agents.
    """
    load = mp.mpf(arrivals_per_hour) * mp.mpf(aht) / 3600
    queue = Queue(load, mp.mpf(agents), mp.mpf(patience) / mp.mpf(aht))
    unit = mp.mpf(aht) if patience == inf else mp.mpf(patience)
    cut = mp.mpf(threshold) / unit
    free = idle(load, queue.agents)
    soon, soon_gone = queue.busy(mp.zero, cut)
    late, late_gone = queue.busy(cut, mp.inf)
    mass = free + soon + late
    waits, abandoned = (soon + late) / mass, (soon_gone + late_gone) / mass
    answered_soon = (free + soon - soon_gone) / mass
    outlives = mp.one if patience == inf else mp.exp(-cut)
    asa = unit * (waits / (queue.agents - load) if patience == inf else abandoned)
    return {
        "wait_probability": waits,
        "service_level": answered_soon,
        "service_level_less_abandoned": answered_soon
        / (1 - (soon_gone + (1 - outlives) * late) / mass),
        "service_level_of_answered": answered_soon / (1 - abandoned),
        "service_level_with_abandoned": 1 - outlives * late / mass,
        "asa": asa,
        "wait_of_waiting": asa / waits,
        "abandonment": abandoned,
        "occupancy": load * (1 - abandoned) / queue.agents,
        "mean_queue": mp.mpf(arrivals_per_hour) / 3600 * asa,
    }


def wait_quantile(
    arrivals_per_hour: float, aht: float, agents: float, probability: float, patience: float = inf
) -> tuple[Real, Real]:
    """The wait in seconds, until answered or gone, that a share of the contacts does not exceed.

    With it comes the density of waits there, per second: what an error of the wait is worth.
    """
    load = mp.mpf(arrivals_per_hour) * mp.mpf(aht) / 3600
    queue = Queue(load, mp.mpf(agents), mp.mpf(patience) / mp.mpf(aht))
    unit, leaves = (aht, 0) if patience == inf else (patience, 1)
    mass = idle(load, queue.agents) + queue.busy(mp.zero, mp.inf)[0]
    share, wait, step = (1 - mp.mpf(probability)) * mass, mp.zero, mp.one
    if queue.busy(mp.zero, mp.inf)[0] <= share:
        return mp.zero, mp.zero
    # The logarithm of the share that waits longer is concave, so Newton's steps come from the
    # right after the first one, and none overshoots.
    while abs(step) > mp.mpf(10) ** -25 * wait:
        late = queue.busy(wait, mp.inf)[0]
        ends = queue.density(wait) / late + leaves
        step = (mp.log(late / share) - leaves * wait) / ends
        wait += step
    return wait * mp.mpf(unit), share / mass * ends / mp.mpf(unit)


@dataclass(frozen=True)
class Queue:
    """The busy side; waits are in units of the patience, or of the handle time if it is infinite.

    Parameters
    ----------
    load, agents : mpf
        Above zero.
    patience : mpf
        In units of the handle time.
    """

    load: Real
    agents: Real
    patience: Real

    def busy(self, low: Real, high: Real) -> tuple[Real, Real]:
        """Mass of waits in a range, and the part of it whose patience ends before the wait."""
        if self.patience == mp.inf:
            spare = self.agents - self.load
            return self.agents * (mp.exp(-spare * low) - mp.exp(-spare * high)) / spare, mp.zero
        whole, gone = moments(self.load * self.patience, self.agents * self.patience, low, high)
        return self.agents * self.patience * whole, self.agents * self.patience * gone

    def density(self, wait: Real) -> Real:
        """Mass a unit of waiting."""
        if self.patience == mp.inf:
            return self.agents * mp.exp(-(self.agents - self.load) * wait)
        exponent = -self.load * mp.expm1(-wait) - self.agents * wait
        return self.agents * self.patience * mp.exp(self.patience * exponent)
