"""Write `docs/law.md` from the presets of `wfm.rules.law` and their docstrings.

Run as ``python -m docs.law_page``, or ``make docs``.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any, get_args

from docs.fields import promise, story
from wfm.rule import Rule
from wfm.rules import law
from wfm.rules.law._fair_workweek import Place
from wfm.rules.law._kit import VERIFY
from wfm.rules.min_rest import MinRest
from wfm.rules.published import Published
from wfm.window import DateRange

PAGE = Path(__file__).with_name("law.md")
CHRISTMAS = date(2026, 12, 25)
EXAMPLE = MinRest.examples()[0].problem
NOTHING = Published(shifts=(), days=DateRange(first=CHRISTMAS, last=CHRISTMAS), on=CHRISTMAS)
WAGE = 60.0
"""A wage of an hour by which a price of a minute is the share of the wage that it comes to."""
VARIANTS: dict[str, list[tuple[str, dict[str, Any]]]] = {
    "germany": [("", {}), ("with `holidays`", {"holidays": (CHRISTMAS,)})],
    "united_kingdom": [("", {}), ("with `night_workers`", {"night_workers": ("anna",)})],
    "china": [
        ("", {"years": 2026}),
        ("with `special`", {"years": 2026, "special": True}),
        ("with `hourly`", {"years": 2026, "hourly": WAGE}),
    ],
    "united_states": [("", {}), ("with `hourly`", {"hourly": WAGE})],
    "california": [("", {}), ("with `hourly`", {"hourly": WAGE})],
    "fair_workweek": [
        *((place, {"place": place}) for place in get_args(Place)),
        ("philadelphia, with `consented`", {"place": "philadelphia", "consented": ("anna",)}),
    ],
    "japan": [
        ("", {}),
        ("with `four_weeks`", {"four_weeks": True}),
        ("with `years`", {"years": 2026}),
    ],
}
"""What a preset is given, to show every rule that it can hold; nothing, if it is not here."""

HEAD = """\
# Labour laws

<!-- Written by docs/law_page.py from wfm.rules.law: change that, then `make docs`. -->

`wfm.rules.law` has a function for each of some labour laws. It returns plain rules, as they could
be written by hand; each carries the `article` that asks for it, which the judge tells with each
breach. **This is no legal advice.** The numbers were collected from public pages, many of them not
the law's own text; where these named no article, it was added from general knowledge. Laws change,
and collective agreements, exceptions and case law are not in them. Have the rules of a plan read by
someone who knows the law.

