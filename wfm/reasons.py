"""Why private rules hold, kept apart from all that is planned, written or told."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NoReturn

from wfm.errors import InputError
from wfm.rule import Rule


class PrivateReasons:
    """Reasons of private rules, each under the number that its rules have as their `private`.

    Nothing in the library asks for one, and nothing shows them: they have no place in a problem,
    are in no representation, cannot be listed, copied or pickled, and have no JSON. `of` is the
    only way to read one, for whoever may.

    Parameters
    ----------
    reasons : Mapping of int to str
        Number -> reason; `wfm.io.read_reasons` reads them from a file.

    Raises
    ------
    InputError
        If a number is none from 1 on, or a reason is no text; it does not hold the reason.
    """

    __slots__ = ("__of",)

    def __init__(self, reasons: Mapping[int, str]) -> None:
        for number, reason in reasons.items():
            if not isinstance(number, int) or isinstance(number, bool) or number < 1:
                raise InputError("PrivateReasons", "be numbered by whole numbers from 1 on")
            if not isinstance(reason, str) or not reason.strip():
                raise InputError(f"PrivateReasons[{number}]", "be a reason in words")
        kept = dict(reasons)
        # In a closure, so that no debugger, test or log that shows fields shows them.
        self.__of = kept.get

    def of(self, rule: Rule) -> str | None:
        """Why a rule holds; None if it is not private, has no number, or nothing is kept of it.

        Parameters
        ----------
        rule : Rule
            As it was written, or as a problem holds it.
        """
        number = rule.private
        return None if isinstance(number, bool) else self.__of(number)

    def __repr__(self) -> str:
        return "PrivateReasons(...)"

    def __reduce__(self) -> NoReturn:
        raise TypeError("private reasons stay in this process: they are not copied or pickled")
