"""The page of rules is what the docstrings and examples say, and it leaves nothing out."""

from __future__ import annotations

import re
import tomllib

import pytest

import wfm.rules
from docs import fields, rosters, rules_page
from wfm.rule import AgentRule, Rule
from wfm.rules.example import FRIDAY, example
from wfm.shift import ShiftTemplate

NAMED = {name: rule for name, rule in Rule.named.items() if rule.__name__ in wfm.rules.__all__}
RULES = pytest.mark.parametrize("rule", NAMED.values(), ids=NAMED)


def section(rule):
    """The text between a rule's heading and the next."""
    text = rules_page.PAGE.read_text(encoding="utf-8")
    return re.split(r"^##+ ", text.split(f"\n### {rule.name()}\n")[1], flags=re.MULTILINE)[0]


def test_the_page_is_what_the_rules_say():
    """The page is as `make docs` writes it; after a change of a rule, run that."""
    assert rules_page.PAGE.read_text(encoding="utf-8") == rules_page.page()


def test_no_question_of_labour_law_is_unanswered():
    """Each question has a rule that answers it."""
    assert rules_page.unanswered() == []


def test_the_readme_names_rules_that_there_are():
    """Each name in the three groups of README.md is that of a rule of the group."""
    text = (rules_page.PAGE.parent.parent / "README.md").read_text(encoding="utf-8")
    found = re.findall(r"^- \*\*(.+?)\*\*: (.+?)[;.]$", text, re.MULTILINE | re.DOTALL)
    groups = {name: re.findall(r"`([a-z_]+)`", named) for name, named in found}
    for name, rules in rules_page.grouped().items():
        listed = groups[name[:1].lower() + name[1:]]
        assert len(listed) >= 3
        assert set(listed) <= {rule.name() for rule in rules}


@RULES
def test_each_rule_has_its_place(rule):
    """Each rule stands in the contents, has a section, and has a line in the last table."""
    text = rules_page.PAGE.read_text(encoding="utf-8")
    link = f"[`{rule.name()}`](#{rule.name()})"
    assert text.count(f"\n### {rule.name()}\n") == 1
    assert text.count(f"\n- {link}: ") == 1
    assert text.count(f"\n| {link} | ") == 1
    assert set(rule.answers) <= set(rules_page.QUESTIONS)


@RULES
def test_each_rule_says_what_its_fields_mean(rule):
    """Promise, unit of breach and every field are told, all of them by docstrings."""
    assert fields.promise(rule).endswith(".")
    assert "unit of breach is" in fields.story(rule)
    assert [name for name, meaning in fields.meanings(rule).items() if not meaning] == []
    shared = {*Rule.model_fields, *(AgentRule.model_fields if issubclass(rule, AgentRule) else ())}
    for name in set(rule.model_fields) - shared:
        assert f"`{name}`" in fields.table(rule)


@RULES
def test_each_rule_is_written_as_a_folder_reads_it(rule):
    """The TOML of a section is read back to the rule that it shows."""
    (block,) = re.findall(r"^```toml\n(.*?)^```$", section(rule), re.DOTALL | re.MULTILINE)
    (read,) = tomllib.loads(block)["rules"]
    assert Rule.parse(read) == rules_page.shown(rule)


@RULES
def test_each_example_has_its_verdict_and_its_sentences(rule):
    """Under each broken example stands what the judge says of it, under kept ones nothing."""
    lines = section(rule).splitlines()
    verdicts = [line for line in lines if re.search(r"  (kept|broken by [\d.]+)$", line)]
    assert len(verdicts) == len(rule.examples())
    for one in rule.examples():
        found = list(one.problem.rules[0].violations(one.problem, one.schedule))
        picture = rosters.picture(one)
        assert picture.splitlines() == [line for line in picture.splitlines() if line in lines]
        assert picture.count("→") == min(len(found), rosters.MOST_SENTENCES + 1)
        if found:
            assert found[0].sentence in " ".join(picture.split())


def test_a_roster_in_letters():
    """The period before, a second shift on a day, counters and another first day are shown."""
    hours = wfm.rules.Hours(most=10, per="horizon", counter="year")
    one = example(
        "Long",
        hours,
        {"anna": "E-", "cleo": "--"},
        420,
        also={"anna": "N-"},
        before={"cleo": "NN"},
        counters={"year": {"anna": 60}},
        start=FRIDAY,
    )
    assert rosters.picture(one).splitlines() == [
        f"Long (from Fri 11 Dec 2026){'broken by 420':>{rosters.WIDTH - 27}}",
        "  Anna  --|E-",
        "        --|N-",
        "  Cleo  NN|--",
        "  counter 'year': Anna 60",
        "  → Anna has 17 h of paid time in the horizon, 1 h of them before the horizon; at most "
        "10 h are",
        "    allowed.",
    ]


def test_shifts_beyond_the_legend_are_explained():
    """A shift of another template, or at another time, has a letter that is told below."""
    one = example("", wfm.rules.OneShiftADay(), {"anna": "E-", "ben": "D-"})
    long = ShiftTemplate(id="long", start="05:00", lengths=(720,))
    problem = one.problem.model_copy(update={"shifts": (*one.problem.shifts, long)})
    early, day = one.schedule.shifts
    moved = (
        early.model_copy(update={"template": "long", "start": 300, "end": 1020, "breaks": ()}),
        day.model_copy(update={"start": 600, "end": 1110, "breaks": ()}),
    )
    schedule = one.schedule.model_copy(update={"shifts": moved})
    lines = rosters.picture(type(one)("", problem, schedule, 0)).splitlines()[1:]
    assert lines == [
        "  Anna  a-",
        "  Ben   b-",
        "  a is long 05:00–17:00",
        "  b is day 10:00–18:30",
    ]
