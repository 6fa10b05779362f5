"""What the library raises: one message that names the place, what was expected, what was found."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from typing import Any

MOST = 120
"""Characters of what was found that a message shows."""


class WfmError(Exception):
    """Base of every error that the library raises on purpose."""


class InputError(WfmError, ValueError):
    """Input that cannot be used.

    Parameters
    ----------
    place : str
        Where it stands: a file with row and column, a field, an agent's id.
    must : str
        What was expected there, as the end of "... must ...".
    got : object
        What was found; left out of the message when omitted, cut short there when long.

    Attributes
    ----------
    faults : tuple of InputError
        Every fault that is reported, this one alone or several.
    """

    def __init__(self, place: str, must: str, got: object = ...) -> None:
        self.place = place
        self.must = must
        self.got = got
        self.faults: tuple[InputError, ...] = (self,)
        super().__init__(self._message())

    def _message(self) -> str:
        found = "" if self.got is ... else f", got {_told(self.got)}"
        return f"{self.place} must {self.must}{found}."

    def __reduce__(self) -> tuple[Any, ...]:
        # Python would call the class with the finished message, and fail in another process.
        state = {**self.__dict__, "args": self.args}
        return type(self), (self.place, self.must, self.got), state

    @classmethod
    def of(cls, faults: Iterable[InputError]) -> InputError:
        """One error for several faults of an input, a line each; `faults` holds them."""
        found = tuple(faults)
        first = found[0]
        error = cls(first.place, first.must, first.got)
        error.faults = found
        error.args = ("\n".join(str(fault) for fault in found),)
        return error

    def within(self, place: str) -> InputError:
        """The same, every fault with where its place lies put before it."""
        return InputError.of(
            InputError(f"{place}: {fault.place}", fault.must, fault.got) for fault in self.faults
        )

    def forget(self) -> None:
        """Drop what was found, in every fault: for what others are not to read."""
        for fault in {id(each): each for each in (*self.faults, self)}.values():
            fault.got = ...
            fault.args = (fault._message(),)
        self.args = ("\n".join(str(fault) for fault in self.faults),)

    def by_key(self) -> InputError:
        """The same without names of classes, which only programmers know, in its place.

        ``Queue.hours[0]: Window.start`` becomes ``hours[0].start``.
        """
        place = re.sub(r": [A-Z]\w*\.", ".", re.sub(r"^[A-Z]\w*(\.|: )", "", self.place))
        return InputError(place, self.must, self.got)


class MissingExtraError(WfmError, ImportError):
    """An optional dependency that a function needs is not installed.

    Parameters
    ----------
    feature : str
        What the caller wanted.
    extra : str
        The extra of `wfm` that brings it.
    """

    def __init__(self, feature: str, extra: str) -> None:
        self.feature = feature
        self.extra = extra
        super().__init__(f"{feature} needs an extra: pip install 'wfm[{extra}]'.")

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.feature, self.extra)


def _told(found: object) -> str:
    """What was found, on a line that is not too long."""
    text = " ".join((found.isoformat() if isinstance(found, date) else repr(found)).split())
    return text if len(text) <= MOST else f"{text[: MOST - 3]}..."
