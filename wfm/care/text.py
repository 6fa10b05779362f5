"""Prices laid out for people to read."""

from __future__ import annotations

from collections.abc import Sequence

from wfm.care.values import Price, Prices
from wfm.judge.text import table

MEANING = {
    "apart": (
        "  Each is what the centre would save without that promise alone, all others being kept;\n"
        "  so they need not add up. 'At least' and 'at most' are certain, by the bounds of both\n"
        "  schedules; what lies between is as good as the searches. Under each queue stand the\n"
        "  contacts more that would be answered in time."
    ),
    "steps": (
        "  Each is what the centre saves when that promise is dropped too, after those above it;\n"
        "  so they add up. 'At least' and 'at most' are certain, by the bounds of both schedules,\n"
        "  for all that is dropped so far. Under each queue stand the contacts more that are\n"
        "  answered in time once all of that is dropped."
    ),
}


def prices_text(found: Prices) -> str:
    """Lay out prices: each promise, all together, both costs with their bounds."""
    queues = list(found.whole.answers)
    head = ["Promise", "costs", "at least", "at most", *queues]
    rows = [_row(price, queues) for price in (*found.each, found.whole)]
    keeping, dropping = found.whole.keeping, found.whole.dropping
    share = found.whole.money / keeping.cost if keeping.cost else 0.0
    lines = [
        f"with them       cost {keeping.cost:,.2f}, bound {keeping.bound:,.2f}",
        f"without them    cost {dropping.cost:,.2f}, bound {dropping.bound:,.2f}",
        f"they cost       {found.whole.money:,.2f}, {share:.2%} of the whole cost",
        f"prices added up {found.total:,.2f}",
    ]
    return "\n\n".join([f"{table(head, rows)}\n{MEANING[found.way]}", "\n".join(lines)])


def _row(price: Price, queues: Sequence[str]) -> list[str]:
    answers = (f"{price.answers[queue]:+,.1f}" for queue in queues)
    money = (f"{amount:,.2f}" for amount in (price.money, price.least, price.most))
    return [price.label, *money, *answers]
