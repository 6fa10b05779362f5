"""What the library raises: one message that names the place, what was expected, what was found."""

from __future__ import annotations

from collections.abc import Iterable


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
        What was found; left out of the message when omitted.
    """

    def __init__(self, place: str, must: str, got: object = ...) -> None:
        self.place = place
        self.must = must
        self.got = got
        found = "" if got is ... else f", got {got!r}"
        super().__init__(f"{place} must {must}{found}.")


class InputErrors(InputError):
    """Several faults of one input, reported together; `faults` holds each."""

    def __init__(self, faults: Iterable[InputError]) -> None:
        self.faults = tuple(faults)
        first = self.faults[0]
        super().__init__(first.place, first.must, first.got)
        self.args = ("\n".join(str(fault) for fault in self.faults),)


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
        super().__init__(f"{feature} needs an extra: pip install 'wfm[{extra}]'.")
