"""What a search shows of itself on a terminal."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console

from wfm.result import Progress

Watcher = Callable[[Progress], object]


@contextmanager
def progress(first: str) -> Iterator[Watcher | None]:
    """Show a line on the terminal while something goes on; nothing if stderr is no terminal.

    Parameters
    ----------
    first : str
        What to show until the search begins.

    Yields
    ------
    callable or None
        For `on_progress` of :func:`wfm.solve`.
    """
    console = Console(stderr=True, highlight=False)
    if not console.is_terminal:
        yield None
        return
    with console.status(first) as status:
        yield lambda seen: status.update(progress_line(seen))


def progress_line(seen: Progress) -> str:
    """Say where a search stands, to people who wait."""
    proof = "no bound yet"
    if seen.bound > 0:
        proof = f"bound {seen.bound:,.0f}  gap {seen.gap:.2%}"
    return f"{seen.seconds:4.0f} s  cost {seen.objective:,.0f}  {proof}  (Ctrl-C keeps the best)"
