"""The limits without those of soft rules whose lacks a roster counts itself."""

from __future__ import annotations

from dataclasses import replace

from wfm.solver.activities.items import Pieces
from wfm.solver.book import Book, Entry
from wfm.solver.instance import Instance


def without_meetings(book: Book, pieces: Pieces) -> Book:
    """Leave out what soft rules say of meetings, whose lack a roster counts itself."""
    kept = (j for j in book.joint if j.entry.weight is None or j.entry.rule not in pieces.soft)
    return replace(book, joint=tuple(kept)) if pieces.soft else book


def beside_pieces(instance: Instance, book: Book) -> list[tuple[Entry, ...]]:
    """Each agent's limits without what soft rules ask to be held inside shifts."""
    soft, days = instance.pieces.soft, instance.pieces.days
    return [
        tuple(e for e in entries if e.rule not in soft or e.weight is None)
        if agent in days
        else entries
        for agent, entries in enumerate(book.own)
    ]
