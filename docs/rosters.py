"""A rule's examples in letters, for people to read."""

from __future__ import annotations

import string
import textwrap
from collections import defaultdict

from wfm.horizon import DAY, Horizon
from wfm.rule import Example
from wfm.rules.example import MONDAY, TEMPLATES
from wfm.schedule import Shift

WIDTH = 96
MOST_SENTENCES = 5
NAMED = {template.id: letter for letter, template in TEMPLATES.items()}


def legend() -> str:
    """What the letters mean, as a table."""
    rows = ["| letter | shift |", "|---|---|"]
    for letter, template in TEMPLATES.items():
        end = (template.starts[0] + template.lengths[0]) % DAY
        hours = f"{template.start}–{end // 60:02d}:{end % 60:02d}"
        rows.append(f"| `{letter}` | `{template.id}`, {hours} |")
    return "\n".join([*rows, "| `-` | none |"])


def picture(example: Example) -> str:
    """An example as lines of text: title, verdict, rosters, and the judge's sentences."""
    problem, horizon = example.problem, example.problem.horizon
    verdict = "kept" if example.amount == 0 else f"broken by {example.amount:g}"
    title = example.title[:1].upper() + example.title[1:]
    if horizon.start != MONDAY:
        title += f" (from {horizon.day_label(0)} {horizon.start.year})"
    lines = [f"{title}  {verdict:>{WIDTH - len(title) - 2}}"]
    lines += _rosters(example)
    for name, values in problem.previous.counters.items():
        known = ", ".join(f"{problem.agent(who)} {value}" for who, value in values.items())
        lines.append(f"  counter {name!r}: {known or 'nobody'}")
    found = [
        violation.sentence
        for rule in problem.rules[:1]
        for violation in rule.violations(problem, example.schedule)
    ]
    for sentence in found[:MOST_SENTENCES]:
        lines += textwrap.wrap(
            sentence, WIDTH, initial_indent="  → ", subsequent_indent="    ", break_on_hyphens=False
        )
    if len(found) > MOST_SENTENCES:
        lines.append(f"  → and {len(found) - MOST_SENTENCES} more like these")
    return "\n".join(lines)


def _rosters(example: Example) -> list[str]:
    problem, horizon = example.problem, example.problem.horizon
    shifts = [*problem.previous.shifts, *example.schedule.shifts]
    first = min((shift.day for shift in shifts), default=0)
    letters, keys = _letters(horizon, shifts)
    by_day: dict[tuple[str, int], list[Shift]] = defaultdict(list)
    for shift in sorted(shifts, key=lambda shift: shift.start):
        by_day[shift.agent, shift.day].append(shift)
    names = max(len(str(agent)) for agent in problem.agents)
    lines = []
    for agent in problem.agents:
        days = [by_day[agent.id, day] for day in range(min(first, 0), horizon.days)]
        for turn in range(max(map(len, days))):
            row = "".join(letters[day[turn]] if turn < len(day) else "-" for day in days)
            cut = -min(first, 0)
            name = str(agent) if turn == 0 else ""
            lines.append(f"  {name:<{names}}  {row[:cut]}{'|' if cut else ''}{row[cut:]}")
    held = [
        f"  {problem.agent(shift.agent)} has {activity.activity} from "
        f"{horizon.label(activity.start)} to {horizon.local(activity.end):%H:%M}"
        for shift in shifts
        for activity in getattr(shift, "activities", ())
    ]
    return [*(lines or [f"  nobody works in these {horizon.days} days"]), *keys, *held]


def _letters(horizon: Horizon, shifts: list[Shift]) -> tuple[dict[Shift, str], list[str]]:
    """A letter for each shift, and lines for letters that are not in the legend."""
    letters, odd = {}, {}
    spare = iter(string.ascii_lowercase)
    for shift in shifts:
        letter = NAMED.get(shift.template)
        usual = TEMPLATES.get(letter or "")
        if usual is not None:
            start = horizon.minute(shift.day, usual.starts[0])
            usual = usual if (shift.start, shift.minutes) == (start, usual.lengths[0]) else None
        if usual is None:
            start, end = (f"{horizon.local(at):%H:%M}" for at in (shift.start, shift.end))
            told = f"{shift.template} {start}–{end}"
            if told not in odd:
                odd[told] = next(spare)
            letter = odd[told]
        letters[shift] = letter or "-"
    return letters, [f"  {letter} is {told}" for told, letter in odd.items()]
