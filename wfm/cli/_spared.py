"""Files to write must be none of those that are read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from wfm.errors import InputError
from wfm.io.files import check_file


def check_outputs(outputs: Mapping[str, Path | None], inputs: Iterable[Path]) -> None:
    """Refuse files that cannot be written, that are read, or that are written twice.

    To be called before anything is made.

    Parameters
    ----------
    outputs : Mapping of str to pathlib.Path or None
        Files by the options that name them, those left out being None.
    inputs : iterable of pathlib.Path
        Files that are read, and those that belong to them, there or not.

    Raises
    ------
    InputError
        Naming the option and the file.
    """
    spared = list(inputs)
    seen: list[tuple[str, Path]] = []
    for option, path in outputs.items():
        if path is None:
            continue
        check_file(path)
        if any(_same(path, each) for each in spared):
            raise InputError(option, "be another file than those that are read", str(path))
        other = next((name for name, each in seen if _same(path, each)), None)
        if other is not None:
            raise InputError(option, f"be another file than that of {other}", str(path))
        seen.append((option, path))


def _same(one: Path, other: Path) -> bool:
    if one.resolve() == other.resolve():
        return True
    return one.exists() and other.exists() and one.samefile(other)
