"""What a history shows that its reader should know, though nothing is wrong with it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

FindingKind = Literal[
    "ambiguous hour",
    "cleaned",
    "closed hours",
    "filled",
    "gap",
    "more handled",
    "out of order",
    "outside hours",
    "regridded",
    "repeated",
    "unanswered",
    "unfinished",
    "unlisted",
]


@dataclass(frozen=True)
class Finding:
    """One thing that was found in a history, and how it was taken.

    Parameters
    ----------
    kind : str
        ``ambiguous hour``: a time that the clocks show twice occurs once. ``cleaned``: faults that
        were masked or repaired. ``closed hours``: times of the week at which a queue never has
        contacts. ``filled``: intervals without a row, taken as zero by the caller's word. ``gap``:
        intervals without a row, taken as unknown. ``more handled``: more contacts handled than
        offered. ``out of order``: rows that stand before earlier ones. ``outside hours``: contacts
        while the queue is closed by its own hours. ``regridded``: the history's interval is not
        the file's. ``repeated``: rows of the same queue and start, made one by the caller's word.
        ``unanswered``: contacts of which none was handled, so that their handle time is unknown.
        ``unfinished``: the last day lacks its end. ``unlisted``: a queue that is only in the
        history, or only among the queues given.
    queue : str
        Which queue; empty for all.
    place : str
        Where it is seen first: a row, or a local time.
    message : str
        A full sentence.
    """

    kind: FindingKind
    queue: str
    place: str
    message: str

    def __str__(self) -> str:
        return f"{self.kind}: {self.message}"
