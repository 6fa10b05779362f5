"""Large files are looked at piece by piece, wherever the pieces end."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wfm.errors import InputError
from wfm.forecast import read_history
from wfm.forecast.reading import csv_file, plain_csv

CELL = st.text("ab 5é–", max_size=3)
LINES = st.lists(st.tuples(CELL, CELL), min_size=1, max_size=12)


def in_pieces(patch, size):
    """Let pieces be of so many bytes, and of as many rows."""
    patch.setattr(plain_csv, "PIECE", size)
    patch.setattr(plain_csv, "ROWS", size)
    patch.setattr(csv_file, "PIECE", size)
    patch.setattr(csv_file, "LINES", size)


def cells(read):
    frame, rows = read
    return frame.to_numpy().tolist(), list(frame.columns), rows.tolist()


@given(lines=LINES, size=st.integers(1, 40), quoted=st.booleans(), cut=st.booleans())
def test_pieces_make_no_difference(tmp_path_factory, lines, size, quoted, cut):
    """Cells and numbers of rows, or the refusal, are those of a file that is read in one go."""
    text = "\n".join(["queue,start", *map(",".join, lines)]) + ',"x"' * quoted
    path = tmp_path_factory.mktemp("pieces") / "history.csv"
    path.write_bytes(text.encode()[: -1 if cut else None])
    outcomes = []
    for pieces in (1_000, size):
        with pytest.MonkeyPatch.context() as patch:
            in_pieces(patch, pieces)
            try:
                outcomes.append(cells(csv_file.read_csv(path, "history.csv")))
            except InputError as error:
                outcomes.append(str(error))
    assert outcomes[0] == outcomes[1]


def test_a_fault_in_a_later_piece(tmp_path, monkeypatch):
    """A byte that is no text is named with its row in the file, after a byte order mark too."""
    good = "".join(f"réclamations,2026-03-02 {hour:02d}:00,5,200\n" for hour in range(8, 18))
    path = tmp_path / "history.csv"
    path.write_bytes(f"\ufeffqueue,start,offered,aht\n{good}".encode() + b"chat \xe9,5\n")
    in_pieces(monkeypatch, 30)
    with pytest.raises(InputError) as caught:
        read_history(path, timezone="UTC")
    assert str(caught.value) == (
        r"history.csv row 12 must be a readable CSV file in UTF-8, got b'\xe9'."
    )


@pytest.mark.parametrize("mark", ["", '"'])
def test_names_across_pieces(tmp_path, monkeypatch, mark):
    """A queue is the same in every piece, whatever blanks stand around it, quoted or not."""
    names = ["calls", "chat", " calls", "calls ", "chat ", "calls"]
    rows = [
        f"{mark}{name}{mark},2026-03-02 {hour:02d}:00,5,200\n"
        for hour, name in enumerate(names, start=8)
    ]
    path = tmp_path / "history.csv"
    path.write_text("queue,start,offered,aht\n" + "".join(rows), encoding="utf-8")
    in_pieces(monkeypatch, 2)
    history = read_history(path, timezone="UTC", missing="zero")
    assert history.queues == ("calls", "chat")
    assert history.frame["offered"].sum() == 5 * len(names)
