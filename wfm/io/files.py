"""Files that are written whole or not at all, and problems and schedules read from JSON."""

from __future__ import annotations

import io
import json
import os
import secrets
import time
from collections.abc import Mapping
from contextlib import suppress
from glob import escape
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from wfm.errors import InputError
from wfm.problem import Problem
from wfm.schedule import Schedule
from wfm.value import Value

if TYPE_CHECKING:
    from matplotlib.figure import Figure

V = TypeVar("V", bound=Value)
MOST_PIXELS = 60_000
NAME = 4
"""Bytes of the name of a file that is being written."""
LEFT = 3600.0
"""Seconds after which such a file was left by a process that was killed."""


def write_text(path: str | Path, text: str) -> Path:
    """Write a text file in UTF-8, whole or not at all.

    Parameters
    ----------
    path : str or pathlib.Path
        Where; its folder is made if it is missing.
    text : str
        What.

    Raises
    ------
    InputError
        If it cannot be written there.
    """
    return write_bytes(path, text.encode("utf-8"))


def write_bytes(path: str | Path, data: bytes) -> Path:
    """Write a file, whole or not at all; parameters and errors as in :func:`write_text`."""
    return write_files({Path(path): data})[0]


def write_files(files: Mapping[Path, str | bytes]) -> list[Path]:
    """Write files that belong together: all new ones stand ready before the first is replaced.

    Parameters
    ----------
    files : Mapping of pathlib.Path to str or bytes
        What each of them will hold, texts in UTF-8; folders are made where they are missing.

    Returns
    -------
    list of pathlib.Path
        The files, in their order.

    Raises
    ------
    InputError
        If one of them cannot be written; then all are as they were, unless the system fails
        between one replacement and the next.
    """
    for path in files:
        check_file(path)
        _clear(path.resolve())
    parts: dict[Path, Path] = {}
    path = Path()
    try:
        for path, data in files.items():
            target = path.resolve()
            target.parent.mkdir(parents=True, exist_ok=True)
            part = target.with_name(f".{target.name}.{secrets.token_hex(NAME)}.part")
            parts[part] = target
            _write(part, data.encode("utf-8") if isinstance(data, str) else data)
        for part, path in parts.items():
            part.replace(path)
    except OSError as error:
        raise InputError(str(path), "be writable", error.strerror or str(error)) from None
    finally:
        for part in parts:
            part.unlink(missing_ok=True)
    return list(files)


def check_folder(folder: str | Path) -> None:
    """Raise `InputError` unless a folder can be written, or made; nothing is made yet.

    To be called before hours are spent on what could not be kept.
    """
    home = Path(folder).resolve()
    nearest = next(place for place in (home, *home.parents) if place.exists())
    if not nearest.is_dir() or not os.access(nearest, os.W_OK | os.X_OK):
        raise InputError(str(folder), "be a folder that can be written")


def check_file(path: str | Path) -> None:
    """Raise `InputError` unless a file can be written, as :func:`check_folder` does."""
    target = Path(path).resolve()
    if target.exists() and not target.is_file():
        raise InputError(str(path), "be a file, to be written")
    check_folder(target.parent)


def save_figure(path: str | Path, figure: Figure, dpi: int = 120) -> Path:
    """Save a picture as PNG, whole or not at all.

    Parameters
    ----------
    path : str or pathlib.Path
        Where; its folder is made if it is missing.
    figure : matplotlib.figure.Figure
        What.
    dpi : int
        Pixels per inch; fewer if the picture would get too large to be drawn.
    """
    return write_bytes(path, picture_bytes(figure, dpi))


def picture_bytes(figure: Figure, dpi: int = 120) -> bytes:
    """A picture as the bytes of a PNG file; parameters as in :func:`save_figure`."""
    picture = io.BytesIO()
    sharpest = MOST_PIXELS / max(figure.get_size_inches())
    figure.savefig(picture, format="png", dpi=min(dpi, sharpest), metadata={"Software": None})
    return picture.getvalue()


def read_text(path: str | Path) -> str:
    """Read a text file in UTF-8.

    Raises
    ------
    InputError
        If there is no such file, or it is no text.
    """
    try:
        return Path(path).read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise InputError(str(path), "be an existing file") from None
    except IsADirectoryError:
        raise InputError(str(path), "be a file, not a folder") from None
    except UnicodeDecodeError as error:
        raise InputError(
            str(path), "be text in UTF-8", f"{error.reason} at byte {error.start}"
        ) from None
    except OSError as error:
        raise InputError(str(path), "be readable", error.strerror) from None


def read_problem(path: str | Path) -> Problem:
    """Read a problem from JSON.

    Raises
    ------
    InputError
        If the file is missing, is no JSON, or describes no sound problem.
    """
    return read_value(Problem, path)


def read_schedule(path: str | Path) -> Schedule:
    """Read a schedule from JSON; errors as in :func:`read_problem`."""
    return read_value(Schedule, path)


def read_value(kind: type[V], path: str | Path) -> V:
    """Read a value of some kind from JSON; errors as in :func:`read_problem`."""
    text = read_text(path)
    try:
        return kind.from_json(text, place=str(path))
    except InputError:
        try:
            json.loads(text)
        except ValueError as error:
            raise InputError(str(path), "be valid JSON", str(error)) from None
        raise


def _write(path: Path, data: bytes) -> None:
    """Write a new file, down to the disk."""
    with path.open("xb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _clear(target: Path) -> None:
    """Remove what killed processes have left half-written of a file; others may be writing it."""
    for part in target.parent.glob(f".{escape(target.name)}.{'[0-9a-f]' * 2 * NAME}.part"):
        with suppress(OSError):
            if time.time() - part.stat().st_mtime > LEFT:
                part.unlink()
