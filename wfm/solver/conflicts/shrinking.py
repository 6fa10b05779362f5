"""Leaving out what is not needed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

Item = TypeVar("Item")


def shrunk(items: Iterable[Item], enough: Callable[[list[Item]], bool]) -> list[Item]:
    """Leave out parts, halves first and single items last, as long as the rest is enough.

    What is left cannot do without any item, if more items are never less than enough.
    """
    left = list(items)
    size = max(1, len(left) // 2)
    while size:
        at = 0
        while at < len(left):
            fewer = left[:at] + left[at + size :]
            if fewer and enough(fewer):
                left = fewer
            else:
                at += size
        size //= 2
    return left
