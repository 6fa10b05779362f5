"""The cases: those of other people's files, and grown ones of the same kinds."""

from __future__ import annotations

import json
from datetime import date, timedelta
from math import ceil
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.others.case import Case
from benchmarks.others.covering import Covering
from benchmarks.others.rostering import Rostering
from benchmarks.others.sequences import Sequences
from benchmarks.others.wards import Wards
from wfm.errors import InputError

SHIFT_TESTS = {
    "test_min_required_resources_schedule": ("least people", "cost", 25),
    "test_cost_min_required_resources_schedule": ("least cost", "cost", 25),
    "test_min_abs_difference_schedule": ("least difference", "difference", 20),
}
"""Of pyworkforce's tests: what they ask, as what, and the most on a shift."""
STAFFJOY = {
    "test_ondemand_data": "bicycles, a day",
    "test_big_on_demand": "on demand, a day",
    "test_doesnt_freak_out_with_interior_zero": "a gap in the day",
    "test_on_demand_old": "on demand, a week",
    "test_call_center": "call centre, a week",
}
"""Staffjoy's tests that ask for anybody at all."""


def read_cases(folder: Path) -> list[Case[Any]]:
    """Every case of the folder of other schedulers, and the grown ones.

    Raises
    ------
    InputError
        If a file is missing or is not what it should be.
    """
    return [
        *_pyworkforce(_read(folder / "pyworkforce_cases.json")),
        grown_cover(days=14),
        Rostering(_read(folder / "pyworkforce_rostering.json"), "pyworkforce's roster"),
        grown_roster(people=80, days=14),
        _google(_read(folder / "google_shift_scheduling.json")),
        _cyclic(_read(folder / "cyclic_call_centre.json")),
        *_staffjoy(_read(folder / "staffjoy_chomp.json")),
        Wards(_read(folder / "optaplanner_employee_sched1.json"), "OptaPlanner's wards"),
        grown_wards(people=40, days=14),
    ]


def _read(path: Path) -> dict[str, Any]:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise InputError(str(path), "be a readable file of JSON", error) from None
    if not isinstance(found, dict):
        raise InputError(str(path), "hold a JSON object", type(found).__name__)
    return found


def _pyworkforce(file: dict[str, Any]) -> list[Case[Any]]:
    cases: list[Case[Any]] = []
    for each in file["cases"]:
        if each["test"] not in SHIFT_TESTS:
            continue
        asked, aim, most = SHIFT_TESTS[each["test"]]
        data = each["data"]
        required = tuple(map(tuple, data["required_resources"]))
        patterns = {name: tuple(row) for name, row in data["shifts_coverage"].items()}
        costs = data.get("cost_dict") or dict.fromkeys(patterns, 1)
        people = len(patterns) * max(map(max, required))
        cases.append(
            Covering(
                f"pyworkforce: {asked}",
                required,
                patterns,
                costs,
                people,
                "difference" if aim == "difference" else "cost",
                most,
            )
        )
    return cases


def _google(file: dict[str, Any]) -> Sequences:
    return Sequences(file, known=float(file["our_optimum_with_correct_horizon_ends"][1]))


def _cyclic(file: dict[str, Any]) -> Covering:
    """Eight hours from any hour of a day whose end is its beginning."""
    demand, length = tuple(file["demand"]), file["shift_length_hours"]
    patterns = {
        f"from {start:02d}": tuple(
            int((hour - start) % len(demand) < length) for hour in range(len(demand))
        )
        for start in range(len(demand))
    }
    known = file["published_optimum_shifts"]
    return Covering(
        "Cyclic call centre",
        (demand,),
        patterns,
        dict.fromkeys(patterns, 1),
        people=2 * ceil(sum(demand) / length),
        known=float(known),
    )


def _staffjoy(file: dict[str, Any]) -> list[Covering]:
    """Contiguous shifts of some lengths; a week is one long day whose shifts may cross midnight."""
    cases = []
    for each in file["cases"]:
        data = each["data"]
        days = data["demand"] if isinstance(data["demand"][0], list) else [data["demand"]]
        demand = tuple(heads for day in days for heads in day)
        if each["test"] not in STAFFJOY:
            continue
        lengths = range(data["min_length"], data["max_length"] + 1)
        patterns = {
            f"{start}+{length}": tuple(
                int(start <= hour < start + length) for hour in range(len(demand))
            )
            for start in range(len(demand))
            for length in lengths
            if start + length <= len(demand)
        }
        # As many as the fullest day takes in the shortest shifts, with a fifth to spare.
        people = ceil(1.2 * max(map(sum, days)) / lengths[0]) + 1
        cases.append(
            Covering(
                f"Staffjoy: {STAFFJOY[each['test']]}",
                (demand,),
                patterns,
                {name: sum(row) for name, row in patterns.items()},
                people,
                known=float(each["our_min_hours"]),
            )
        )
    return cases


