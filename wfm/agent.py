"""The people, what they can do, what they have agreed to, and whom they live with."""

from __future__ import annotations

from pydantic import Field, field_validator

from wfm.errors import InputError
from wfm.value import MOST_MONEY, Value
from wfm.window import Window


class Skill(Value):
    """Something that an agent is able to do.

    Parameters
    ----------
    id : str
        Name that agents refer to.
    queues : tuple of str
        Queues whose contacts it lets an agent answer; none for a role such as a supervisor.
    """

    id: str = Field(min_length=1)
    queues: tuple[str, ...] = ()


class Contract(Value):
    """What a group of agents has agreed to.

    Parameters
    ----------
    id : str
        Name that agents refer to.
    hourly_cost : float
        Cost of an hour of paid time.
    weekly_hours : float, optional
        Paid hours a week that are agreed on; what is beyond them is overtime, and shares are fair
        in proportion to them.
    premium : float
        Share of `hourly_cost` added for each paid hour inside `premium_hours`.
    premium_hours : tuple of Window
        When the premium is due, such as nights and Sundays.
    shifts : tuple of str
        Shift templates that it allows; empty means all.
    """

    id: str = Field(min_length=1)
    hourly_cost: float = Field(default=20.0, ge=0, le=MOST_MONEY)
    weekly_hours: float | None = Field(default=None, gt=0, le=168)
    premium: float = Field(default=0.0, ge=0, le=10)
    premium_hours: tuple[Window, ...] = ()
    shifts: tuple[str, ...] = ()


class Agent(Value):
    """One person.

    Parameters
    ----------
    id : str
        Key in every table.
    contract : str
        Id of the contract.
    skills : tuple of str
        Ids of the skills.
    name : str
        For people to read; the id when empty.
    team, site : str
        Whom the agent works with, and where; rules may bind a team or a site.
    tier : str
        Such as seniority, where wishes or burdens are to be shared by it.
    """

    id: str = Field(min_length=1)
    contract: str
    skills: tuple[str, ...] = Field(min_length=1)
    name: str = ""
    team: str = ""
    site: str = ""
    tier: str = ""

    def __str__(self) -> str:
        return self.name or self.id


class Household(Value):
    """Agents who live together or share the care of someone.

    Parameters
    ----------
    id : str
        Name that family rules refer to.
    members : tuple of str
        Ids of the agents, at least two.
    """

    id: str = Field(min_length=1)
    members: tuple[str, ...] = Field(min_length=2)

    @field_validator("members")
    @classmethod
    def _once_each(cls, members: tuple[str, ...]) -> tuple[str, ...]:
        if len(set(members)) < len(members):
            raise InputError("Household.members", "name each agent once", members)
        return members
