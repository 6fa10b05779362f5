"""What was to be shown, what was found, and whether it holds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from rich.console import Console

from benchmarks.harness import Figures, show_table


@dataclass(frozen=True)
class Verdict:
    """A claim and its figure.

    Attributes
    ----------
    claim : str
        What is to hold.
    found : str
        What was found.
    holds : bool
        Whether it does.
    """

    claim: str
    found: str
    holds: bool

    def record(self) -> Figures:
        """As it is written to a file."""
        return asdict(self)


def show_verdicts(console: Console, verdicts: Sequence[Verdict]) -> None:
    """Print claims with what was found."""
    rows = [[v.claim, v.found, "holds" if v.holds else "does not hold"] for v in verdicts]
    show_table(console, "What it was to show", ["claim", "found", "verdict"], rows, left=3)


def lower_by(ours: float, theirs: float) -> float:
    """Relative reduction of an error."""
    return 1 - ours / theirs
