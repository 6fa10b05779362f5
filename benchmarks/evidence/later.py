"""Functions that a table is ready for and that the library may not have yet."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any


def function(module: str, name: str) -> Callable[..., Any] | None:
    """Find a function of the library, or None if there is no such one."""
    try:
        return getattr(import_module(module), name, None)
    except ModuleNotFoundError as error:
        if error.name is None or not module.startswith(error.name):
            raise
        return None
