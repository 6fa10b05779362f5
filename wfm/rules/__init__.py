"""Every rule, and the values that rules are made of: ``rules.MinRest``, ``rules.Step``.

The folder is the registry: a new file in it is a new rule. ``docs/rules.md`` tells each with
rosters that keep or break it.
"""

from __future__ import annotations

import importlib
import pkgutil
import sys
from difflib import get_close_matches
from typing import Any

from wfm.rule import Rule
from wfm.value import Value

for _module in pkgutil.iter_modules(__path__):
    importlib.import_module(f"{__name__}.{_module.name}")


def _public() -> dict[str, type[Value]]:
    """All rules, and the values that modules of the folder define for their fields."""
    found: dict[str, type[Value]] = {rule.__name__: rule for rule in Rule.named.values()}
    for place in [name for name in sys.modules if name.startswith(f"{__name__}.")]:
        for kind in vars(sys.modules[place]).values():
            own = isinstance(kind, type) and kind.__module__ == place
            if own and issubclass(kind, Value) and not issubclass(kind, Rule):
                found[kind.__name__] = kind
    return found


globals().update(_public())

__all__ = sorted(_public())  # noqa: PLE0605


def __getattr__(name: str) -> Any:
    near = ", ".join(get_close_matches(name, __all__, n=2) or __all__)
    raise AttributeError(f"wfm.rules has no {name!r}; perhaps {near}")
