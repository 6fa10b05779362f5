"""Every notebook runs from top to bottom, and is stored without what it shows."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient
from nbformat.v4 import new_code_cell

EXAMPLES = Path(__file__).parent.parent / "examples"
NOTEBOOKS = sorted(EXAMPLES.glob("*.ipynb"))
SHORT = new_code_cell("seconds = 0.5")
"""Put below the cell that is tagged ``parameters``, as papermill does."""

EACH = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.name)


def read(path: Path) -> nbformat.NotebookNode:
    return nbformat.read(path, as_version=4)


def test_there_are_notebooks():
    """The examples are where these tests look for them."""
    assert EXAMPLES / "01_first_schedule.ipynb" in NOTEBOOKS


@EACH
def test_notebooks_are_stored_without_outputs(path):
    """A stored notebook holds no outputs, no counts and no trace of the machine it was made on."""
    notebook = read(path)
    nbformat.validate(notebook)
    for cell in notebook.cells:
        if cell.cell_type == "code":
            assert cell.outputs == []
            assert cell.execution_count is None
    assert set(notebook.metadata) <= {"kernelspec", "language_info"}


@EACH
def test_notebooks_run(path, tmp_path, monkeypatch):
    """A notebook runs in an empty folder, with short searches, and says nothing on stderr."""
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path / "ipython"))
    notebook = read(path)
    tags = [cell.metadata.get("tags", []) for cell in notebook.cells]
    (place,) = (index for index, tagged in enumerate(tags) if "parameters" in tagged)
    notebook.cells.insert(place + 1, SHORT)
    client = NotebookClient(notebook, timeout=300, resources={"metadata": {"path": str(tmp_path)}})
    client.execute()
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    assert not [output for output in outputs if output.get("name") == "stderr"]
    assert any("image/png" in output.get("data", {}) for output in outputs)
