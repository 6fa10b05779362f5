"""Every rule: the folder is the registry, a new file in it is a new rule."""

from __future__ import annotations

import importlib
import pkgutil
from typing import Any

from wfm.rule import Rule

for _module in pkgutil.iter_modules(__path__):
    importlib.import_module(f"{__name__}.{_module.name}")

globals().update({rule.__name__: rule for rule in Rule.named.values()})

__all__ = sorted(rule.__name__ for rule in Rule.named.values())  # noqa: PLE0605


def __getattr__(name: str) -> Any:
    raise AttributeError(f"wfm.rules has no rule {name!r}; it has {', '.join(__all__)}")
