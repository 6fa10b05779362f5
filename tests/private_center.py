"""A small centre of six people with thirty private rules, whose texts are random."""

from __future__ import annotations

import random
from pathlib import Path

from tests.small_center import write_small_center

AGENTS = ("ada", "bo", "cy", "dee", "eli", "fay")
WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat")
MARKS = random.Random(5)


def mark() -> str:
    """A text that stands nowhere else."""
    return f"zq{MARKS.getrandbits(64):016x}"


REASONS = {number: mark() for number in range(1, 31)}
TEXTS = {number: mark() for number in REASONS}
"""An article for each rule, which is also what it calls an activity or a rest."""

TELLING = (
    "caregiving",
    "caregivingwindow",
    "no_nights",
    "nonights",
    "kept free",
    "someone at home",
)
"""What would tell a care or a ban of nights, in small letters."""

SHIFTS = """
[[shifts]]
id = "late"
start = "19:00"
lengths = [240]
breaks = [{ minutes = 30, earliest = 60, latest = 120, paid = false, label = "tea" }]
"""


def rules_of(agent: str, first: int) -> list[str]:
    """Five rules of an agent, from a number on."""
    weekday = WEEKDAYS[AGENTS.index(agent)]
    window = f'windows = [{{ days = ["{weekday}"], start = "12:15", end = "14:00" }}]\ntravel = 30'
    third = f'rule = "activity"\nactivity = "{TEXTS[first + 2]}"\nminutes = 30\noff_excuses = true'
    rest = f'rule = "paid_rest"\nlabel = "{TEXTS[first + 2]}"\nminutes = 30'
    care = 'rule = "on_days"\nweeks = "even"\nwhat = { rule = "caregiving_window", '
    care += f'agents = ["{agent}"], windows = [{{ days = ["Sun"] }}] }}'
    return [
        f'rule = "caregiving_window"\nagents = ["{agent}"]\n{window}',
        f'rule = "no_nights"\nagents = ["{agent}"]\nsince = 2026-12-01\nuntil = 2026-12-12',
        f'{third if AGENTS.index(agent) % 2 else rest}\nagents = ["{agent}"]',
        f'rule = "hours"\nagents = ["{agent}"]\nmost = 18',
        care
        if AGENTS.index(agent) % 2
        else f'rule = "day_off_request"\nagents = ["{agent}"]\ndays = ["Tue"]\nweight = 40',
    ]


def write_private_center(folder: Path) -> Path:
    """Write the centre, with ``reasons.csv`` beside it."""
    write_small_center(folder)
    rows = [row for n, agent in enumerate(AGENTS) for row in rules_of(agent, 1 + 5 * n)]
    tables = [
        f'[[rules]]\n{row}\nprivate = {number}\narticle = "{TEXTS[number]}"\n'
        for number, row in enumerate(rows, 1)
    ]
    # Everybody works, so that there is somebody of whom to ask why.
    tables.append('[[rules]]\nrule = "hours"\nleast = 3\n')
    centre = folder / "center.toml"
    text = centre.read_text(encoding="utf-8")
    text = text.replace('shifts = ["morning"]', 'shifts = ["morning", "late"]\nhourly_cost = 20')
    text = text.replace('members = ["anna", "ben"]', 'members = ["ada", "bo"]')
    text = 'ledger = "ledger.json"\n' + text + SHIFTS + "\n".join(tables)
    centre.write_text(text, encoding="utf-8")
    people = [f"{agent},{agent.title()} X.,half,voice" for agent in AGENTS]
    listed = "\n".join(["id,name,contract,skills", *people, ""])
    (folder / "agents.csv").write_text(listed, encoding="utf-8")
    kept = "\n".join(["private,reason", *(f"{n},{why}" for n, why in REASONS.items()), ""])
    (folder / "reasons.csv").write_text(kept, encoding="utf-8")
    return folder
