"""Every rule of the folder keeps the contract, on its examples and on random rosters."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from datetime import date
from functools import cache
from pathlib import Path
from typing import get_args

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import wfm.rules
from tests.rules.rosters import fields_on
from wfm import contract
from wfm.errors import InputError
from wfm.horizon import Horizon
from wfm.problem import Problem
from wfm.rule import Rule
from wfm.shift import Break, ShiftTemplate

RULES = pytest.mark.parametrize("rule", Rule.named.values(), ids=Rule.named)
CHECKS = pytest.mark.parametrize("check", contract.CHECKS, ids=lambda check: check.__name__)
FURTHER_SHIFTS = (
    ShiftTemplate(id="round the clock", start="12:00", latest="23:00", step=660, lengths=(1440,)),
    ShiftTemplate(
        id="two breaks",
        start="05:00",
        latest="13:00",
        step=60,
        lengths=(300, 600),
        days=("Mon", "Tue", "Sat"),
        breaks=(
            Break(minutes=30, earliest=60, latest=120),
            Break(minutes=60, earliest=60, latest=180, paid=False),
        ),
    ),
)


@RULES
@CHECKS
def test_each_rule_keeps_each_part_of_the_contract(rule, check):
    """Each rule of the registry passes each check."""
    check(rule)


@RULES
def test_each_rule_has_five_examples(rule):
    """Each rule shows what it means by five examples or more, with titles of their own."""
    titles = [example.title for example in rule.examples()]
    assert len(set(titles)) == len(titles) >= 5


@RULES
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_judge_and_limits_agree_on_other_horizons(rule, data):
    """On random rosters of random horizons, clock changes and long shifts included, they agree."""
    example = data.draw(st.sampled_from(_examples(rule)))
    start = data.draw(st.dates(date(2026, 1, 1), date(2027, 12, 31)))
    days = data.draw(st.integers(1, 16))
    further = data.draw(st.sampled_from([(), FURTHER_SHIFTS]))
    seed = data.draw(st.integers(0, 2**32 - 1))
    problem = _elsewhere(example.problem, start, days, further)
    problem, schedule = contract.random_roster(problem, np.random.default_rng(seed))
    contract.check_agreement(rule, problem, schedule)


def test_the_folder_is_the_registry():
    """Every module of the folder that is no helper defines the rule of its name."""
    folder = importlib.util.find_spec("wfm.rules").submodule_search_locations[0]
    files = {path.stem for path in Path(folder).glob("[a-z]*.py")}
    assert files - {"example"} == set(Rule.named)
    public = {getattr(wfm.rules, name) for name in wfm.rules.__all__}
    assert {kind for kind in public if issubclass(kind, Rule)} == set(Rule.named.values())


@RULES
def test_what_rules_are_made_of_is_public(rule):
    """The type of each field is built in, or a value that `wfm.rules` or `wfm` announces."""
    for name, field in rule.model_fields.items():
        for kind in _kinds(field.annotation):
            home = wfm.rules if kind.__module__.startswith("wfm.rules.") else wfm
            known = kind is Rule or kind.__name__ in home.__all__
            assert known or not kind.__module__.startswith("wfm"), f"{name} is made of {kind}"


def _kinds(annotation):
    """The classes of which a type is made."""
    found = [kind for part in get_args(annotation) for kind in _kinds(part)]
    return [*found, annotation] if isinstance(annotation, type) else found


@RULES
def test_plain_dicts_do_for_values(rule):
    """Each rule can be made of dicts in place of values, as JSON and TOML hold them."""
    for one in _examples(rule):
        for mine in one.problem.rules:
            plain = mine.model_dump()
            assert type(mine)(**{name: plain[name] for name in type(mine).model_fields}) == mine


def test_a_misspelt_rule_is_answered_by_near_names():
    """`wfm.rules` says what a name may have been meant to be."""
    with pytest.raises(AttributeError, match="has no 'WeeklyRests'; perhaps WeeklyRest"):
        _ = wfm.rules.WeeklyRests


def test_rules_and_judges_need_no_solver():
    """The rules load, state limits and judge with the engines blocked."""
    program = """
import sys
sys.modules["ortools"] = sys.modules["numba"] = None
import wfm.rules
from wfm import contract
from wfm.rule import Rule
for rule in Rule.named.values():
    contract.check_limits(rule)
    contract.check_judge(rule)
"""
    command = [sys.executable, "-W", "error", "-c", program]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_an_unknown_rule_is_named_with_the_known_ones():
    """A name that is near to no rule is answered by all there are."""
    known = ", ".join(wfm.rules.__all__)
    with pytest.raises(AttributeError, match=f"wfm.rules has no 'Zzz'; perhaps {known}$"):
        _ = wfm.rules.Zzz


@cache
def _examples(rule):
    return rule.examples()


def _elsewhere(problem, start, days, further):
    horizon = Horizon(
        start=start,
        days=days,
        timezone=problem.horizon.timezone,
        interval=problem.horizon.interval,
    )
    fields = fields_on(problem, horizon) | {"shifts": (*problem.shifts, *further)}
    fields["previous"] = problem.previous.model_copy(update={"shifts": ()})
    try:
        return Problem(**fields)
    except InputError:
        assume(False)
