"""The base of every value at the boundary: frozen, closed to unknown keys, exact through JSON."""

from __future__ import annotations

import re
from collections.abc import Mapping
from copy import deepcopy
from typing import Any, Self

from pydantic import BaseModel, ConfigDict, ValidationError

from wfm.errors import InputError

MOST_MONEY = 1_000_000.0
"""Largest price of a unit: beyond it, costs would drown each other in rounding."""

PLAINLY = {"tuple_type": "be a list", "path_type": "name a file"}
"""Kinds of fault that are told in words which do not come from Python."""
LEFT_OUT = "be left out (no such field)"


class Value(BaseModel):
    """A frozen value; invalid fields raise :class:`wfm.errors.InputError` that names the field."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", allow_inf_nan=False, ser_json_inf_nan="strings"
    )

    def __init__(self, **data: Any) -> None:
        try:
            super().__init__(**data)
        except ValidationError as error:
            found = _input_error(error, type(self).__name__)
        else:
            return
        # Out here nothing of the input hangs on to the error, as its context.
        raise found

    def __eq__(self, other: object) -> bool:
        # Only fields count: cached arrays beside them do not compare to a truth value.
        return type(other) is type(self) and all(
            getattr(self, name) == getattr(other, name) for name in type(self).model_fields
        )

    def __hash__(self) -> int:
        return hash((type(self), *(getattr(self, name) for name in type(self).model_fields)))

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:
        """A copy with some fields changed, checked anew; nothing cached is carried over."""
        fields = {name: getattr(self, name) for name in type(self).model_fields}
        return type(self)(**(deepcopy(fields) if deep else fields) | dict(update or {}))

    def __getstate__(self) -> dict[Any, Any]:
        # What is cached can be made anew, and would travel to every worker.
        state = super().__getstate__()
        fields = {name: getattr(self, name) for name in type(self).model_fields}
        return {**state, "__dict__": fields}

    @classmethod
    def from_json(cls, text: str | bytes, place: str = "") -> Self:
        """Read a value from JSON.

        Parameters
        ----------
        text : str or bytes
            The JSON document.
        place : str
            What to call it in an error, such as the file's name.

        Raises
        ------
        InputError
            If the text is no JSON or does not describe this value.
        """
        try:
            return cls.model_validate_json(text)
        except ValidationError as error:
            found = _input_error(error, place or cls.__name__)
        raise found

    def to_json(self, indent: int | None = None) -> str:
        """Write the value as JSON that `from_json` reads back to an equal value."""
        return self.model_dump_json(indent=indent)


def _input_error(error: ValidationError, place: str) -> InputError:
    details = [dict(detail) for detail in error.errors(include_url=False)]
    return InputError.of(_fault(each, place) for each in details if not _follows(each, details))


def _follows(detail: dict[str, Any], details: list[dict[str, Any]]) -> bool:
    """Whether a list is called too short only because what stands in it is at fault."""
    if detail["type"] != "too_short":
        return False
    where = detail["loc"]
    inside = (each["loc"] for each in details if len(each["loc"]) > len(where))
    return any(loc[: len(where)] == where for loc in inside)


def _fault(detail: dict[str, Any], place: str) -> InputError:
    inner = detail.get("ctx", {}).get("error")
    where = place + "".join(_step(step) for step in detail["loc"])
    if isinstance(inner, InputError):
        own = re.search(rf"\b{re.escape(place)}\b", inner.place)
        nested = inner.place if own else f"{where}: {inner.place}"
        return InputError(nested, inner.must, inner.got)
    if detail["type"] == "missing":
        return InputError(where, "be given")
    if detail["type"] in ("union_tag_not_found", "union_tag_invalid"):
        return _untold_kind(where, detail["ctx"])
    return InputError(where, *_asked(detail))


def _asked(detail: dict[str, Any]) -> tuple[str, object]:
    """What an ordinary fault asks for, and what was found."""
    if detail["type"] == "extra_forbidden":
        apart = detail["loc"][-1] == "reason"
        must = "be left out, and kept apart with `PrivateReasons`" if apart else LEFT_OUT
        return must, ... if apart else detail["input"]
    if detail["type"] in PLAINLY:
        return PLAINLY[detail["type"]], _short(detail["input"])
    if detail["type"] == "json_invalid":
        return "be valid JSON", detail["ctx"]["error"]
    message = str(detail["msg"]).removeprefix("Input should ").removeprefix("Value error, ")
    must = message if message.startswith("be ") else f"hold: {message[0].lower()}{message[1:]}"
    return must, _short(detail["input"])


def _untold_kind(where: str, told: dict[str, str]) -> InputError:
    """The fault of a value of several kinds that does not say which it is."""
    kind = f"{where}.{told['discriminator'].strip(chr(39))}"
    if "tag" not in told:
        return InputError(kind, "be given")
    return InputError(kind, f"be one of {told['expected_tags'].replace(chr(39), '')}", told["tag"])


def _step(step: str | int) -> str:
    return f"[{step}]" if isinstance(step, int) else f".{step}"


def _short(found: object) -> object:
    return found if len(repr(found)) <= 80 else f"{repr(found)[:77]}..."
