"""What a plan came to, in a screenful."""

from __future__ import annotations

from collections.abc import Iterator

from wfm.judge.report import QueueService, Report
from wfm.plan import Plan

MOST_NOTES = 8


def summary(plan: Plan) -> str:
    """Say what was planned, its cost and bound, its service, and which wishes were kept."""
    return "\n".join(_lines(plan))


def _lines(plan: Plan) -> Iterator[str]:
    horizon = plan.problem.horizon
    queues = len(plan.demand.queues)
    sizes = f"{len(plan.problem.agents)} agents, {queues} {'queue' if queues == 1 else 'queues'}"
    yield f"{plan.center.name or 'Centre'}, {horizon.span_label}: {sizes}"
    yield ""
    if plan.notes:
        yield "noticed in the history"
        yield from (f"  {note}" for note in plan.notes[:MOST_NOTES])
        if len(plan.notes) > MOST_NOTES:
            yield f"  and {len(plan.notes) - MOST_NOTES} more"
        yield ""
    yield str(plan.result)
    if plan.report is not None:
        yield ""
        yield from report_lines(plan.report)


def report_lines(report: Report) -> Iterator[str]:
    """Costs, service against its targets, promises and requests, line by line."""
    costs = report.costs
    for name in ("wages", "premiums", "service", "rules"):
        yield f"{'cost of ' + name:<18} {getattr(costs, name):>12,.2f}"
    yield f"{'in all':<18} {costs.total:>12,.2f}"
    yield ""
    yield f"{'service':<10} {'period':<12} {'level':>7}  target"
    yield from (_service_line(found) for found in report.service if found.target is not None)
    yield ""
    yield f"requests kept  {report.requests_kept} of {report.requests}"
    yield f"promises kept  {report.promises_kept} of {report.promises}"
    yield f"hard rules     {'all kept' if report.ok else f'{len(report.hard)} breaches'}"
    yield from (f"  {violation.sentence}" for violation in report.hard)


def _service_line(found: QueueService) -> str:
    if found.level is None:
        return f"{found.queue:<10} {found.period:<12} {'closed':>7}"
    met = "" if found.level >= (found.target or 0) else "  missed"
    return f"{found.queue:<10} {found.period:<12} {found.level:>7.1%}  {found.target:.1%}{met}"
