"""A planner's folder: the centre, its people and its past."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import BeforeValidator, Field, SerializeAsAny, field_validator

from wfm.agent import Agent, Contract, Household, Skill
from wfm.deferred import DeferredWork
from wfm.demand import BusyFactor, Demand
from wfm.errors import InputError
from wfm.horizon import Horizon
from wfm.io.past import read_previous
from wfm.io.people import read_agents
from wfm.io.place import at
from wfm.io.toml import TomlFile, read_toml
from wfm.problem import Previous, Problem
from wfm.queue import Queue
from wfm.rule import Rule
from wfm.shift import ShiftTemplate
from wfm.value import Value

CENTER = "center.toml"
AGENTS = "agents.csv"
TABLES: dict[str, type[Value]] = {
    "queues": Queue,
    "skills": Skill,
    "contracts": Contract,
    "shifts": ShiftTemplate,
    "households": Household,
    "rules": Rule,
}


class Desk(Value):
    """What staffing needs to know of a centre: when and for what its people are there.

    Parameters
    ----------
    timezone : str
        IANA name of the zone whose wall clock the centre lives by.
    interval : {5, 10, 15, 30, 60}
        Minutes of a planning interval.
    queues : tuple of Queue
        With their targets.
    busy : BusyFactor, optional
        How far whole days may be busier or quieter than forecast, and what to staff for then.
    """

    timezone: str
    interval: Literal[5, 10, 15, 30, 60] = 15
    queues: tuple[Queue, ...] = Field(min_length=1)
    busy: BusyFactor | None = None

    @field_validator("timezone")
    @classmethod
    def _known_zone(cls, name: str) -> str:
        try:
            ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            raise InputError("Center.timezone", "be an IANA time zone", name) from None
        return name


class Center(Desk):
    """A contact centre as a planner's folder describes it: a :class:`Desk`, and who works there.

    Parameters
    ----------
    name : str
        For titles.
    country : str, optional
        ISO code of the country whose national holidays the forecast knows.
    history : pathlib.Path
        File of past contacts.
    previous : pathlib.Path, optional
        File of the roster of the days before, as :func:`wfm.io.read_previous` reads it.
    skills, contracts, shifts, households, rules, agents : tuple
        As in :class:`wfm.Problem`.
    """

    name: str = ""
    country: str | None = None
    history: Path = Path("history.csv")
    previous: Path | None = None
    skills: tuple[Skill, ...] = Field(min_length=1)
    contracts: tuple[Contract, ...] = Field(min_length=1)
    shifts: tuple[ShiftTemplate, ...] = Field(min_length=1)
    households: tuple[Household, ...] = ()
    rules: tuple[Annotated[SerializeAsAny[Rule], BeforeValidator(Rule.parse)], ...] = ()
    agents: tuple[Agent, ...] = Field(min_length=1)

    def horizon(self, start: date, days: int) -> Horizon:
        """Days of the centre, cut into its intervals."""
        return Horizon(start=start, days=days, timezone=self.timezone, interval=self.interval)

    def problem(self, demand: Demand, previous: Previous | None = None) -> Problem:
        """Make the problem of planning these people for a demand.

        Parameters
        ----------
        demand : Demand
            What the queues ask for; holds the horizon.
        previous : Previous, optional
            The end of the period before.

        Raises
        ------
        InputError
            If the tables and rules of the folder do not fit together.
        """
        with at(CENTER, without="Problem: "):
            return Problem(
                demand=demand,
                agents=self.agents,
                contracts=self.contracts,
                skills=self.skills,
                households=self.households,
                shifts=self.shifts,
                rules=self.rules,
                previous=previous or Previous(),
            )

    def past(self, horizon: Horizon) -> Previous:
        """Read who worked what before a horizon; nobody, without a file of it."""
        if self.previous is None:
            return Previous()
        return read_previous(
            self.previous, horizon, [agent.id for agent in self.agents], self.shifts
        )

    def check(self, horizon: Horizon) -> None:
        """Raise `InputError` if tables and rules do not fit together on these days."""
        nothing = (0.0,) * horizon.slots
        count = len(self.queues)
        self.problem(
            Demand(
                horizon=horizon,
                queues=self.queues,
                contacts=(nothing,) * count,
                aht=(nothing,) * count,
                required=((0,) * horizon.slots,) * count,
                service=((((0, 0.0),),) * horizon.slots,) * count,
                deferred=tuple(
                    DeferredWork(queue=queue.id, arrived=nothing, due=nothing)
                    for queue in self.queues
                    if queue.channel == "deferred"
                ),
            )
        )


def read_center(folder: str | Path) -> Center:
    """Read a planner's folder: ``center.toml``, ``agents.csv`` and where the history lies.

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
    plain = [name for name in Center.model_fields if name not in TABLES and name != "agents"]
    file.refuse_unknown_keys([*plain, *TABLES])
    tables = {name: _table(file, name, kind) for name, kind in TABLES.items()}
    agents = read_agents(
        home / AGENTS,
        contracts=[row.id for row in tables["contracts"]],  # type: ignore[attr-defined]
        skills=[row.id for row in tables["skills"]],  # type: ignore[attr-defined]
    )
    with at(CENTER, without="Center."):
        values = {key: value for key, value in file.data.items() if key in plain}
        center = Center(**{**values, **tables, "agents": agents})
    named = {"history": center.history, "previous": center.previous}
    paths = {key: home / path for key, path in named.items() if path is not None}
    for key, path in paths.items():
        if not path.is_file():
            raise InputError(f"{CENTER} {key}", f"name a file in {home}", str(named[key]))
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
    where = Path(path)
    file = read_toml(where / CENTER if where.is_dir() else where)
    file.refuse_unknown_keys([name for name in Center.model_fields if name != "agents"])
    with at(file.name, without="Desk."):
        plain = {key: value for key, value in file.data.items() if key in Desk.model_fields}
        return Desk(**{**plain, "queues": _table(file, "queues", Queue)})


def _table(file: TomlFile, name: str, kind: type[Value]) -> list[Value]:
    """Rows of ``[[name]]`` as values, each fault with the line of its row."""
    found: dict[str, Value] = {}
    for index, row in enumerate(file.rows(name)):
        if kind is Rule:
            with at(file.place(name, index)):
                found[str(index)] = Rule.parse(row)
            continue
        with at(file.place(name, index), without=f"{kind.__name__}."):
            value = kind(**row)
            if value.id in found:  # type: ignore[attr-defined]
                raise InputError("id", f"differ from that of every other of the {name}", row["id"])
        found[row["id"]] = value
    return list(found.values())
