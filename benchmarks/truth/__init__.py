"""A small, independent truth for the staffing formulas: event simulations of what they describe.

Only tests and benchmarks use it. It shares no code with the library, on purpose.
"""

from benchmarks.truth.chat import simulate_chat
from benchmarks.truth.day import simulate_day
from benchmarks.truth.groups import simulate_groups
from benchmarks.truth.tally import Estimate, Tally

__all__ = ["Estimate", "Tally", "simulate_chat", "simulate_day", "simulate_groups"]
