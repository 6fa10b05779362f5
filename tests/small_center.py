"""A planner's folder that is as small as one can be and still be planned."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

START = "2026-12-07"

CENTER = """
name = "Small centre"
timezone = "Europe/Berlin"
country = "DE"
interval = 30

[[queues]]
id = "calls"
hours = [{ start = "08:00", end = "12:00" }]

[[skills]]
id = "voice"
queues = ["calls"]

[[skills]]
id = "lead"

[[contracts]]
id = "half"
shifts = ["morning"]

[[shifts]]
id = "morning"
start = "08:00"
lengths = [240]
breaks = [{ minutes = 30, earliest = 60, latest = 120, paid = false, label = "tea" }]

[[households]]
id = "home"
members = ["anna", "ben"]

[[rules]]
rule = "min_rest"
hours = 11

[[rules]]
rule = "days_off"
least = 2
"""

AGENTS = """id,name,contract,skills
anna,Anna A.,half,voice;lead
ben,,half,voice
cleo,Cleo C.,half,voice
"""


def write_small_center(folder: Path) -> Path:
    """Write a centre of one queue and three people, with four weeks of history."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "center.toml").write_text(CENTER, encoding="utf-8")
    (folder / "agents.csv").write_text(AGENTS, encoding="utf-8")
    first = datetime.fromisoformat(START) - timedelta(weeks=4)
    rows = [
        f"calls,{first + timedelta(days=day, minutes=minute)},{3 + (day + minute // 30) % 3},180"
        for day in range(28)
        for minute in range(480, 720, 30)
    ]
    text = "\n".join(["queue,start,offered,aht", *rows, ""])
    (folder / "history.csv").write_text(text, encoding="utf-8")
    return folder
