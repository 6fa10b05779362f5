"""Rules that look weeks back: both sides agree on a previous period of any length."""

from __future__ import annotations

import pytest

from wfm import contract
from wfm.rule import Rule
from wfm.rules import _roster

RULES = pytest.mark.parametrize("rule", Rule.named.values(), ids=Rule.named)


@RULES
@pytest.mark.parametrize("days", [0, 1, 40])
def test_judge_and_limits_agree_on_a_long_past_and_on_none(rule, days, monkeypatch):
    """Random rosters with no past, a day and forty days of it are judged as they are limited."""
    monkeypatch.setattr(_roster, "HISTORY", days)
    contract.check_random_rosters(rule, seed=days, rosters=2)
