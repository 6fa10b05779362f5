"""Sums of products do not depend on the CPU."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

SUMS = """
import numpy as np
from wfm.solver.dot import dot
table = np.random.default_rng(1).random((40, 1001))
print(dot(table, table[0]).tobytes().hex(){more})
"""


def sums(core, more=""):
    """What a process with OpenBLAS's kernels for a CPU prints."""
    return subprocess.run(
        [sys.executable, "-c", SUMS.format(more=more)],
        check=True,
        capture_output=True,
        env={**os.environ, "OPENBLAS_CORETYPE": core, "OPENBLAS_NUM_THREADS": "1"},
    ).stdout


def test_sums_are_the_same_with_every_kernel():
    """Kernels of an old and of a newer CPU give the same bits, where those of ``@`` differ."""
    assert sums("Nehalem") == sums("Haswell")
    more = ", (table @ table[0]).tobytes().hex()"
    if sums("Nehalem", more) == sums("Haswell", more):
        pytest.skip("numpy's BLAS here has no kernels to choose from")
