"""Who may import whom, and what importing the library costs."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

import wfm

HOME = Path(wfm.__file__).parent

VALUES = (
    "errors",
    "value",
    "horizon",
    "window",
    "queue",
    "agent",
    "shift",
    "schedule",
    "piece",
    "privacy",
    "curves",
    "deferred",
    "demand",
    "limit",
    "number",
    "rule",
    "agent_rule",
    "reasons",
    "problem",
    "conflict",
    "result",
)
"""The values from bottom to top: each imports only those before it."""

WHOLE_VALUES = tuple(f"wfm.{name}" for name in VALUES)
LAW = {
    "wfm.rules": (*WHOLE_VALUES, "wfm.rules"),
    "wfm.ledger": (*WHOLE_VALUES, "wfm.rules"),
    "wfm.fairness": WHOLE_VALUES,
    "wfm.forecast": (*WHOLE_VALUES, "wfm.forecast"),
    # The formula is the one thing that the judge does not think anew.
    "wfm.judge": (*WHOLE_VALUES, "wfm.judge", "wfm.forecast.erlang"),
    "wfm.simulation": (*WHOLE_VALUES, "wfm.simulation"),
    "wfm.solver": (*WHOLE_VALUES, "wfm.solver"),
    "wfm.plot": (
        *WHOLE_VALUES,
        "wfm.plot",
        "wfm.judge",
        "wfm.care.point",
        "wfm.simulation.Outcome",
        "wfm.forecast.Backtest",
        "wfm.forecast.Scenarios",
        "wfm.forecast.Variance",
        "wfm.forecast.Volume",
        "wfm.forecast.volume.Volume",
        "wfm.forecast.History",
        "wfm.forecast.history.History",
    ),
    "wfm.states": (*WHOLE_VALUES, "wfm.rules"),
    "wfm.io": (
        *WHOLE_VALUES,
        "wfm.io",
        "wfm.states",
        "wfm.rules.law",
        "wfm.judge",
        "wfm.advice.option",
        "wfm.care.point",
        "wfm.care.values",
        "wfm.fairness",
        "wfm.ledger",
        "wfm.forecast.Calendar",
        "wfm.forecast.CleaningRules",
        "wfm.forecast.Event",
        "wfm.forecast.NewQueue",
        "wfm.forecast.Scenarios",
        "wfm.forecast.Volume",
        "wfm.forecast.volume.Volume",
        "wfm.forecast.History",
        "wfm.forecast.history.History",
    ),
    "wfm.sample": (*WHOLE_VALUES, "wfm.sample", "wfm.io"),
    "wfm.contract": (*WHOLE_VALUES, "wfm.contract", "wfm.rules", "wfm.solver"),
    "wfm.leave": (*WHOLE_VALUES, "wfm.rules"),
    "wfm.prepare": (*WHOLE_VALUES, "wfm.prepare", "wfm.forecast", "wfm.io"),
    "wfm.advice": (*WHOLE_VALUES, "wfm.advice", "wfm.judge", "wfm.solver"),
    "wfm.care": (*WHOLE_VALUES, "wfm.care", "wfm.judge", "wfm.rules", "wfm.solver"),
    "wfm.replan": (
        *WHOLE_VALUES,
        "wfm.replan",
        "wfm.advice",
        "wfm.judge",
        "wfm.leave",
        "wfm.rules",
        "wfm.solver",
    ),
    "wfm.calibration": (
        *WHOLE_VALUES,
        "wfm.calibration",
        "wfm.forecast",
        "wfm.judge",
        "wfm.rules",
        "wfm.simulation",
        "wfm.solver",
    ),
    "wfm.plan": (
        *WHOLE_VALUES,
        "wfm.forecast",
        "wfm.io",
        "wfm.judge",
        "wfm.prepare",
        "wfm.solver",
    ),
    "wfm.cli": ("wfm",),
}
"""What each part above the values may import, itself included."""

HEAVY = {"matplotlib", "numba", "ortools", "pandas", "scipy", "statsmodels"}
LOAD = """
import importlib, pkgutil, sys
def load(name):
    package = importlib.import_module(name)
    for found in pkgutil.walk_packages(package.__path__, name + "."):
        importlib.import_module(found.name)
"""


@dataclass(frozen=True)
class Import:
    """A name that a module takes from another, and whether it is taken when the module loads."""

    module: str
    line: int
    name: str
    loaded: bool

    def __str__(self) -> str:
        return f"{self.module} line {self.line} imports {self.name}"

    def within(self, *parts: str) -> bool:
        return any(f"{self.name}.".startswith(f"{part}.") for part in parts)


def modules() -> dict[str, Path]:
    """Every module of the library by its dotted name."""
    found = {}
    for path in sorted(HOME.rglob("*.py")):
        steps = path.relative_to(HOME.parent).with_suffix("").parts
        found[".".join(steps[:-1] if steps[-1] == "__init__" else steps)] = path
    return found


def imports(module: str, path: Path) -> Iterator[Import]:
    """What a module imports of ours, inside functions and for type checkers too."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    guarded = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test)
        for statement in node.body
        for inner in ast.walk(statement)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module} line {node.lineno} imports by a relative name."
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        else:
            continue
        for name in names:
            if name.split(".")[0] == "wfm":
                yield Import(module, node.lineno, name, id(node) not in guarded)


