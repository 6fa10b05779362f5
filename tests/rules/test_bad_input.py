"""Bad input to rules: each fault is refused with its place, what must be, and what was found."""

from __future__ import annotations

import json
import re

import pytest

from wfm import rules
from wfm.errors import InputError
from wfm.problem import Problem
from wfm.rule import Rule
from wfm.rules import example as _example

RULES = pytest.mark.parametrize("rule", Rule.named.values(), ids=Rule.named)
KNOWN = ", ".join(sorted(Rule.named))
DAWN = {"start": "05:00", "end": "07:00"}

NOT_IN_THE_PROBLEM = [
    (
        {"rule": "one_shift_a_day", "agents": ["anna", "dora"]},
        "rule one_shift_a_day.agents must be one of the agents (anna, ben, cleo), got 'dora'.",
    ),
    (
        {"rule": "min_rest", "hours": 11, "contracts": ["half"]},
        "rule min_rest.contracts must be one of the contracts (full), got 'half'.",
    ),
    (
        {"rule": "days_off", "least": 1, "agents": ["dora"]},
        "rule days_off.agents must be one of the agents (anna, ben, cleo), got 'dora'.",
    ),
    (
        {"rule": "days_off", "least": 8, "per": "horizon"},
        "rule days_off.least must be at most the 7 days of the horizon, got 8.",
    ),
    (
        {"rule": "someone_at_home", "household": "villa"},
        "rule someone_at_home.household must be one of the households (home), got 'villa'.",
    ),
    (
        {"rule": "same_days_off", "household": "villa"},
        "rule same_days_off.household must be one of the households (home), got 'villa'.",
    ),
    (
        {"rule": "min_skill_on_duty", "skill": "chess"},
        "rule min_skill_on_duty.skill must be one of the skills (voice, lead, spare), got 'chess'.",
    ),
    (
        {"rule": "min_skill_on_duty", "skill": "spare"},
        "rule min_skill_on_duty.skill must be one that an agent has, got 'spare'.",
    ),
    (
        {"rule": "forbidden_succession", "first": ["dusk"], "then": ["early"]},
        "rule forbidden_succession.first must be one of the shifts "
        "(early, day, late, night, short), got 'dusk'.",
    ),
    (
        {"rule": "forbidden_succession", "first": ["night"], "then": ["dawn"]},
        "rule forbidden_succession.then must be one of the shifts "
        "(early, day, late, night, short), got 'dawn'.",
    ),
    (
        {"rule": "shift_request", "days": ["Mon"], "templates": ["dawn"]},
        "rule shift_request.templates must be one of the shifts "
        "(early, day, late, night, short), got 'dawn'.",
    ),
    (
        {"rule": "hours", "most": 100, "per": "horizon", "counter": "years"},
        "rule hours.counter must be one of previous.counters (year), got 'years'.",
    ),
    (
        {"rule": "max_rest", "hours": 11},
        "rules[0] rule must be one of the rules, perhaps min_rest, paid_rest, got 'max_rest'.",
    ),
    ({"rule": "zz", "hours": 11}, f"rules[0] rule must be one of {KNOWN}, got 'zz'."),
    ({"hours": 11}, "rules[0] rule must be given: the name of a rule, such as 'min_rest'."),
]

