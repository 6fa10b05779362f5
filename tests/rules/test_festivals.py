"""Festivals: bad input, and what the ledger is told."""

from __future__ import annotations

import re
from datetime import date

import pytest

from wfm import rules
from wfm.errors import InputError
from wfm.rule import Rule
from wfm.rules.example import example

ADVENT = {"name": "Advent", "dates": ["2026-12-07", "2026-12-08"]}
YULE = {"name": "Yule", "dates": ["2026-12-24"]}
BAD = [
    ({"festivals": []}, "Festivals.festivals must hold: tuple should have at least 1 item"),
    ({"festivals": [YULE, YULE]}, "Festivals.festivals must have names of their own"),
    ({"festivals": [YULE], "least": 2}, "Festivals.least must be at most the 1 listed, got 2."),
    ({"festivals": [YULE], "rotate": False}, "Festivals.least must be given, or rotate."),
    (
        {"festivals": [{"name": "Lent", "dates": []}]},
        "Festival.dates must hold: tuple should have at least 1",
    ),
    (
        {"festivals": [{"name": "Yule", "dates": ["2026-12-24", "2027-12-24"]}]},
        "Festival 'Yule'.dates must lie within a month, got '365 days'.",
    ),
]


@pytest.mark.parametrize(("fields", "message"), BAD)
def test_bad_fields(fields, message):
    """Festivals without dates, named twice, over two years, or with nothing due are refused."""
    with pytest.raises(InputError, match=re.escape(message)):
        Rule.parse({"rule": "festivals", **fields})


def test_the_ledger_is_told_who_works_which():
    """Festivals of these days are counted for all who are bound, nights that reach in included."""
    rule = rules.Festivals(agents=("anna", "ben"), festivals=[ADVENT, YULE], least=1)
    night = {"ben": "N"}
    one = example("", rule, {"anna": "-D-----", "cleo": "D------"}, before=night)
    assert rule.tally(one.problem, one.schedule) == {"festival Advent": {"anna": 1, "ben": 1}}
    later = example("", rule, {"anna": "N"}, start=date(2026, 12, 23))
    assert rule.tally(later.problem, later.schedule) == {}
    other = example("", rule, {"anna": "-L-----"}, start=date(2026, 12, 20))
    assert rule.tally(other.problem, other.schedule) == {"festival Yule": {"anna": 0, "ben": 0}}
