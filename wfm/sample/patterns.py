"""How the contacts of the sample's queues come by week and day; volumes are set here."""

from __future__ import annotations

from dataclasses import dataclass

Points = dict[float, float]
"""Hour of the day -> value there; straight lines in between."""

VOICE_CONTACTS = 4300.0
VIP_CONTACTS = 440.0
CHAT_CONTACTS = 1400.0


@dataclass(frozen=True)
class Pattern:
    """How the contacts of one queue come.

    Parameters
    ----------
    queue : str
        Its name.
    contacts : float
        Expected contacts of the planned week, were it without holidays.
    weekdays : tuple of float
        Relative volume of Monday to Sunday; 0 is closed.
    hours : tuple of float
        When it is open.
    profile, aht : Points
        Relative volume, and seconds, by hour of the day.
    holiday, outage : float
        Factors on a national holiday and during the outage.
    abandoned : float
        Share of contacts that give up.
    country : str, optional
        Whose holidays it feels, such as ``"CN"`` or ``"DE-BY"``, if not those of its centre.
    """

    queue: str
    contacts: float
    weekdays: tuple[float, ...]
    profile: Points
    aht: Points
    hours: tuple[float, float] = (0, 24)
    holiday: float = 0.5
    outage: float = 0.03
    abandoned: float = 0.04
    country: str | None = None


PATTERNS = (
    Pattern(
        "voice",
        VOICE_CONTACTS,
        weekdays=(1.18, 1.08, 1.04, 1.03, 1.0, 0.72, 0.62),
        profile={0: 9, 3: 7, 5: 8, 7: 17, 9: 42, 11: 47, 13: 38, 15: 43, 18: 37, 21: 22, 24: 9},
        aht={0: 300, 6: 285, 9: 262, 14: 274, 19: 288, 24: 300},
    ),
    Pattern(
        "vip",
        VIP_CONTACTS,
        weekdays=(1.2, 1.1, 1.05, 1.05, 1.0, 0.6, 0),
        profile={8: 8, 10: 14, 12: 11, 15: 13, 18: 9, 20: 6},
        aht={8: 320, 13: 345, 20: 360},
        hours=(8, 20),
        holiday=0.3,
        abandoned=0.02,
    ),
    Pattern(
        "chat",
        CHAT_CONTACTS,
        weekdays=(1.05, 1.02, 1.0, 1.0, 0.98, 0.95, 1.0),
        profile={8: 6, 11: 13, 14: 11, 17: 14, 20: 16, 22: 8},
        aht={8: 480, 14: 510, 22: 560},
        hours=(8, 22),
        holiday=0.8,
        outage=1.7,
        abandoned=0.03,
    ),
)
