"""A report laid out for a planner to read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from wfm.judge.report import Report
    from wfm.rule import Violation

LISTED = 20


ALONE = (
    "  Under and over are against what each slot would need to meet the target alone;\n"
    "  the plan answers for whole days or weeks, so it may be under in some and over in others."
)


def report_text(report: Report) -> str:
    """Lay out a report: the verdict, what is broken, costs, service, coverage, people."""
    parts = [
        _verdict(report),
        _violations(report),
        _costs(report),
        _service(report),
        _coverage(report),
        _people(report),
    ]
    return "\n\n".join(part for part in parts if part)


def _verdict(report: Report) -> str:
    hard, soft = len(report.hard), len(report.soft)
    if report.ok:
        return f"The schedule keeps every hard rule; {_count(soft, 'soft violation')}."
    return f"The schedule is not valid: {_count(hard, 'hard violation')}, {soft} soft."


def _violations(report: Report) -> str:
    found = [*report.hard, *report.soft, *report.told]
    lines = [_violation(violation) for violation in found[:LISTED]]
    if len(found) > LISTED:
        lines.append(f"  and {len(found) - LISTED:,} more")
    return "\n".join(["Violations", *lines]) if lines else ""


def _violation(violation: Violation) -> str:
    told = (
        f"{violation.sentence} [{violation.article}]" if violation.article else violation.sentence
    )
    if violation.informative:
        return f"  info  {told}"
    if violation.weight is None:
        return f"  hard  {told}"
    return f"  soft  {told} (costs {violation.weight * violation.amount:,.2f})"


def _costs(report: Report) -> str:
    costs = report.costs
    names = ("wages", "premiums", "service", "rules", "total")
    return table(["Costs", ""], [[name, f"{getattr(costs, name):,.2f}"] for name in names])


def _service(report: Report) -> str:
    rows = [
        [
            found.queue,
            found.period,
            f"{found.offered:,.0f}",
            f"{found.in_time:,.0f}",
            _percent(found.level),
            _percent(found.planned and max(0.0, found.planned)),
            _percent(found.target),
        ]
        for found in report.service
    ]
    head = ["Service", "period", "offered", "in time", "level", "planned", "target"]
    return table(head, rows, left=2)


def _coverage(report: Report) -> str:
    rows = [
        [
            found.queue,
            found.worst or "-",
            f"{found.worst_under:,.1f}",
            _percent(found.under_share),
            f"{found.under_hours:,.1f}",
            f"{found.over_hours:,.1f}",
            _percent(found.occupancy),
        ]
        for found in report.queues
    ]
    head = ["Coverage", "worst slot", "lacks", "slots under", "under h", "over h", "occupancy"]
    return f"{table(head, rows, left=2)}\n{ALONE}"


def _people(report: Report) -> str:
    paid = report.paid_hours.values()
    rows = [["paid hours", f"{sum(paid):,.2f}"]]
    if paid:
        rows.append(["paid hours of an agent", f"{min(paid):,.2f} to {max(paid):,.2f}"])
    if report.requests:
        rows.append(["requests kept", f"{report.requests_kept} of {report.requests}"])
    if report.promises:
        rows.append(["family promises kept", f"{report.promises_kept} of {report.promises}"])
    return table(["People", ""], rows)


def _percent(share: float | None) -> str:
    return "-" if share is None else f"{share:.1%}"


def _count(number: int, thing: str) -> str:
    return f"{number or 'no'} {thing}{'' if number == 1 else 's'}"


def table(head: Sequence[str], rows: Iterable[Sequence[str]], left: int = 1) -> str:
    """Columns in line: the first `left` ones to the left, the others, numbers, to the right."""
    body = [[f"  {row[0]}", *row[1:]] for row in rows]
    lines = [list(head), *body]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    padded = [
        [
            cell.ljust(width) if index < left else cell.rjust(width)
            for index, (cell, width) in enumerate(zip(line, widths, strict=True))
        ]
        for line in lines
    ]
    return "\n".join("  ".join(line).rstrip() for line in padded)
