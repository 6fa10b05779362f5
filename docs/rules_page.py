"""Write `docs/rules.md` from the docstrings and the examples of all rules.

Run as ``python -m docs.rules_page``, or ``make docs``.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import wfm.rules
from docs import fields, rosters
from wfm.agent_rule import AgentRule
from wfm.rule import Example, Rule
from wfm.window import DateRange, Window

PAGE = Path(__file__).with_name("rules.md")
QUESTIONS = {
    "rest": "How long is the rest between two shifts, and how long the longest free time in any "
    "so many days, wherever it lies?",
    "hours": "How much may be worked on a day, in a week, month or year, and on average over a "
    "longer period that rolls on?",
    "days_off": "How many days in a row may be worked, how many days off are due in so many weeks, "
    "how many Sundays a year are free, and by when does a worked one get a day off instead?",
    "breaks": "Which breaks are due for how much work: when, in how many pieces, paid or not, and "
    "may someone do without?",
    "span": "How much longer may a working day last, from first to last minute, than the work in "
    "it?",
    "nights": "What counts as night work, how long may it be on average, and who counts as a night "
    "worker?",
    "states": "What holds for someone from one date to another only, such as for minors, or "
    "before and after a birth?",
    "paid_reduction": "Which paid time inside a shift is not for work, so that nobody is there and "
    "pay stays?",
    "day_types": "Which dates count as another day of the week, and which are paid as holidays?",
    "overtime_price": "What does overtime cost, in steps by day, by week, on a seventh day or on a "
    "holiday?",
    "notice": "What does a change of a published plan cost by the days left, who has consented, "
    "and who may decline?",
    "severity": "What must hold, what has a price, what may be waived, what is only told, and "
    "which article says so?",
    "seam": "What of the period before still counts?",
    "sites": "What differs from site to site, and what holds where several rules meet?",
}
"""The questions that labour laws ask of a plan, by the keys that `Rule.answers` uses."""

GROUPS = {
    "To families": "Promises to those who live together or who look after someone.",
    "Work": "What law, agreements and good sense ask of working time, and what the work asks for.",
    "Wishes and fairness": "What people would like, and how burdens are shared.",
}
MOST_OPEN = 2
"""So many kept and so many broken examples of a rule are not folded away."""
MOST_LETTERS = 160
"""Longer fields are left to the words of the rule."""
BEYOND = {
    "To families": "a promise to families",
    "Work": "good sense, an agreement, or what the work asks for",
    "Wishes and fairness": "what people would like, and a fair share of it",
}

INTRODUCTION = """\
# Rules

<!-- Written by docs/rules_page.py from docstrings and examples: change those, then `make docs`. -->

Each rule of wfm with what it promises, its fields, and small rosters that keep or break it, with
the sentences that the judge says of them. In `center.toml` and JSON a rule has the name below, in
Python the same in capitals: `min_rest` is `wfm.rules.MinRest`.
"""

READING = """\
## How to read the examples

Anna, Ben and Cleo have the same contract, `full`, of 40 hours a week. Anna and Ben are the
household `home` and the team `red`, Cleo is team `blue`; Anna and Cleo have the skill `lead`, all
have `voice`; Anna and Cleo work at the site `north`, Ben at `south`. One letter is one day:

{legend}

The first day is Monday 7 December 2026 unless another is given, and what stands before a bar, as in
`NN|--D`, is the end of the period before. Who is not shown is off. Above each block stands the rule
in words, with the fields in which it differs from the rule as it is written out above. What is
folded away shows the edges: other fields, nights, the period before, and the last days.
"""

SHARED = """\
## What all rules share

A rule without a `weight` is hard: it holds, or there is no schedule. One with a weight may be
broken at that cost for each unit of breach. Rules that bind each agent alone have the fields from
`agents` on; what a rule says of them itself stands in its own table.
"""

WINDOWS = """\
## Windows and dates

Times that recur are windows: of every week, of some weeks or dates, or of the weeks of a term.

```toml
windows = [
    { days = ["Mon", "Tue"], start = "15:00", end = "17:00", weeks = "odd" },
    { days = ["Fri"], start = "22:00", end = "06:00", since = 2026-12-11 },
    { days = ["Wed"], start = "14:00", during = [{ first = 2026-09-01, last = 2026-12-18 }] },
    { dates = [2026-12-24, 2026-12-31], start = "12:00" },
]
```

