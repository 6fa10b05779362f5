"""Functions that return rules, called by a row of a table that names one of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from inspect import Parameter, signature
from typing import Any, get_args, get_type_hints

from pydantic import create_model

from wfm.errors import InputError
from wfm.rule import Rule
from wfm.value import Value


def called(
    functions: Mapping[str, Callable[..., tuple[Rule, ...]]], key: str, row: Mapping[str, Any]
) -> tuple[Rule, ...]:
    """Call the function that a row names, with its other keys as arguments.

    Parameters
    ----------
    functions : mapping
        Functions by name, whose arguments have types.
    key : str
        The key of the row that names one.
    row : mapping
        The name, and what the function takes.

    Raises
    ------
    InputError
        Naming the key at fault.
    """
    function = functions.get(str(row.get(key)))
    if function is None:
        raise InputError(key, f"be one of {', '.join(functions)}", row.get(key))
    own = {name: value for name, value in row.items() if name != key}
    try:
        given = create_model(key.title(), __base__=Value, **_fields(function))(**own)
        return function(**{name: getattr(given, name) for name in given.model_fields_set})
    except InputError as error:
        raise InputError.of(fault.by_key() for fault in error.faults) from None


def _fields(function: Callable[..., Any]) -> dict[str, Any]:
    """Type and default of each argument; arguments by keyword are told by a TypedDict."""
    types = get_type_hints(function, include_extras=True)
    fields: dict[str, Any] = {}
    for name, taken in signature(function).parameters.items():
        if taken.kind is Parameter.VAR_KEYWORD:
            (keywords,) = get_args(types[name])
            fields |= {key: (kind, None) for key, kind in get_type_hints(keywords).items()}
        else:
            fields[name] = (types[name], ... if taken.default is Parameter.empty else taken.default)
    return fields