- [Use](#use)
- [Several laws at once](#several-laws-at-once)
- [The numbers](#the-numbers)
- [What these presets do not hold](#what-these-presets-do-not-hold)

## Use

In a planner's folder, a row of `[[laws]]` names a preset, whom it binds (everyone if left out), and
what else its function takes:

```toml
[[laws]]
law = "germany"
sites = ["berlin"]

[[laws]]
law = "china"              # brings its working weekends, too, if it binds everyone
years = [2026]
```

In Python:

```python
from datetime import date

import wfm
from wfm.rules import law

rules = law.together(
    law.european_union(),
    law.germany(sites=("berlin",)),
    law.california(hourly=24.0, sites=("fresno",)),
)
print(*(f"{rule.rule}: {rule.article}" for rule in law.unverified(rules)), sep="\\n")

swaps = law.china_swaps(2026)  # 10 October, a Saturday, counts as a Wednesday
golden_week = wfm.Horizon(start=date(2026, 9, 28), days=14, swaps=swaps)
assert golden_week.day_type(12) == 2
```

What only costs more is a rule that is *reported*, and binds nobody; where a preset takes `hourly`,
the wage of an hour, it has a price instead. Averages look back: without a
[ledger](../README.md#a-planners-folder), what is known of the weeks is averaged alone, which is
stricter than the law. All hours are paid hours, so paid breaks count as work.

## Several laws at once

Rules of several laws hold each for itself, so the most protective decides. `law.together` leaves
out those that another rule holds anyway: of rules of one kind, for the same people or with one of
them for everyone, that differ in nothing but their numbers and articles, the one stays that
protects more. If each protects more in some number, both stay. Soft and hard rules stay beside each
other, and so do averages over different weeks. The rows of `[[laws]]` are put together so.

## The numbers

*Verify* says that no page was at hand for a number, or for whom it holds, or that one text alone
named it; the `article` of such a rule ends with `(verify)`, and `law.unverified(rules)` returns it.
A rule that costs a share of the wage costs so much on top of it for each minute beyond.
"""

TAIL = """\
## What these presets do not hold

Some of it another rule or a [state](../README.md#a-planners-folder) holds; nothing of it comes by
itself.

- **All**: collective agreements, exceptions for branches, on-call duty, leave, minors, and people
  with a state of their own. `wfm.states` has `expecting`, `nursing`, `returning` and `minor`.
- **European Union**: a weekly rest averaged over 14 days, and longer reference periods by
  agreement. Four weeks of leave (art. 7), carers' leave and the right to ask for flexible work
  (Directive 2019/1158) are no rules of a roster.
- **Germany**: whether Sundays and holidays may be worked at all (§ 9, § 10): `priced_time` without
  a weight rules them out. Days off for a Sunday that lie before it. Averages over six months.
- **France**: the price of overtime beyond 35 hours, 46 hours by decree, other derogations.
- **United Kingdom**: 48 hours of rest in 14 days in place of 24 in each 7. Flexible work from day
  one and a week of carer's leave are no rules of a roster.
- **China**: overtime as the law counts it, day by day: a month's bound is on its paid hours in all.
  Days of rest of people who work in shifts: only weekends and the days off for them have a price.
  No nights and no overtime from the seventh month of pregnancy and while nursing a baby, antenatal
  checks and nursing hours: see `wfm.states`. A window of the night (22:00–06:00 by custom,
  *verify*). Childcare and elder-care leave, which provinces set. Holidays that the installed
  package `holidays` does not know yet.
- **United States**: other states than California; breaks for nursing mothers (PUMP Act, *verify*).
- **California**: one more hour of pay for each meal or rest that is missed, the price of a seventh
  day, the start of a second meal, and that two meals are two: an hour in one piece passes. Rests in
  the middle of a work period. Federal and daily overtime are priced apart, so that an hour that is
  both is paid for twice.
- **Fair workweek**: other cities; whom the laws cover (branches, sizes, wages); the pay for a short
  rest where it depends on the wage (1.25 times in Chicago, 1.5 in Los Angeles); prices of changes,
  which are the weight of the published roster. The right to decline is `declined` in `published`.
- **Japan**: overtime as the law counts it, and the exceptions of a special agreement. Limits for
  parents and carers on request (24 h a month, 150 h a year, no work from 22:00 to 05:00, days of
  six hours, *verify*).
"""


def page() -> str:
    """The whole page."""
    return "\n".join([HEAD, *map(section, law.PRESETS), TAIL])


def section(name: str) -> str:
    """What a preset says of itself, and a row for each of its rules."""
    preset = law.PRESETS[name]
    rows = ["| rule | what is asked | when | severity | article | |", "|---|---|---|---|---|---|"]
    told: set[Rule] = set()
    for when, given in VARIANTS.get(name, [("", {})]):
        found = preset(**given)
        rows += [_row(rule, when) for rule in found if rule not in told]
        told.update(found)
    parts = [f"### {name}", promise(preset), story(preset), "\n".join(rows)]
    if name == "fair_workweek":
        parts.append(_notice())
    return "\n\n".join(part for part in parts if part) + "\n"


def _row(rule: Rule, when: str) -> str:
    severity = "reported" if rule.informative else "hard"
    if rule.weight is not None:
        by_wage = "hourly" in when
        severity = f"costs {rule.weight:g} of the wage" if by_wage else f"costs {rule.weight:g}"
    article, doubtful = rule.article, ""
    if law.unverified([rule]):
        article, doubtful = article.removesuffix(VERIFY), "*verify*"
    cells = (f"`{rule.name()}`", rule.words(EXAMPLE), when, severity, article, doubtful)
    return f"| {' | '.join(cells)} |"


def _notice() -> str:
    """Days of notice by place, as `fair_notice` has them."""
    days = {place: law.fair_notice(place, NOTHING).notice[0][0] + 1 for place in get_args(Place)}
    told = ", ".join(f"{place} {count}" for place, count in days.items())
    return (
        "`law.fair_notice` makes changes of a published roster count where fewer days are left "
        f"than so many: {told}."
    )


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
