"""Let pyworkforce answer: JSON on stdin, JSON on stdout. Run by its interpreter, without wfm."""

from __future__ import annotations

import json
import sys
import time
from importlib.metadata import version
from typing import Any


def main() -> None:
    """Answer one question, or say why not."""
    asked = json.load(sys.stdin)
    try:
        from pyworkforce.rostering import MinHoursRoster  # noqa: PLC0415
        from pyworkforce.scheduling import MinAbsDifference, MinRequiredResources  # noqa: PLC0415

        told = version("pyworkforce")
    except Exception as error:  # whatever keeps it from being imported is the reason
        json.dump({"absent": f"{type(error).__name__}: {error}"}, sys.stdout)
        return
    seconds, question = asked["seconds"], asked["question"]
    kind = question.pop("kind")
    schedulers = {"roster": MinHoursRoster, "cost": MinRequiredResources}
    if kind == "difference":
        question.pop("cost_dict")
    began = time.monotonic()
    make: Any = schedulers.get(kind, MinAbsDifference)
    found = make(**question, max_search_time=seconds).solve()
    took = time.monotonic() - began
    answer = None
    if found["cost"] != -1 and kind == "roster":
        answer = [[r["resource"], r["day"], r["shift"]] for r in found["resource_shifts"]]
    elif found["cost"] != -1:
        answer = [[r["day"], r["shift"], r["resources"]] for r in found["resources_shifts"]]
    proven = found["status"] in ("OPTIMAL", "INFEASIBLE")
    json.dump(
        {
            "version": told,
            "answers": [] if answer is None else [[took, answer]],
            "seconds": took,
            "proven": proven,
        },
        sys.stdout,
    )


if __name__ == "__main__":
    main()
