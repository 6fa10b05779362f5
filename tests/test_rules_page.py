"""The page of rules is what the docstrings and examples say, and it leaves nothing out."""

from __future__ import annotations

import re
import tomllib

import pytest

import wfm.rules
from docs import fields, rosters, rules_page
from wfm.agent_rule import AgentRule
from wfm.io import read_center
from wfm.rule import Rule
from wfm.rules.example import FRIDAY, MONDAY, example
from wfm.shift import ShiftTemplate
from wfm.window import DateRange, Window

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
def test_every_setting_can_be_written_in_a_folder(rule):
    """The rule of each example is the same when it is written as TOML and read back."""
    for one in rule.examples():
        mine = one.problem.rules[0]
        (read,) = tomllib.loads(fields.as_toml(mine))["rules"]
        assert Rule.parse(read) == mine


def test_all_rules_of_the_page_can_stand_in_one_folder(tmp_path):
    """A centre with the people of the examples takes every table of the page as it stands."""
    text = rules_page.PAGE.read_text(encoding="utf-8")
    tables = re.findall(r"^```toml\n(\[\[rules\]\].*?)^```$", text, re.DOTALL | re.MULTILINE)
    assert len(tables) == len(NAMED)
    problem = wfm.rules.MinRest.examples()[0].problem
    kinds = ("skills", "contracts", "shifts", "households")
    rows = [(kind, value) for kind in kinds for value in getattr(problem, kind)]
    head = 'timezone = "Europe/Berlin"\ninterval = 30\n\n[[queues]]\nid = "calls"\n'
    values = [f"[[{kind}]]\n{_keys(value)}\n" for kind, value in rows]
    (tmp_path / "center.toml").write_text("\n".join([head, *values, *tables]), encoding="utf-8")
    people = [
        f"{a.id},{a.name},{a.contract},{';'.join(a.skills)},{a.team},{a.site},{a.tier}"
        for a in problem.agents
    ]
    header = "id,name,contract,skills,team,site,tier"
    (tmp_path / "agents.csv").write_text("\n".join([header, *people]), encoding="utf-8")
    (tmp_path / "history.csv").touch()
    center = read_center(tmp_path)
    assert center.agents == problem.agents
    assert center.shifts == problem.shifts
    shown = [rules_page.shown(rule) for rules in rules_page.grouped().values() for rule in rules]
    assert list(center.rules) == shown
    center.check(center.horizon(MONDAY, 14), tmp_path / "center.toml")


def _keys(value):
    """A value's fields that are not at their defaults, as lines of TOML."""
    data = value.model_dump(exclude_defaults=True)
    return "\n".join(f"{name} = {fields.toml(field)}" for name, field in data.items())


def test_the_windows_of_the_page_are_read():
    """The windows that the page shows are windows, and all fields of windows are told."""
    text = rules_page.PAGE.read_text(encoding="utf-8")
    (block,) = re.findall(r"^```toml\n(windows.*?)^```$", text, re.DOTALL | re.MULTILINE)
    windows = [Window(**window) for window in tomllib.loads(block)["windows"]]
    assert len(set(windows)) == 4
    told = text.split("\n## Windows and dates\n")[1].split("\n## ")[0]
    for name in (*Window.model_fields, *DateRange.model_fields):
        assert f"`{name}`" in told


@RULES
def test_each_section_tells_what_its_values_hold(rule):
    """The fields of the values that a rule is made of stand in its section, each with a meaning."""
    for name in rule.model_fields:
        for kind in fields.parts(rule, name):
            if kind not in fields.TOLD_ONCE:
                assert fields.value_table(kind) in section(rule)
                assert all(fields.told(kind)[field] for field in kind.model_fields)


@RULES
def test_settings_are_introduced_once(rule):
    """Examples of the same settings stand together, but for those that are folded away."""
    groups = rules_page.settings(rule)
    assert sum(map(len, groups)) == len(rule.examples())
    assert groups[0][0].problem.rules[0] == rules_page.shown(rule)
    assert section(rule).count("\n```text\n") in (len(groups), len(groups) + 1)


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
