"""A peer in a process of its own: a question in, its answers with their times out."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

from benchmarks.others.case import Case
from wfm.errors import InputError

Plan = TypeVar("Plan")
FOLDER = Path(__file__).parent
SLOW_START = 300.0
"""Seconds beyond its limit after which a peer is given up, imports and Java's start included."""


@dataclass(frozen=True)
class Answered(Generic[Plan]):
    """What somebody made of a problem.

    Attributes
    ----------
    plans : sequence of (float, plan)
        Each better plan with the seconds after which it was there.
    seconds : float
        Until it stopped by itself or by the limit.
    proven : bool
        Whether it says that nothing is better.
    version : str
        Of the scheduler.
    absent : str
        Why there is no answer at all; empty if there is one.
    """

    plans: Sequence[tuple[float, Plan]] = ()
    seconds: float = 0.0
    proven: bool = False
    version: str = ""
    absent: str = ""


def ask(case: Case[Plan], python: Path, seconds: float) -> Answered[Plan]:
    """Let the case's peer solve it.

    Parameters
    ----------
    case : Case
        The problem.
    python : Path
        The interpreter that has the peer.
    seconds : float
        Its limit.

    Raises
    ------
    InputError
        If the interpreter cannot be run.
    """
    script = FOLDER / f"ask_{case.peer}.py"
    question = json.dumps({"seconds": seconds, "question": case.question()})
    # Nothing of this interpreter's paths: the peer is to find its own packages alone.
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    try:
        done = subprocess.run(
            [python, script],
            input=question,
            capture_output=True,
            text=True,
            check=False,
            timeout=seconds + SLOW_START,
            env=environment,
        )
    except OSError as error:
        raise InputError(
            "--peers-python", "be a Python interpreter", f"{python}: {error}"
        ) from None
    except subprocess.TimeoutExpired:
        return Answered(absent=f"no answer {SLOW_START:g} s after its limit")
    if done.returncode:
        told = (done.stderr.strip().splitlines() or ["no word"])[-1]
        return Answered(absent=f"ended with {done.returncode}: {told}")
    found: dict[str, Any] = json.loads(done.stdout)
    if "absent" in found:
        return Answered(absent=found["absent"])
    plans = [(at, case.of_answer(answer)) for at, answer in found["answers"]]
    return Answered(plans, found["seconds"], found["proven"], found["version"])
