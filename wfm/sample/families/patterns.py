"""How the contacts of the second sample's queues come; volumes are set here."""

from __future__ import annotations

from dataclasses import replace

from wfm.sample.patterns import PATTERNS, Pattern

FAMILY_CONTACTS = {"voice": 18_500.0, "vip": 1_800.0, "chat": 6_400.0}
"""Expected contacts of the first planned week, were it without holidays."""
COMPLAINTS = Pattern(
    "complaints",
    1_300.0,
    weekdays=(1.25, 1.05, 1.0, 0.95, 0.9, 0, 0),
    profile={8: 7, 10: 13, 12: 9, 14: 11, 16: 10, 18: 5},
    aht={8: 430, 13: 450, 18: 460},
    hours=(8, 18),
    holiday=0.3,
    abandoned=0.03,
)
FAMILY_PATTERNS = (
    *(replace(pattern, contacts=FAMILY_CONTACTS[pattern.queue]) for pattern in PATTERNS),
    COMPLAINTS,
)