Which dates count as another day of the week, the `swaps` of `center.toml` say.
"""


def group_of(rule: type[Rule]) -> str:
    """The heading under which a rule stands; what is about fair shares is with the wishes."""
    if rule.kind == "family":
        return "To families"
    fair = rule.kind == "wish" or " fair" in fields.promise(rule).lower()
    return "Wishes and fairness" if fair else "Work"


def grouped() -> dict[str, list[type[Rule]]]:
    """All rules of the registry by heading, each in the order of their names."""
    rules = [rule for _, rule in sorted(Rule.named.items()) if rule.__name__ in wfm.rules.__all__]
    return {name: [rule for rule in rules if group_of(rule) == name] for name in GROUPS}


def unanswered() -> list[str]:
    """Keys of the questions that no rule answers."""
    answered = {key for rules in grouped().values() for rule in rules for key in rule.answers}
    return [key for key in QUESTIONS if key not in answered]


def page() -> str:
    """The whole page."""
    parts = [
        INTRODUCTION,
        *_contents(),
        READING.format(legend=rosters.legend()),
        SHARED,
        fields.shared_table() + "\n",
        WINDOWS,
        fields.value_table(Window) + "\n",
        "One of `during` and `outside`, and wherever else dates are given from one to another:\n",
        fields.value_table(DateRange) + "\n",
    ]
    for name, rules in grouped().items():
        parts += [f"## {name}\n", f"{GROUPS[name]}\n"]
        parts += [part for rule in rules for part in _section(rule)]
    return "\n".join([*parts, *_law()])


def _contents() -> Iterator[str]:
    for name, rules in grouped().items():
        yield f"**{name}**\n"
        yield "".join(f"- {_link(rule)}: {_lower(fields.promise(rule))}\n" for rule in rules)
    yield "[Questions of labour law](#questions-of-labour-law), and the rules that answer them.\n"


def _section(rule: type[Rule]) -> Iterator[str]:
    yield f"### {rule.name()}\n"
    yield f"**{fields.promise(rule)}**\n"
    yield f"{fields.story(rule)}\n"
    weight = rule.model_fields["weight"].default
    price = "Hard unless it has a weight." if weight is None else f"Costs {weight:g} for each unit."
    chosen = "Whom it binds is chosen by the fields that [all such rules share]"
    chosen = f" {chosen}(#what-all-rules-share)." if issubclass(rule, AgentRule) else ""
    yield f"{price}{chosen}\n"
    if table := fields.table(rule):
        yield f"{table}\n"
    for table in fields.part_tables(rule):
        yield f"{table}\n"
    yield f"```toml\n{fields.as_toml(shown(rule))}\n```\n"
    yield from _rosters(rule)


def shown(rule: type[Rule]) -> Rule:
    """The rule of the first broken example, to show how it is written."""
    return next(_of(example) for example in rule.examples() if example.amount > 0)


def _of(example: Example) -> Rule:
    return example.problem.rules[0]


def settings(rule: type[Rule]) -> list[list[Example]]:
    """A rule's examples by the fields of their rules, those that the page writes out first."""
    found: list[list[Example]] = []
    for example in rule.examples():
        alike = next((some for some in found if _alike(some[0], example)), None)
        if alike is None:
            found.append([example])
        else:
            alike.append(example)
    return sorted(found, key=lambda some: _of(some[0]) != shown(rule))


def _alike(one: Example, other: Example) -> bool:
    """Whether the rule of two examples is the same, in the same words."""
    rule = _of(one)
    return rule == _of(other) and rule.words(one.problem) == rule.words(other.problem)


def _rosters(rule: type[Rule]) -> Iterator[str]:
    """The examples: some of the first settings, and all others folded away."""
    first, *others = settings(rule)
    some = _telling(first)
    yield from _examples(some)
    rest = [example for example in first if example not in some]
    folded = [group for group in (rest, *others) if group]
    if folded:
        count = sum(map(len, folded))
        yield f"<details>\n<summary>{count} more rosters</summary>\n"
        for group in folded:
            yield from _examples(group)
        yield "</details>\n"


def _telling(examples: list[Example]) -> list[Example]:
    """Some that are kept and some that are broken, in their order."""
    kept = [example for example in examples if example.amount == 0][:MOST_OPEN]
    broken = [example for example in examples if example.amount > 0][:MOST_OPEN]
    return [example for example in examples if example in kept or example in broken]


def _examples(examples: list[Example]) -> Iterator[str]:
    rule = _of(examples[0])
    words = rule.words(examples[0].problem)
    change = _change(rule)
    yield f"{words[:1].upper()}{words[1:]}{f' ({change})' if change else ''}:\n"
    yield "```text\n" + "\n".join(map(rosters.picture, examples)) + "\n```\n"


def _change(rule: Rule) -> str:
    """The fields in which a rule differs from the one that its section writes out."""
    mine, first = fields.set_fields(rule), fields.set_fields(shown(type(rule)))
    new = {name: value for name, value in mine.items() if value != first.get(name, ...)}
    told = [f"`{name} = {fields.toml(value)}`" for name, value in new.items()]
    gone = [f"without `{name}`" for name in first if name not in mine]
    return ", ".join([*(one for one in told if len(one) < MOST_LETTERS), *gone])


def _law() -> Iterator[str]:
    yield "## Questions of labour law\n"
    yield (
        "The rules are building blocks and no legal advice; [presets](law.md) hold the numbers of "
        "some\nlaws. These are the questions that labour laws ask of a plan, and the rules by "
        "which they\nare answered. Two of them every rule answers by its fields: how severe it is "
        "by `weight`,\n`waived_by`, `informative` and `article`, and where it holds by `sites`. "
        "Where several rules bind\nsomeone each holds for itself, so the most protective decides.\n"
    )
    rows = []
    for key, question in QUESTIONS.items():
        found = [rule for rules in grouped().values() for rule in rules if key in rule.answers]
        answer = ", ".join(map(_link, found)) or "no rule"
        rows.append(f"| `{key}` | {question} | {answer} |")
    yield "\n".join(["| | question | answered by |", "|---|---|---|", *rows]) + "\n"
    yield "Every rule, and what it answers:\n"
    rows = [
        f"| {_link(rule)} | {_answers(rule, name)} |"
        for name, rules in grouped().items()
        for rule in rules
    ]
    yield "\n".join(["| rule | question |", "|---|---|", *rows]) + "\n"


def _answers(rule: type[Rule], group: str) -> str:
    return ", ".join(f"`{key}`" for key in rule.answers) or f"beyond the law: {BEYOND[group]}"


def _link(rule: type[Rule]) -> str:
    return f"[`{rule.name()}`](#{rule.name()})"


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