def grown_cover(days: int) -> Covering:
    """Two weeks of half hours, shifts of six to nine hours from every half hour of the day."""
    random = np.random.default_rng(1)
    clock = np.arange(48) / 2
    busy = 4 + 20 * np.exp(-(((clock - 10.5) / 2.5) ** 2)) + 14 * np.exp(-(((clock - 17) / 3) ** 2))
    busy[(clock < 6) | (clock >= 23)] = 0
    weight = np.array([1.2, 1.0, 1.0, 1.0, 1.1, 0.7, 0.5])
    required = tuple(
        tuple(int(n) for n in random.poisson(busy * weight[day % 7])) for day in range(days)
    )
    patterns = {
        f"{start / 2:04.1f}+{length / 2:g}": tuple(
            int(start <= period < start + length) for period in range(48)
        )
        for start in range(12, 48)
        for length in (12, 14, 16, 18)
        if start + length <= 46
    }
    costs = {name: sum(row) for name, row in patterns.items()}
    return Covering(
        f"Grown cover, {days} days", required, patterns, costs, people=60, periods_an_hour=2
    )


def grown_roster(people: int, days: int) -> Rostering:
    """Pyworkforce's roster with more people and days, bans and preferences drawn."""
    random = np.random.default_rng(2)
    names = [f"person-{number:03d}" for number in range(people)]
    shifts = ["Morning", "Afternoon", "Night", "Mixed"]
    share = {"Morning": 0.2, "Afternoon": 0.19, "Night": 0.08, "Mixed": 0.12}
    some = random.permutation(people)
    liked = [
        {"resource": names[who], "shift": str(random.choice(shifts))} for who in some[: people // 3]
    ]
    data = {
        "num_days": days,
        "resources": names,
        "shifts": shifts,
        "shifts_hours": [8, 8, 8, 6],
        "min_working_hours": 4 * days,
        "max_resting": 2 * days // 5,
        "non_sequential_shifts": [{"origin": "Night", "destination": "Morning"}],
        "banned_shifts": [
            {
                "resource": names[who],
                "shift": str(random.choice(shifts)),
                "day": int(random.integers(days)),
            }
            for who in random.integers(people, size=2 * people)
        ],
        "required_resources": {
            shift: [int(random.poisson(share[shift] * people)) for _ in range(days)]
            for shift in shifts
        },
        "resources_preferences": liked,
        "resources_prioritization": [
            {"resource": each["resource"], "weight": round(float(random.uniform(0.2, 1)), 1)}
            for each in liked
        ],
    }
    return Rostering(data, f"Grown roster, {days} days")


def grown_wards(people: int, days: int) -> Wards:
    """OptaPlanner's wards with more people, days and shifts, and many more dates asked for."""
    random = np.random.default_rng(3)
    first = date(2024, 1, 1)
    sets = [["Doctor"], ["Nurse"], ["Anaesthetics", "Doctor"], ["Anaesthetics", "Nurse"]]
    staff = [
        {"name": f"person-{number:03d}", "skill_set": sets[number % len(sets)]}
        for number in range(people)
    ]
    moments = ((6, 14), (9, 17), (14, 22), (22, 30))
    shifts = []
    for day in range(days):
        midnight = first + timedelta(days=day)
        for _ in range(people // 2):
            start, end = moments[int(random.integers(len(moments)))]
            shifts.append(
                {
                    "start": f"{midnight.isoformat()}T{start:02d}:00:00",
                    "end": f"{midnight + timedelta(days=end // 24)}T{end % 24:02d}:00:00",
                    "location": str(random.choice(["Ambulatory", "Critical", "Pediatric"])),
                    "required_skill": str(random.choice(["Doctor", "Nurse", "Anaesthetics"])),
                }
            )
    asked = [
        {
            "employee": {"name": each["name"]},
            "date": (first + timedelta(days=int(day))).isoformat(),
            "availability_type": str(random.choice(["DESIRED", "UNDESIRED", "UNAVAILABLE"])),
        }
        for each in staff
        for day in random.choice(days, size=days // 3, replace=False)
    ]
    data = {"employee_list": staff, "shift_list": shifts, "availability_list": asked}
    return Wards(data, f"Grown wards, {days} days")
