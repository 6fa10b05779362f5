"""Tables of a TOML file as values, each fault with the line at which its table begins."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from wfm.errors import InputError
from wfm.io.laws import law_rows
from wfm.io.place import at
from wfm.io.toml import TomlFile
from wfm.privacy import discreet
from wfm.rule import Rule
from wfm.states import rules_of
from wfm.value import Value

V = TypeVar("V", bound=Value)


def keyed_rows(file: TomlFile, table: str, kind: type[V], key: str = "id") -> dict[str, V]:
    """Rows of ``[[table]]`` as values by one of their fields, on which they differ.

    Parameters
    ----------
    file : TomlFile
        Where they stand.
    table : str
        Their header.
    kind : type
        What they are.
    key : str
        The field by which they are told apart; if the value has no such field, it is taken from
        the row.

    Raises
    ------
    InputError
        Naming the line of the table and the key.
    """
    found: dict[str, V] = {}
    for index, row in enumerate(file.rows(table)):
        with at(file.place(table, index)):
            if key not in kind.model_fields and not isinstance(row.get(key), str):
                raise InputError(key, "be given")
            own = {name: cell for name, cell in row.items() if name != key}
            value = kind(**(row if key in kind.model_fields else own))
            if row[key] in found:
                raise InputError(key, f"differ from that of every other of the {table}", row[key])
        found[row[key]] = value
    return found


def rule_rows(file: TomlFile) -> tuple[Rule, ...]:
    """Rules of ``[[rules]]``; errors as those of `keyed_rows`, with the faults of all rows."""
    found: list[Rule] = []
    faults: list[InputError] = []
    for index, row in enumerate(file.rows("rules")):
        name = str(row.get("rule"))
        try:
            with at(file.place("rules", index), within=name if name in Rule.named else ""):
                found.append(Rule.parse(row))
        except InputError as error:
            faults += error.faults
    if faults:
        raise InputError.of(faults)
    return tuple(found)


def state_rows(file: TomlFile, agents: Sequence[str]) -> tuple[Rule, ...]:
    """Rules that follow from ``[[states]]`` of some agents; errors as those of `keyed_rows`."""
    found: list[Rule] = []
    for index, row in enumerate(file.rows("states")):
        with at(file.place("states", index)), discreet(row.get("private")):
            found += rules_of(row)
            if row["agent"] not in agents:
                listed = ", ".join(agents[:8]) + (", ..." if len(agents) > 8 else "")
                raise InputError("agent", f"be one of the agents ({listed})", row["agent"])
    return tuple(found)


def rule_places(file: TomlFile) -> list[str]:
    """Where the table of each rule stands: of `rule_rows`, `state_rows`, `law_rows`."""
    places = [file.place("rules", index) for index in range(len(file.rows("rules")))]
    for index, row in enumerate(file.rows("states")):
        places += [file.place("states", index)] * len(rules_of(row))
    return [*places, *(place for _, place in law_rows(file))]


def section(file: TomlFile, table: str, kind: type[V]) -> V:
    """The single table ``[table]`` as a value, that of its defaults if the file lacks it.

    Raises
    ------
    InputError
        Naming the line of the table and the key.
    """
    given = file.data.get(table, {})
    if not isinstance(given, dict):
        raise InputError(f"{file.name} key {table!r}", f"be a table, [{table}]", given)
    with at(file.section(table)):
        return kind(**given)
