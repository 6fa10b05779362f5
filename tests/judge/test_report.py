"""A report as a value and as a text."""

import pytest

from wfm.errors import InputError
from wfm.judge.report import Costs, QueueCoverage, QueueService, Report
from wfm.rule import Violation

COSTS = Costs(wages=1234.5, premiums=0.1, service=0.2, rules=3.0)
WEEK = QueueService(
    queue="calls",
    period="2026-W50",
    kind="week",
    offered=1500.0,
    in_time=1218.6,
    level=1218.6 / 1500,
    planned=0.8,
    target=0.8,
)
SUNDAY = QueueService(
    queue="calls",
    period="2026-12-13",
    kind="day",
    offered=0.0,
    in_time=0.0,
    level=None,
    planned=None,
    target=None,
)
COVERAGE = QueueCoverage(
    queue="calls",
    heads=(1.0, 0.1, 2.5),
    required=(1, 2, 0),
    occupancy=2 / 3,
    over_hours=0.625,
    under_hours=0.475,
    under_share=0.5,
    worst="Mon 7 Dec 08:15",
    worst_under=1.9,
)


def violation(number, weight=None):
    return Violation(
        rule="min_rest",
        agents=("anna",),
        day=0,
        amount=2,
        sentence=f"Anna rests too little, number {number}.",
        weight=weight,
    )


def report(*violations, **changes):
    return Report(
        violations=violations,
        costs=COSTS,
        service=(SUNDAY, WEEK),
        queues=(COVERAGE,),
        paid_hours={"anna": 38.5, "ben": 20.0},
        requests=3,
        requests_kept=2,
        promises=0,
        promises_kept=0,
        **changes,
    )


def test_ok_hard_and_soft():
    """Hard violations alone make a schedule invalid."""
    assert report().ok
    found = report(violation(1, weight=5.0), violation(2))
    assert not found.ok
    assert found.hard == (violation(2),)
    assert found.soft == (violation(1, weight=5.0),)
    assert report(violation(1, weight=5.0)).ok


def test_json_is_exact():
    """What is written reads back equal, with the total written for readers elsewhere."""
    whole = report(violation(1, weight=1 / 3), violation(2))
    text = whole.to_json(indent=2)
    assert Report.from_json(text) == whole
    assert Report.from_json(text).to_json(indent=2) == text
    assert '"total"' in text
    assert '"schema_version": 1' in text


def test_unknown_keys_are_refused():
    """A report with a field that there is not is an input error that names the field."""
    text = report().to_json().replace('"requests":', '"wishes":1,"requests":')
    with pytest.raises(InputError, match="wishes"):
        Report.from_json(text)


def test_text():
    """The text is laid out in columns that line up."""
    assert (
        str(report(violation(1, weight=5.0), violation(2)))
        == """\
The schedule is not valid: 1 hard violation, 1 soft.

Violations
  hard  Anna rests too little, number 2.
  soft  Anna rests too little, number 1. (costs 10.00)

Costs
  wages     1,234.50
  premiums      0.10
  service       0.20
  rules         3.00
  total     1,237.80

Service  period      offered  in time  level  planned  target
  calls  2026-12-13        0        0      -        -       -
  calls  2026-W50      1,500    1,219  81.2%    80.0%   80.0%

Coverage  worst slot       lacks  slots under  under h  over h  occupancy
  calls   Mon 7 Dec 08:15    1.9        50.0%      0.5     0.6      66.7%
  Under and over are against what each slot would need to meet the target alone;
  the plan answers for whole days or weeks, so it may be under in some and over in others.

People
  paid hours                       58.50
  paid hours of an agent  20.00 to 38.50
  requests kept                   2 of 3"""
    )


def test_text_of_a_clean_schedule():
    """Without violations there is no list of them."""
    text = str(report())
    assert text.startswith("The schedule keeps every hard rule; no soft violations.\n\nCosts\n")


def test_text_lists_the_first_twenty():
    """Hard ones come first, and what is left is counted."""
    many = [violation(number, weight=1.0) for number in range(22)]
    lines = str(report(*many, violation("hard"))).splitlines()
    start = lines.index("Violations")
    assert lines[start + 1] == "  hard  Anna rests too little, number hard."
    assert lines[start + 20] == "  soft  Anna rests too little, number 18. (costs 2.00)"
    assert lines[start + 21] == "  and 3 more"
    assert lines[start + 22] == ""
