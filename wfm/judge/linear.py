"""Linear programmes with one aim after the other."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.optimize import linprog

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Programme:
    """Variables ``0 <= x <= upper`` with ``at_most @ x <= most`` and ``exactly @ x == total``."""

    at_most: sparse.csr_array
    most: Floats
    exactly: sparse.csr_array
    total: Floats
    upper: Floats

    def solve(self, cost: Floats, worth: Floats) -> Floats:
        """Find the variables of most worth among those of least cost.

        Parameters
        ----------
        cost, worth : ndarray, shape (variables,)
            Of a unit of each variable. The cost is kept to the least to a part in a billion.
        """
        # Counted from their upper ends, variables that save money cost it instead: the least cost
        # is then a sum of positive parts, and small only if each of them is.
        turned = cost < 0
        sign, offset = np.where(turned, -1.0, 1.0), np.where(turned, self.upper, 0.0)
        found = self._from(sign, offset)._in_turn(cost * sign, worth * sign)
        return np.asarray(offset + sign * found)

    def _from(self, sign: Floats, offset: Floats) -> Programme:
        """Change to variables y with ``x == offset + sign * y``."""
        return replace(
            self,
            at_most=self.at_most @ sparse.diags_array(sign),
            most=self.most - self.at_most @ offset,
            exactly=self.exactly @ sparse.diags_array(sign),
            total=self.total - self.exactly @ offset,
        )

    def _in_turn(self, cost: Floats, worth: Floats) -> Floats:
        least = self._minimum(cost)
        if least is None:
            raise RuntimeError("The linear programme could not be solved.")
        limit = float(cost @ least)
        limit += 1e-9 * max(1.0, limit)
        priced = sparse.vstack([self.at_most, sparse.csr_array(cost[None, :])], format="csr")
        capped = replace(self, at_most=priced, most=np.append(self.most, limit))
        best = capped._minimum(-worth)
        # A cap that the engine's tolerances cannot keep leaves the first answer as it is.
        return least if best is None else best

    def _minimum(self, cost: Floats) -> Floats | None:
        found = linprog(  # type: ignore[call-overload]  # whose stubs know no sparse matrices
            cost,
            A_ub=self.at_most,
            b_ub=self.most,
            A_eq=self.exactly,
            b_eq=self.total,
            bounds=np.stack([np.zeros(len(self.upper)), self.upper], axis=1),
            method="highs",
        )
        return np.asarray(found.x) if found.status == 0 else None
