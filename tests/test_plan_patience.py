"""From hang-ups and waits in a planner's history to the patience that its queue is staffed by."""

from __future__ import annotations

from datetime import date

import pytest

from tests.small_center import START, write_small_center
from wfm.plan import plan_folder


@pytest.fixture
def folder(tmp_path):
    """The small centre, in whose history two of each interval's contacts hung up after 60 s."""
    home = write_small_center(tmp_path / "center")
    header, *rows = (home / "history.csv").read_text(encoding="utf-8").split()
    rows = [" ".join(pair) for pair in zip(rows[::2], rows[1::2], strict=True)]
    waits = [f"{header},abandoned,wait", *(f"{row},2,60" for row in rows), ""]
    (home / "history.csv").write_text("\n".join(waits), encoding="utf-8")
    return home


def test_a_plan_learns_patience(folder):
    """A queue that states no patience is planned by that of its history, and a note says so."""
    made = plan_folder(folder, date.fromisoformat(START), seconds=0.5)
    offered = made.history.frame["offered"].sum()
    hung_up = made.history.frame["abandoned"].sum()
    (queue,) = made.problem.demand.queues
    assert queue.patience == pytest.approx(60 * offered / hung_up)
    assert made.notes[0].startswith(f"patience: calls: {queue.patience:.0f} s (95 % ")


def test_a_stated_patience_wins(folder):
    """A queue that states its patience keeps it, without a note."""
    text = (folder / "center.toml").read_text(encoding="utf-8")
    text = text.replace('id = "calls"', 'id = "calls"\npatience = 200', 1)
    (folder / "center.toml").write_text(text, encoding="utf-8")
    made = plan_folder(folder, date.fromisoformat(START), seconds=0.5)
    assert made.problem.demand.queues[0].patience == 200
    assert not any(note.startswith("patience") for note in made.notes)


def test_nothing_after_the_start_is_learned_from(folder):
    """Hang-ups on and after the first day to plan are not looked at."""
    early = plan_folder(folder, date(2026, 11, 23), seconds=0.5)
    (note,) = [note for note in early.notes if note.startswith("patience")]
    assert f"from {14 * 8 * 2} contacts" in note
