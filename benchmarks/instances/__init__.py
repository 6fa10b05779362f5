"""Families of made-up centres by which the solver is tuned, from ten people to ten thousand."""

from benchmarks.instances.build import build
from benchmarks.instances.specification import Specification, family, read_specification

__all__ = ["Specification", "build", "family", "read_specification"]
