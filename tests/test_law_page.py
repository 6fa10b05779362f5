"""The page of labour laws is what the presets say, and it leaves nothing out."""

from __future__ import annotations

import pytest

from docs import law_page
from tests.rules.law_cases import PRESETS
from wfm.rules import law


def test_the_page_is_what_the_presets_say():
    """The page is as `make docs` writes it; after a change of a preset, run that."""
    assert law_page.PAGE.read_text(encoding="utf-8") == law_page.page()


@pytest.mark.parametrize("name", PRESETS)
def test_every_rule_of_a_preset_has_a_row(name):
    """Each rule that the tests know has a row with its words and article, marked if doubtful."""
    section = law_page.section(name.partition(",")[0])
    lines = [line for line in section.splitlines() if line.startswith("| `")]
    for rule in PRESETS[name][0]:
        words, article = rule.words(law_page.EXAMPLE), rule.article.removesuffix(" (verify)")
        # The tests name another holiday than the page.
        words = words.replace("2026-12-08", str(law_page.CHRISTMAS))
        rows = [line for line in lines if f" {words} | " in line and f" | {article} | " in line]
        assert rows
        assert all(("*verify*" in row) == bool(law.unverified([rule])) for row in rows)
