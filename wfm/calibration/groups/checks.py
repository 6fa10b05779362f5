"""What can be staffed in groups, and the groups' costs and numbers as arrays."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from wfm.demand import Demand
from wfm.errors import InputError

MOST_QUEUES = 6


def check_queues(demand: Demand) -> None:
    """Refuse queues whose pools no formula knows, and more than can be looked at in all sets."""
    if len(demand.queues) > MOST_QUEUES:
        must = f"have at most {MOST_QUEUES} queues, as each set is looked at"
        raise InputError("staff_groups: demand", must, len(demand.queues))
    for queue in demand.queues:
        if queue.concurrency > 1 or queue.channel == "deferred":
            must = "have queues answered one contact at a time, without a deadline"
            raise InputError("staff_groups: demand", must, queue.id)
    if not demand.contacts_array.any():
        raise InputError("staff_groups: demand", "have contacts", 0)


def check_groups(demand: Demand, groups: Mapping[str, Sequence[str]]) -> None:
    """Refuse groups of unknown queues, and contacts that nobody answers."""
    ids = [queue.id for queue in demand.queues]
    for name, served in groups.items():
        if isinstance(served, str) or not served:
            raise InputError(f"groups[{name!r}]", "list the ids of its queues", served)
        unknown = next((found for found in served if found not in ids), None)
        if unknown is not None:
            raise InputError(f"groups[{name!r}]", f"hold only {', '.join(ids)}", unknown)
    for queue, contacts in zip(ids, demand.contacts_array, strict=True):
        if contacts.any() and not any(queue in served for served in groups.values()):
            raise InputError("groups", f"hold one that serves {queue!r}, which has contacts")


def by_group(
    place: str,
    given: Mapping[str, float] | None,
    groups: Mapping[str, Sequence[str]],
    otherwise: float,
) -> NDArray[np.float64]:
    """A number for each group; `otherwise` for those not named."""
    for name, value in (given or {}).items():
        if name not in groups:
            raise InputError(place, f"name groups ({', '.join(groups)})", name)
        if not value >= 0:
            raise InputError(f"{place}[{name!r}]", "be at least 0", value)
    return np.array([(given or {}).get(name, otherwise) for name in groups], dtype=float)
