"""A planner's folder: the centre, its people and its past."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from wfm.agent import Contract, Household, Skill
from wfm.errors import InputError
from wfm.forecast import CleaningRules, Event, NewQueue
from wfm.io.center import CENTER, Center
from wfm.io.desk import Desk, ForecastDesk
from wfm.io.keyed import keyed_rows, rule_rows, section, state_rows
from wfm.io.laws import law_rows, swaps_with_laws
from wfm.io.people import read_agents
from wfm.io.place import at
from wfm.io.reasons import REASONS
from wfm.io.toml import TomlFile, read_toml
from wfm.queue import Queue
from wfm.shift import ShiftTemplate
from wfm.value import Value

AGENTS = "agents.csv"
TABLES: dict[str, type[Value]] = {
    "skills": Skill,
    "contracts": Contract,
    "shifts": ShiftTemplate,
    "households": Household,
}
"""Tables of the people, whose rows have an id."""
KEYS = (*(name for name in Center.model_fields if name != "agents"), "states", "laws")
DEFAULT_HISTORY = str(ForecastDesk.model_fields["history"].default)
OWN_TABLES = ("queues", "events", "cleaning", "new_queues", "rules", "states", "laws", *TABLES)


def read_center(folder: str | Path) -> Center:
    """Read a planner's folder: ``center.toml``, ``agents.csv`` and where the history lies.

    What is so of a person for a time stands in ``[[states]]``, each row with the name of a function
    of :mod:`wfm.states` and what it takes. The centre holds the rules that follow from it, after
    those of ``[[rules]]``, and nothing that names the state::

        [[states]]
        state = "nursing"          # or expecting, returning, studying, minor
        agent = "a07"
        born = 2026-05-03

        [[states]]
        state = "returning"
        agent = "a12"
        steps = [{ since = 2026-12-07, most = 20 }, { since = 2027-02-01, most = 30 }]

    Labour laws stand in ``[[laws]]``, each row with the name of a preset of :mod:`wfm.rules.law`
    and what it takes. Their rules come last; of those that differ in numbers only, the more
    protective ones. China's bring the weekends that are worked, unless they bind some people only::

        [[laws]]
        law = "germany"
        sites = ["berlin"]         # everyone, if left out

    Parameters
    ----------
    folder : str or pathlib.Path
        The folder.

    Raises
    ------
    InputError
        Naming the file, and the row and column or the key, of the first fault.
    """
    home = Path(folder)
    if not home.is_dir():
        raise InputError(str(home), "be a folder with center.toml, agents.csv and a history")
    file = read_toml(home / CENTER)
    file.refuse_unknown_keys(KEYS)
    known = _forecasting(file)
    tables = {name: keyed_rows(file, name, kind) for name, kind in TABLES.items()}
    rows = {name: list(rows.values()) for name, rows in tables.items()}
    agents = read_agents(
        home / AGENTS, contracts=list(tables["contracts"]), skills=list(tables["skills"])
    )
    states = state_rows(file, [agent.id for agent in agents])
    rules = (*rule_rows(file), *states, *(rule for rule, _ in law_rows(file)))
    plain = _plain(file, Center)
    with at(CENTER):
        center = Center(**plain, **known, **rows, rules=rules, agents=agents)
    named = {"history": center.history, "previous": center.previous}
    paths = {key: home / path for key, path in named.items() if path is not None}
    for key, path in paths.items():
        if not path.is_file():
            raise InputError(f"{CENTER} {key}", f"name a file in {home}", str(named[key]))
    if center.ledger is not None:
        paths["ledger"] = home / center.ledger
    return center.model_copy(update=paths)


def read_desk(path: str | Path) -> Desk:
    """Read what staffing needs from a ``center.toml``, whatever else it holds.

    Parameters
    ----------
    path : str or pathlib.Path
        The file, or the folder in which it lies.

    Raises
    ------
    InputError
        Naming the line and the key of the first fault.
    """
    file = read_toml(center_file(path))
    file.refuse_unknown_keys(KEYS)
    plain = _plain(file, Desk)
    with at(file.name):
        return Desk(**plain, queues=list(keyed_rows(file, "queues", Queue).values()))


def read_forecast_desk(path: str | Path) -> ForecastDesk:
    """Read what forecasting needs from a ``center.toml``, whatever else it holds.

    Parameters
    ----------
    path : str or pathlib.Path
        The file, or the folder in which it lies.

    Returns
    -------
    ForecastDesk
        Its `history` is a path seen from here, of a file that may or may not be there.

    Raises
    ------
    InputError
        Naming the line and the key of the first fault.
    """
    where = center_file(path)
    file = read_toml(where)
    file.refuse_unknown_keys(KEYS)
    known = _forecasting(file)
    plain = _plain(file, ForecastDesk)
    with at(file.name):
        desk = ForecastDesk(**plain, **known)
    return desk.model_copy(update={"history": where.parent / desk.history})


def center_file(path: str | Path) -> Path:
    """The ``center.toml`` itself, where its folder may be named instead."""
    where = Path(path)
    return where / CENTER if where.is_dir() else where


def folder_files(path: str | Path) -> tuple[Path, ...]:
    """Files of a planner's folder, there or not: a ``center.toml`` and what is read beside it.

    Parameters
    ----------
    path : str or pathlib.Path
        The file, or the folder in which it lies.
    """
    where = center_file(path)
    data = read_toml(where).data
    named = [data.get("history", DEFAULT_HISTORY), data.get("previous"), data.get("ledger")]
    beside = [AGENTS, REASONS, *(name for name in named if isinstance(name, str))]
    return (where, *(where.parent / name for name in beside))


def _plain(file: TomlFile, kind: type[Value]) -> dict[str, Any]:
    """Keys of the file that are no tables, as far as a value has them; `swaps` with the laws'."""
    names = [name for name in kind.model_fields if name not in OWN_TABLES]
    found = {name: file.data[name] for name in names if name in file.data}
    return found | {"swaps": swaps_with_laws(file)}


def _forecasting(file: TomlFile) -> dict[str, Any]:
    """Tables of which a forecast is made; queues that they name must be among the queues."""
    queues = keyed_rows(file, "queues", Queue)
    events = list(keyed_rows(file, "events", Event, "name").values())
    new_queues = keyed_rows(file, "new_queues", NewQueue, "queue")
    named = [("events", k, "queues", name) for k, e in enumerate(events) for name in e.queues]
    for index, (queue, about) in enumerate(new_queues.items()):
        named.append(("new_queues", index, "queue", queue))
        if about.like is not None:
            named.append(("new_queues", index, "like", about.like))
    for table, index, key, name in named:
        if name not in queues:
            must = f"name one of the queues ({', '.join(queues)})"
            raise InputError(f"{file.place(table, index)} {key}", must, name)
    return {
        "queues": list(queues.values()),
        "events": events,
        "cleaning": section(file, "cleaning", CleaningRules),
        "new_queues": new_queues,
    }