def part_of(module: str) -> str:
    return ".".join(module.split(".")[:2])


MODULES = modules()
IMPORTS = [found for module, path in MODULES.items() for found in imports(module, path)]


def run(program: str) -> subprocess.CompletedProcess[str]:
    """Run a program in an interpreter of its own, in which nothing is loaded yet."""
    command = [sys.executable, "-W", "error", "-c", program]
    return subprocess.run(command, check=False, capture_output=True, text=True)


def test_every_module_has_its_place_in_the_law():
    """A new part of the library must say here what it may import."""
    parts = {part_of(module) for module in MODULES} - {"wfm"}
    assert parts == {*WHOLE_VALUES, *LAW}


@pytest.mark.parametrize("module", WHOLE_VALUES)
def test_values_import_each_other_downwards(module):
    """A value loads only those below it; for type checkers it may name any value."""
    below = WHOLE_VALUES[: WHOLE_VALUES.index(module)]
    for found in IMPORTS:
        if found.module == module:
            assert found.within(*(below if found.loaded else WHOLE_VALUES)), str(found)


@pytest.mark.parametrize("part", LAW)
def test_parts_import_what_they_may(part):
    """Each part above the values imports only what the law names, even inside functions."""
    for found in IMPORTS:
        if part_of(found.module) == part:
            assert found.within(*LAW[part]), str(found)


def test_the_package_itself_loads_nothing_of_its_own():
    """Public names come when they are asked for, so that the command can heed Ctrl-C at once."""
    found = run("import sys, wfm; print([name for name in sys.modules if name.startswith('wfm.')])")
    assert (found.returncode, found.stdout) == (0, "[]\n"), found.stderr


def test_only_the_command_imports_the_command():
    """Nothing but the command's own modules imports it."""
    for found in IMPORTS:
        if part_of(found.module) != "wfm.cli":
            assert not found.within("wfm.cli"), str(found)


@pytest.mark.parametrize(
    ("part", "other"),
    [
        ("wfm.forecast", "wfm.solver"),
        ("wfm.solver", "wfm.forecast"),
        ("wfm.solver", "wfm.judge"),
        ("wfm.judge", "wfm.solver"),
        ("wfm.rules", "wfm.solver"),
        ("wfm.rules", "wfm.judge"),
        ("wfm.simulation", "wfm.solver"),
        ("wfm.simulation", "wfm.forecast"),
        ("wfm.simulation", "wfm.judge"),
    ],
)
def test_parts_stay_apart_when_loaded(part, other):
    """With all modules of a part loaded, nothing of the other is there, by any detour."""
    found = run(f"{LOAD}\nload({part!r})\nprint({other!r} in sys.modules)")
    assert (found.returncode, found.stdout) == (0, "False\n"), found.stderr


@pytest.mark.parametrize("part", ["wfm.rules", "wfm.judge", "wfm.simulation"])
def test_judges_load_without_engines(part):
    """Rules, judge and simulation load where the engine of the search is missing."""
    block = "import sys; sys.modules['ortools'] = None"
    found = run(f"{block}\n{LOAD}\nload({part!r})")
    assert found.returncode == 0, found.stderr


def test_importing_the_library_is_cheap():
    """`import wfm` loads none of the heavy packages."""
    found = run(f"import sys, wfm; print(sorted({HEAVY} & set(sys.modules)))")
    assert (found.returncode, found.stdout) == (0, "[]\n"), found.stderr


@pytest.mark.parametrize("name", wfm.__all__)
def test_public_names_resolve(name):
    """Every name that the library announces is there."""
    assert getattr(wfm, name) is not None


def test_unknown_names_do_not():
    """A name that the library lacks is refused as Python does it."""
    with pytest.raises(AttributeError, match="module 'wfm' has no attribute 'optimise'"):
        _ = wfm.optimise


def test_solve_and_verify_stay_functions():
    """No module takes the place of `wfm.solve` and `wfm.verify` once they have been used."""
    found = run(
        f"""{LOAD}
import types, wfm
problem = wfm.rules.MinRest.examples()[0].problem
result = wfm.solve(problem, seconds=0.1)
wfm.verify(problem, result.schedule)
load("wfm")
print(*(type(getattr(wfm, name)) is types.FunctionType for name in ("solve", "verify")))
"""
    )
    assert (found.returncode, found.stdout) == (0, "True True\n"), found.stderr
