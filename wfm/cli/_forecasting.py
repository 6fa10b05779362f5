"""`wfm forecast`: from a history to what `wfm staff` reads."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import typer

from wfm.cli._forecast_text import listed, table
from wfm.cli._forecasters import chosen, tried
from wfm.cli._method import Method
from wfm.cli._progress import progress
from wfm.cli._spared import check_outputs
from wfm.errors import InputError
from wfm.forecast import Backtest, Scenarios, Volume
from wfm.io.chance import quantiles_frame, samples_frame
from wfm.io.desk import ForecastDesk
from wfm.io.files import write_files
from wfm.io.folder import center_file, folder_files, read_forecast_desk
from wfm.prepare import Prepared, prepare


@dataclass(frozen=True)
class Outputs:
    """Files to write, those left out being None."""

    volume: Path
    scenarios: Path | None = None
    quantiles: Path | None = None
    changes: Path | None = None

    @property
    def named(self) -> dict[str, Path | None]:
        """The files by the options that name them."""
        return {
            "--out": self.volume,
            "--scenarios": self.scenarios,
            "--quantiles": self.quantiles,
            "--changes": self.changes,
        }


@dataclass(frozen=True)
class Wishes:
    """How to forecast."""

    method: Method = Method.STRUCTURAL
    cleaning: bool = True
    backtest: bool = False
    samples: int = 500
    seed: int = 1


@dataclass(frozen=True, eq=False)
class Made:
    """What a forecast is made of."""

    prepared: Prepared
    volume: Volume
    scenarios: Scenarios
    reasons: list[str]
    notes: tuple[str, ...]
    backtest: Backtest | None


def run_forecast(
    center: Path,
    history: Path | None,
    start: date,
    days: int,
    outputs: Outputs,
    wishes: Wishes,
) -> None:
    """Forecast some days of a centre, write them, and say what they come to."""
    desk = read_forecast_desk(center)
    source = history or desk.history
    if outputs.changes is not None and not wishes.cleaning:
        raise InputError("--changes", "be left out with --no-clean, which changes nothing")
    check_outputs(outputs.named, [source, *folder_files(center)])
    with progress("Forecasting"):
        made = _make(desk, center_file(center), source, start, days, wishes)
    written = write_files(dict(_texts(made, outputs)))
    typer.echo("\n".join(_lines(made, outputs, wishes)))
    typer.echo(f"written to {', '.join(map(str, written))}")


def _make(
    desk: ForecastDesk, center: Path, source: Path, start: date, days: int, wishes: Wishes
) -> Made:
    prepared = prepare(desk, start, history=source, cleaning=wishes.cleaning, center=center)
    horizon = prepared.horizon(start, days)
    forecaster, reasons = chosen(wishes.method, prepared)
    volume = forecaster.forecast(prepared.past, horizon)
    lost = next((queue for queue in desk.new_queues if queue not in volume.queues), None)
    if lost is not None:
        must = f"be structural or smoothing, as {lost} has no history yet"
        raise InputError("--method", must, wishes.method.value)
    scenarios = forecaster.scenarios(prepared.past, horizon, wishes.samples, wishes.seed)
    notes = prepared.notes(horizon)
    found = tried(wishes.method, prepared) if wishes.backtest else None
    return Made(prepared, volume, scenarios, reasons, notes, found)


def _texts(made: Made, outputs: Outputs) -> Iterator[tuple[Path, str]]:
    yield outputs.volume, made.volume.frame().round(4).to_csv(index=False)
    if outputs.scenarios is not None:
        yield outputs.scenarios, samples_frame(made.scenarios).round(4).to_csv(index=False)
    if outputs.quantiles is not None:
        yield outputs.quantiles, quantiles_frame(made.scenarios).round(4).to_csv(index=False)
    if outputs.changes is not None:
        yield outputs.changes, made.prepared.cleaned.frame().to_csv(index=False)


def _lines(made: Made, outputs: Outputs, wishes: Wishes) -> Iterator[str]:
    prepared, horizon = made.prepared, made.volume.horizon
    name = prepared.desk.name or "Centre"
    yield f"{name}, {horizon.span_label}: forecast by {wishes.method.value}"
    yield ""
    lines = [str(change) for change in prepared.cleaned.changes]
    if outputs.changes is not None:
        lines = [*str(prepared.cleaned).splitlines(), f"  all of them in {outputs.changes}"]
    if wishes.cleaning:
        yield from listed("cleaned in the history", lines or ["No fault was found."])
    yield from listed("noticed in the history", made.notes)
    yield from listed("chosen by a backtest", made.reasons)
    yield from table(made.volume, made.scenarios)
    if made.backtest is not None:
        yield from (*str(made.backtest).splitlines(), "")
