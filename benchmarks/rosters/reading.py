"""Files of day rosters in the format of Curtois and Qu (2014), as values.

Sections begin with ``SECTION_NAME``; a ``#`` begins a comment; every other line is one record with
commas between its fields.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple, TypeVar

from wfm.errors import InputError

Key = TypeVar("Key")
SECTIONS = {
    "HORIZON": 1,
    "SHIFTS": 3,
    "STAFF": 8,
    "DAYS_OFF": None,
    "SHIFT_ON_REQUESTS": 4,
    "SHIFT_OFF_REQUESTS": 4,
    "COVER": 5,
}
"""Sections and the fields of their records; None where there may be any number."""
MOST_DAYS = 366
MOST_NUMBER = 1_000_000


class Employee(NamedTuple):
    """What binds one employee; minutes and days over the whole horizon."""

    most_shifts: dict[str, int]
    most_minutes: int
    least_minutes: int
    most_in_a_row: int
    least_in_a_row: int
    least_off_in_a_row: int
    most_weekends: int


class Cover(NamedTuple):
    """How many a shift of a day asks for, and the price of each one under and over."""

    heads: int
    under: int
    over: int


@dataclass(frozen=True)
class RosterFile:
    """A file of a day roster.

    Attributes
    ----------
    days : int
        Length of the horizon, which begins on a Monday.
    minutes : dict
        Shift's id -> length.
    forbidden : dict
        Shift's id -> ids of the shifts that may not follow on the next day.
    staff : dict
        Employee's id -> what binds them.
    days_off : dict
        Employee's id -> days on which no shift may be worked.
    wanted, unwanted : dict
        (employee, day, shift) -> price if it is not worked, or if it is.
    cover : dict
        (day, shift) -> what is asked for.
    """

    days: int
    minutes: dict[str, int]
    forbidden: dict[str, tuple[str, ...]]
    staff: dict[str, Employee]
    days_off: dict[str, tuple[int, ...]]
    wanted: dict[tuple[str, int, str], int]
    unwanted: dict[tuple[str, int, str], int]
    cover: dict[tuple[int, str], Cover]


class Record(NamedTuple):
    """A line of a file: where it stands, and its fields."""

    place: str
    fields: list[str]

    def number(self, index: int, name: str, least: int = 0, most: int = MOST_NUMBER) -> int:
        """Take a field that is a whole number."""
        text = self.fields[index]
        if not (text.isascii() and text.isdigit() and least <= int(text[:9]) <= most):
            raise InputError(f"{self.place}: {name}", f"be a number from {least} to {most}", text)
        return int(text)

    def known(self, text: str, ids: dict[str, Key], name: str) -> str:
        """Take an id that an earlier section must have named."""
        if text not in ids:
            raise InputError(f"{self.place}: {name}", "be one that the file names", text)
        return text


def read_roster_file(path: Path) -> RosterFile:
    """Read a file.

    Raises
    ------
    InputError
        One sentence that names the file with the line or the section.
    """
    found = _sections(path)
    horizon = found["HORIZON"]
    if len(horizon) != 1:
        raise InputError(f"{path}: SECTION_HORIZON", "hold one number of days", len(horizon))
    days = horizon[0].number(0, "days", 1, MOST_DAYS)
    minutes: dict[str, int] = {}
    for record in found["SHIFTS"]:
        minutes[_new(record, minutes, "shift")] = record.number(1, "minutes", 1, 1440)
    staff: dict[str, Employee] = {}
    for record in found["STAFF"]:
        staff[_new(record, staff, "employee")] = _employee(record, minutes)
    for section, held in (("SHIFTS", bool(minutes)), ("STAFF", bool(staff))):
        if not held:
            raise InputError(f"{path}: SECTION_{section}", "hold at least one line")

    def requests(section: str) -> dict[tuple[str, int, str], int]:
        asked: dict[tuple[str, int, str], int] = {}
        for record in found[section]:
            key = (
                record.known(record.fields[0], staff, "employee"),
                record.number(1, "day", 0, days - 1),
                record.known(record.fields[2], minutes, "shift"),
            )
            asked[key] = asked.get(key, 0) + record.number(3, "weight")
        return asked

    return RosterFile(
        days=days,
        minutes=minutes,
        forbidden={r.fields[0]: _forbidden(r, minutes) for r in found["SHIFTS"]},
        staff=staff,
        days_off=_days_off(found["DAYS_OFF"], staff, days),
        wanted=requests("SHIFT_ON_REQUESTS"),
        unwanted=requests("SHIFT_OFF_REQUESTS"),
        cover=_cover(found["COVER"], days, minutes),
    )


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise InputError(str(path), "be readable", error.strerror or str(error)) from None
    except UnicodeDecodeError:
        raise InputError(str(path), "be text in UTF-8") from None
    for number, line in enumerate(text.splitlines(), start=1):
        kept = line.partition("#")[0].strip()
        if kept:
            yield number, kept


def _sections(path: Path) -> dict[str, list[Record]]:
    found: dict[str, list[Record]] = {}
    section = ""
    for number, line in _lines(path):
        place = f"{path} line {number}"
        if line.startswith("SECTION_"):
            section = line.removeprefix("SECTION_")
            if section not in SECTIONS or section in found:
                must = f"begin one of the sections {', '.join(SECTIONS)}, each once"
                raise InputError(place, must, line)
            found[section] = []
            continue
        if not section:
            raise InputError(place, "come after the line of its section", line)
        fields = [field.strip() for field in line.split(",")]
        width = SECTIONS[section]
        if width is not None and len(fields) != width:
            raise InputError(f"{place} in {section}", f"have {width} fields", len(fields))
        found[section].append(Record(f"{place} in {section}", fields))
    for section in ("HORIZON", "SHIFTS", "STAFF", "COVER"):
        if section not in found:
            raise InputError(str(path), f"have a section SECTION_{section}")
    return {section: found.get(section, []) for section in SECTIONS}


def _new(record: Record, ids: dict[str, Key], name: str) -> str:
    text = record.fields[0]
    if not text or text in ids:
        raise InputError(f"{record.place}: {name}", "have an id of its own", text)
    return text


def _forbidden(record: Record, minutes: dict[str, int]) -> tuple[str, ...]:
    named = [text.strip() for text in record.fields[2].split("|") if text.strip()]
    return tuple(record.known(text, minutes, "shift that may not follow") for text in named)


def _employee(record: Record, minutes: dict[str, int]) -> Employee:
    most: dict[str, int] = {}
    for part in filter(None, record.fields[1].split("|")):
        shift, equals, count = part.partition("=")
        record.known(shift.strip(), minutes, "shift of which there is a maximum")
        number = Record(record.place, [count.strip() if equals else part])
        most[shift.strip()] = number.number(0, f"most shifts {shift.strip()!r}")
    names = ("most minutes", "least minutes", "most in a row", "least in a row", "least days off")
    numbers = [record.number(index, name) for index, name in enumerate(names, start=2)]
    if numbers[1] > numbers[0]:
        must = f"be at most the most minutes ({numbers[0]})"
        raise InputError(f"{record.place}: least minutes", must, numbers[1])
    return Employee(most, *numbers, record.number(7, "most weekends"))


def _days_off(
    records: list[Record], staff: dict[str, Employee], days: int
) -> dict[str, tuple[int, ...]]:
    found: dict[str, tuple[int, ...]] = {}
    for record in records:
        who = record.known(record.fields[0], staff, "employee")
        width = len(record.fields)
        mine = {record.number(index, "day off", 0, days - 1) for index in range(1, width)}
        found[who] = tuple(sorted(mine.union(found.get(who, ()))))
    return found


def _cover(
    records: list[Record], days: int, minutes: dict[str, int]
) -> dict[tuple[int, str], Cover]:
    found: dict[tuple[int, str], Cover] = {}
    for record in records:
        day = record.number(0, "day", 0, days - 1)
        key = (day, record.known(record.fields[1], minutes, "shift"))
        if key in found:
            raise InputError(f"{record.place}: shift of a day", "be given once", record.fields[1])
        numbers = ("requirement", "weight for under", "weight for over")
        found[key] = Cover(*(record.number(i, name) for i, name in enumerate(numbers, start=2)))
    return found
