"""The ledger's file, and what publishing a schedule leaves in a planner's folder."""

from __future__ import annotations

from pathlib import Path

from wfm.errors import InputError
from wfm.io.center import CENTER
from wfm.io.files import read_text, write_files, write_text
from wfm.io.folder import center_file
from wfm.io.tables import schedule_frame
from wfm.io.toml import read_toml
from wfm.ledger import Ledger
from wfm.problem import Problem
from wfm.schedule import Schedule

LEDGER = "ledger.json"
PREVIOUS = "previous.csv"
KEPT_DAYS = 8


def read_ledger(path: str | Path, *, new: bool = False) -> Ledger:
    """Read a ledger from JSON.

    Parameters
    ----------
    path : str or pathlib.Path
        The file.
    new : bool
        Whether a file that is not there is an empty ledger.

    Raises
    ------
    InputError
        If the file is missing, and should not be, or is no ledger.
    """
    if new and not Path(path).exists():
        return Ledger()
    return Ledger.from_json(read_text(path), place=str(path))


def write_ledger(path: str | Path, ledger: Ledger) -> Path:
    """Write a ledger, whole or not at all, as :func:`wfm.io.write_text` does."""
    return write_text(path, _text(ledger))


def published_files(folder: str | Path) -> tuple[Path, Path]:
    """Files of a folder that publishing writes: its ledger, and the roster of the days before.

    Raises
    ------
    InputError
        If ``center.toml`` names no ledger.
    """
    where = center_file(folder)
    data = read_toml(where).data
    ledger, previous = data.get("ledger"), data.get("previous", PREVIOUS)
    for key, name, usual in (("ledger", ledger, LEDGER), ("previous", previous, PREVIOUS)):
        if not isinstance(name, str) or not name:
            raise InputError(f"{CENTER} {key}", f'name a file, such as "{usual}"', name)
    return where.parent / str(ledger), where.parent / str(previous)


def publish(folder: str | Path, problem: Problem, schedule: Schedule) -> list[Path]:
    """Write what a schedule asks of people into a folder's ledger, and its roster for the next.

    The roster holds all shifts of the schedule and, of those before, as many as make eight days. It
    is left as it is if the ledger has a later period. Publishing again changes nothing. Nothing is
    judged here: see :func:`wfm.verify`.

    Parameters
    ----------
    folder : str or pathlib.Path
        A planner's folder whose ``center.toml`` names a ledger.
    problem : Problem
        What the schedule was made for.
    schedule : Schedule
        The schedule.

    Returns
    -------
    list of pathlib.Path
        The files written, both or none of them.

    Raises
    ------
    InputError
        If the days overlap another period of the ledger, or a file cannot be written.
    """
    ledger_file, previous_file = published_files(folder)
    ledger = read_ledger(ledger_file, new=True).with_schedule(problem, schedule)
    files: dict[Path, str | bytes] = {ledger_file: _text(ledger)}
    if ledger.periods[-1].start == problem.horizon.start:
        first = min(0, problem.horizon.days - KEPT_DAYS)
        before = (shift for shift in problem.previous.shifts if shift.day >= first)
        roster = Schedule.of_shifts([*before, *schedule.shifts])
        files[previous_file] = schedule_frame(problem, roster).to_csv(index=False)
    return write_files(files)


def _text(ledger: Ledger) -> str:
    return ledger.to_json(indent=1) + "\n"
