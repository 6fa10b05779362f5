"""The second sample centre is what its description says, and the same for the same seed."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest
from typer.testing import CliRunner

from wfm.agent_rule import AgentRule
from wfm.cli import app
from wfm.errors import InputError
from wfm.forecast import read_history
from wfm.io import read_center
from wfm.sample import write_sample
from wfm.sample.centres import CENTRES

START = date(2026, 12, 7)
DAYS = CENTRES["families"].days


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    home = tmp_path_factory.mktemp("families") / "center"
    return write_sample(home, start=START, centre="families")


@pytest.fixture(scope="module")
def center(folder):
    return read_center(folder)


@pytest.fixture(scope="module")
def horizon(center):
    return center.horizon(START, DAYS)


def test_the_seed_decides(folder, tmp_path):
    """Equal seeds give equal files, and another seed another history of the same people."""
    again = write_sample(tmp_path / "again", seed=1, centre="families")
    for path in sorted(folder.iterdir()):
        assert path.read_bytes() == (again / path.name).read_bytes()
    other = write_sample(tmp_path / "other", seed=2, centre="families")
    differ = [p.name for p in folder.iterdir() if p.read_bytes() != (other / p.name).read_bytes()]
    assert differ == ["history.csv"]


def test_the_centre_fits_together(center, horizon):
    """The folder can be read, its tables, rules and last days fit together on all 28 days."""
    assert horizon.days == 28
    center.check(horizon)
    center.past(horizon)


def test_120_people(center):
    """120 people with names of their own have five contracts, each with hours agreed on."""
    assert len(center.agents) == len({str(agent) for agent in center.agents}) == 120
    used = {agent.contract for agent in center.agents}
    assert used == {contract.id for contract in center.contracts}
    assert len(used) == 5
    assert all(contract.weekly_hours for contract in center.contracts)
    assert {agent.tier for agent in center.agents} == {"senior", "regular", "junior"}


def test_teams_and_sites(center):
    """Twelve teams of 8 to 12, each at one of three sites and with a lead and a mentor."""
    teams = Counter(agent.team for agent in center.agents)
    assert len(teams) == 12
    assert all(8 <= people <= 12 for people in teams.values())
    assert len({agent.site for agent in center.agents}) == 3
    assert len({(agent.team, agent.site) for agent in center.agents}) == 12
    for skill in ("lead", "mentor"):
        assert {agent.team for agent in center.agents if skill in agent.skills} == set(teams)
    assert sum("new" in agent.skills for agent in center.agents) == 8


def test_four_queues(center, folder):
    """Calls round the clock, important calls, chats and complaints, each with two years behind."""
    assert [queue.id for queue in center.queues] == ["voice", "vip", "chat", "complaints"]
    history = read_history(folder / "history.csv", timezone=center.timezone, queues=center.queues)
    assert history.queues == ("voice", "vip", "chat", "complaints")
    assert len(history.series("voice")) >= 2 * 365 * 48


def test_the_choice_of_shifts(center):
    """Templates expand into some tens of options a day."""
    options = sum(len(template.starts) * len(template.lengths) for template in center.shifts)
    assert 40 <= options <= 80


def test_25_households(center):
    """Nobody is in two households, and each of them has a promise."""
    members = [member for home in center.households for member in home.members]
    assert len(center.households) == 25
    assert len(set(members)) == len(members)
    promised = {getattr(rule, "household", None) for rule in center.rules}
    assert {home.id for home in center.households} <= promised


def test_promises_to_many(center):
    """Forty people and more have a promise of their own or of their household."""
    homes = {home.id: home.members for home in center.households}
    bound = set()
    for rule in center.rules:
        if rule.kind == "family":
            bound.update(homes.get(getattr(rule, "household", ""), ()))
            bound.update(getattr(rule, "agents", ()))
    assert len(bound) >= 40


def test_promises_carry_no_reasons(center):
    """Family rules say when, and never why."""
    family = [rule for rule in center.rules if rule.kind == "family"]
    said = {field for rule in family for field in type(rule).model_fields}
    assert not said & {"reason", "comment", "note", "why"}


def test_a_hundred_wishes(center):
    """A hundred wishes are made at a price, by people of every team and for every week."""
    wishes = [rule for rule in center.rules if rule.kind == "wish"]
    assert len(wishes) == 100
    kinds = {rule.name() for rule in wishes}
    assert kinds == {"day_off_request", "shift_request", "ranked_request", "bid"}
    assert all(rule.weight and isinstance(rule, AgentRule) for rule in wishes)
    teams = {agent.id: agent.team for agent in center.agents}
    assert {teams[agent] for rule in wishes for agent in rule.agents} == set(teams.values())
    dates = {when for rule in wishes for when in getattr(rule, "dates", ())}
    weeks = {(when - START).days // 7 for when in dates}
    assert weeks == {0, 1, 2, 3}


def test_an_unknown_centre(tmp_path):
    """A centre that there is not is refused, in Python and by the command."""
    with pytest.raises(InputError, match="centre must be one of first, families, got 'second'"):
        write_sample(tmp_path, centre="second")
    told = CliRunner().invoke(app, ["demo", str(tmp_path / "out"), "--centre", "second"])
    assert told.exit_code == 2
    assert not (tmp_path / "out").exists()