NOT_A_RULE = [
    ({"rule": "min_rest"}, "MinRest.hours must be given."),
    ({"rule": "min_rest", "hours": 24}, "MinRest.hours must be less than or equal to 23, got 24."),
    ({"rule": "min_rest", "hours": 0}, "MinRest.hours must be greater than 0, got 0."),
    (
        {"rule": "min_rest", "hours": 11, "minutes": 5},
        "MinRest.minutes must be left out (no such field), got 5.",
    ),
    (
        {"rule": "min_rest", "hours": 11, "weight": 0},
        "MinRest.weight must be greater than 0, got 0.",
    ),
    ({"rule": "hours"}, "Hours.most must be given, or least."),
    (
        {"rule": "hours", "least": 40, "most": 30},
        "Hours.most must be at least least (40), got 30.0.",
    ),
    (
        {"rule": "hours", "most": 40, "counter": "year"},
        "Hours.counter must be left out when hours are counted per week.",
    ),
    (
        {"rule": "hours", "most": 40, "counter": "year", "per": "day"},
        "Hours.counter must be left out when hours are counted per day.",
    ),
    (
        {"rule": "hours", "most": 40, "per": "year"},
        "Hours.per must be 'day', 'week', 'month' or 'horizon', ",
    ),
    ({"rule": "days_off", "least": 8}, "DaysOff.least must be at most 7 a week, got 8."),
    ({"rule": "days_off", "least": 0}, "DaysOff.least must be greater than or equal to 1, got 0."),
    ({"rule": "max_days_in_a_row", "days": 0}, "MaxDaysInARow.days must be greater than or "),
    ({"rule": "availability"}, "Availability.available must be given, or unavailable."),
    (
        {"rule": "availability", "available": [{"start": "25:00"}]},
        "Availability.available[0]: Window.start: clock time must be HH:MM between 00:00 and ",
    ),
    (
        {"rule": "forbidden_succession", "first": [], "then": ["early"]},
        "ForbiddenSuccession.first must hold: tuple should have at least 1 item",
    ),
    (
        {"rule": "caregiving_window", "windows": [DAWN]},
        "CaregivingWindow.agents must be named, each by id and not by contract.",
    ),
    (
        {"rule": "caregiving_window", "windows": [DAWN], "contracts": ["full"]},
        "CaregivingWindow.agents must be named, each by id and not by contract.",
    ),
    (
        {"rule": "caregiving_window", "windows": [], "agents": ["anna"]},
        "CaregivingWindow.windows must hold: tuple should have at least 1 item",
    ),
    (
        {"rule": "caregiving_window", "windows": [DAWN], "agents": ["anna"], "travel": -5},
        "CaregivingWindow.travel must be greater than or equal to 0, got -5.",
    ),
    ({"rule": "day_off_request"}, "DayOffRequest.days must be given, or dates."),
    (
        {"rule": "day_off_request", "days": ["Mon"], "dates": ["2026-12-24"]},
        "DayOffRequest.dates must be left out when days or weeks are given.",
    ),
    (
        {"rule": "shift_request", "weeks": "even", "dates": ["2026-12-24"]},
        "ShiftRequest.dates must be left out when days or weeks are given.",
    ),
    (
        {"rule": "shift_request", "days": ["Monday"]},
        "ShiftRequest.days[0] must be 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat' or 'Sun', ",
    ),
    (
        {"rule": "min_skill_on_duty", "skill": "lead", "at_least": 0},
        "MinSkillOnDuty.at_least must be greater than or equal to 1, got 0.",
    ),
    ({"rule": "same_days_off"}, "SameDaysOff.household must be given."),
]


@pytest.mark.parametrize(("rule", "message"), NOT_IN_THE_PROBLEM)
def test_what_the_problem_lacks_is_refused(rule, message):
    """A rule that names what the problem lacks is refused with its field and the known names."""
    with pytest.raises(InputError, match=re.escape(message)):
        Problem.from_json(json.dumps(_data(rule)))


@pytest.mark.parametrize(("rule", "message"), NOT_A_RULE)
def test_bad_fields_are_refused(rule, message):
    """A rule's bad, missing or unknown field is refused, from Python and from JSON alike."""
    with pytest.raises(InputError, match=re.escape(message)):
        Rule.parse(rule)
    with pytest.raises(InputError, match=re.escape(message.split(".")[0].split("[")[0])):
        Problem.from_json(json.dumps(_data(rule)))


@RULES
def test_unknown_fields_are_refused(rule):
    """No rule takes a field that it does not have."""
    data = json.loads(rule.examples()[0].problem.rules[0].to_json())
    with pytest.raises(InputError, match=r"\.colour must be left out \(no such field\)"):
        Rule.parse({**data, "colour": "red"})


@RULES
def test_unknown_agents_are_refused(rule):
    """Every rule that binds agents refuses one that the problem lacks."""
    data = json.loads(rule.examples()[0].problem.rules[0].to_json())
    if "agents" in data:
        with pytest.raises(InputError, match=rf"rule {rule.name()}\.agents must be one of"):
            Problem.from_json(json.dumps(_data({**data, "agents": ["dora"]})))


def _data(rule):
    """A problem's JSON with one rule, a skill that nobody has, and a counter."""
    some = next(iter(Rule.named["one_shift_a_day"].examples()))
    data = json.loads(some.problem.to_json())
    data["skills"].append({"id": "spare", "queues": []})
    data["previous"]["counters"] = {"year": dict.fromkeys(_example.PEOPLE, 0)}
    return {**data, "rules": [rule]}


def test_a_wish_can_be_written_hard():
    """A weight of "hard" is none, so that TOML, which has no null, can say so."""
    wish = rules.DayOffRequest(days=("Fri",), weight="hard")
    assert wish == rules.DayOffRequest(days=("Fri",), weight=None)
    assert Rule.parse({"rule": "day_off_request", "days": ["Fri"], "weight": "hard"}) == wish
    with pytest.raises(InputError, match=r"DayOffRequest\.weight must be a valid number"):
        rules.DayOffRequest(days=("Fri",), weight="soft")
