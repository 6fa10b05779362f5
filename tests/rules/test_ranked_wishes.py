"""Ranked requests and bids: what is refused, and how it is told."""

from __future__ import annotations

import json
import re

import pytest

from wfm import rules
from wfm.errors import InputError
from wfm.problem import Problem
from wfm.rule import Rule
from wfm.rules.example import example

ITEM = {"points": 10, "templates": ["off"], "days": ["Sat", "Sun"]}
BAD = [
    ({"rule": "ranked_request", "days": ["Mon"]}, "RankedRequest.choices must be given."),
    (
        {"rule": "ranked_request", "days": ["Mon"], "choices": ["early", "early"]},
        "RankedRequest.choices must name each choice once",
    ),
    ({"rule": "ranked_request", "choices": ["off"]}, "RankedRequest.days must be given, or dates."),
    ({"rule": "bid", "agents": ["anna"], "bids": []}, "Bid.bids must hold: tuple should have at"),
    ({"rule": "bid", "bids": [ITEM]}, "Bid.agents must be one, named by id"),
    (
        {"rule": "bid", "agents": ["anna", "ben"], "bids": [ITEM]},
        "Bid.agents must be one, named by id",
    ),
    (
        {"rule": "bid", "agents": ["anna"], "bids": [{"points": 1, "templates": ["off"]}]},
        "BidItem.days must be given, or dates.",
    ),
    (
        {"rule": "bid", "agents": ["anna"], "bids": [{**ITEM, "dates": ["2026-12-24"]}]},
        "BidItem.dates must be left out when days or weeks are given.",
    ),
]
LACKING = [
    (
        {"rule": "ranked_request", "days": ["Mon"], "choices": ["off", "dawn"]},
        "rule ranked_request.choices must be one of the shifts (early, day, late, night, short)",
    ),
    (
        {"rule": "bid", "agents": ["anna"], "bids": [{**ITEM, "templates": ["dawn"]}]},
        "rule bid.templates must be one of the shifts",
    ),
    (
        {"rule": "bid", "agents": ["anna"], "bids": [ITEM], "tiers": [["master", 2]]},
        "rule bid.tiers must name tiers of agents (junior, senior), got 'master'.",
    ),
]


def data(rule):
    """The JSON of a problem of two weeks with a rule."""
    problem = example("", rules.OneShiftADay(), {"anna": "-" * 14}).problem
    return json.dumps({**json.loads(problem.to_json()), "rules": [rule]})


@pytest.mark.parametrize(("rule", "message"), BAD)
def test_bad_fields(rule, message):
    """A wish without a day, a choice or a person is refused."""
    with pytest.raises(InputError, match=re.escape(message)):
        Rule.parse(rule)


@pytest.mark.parametrize(("rule", "message"), LACKING)
def test_what_the_problem_lacks(rule, message):
    """A wish for a shift, or by a tier, that the problem lacks is refused."""
    with pytest.raises(InputError, match=re.escape(message)):
        Problem.from_json(data(rule))


def test_points_are_counted_by_days_of_the_horizon():
    """Ten points for each day of two weekends are forty; a tier's factor scales the budget."""
    rule = {"rule": "bid", "agents": ["anna"], "bids": [ITEM], "budget": 40}
    assert Problem.from_json(data(rule)).rules
    with pytest.raises(InputError, match=r"rule bid of 'anna' must spread at most 39 points over"):
        Problem.from_json(data({**rule, "budget": 39}))
    with pytest.raises(InputError, match=r"at most 20 points over the horizon, got 40"):
        Problem.from_json(data({**rule, "tiers": [["senior", 0.5]]}))
    assert Problem.from_json(data({**rule, "budget": 20, "tiers": [["senior", 2]]})).rules


def test_sentences():
    """What was got is told, beside what was asked for."""
    rule = rules.RankedRequest(agents=("anna",), days=("Mon",), choices=("off", "late"))
    one = example("", rule, {"anna": "L"})
    (violation,) = rule.violations(one.problem, one.schedule)
    assert violation.sentence == (
        "Anna has a shift 'late' on Mon 7 Dec, choice 2 of the 2 asked for."
    )
    assert (
        rule.words(one.problem) == "Anna has no shift, or else a shift 'late' on Mon in every week"
    )
