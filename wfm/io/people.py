"""The people of a centre, from a table that any spreadsheet writes."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from wfm.agent import Agent
from wfm.errors import InputError
from wfm.io.rows import Row, read_rows

REQUIRED = ("id", "contract", "skills")
OPTIONAL = ("name", "team", "site", "tier")
COLUMNS = (*REQUIRED, *OPTIONAL)
BETWEEN_SKILLS = ";"


def read_agents(path: Path, contracts: Sequence[str], skills: Sequence[str]) -> tuple[Agent, ...]:
    """Read agents from a comma-separated file with a header.

    Columns: ``id``, ``contract``, ``skills`` (one or more, with ``;`` between them) and, if they
    are there, ``name``, ``team``, ``site`` and ``tier``.

    Parameters
    ----------
    path : pathlib.Path
        The file, in UTF-8.
    contracts, skills : sequence of str
        Ids that a row may name.

    Raises
    ------
    InputError
        Naming file, row (the header is row 1) and column.
    """
    agents: dict[str, Agent] = {}
    first: dict[str, str] = {}
    for row in read_rows(path, REQUIRED, COLUMNS):
        agent = _agent(row, contracts, skills)
        if agent.id in agents:
            raise InputError(row.column("id"), f"differ from that of {first[agent.id]}", agent.id)
        agents[agent.id] = agent
        first[agent.id] = row.place
    if not agents:
        raise InputError(path.name, "have a row for each agent below its header")
    return tuple(agents.values())


def _agent(row: Row, contracts: Sequence[str], skills: Sequence[str]) -> Agent:
    cells = row.cells
    mine = [skill.strip() for skill in cells["skills"].split(BETWEEN_SKILLS) if skill.strip()]
    if not mine:
        raise InputError(row.column("skills"), "name a skill", cells["skills"])
    _must_know(row.column("contract"), "contracts", contracts, [cells["contract"]])
    _must_know(row.column("skills"), "skills", skills, mine)
    return Agent(
        id=cells["id"],
        contract=cells["contract"],
        skills=tuple(dict.fromkeys(mine)),
        **{column: cells.get(column, "") for column in OPTIONAL},
    )


def _must_know(place: str, kind: str, known: Sequence[str], named: Sequence[str]) -> None:
    unknown = next((name for name in named if name not in known), None)
    if unknown is not None:
        must = f"name one of the {kind} of center.toml ({', '.join(known)})"
        raise InputError(place, must, unknown)
