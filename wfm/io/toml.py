"""TOML whose faults can be found: every table by its line."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from wfm.errors import InputError
from wfm.io.files import read_text


@dataclass(frozen=True)
class TomlFile:
    """A TOML document with the name and text of its file.

    Attributes
    ----------
    name : str
        What errors call it.
    text : str
        As it stands in the file.
    data : dict
        As it was parsed.
    """

    name: str
    text: str
    data: dict[str, Any]

    def refuse_unknown_keys(self, known: Sequence[str]) -> None:
        """Raise `InputError` for a top-level key that means nothing."""
        for key in self.data:
            if key not in known:
                raise InputError(f"{self.name} key {key!r}", f"be one of {', '.join(known)}")

    def rows(self, table: str) -> list[dict[str, Any]]:
        """Rows of ``[[table]]``, none if the file does not have it."""
        rows = self.data.get(table, [])
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            raise InputError(
                f"{self.name} key {table!r}", f"be a list of tables, [[{table}]]", rows
            )
        return rows

    def place(self, table: str, index: int) -> str:
        """Where a row of a table stands: its line if it has one, its number if not."""
        header = re.compile(rf"^[ \t]*\[\[[ \t]*{table}[ \t]*\]\]", re.MULTILINE)
        starts = [found.start() for found in header.finditer(self.text)]
        if len(starts) != len(self.data.get(table, [])) or index >= len(starts):
            return f"{self.name} [[{table}]] number {index + 1}"
        line = self.text.count("\n", 0, starts[index]) + 1
        return f"{self.name} line {line} [[{table}]]"

    def section(self, table: str) -> str:
        """Where ``[table]`` stands: its line if it has one; a file without text is not quoted."""
        header = re.search(rf"^[ \t]*\[[ \t]*{table}[ \t]*\]", self.text, re.MULTILINE)
        if header is None:
            return f"{self.name} {table if self.text else f'[{table}]'}"
        line = self.text.count("\n", 0, header.start()) + 1
        return f"{self.name} line {line} [{table}]"


def read_toml(path: Path) -> TomlFile:
    """Read a TOML file.

    Raises
    ------
    InputError
        If it is missing or is no TOML; then with the line.
    """
    text = read_text(path)
    try:
        return TomlFile(path.name, text, tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise InputError(path.name, "be valid TOML", str(error)) from None
