"""`wfm staff`: from a forecast to the people that it takes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import typer

from wfm.cli._spared import check_outputs
from wfm.demand import Demand
from wfm.forecast import read_volume
from wfm.forecast import staff as staff_volume
from wfm.io.files import write_files
from wfm.io.folder import folder_files, read_desk
from wfm.io.tables import demand_frame
from wfm.queue import Queue


def run_staff(volume: Path, center: Path, out: Path, json: Path | None) -> None:
    """Staff a forecast, write what is required, and say what it comes to."""
    desk = read_desk(center)
    read = read_volume(volume, timezone=desk.timezone)
    forecast = read.model_copy(update={"horizon": desk.swapped(read.horizon)})
    check_outputs({"--out": out, "--json": json}, [volume, *folder_files(center)])
    demand = staff_volume(forecast, desk.queues, interval=desk.interval, busy=desk.busy)
    made: dict[Path, str | bytes] = {out: demand_frame(demand).round(4).to_csv(index=False)}
    if json is not None:
        made[json] = demand.to_json()
    write_files(made)
    typer.echo("\n".join(_lines(demand)))
    typer.echo(f"written to {out}" + (f", {json}" if json else ""))


def _lines(demand: Demand) -> Iterator[str]:
    """A line for each queue: its contacts, the hours and the most heads that it requires."""
    hours = demand.required_array.sum(axis=1) * demand.horizon.interval / 60
    peaks = demand.required_array.max(axis=1)
    yield f"{'queue':<16} {'contacts':>10} {'erlang h':>10} {'hours':>10} {'peak':>6}  by"
    for row, queue in enumerate(demand.queues):
        contacts = demand.contacts_array[row].sum()
        work = (demand.contacts_array[row] @ demand.aht_array[row]) / 3600
        required = f"{hours[row]:>10,.1f} {peaks[row]:>6}"
        if queue.channel == "deferred":
            required = f"{'-':>10} {'-':>6}"
        yield f"{queue.id:<16} {contacts:>10,.0f} {work:>10,.1f} {required}  {formula(queue)}"


def formula(queue: Queue) -> str:
    """What a queue is staffed by, in words."""
    if queue.channel == "deferred":
        return f"work due within {queue.deadline:g} h, when others leave room for it"
    by = "Erlang C"
    if queue.patience is not None:
        by = f"Erlang A, patience {queue.patience:g} s"
    if queue.handle_time_growth:
        return f"{queue.concurrency} at once, slower together; {by}"
    return by if queue.concurrency == 1 else f"{queue.concurrency} at once; {by}"
