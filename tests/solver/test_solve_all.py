"""Problems side by side: the same schedules on every backend, faults that name their problem."""

from __future__ import annotations

import json
import os
import secrets
import subprocess
import sys
from contextlib import contextmanager

import pytest
from joblib import Parallel, delayed, parallel_config

from tests.solver.problems import problem_of
from wfm import InputError, Problem, rules, solve, solve_all
from wfm.solver.instance import MOST_QUEUES
from wfm.solver.solve_all import at_a_time

PROBLEMS = [problem_of(3, 3, calls, given=(rules.MinRest(hours=11),)) for calls in (4, 7, 10)]
SETTINGS = {"work": 300}
FIRST = {"gap": 1.0, "seconds": 120}
"""Any schedule keeps such a gap, so the search ends at the first one."""


def schedules(results) -> list[str]:
    return [result.schedule.to_json() for result in results]


@pytest.fixture(scope="module")
def alone() -> list[str]:
    """Schedules of the problems one by one; what is compiled is kept for the workers."""
    found = schedules(solve(problem, **SETTINGS) for problem in PROBLEMS)
    assert len(set(found)) == len(PROBLEMS)
    return found


def too_many_queues() -> Problem:
    """A problem that is sound by itself, but refused by the solver."""
    problem = PROBLEMS[0]
    data = json.loads(problem.to_json())
    (queue,) = data["demand"]["queues"]
    many = MOST_QUEUES + 1
    for key, value in data["demand"].items():
        if isinstance(value, list) and len(value) == 1:
            data["demand"][key] = value * many
    data["demand"]["queues"] = [{**queue, "id": f"q{number}"} for number in range(many)]
    data["skills"][0]["queues"] = [f"q{number}" for number in range(many)]
    return Problem.from_json(json.dumps(data))


@contextmanager
def _dask(_):
    distributed = _extra("distributed", "dask")
    workers = {"n_workers": 2, "threads_per_worker": 1, "processes": True}
    with (
        distributed.LocalCluster(**workers, host="127.0.0.1", dashboard_address=None) as cluster,
        distributed.Client(cluster),
        parallel_config(backend="dask"),
    ):
        yield


@contextmanager
def _ray(monkeypatch):
    monkeypatch.setenv("RAY_USAGE_STATS_ENABLED", "0")
    monkeypatch.setenv("RAY_AUTH_TOKEN", secrets.token_hex(32))  # else Ray keeps one in ~/.ray
    ray = _extra("ray", "ray")
    ray.init(
        num_cpus=2,
        include_dashboard=False,
        object_store_memory=80_000_000,
        _node_ip_address="127.0.0.1",
    )
    try:
        _extra("ray.util.joblib", "ray").register_ray()
        with parallel_config(backend="ray"):
            yield
    finally:
        ray.shutdown()


@contextmanager
def _here(_):
    yield


@contextmanager
def _threads(_):
    with parallel_config(backend="threading", n_jobs=2):
        yield


def _extra(module: str, extra: str):
    return pytest.importorskip(module, reason=f"needs the extra wfm[{extra}]")


@pytest.mark.parametrize(
    "backend",
    [
        pytest.param(_here, id="processes"),
        pytest.param(_threads, id="threads"),
        pytest.param(_dask, id="dask"),
        pytest.param(_ray, id="ray"),
    ],
)
def test_backends_give_what_one_process_gives(backend, alone, monkeypatch):
    """The schedules come in order, the same to the byte, and a refusal names its problem."""
    with backend(monkeypatch):
        assert schedules(solve_all(PROBLEMS, **SETTINGS)) == alone
        with pytest.raises(InputError) as caught:
            solve_all([PROBLEMS[0], too_many_queues()], **SETTINGS)
    assert str(caught.value) == "problems[1]: Problem.demand.queues must be at most 10, got 11."
    assert caught.value.got == MOST_QUEUES + 1
    assert caught.value.__cause__ is None


def test_seeds_and_starts_go_with_their_problem():
    """A schedule to go on from is that of the problem at the same place."""
    problem = PROBLEMS[0]
    better, first = (solve(problem, seconds=2, gap=gap) for gap in (0.0, 1.0))
    assert better.objective < first.objective
    starts = [None, better.schedule]
    found = solve_all([problem] * 2, seed=[1, 2], start_from=starts, jobs=1, **FIRST)
    assert schedules(found) == schedules([first, better])


def test_each_problem_has_its_own_seed():
    """With seeds one by one the schedules are those of solves with these seeds."""
    found = solve_all([PROBLEMS[0]] * 3, seed=[1, 2, 1], jobs=1, **SETTINGS)
    one, two, again = schedules(found)
    assert one == again
    assert two == schedules([solve(PROBLEMS[0], seed=2, **SETTINGS)])[0]


def test_no_problems_have_no_results():
    """An empty list is fine."""
    assert solve_all([]) == []


def test_how_manyat_a_time():
    """What is asked for comes first, then what surrounds it, then every core there is."""
    assert at_a_time(None) == -1
    assert at_a_time(3) == 3
    with parallel_config(n_jobs=2):
        assert at_a_time(None) == 2
        assert at_a_time(3) == 3
    with parallel_config(backend="threading"):
        assert at_a_time(None) == -1
        inside = Parallel(n_jobs=2)(delayed(at_a_time)(None) for _ in range(2))
    assert inside == [None, None]


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"seconds": 0}, "solve_all: seconds must be above 0, got 0."),
        ({"jobs": 0}, "solve_all: jobs must be a whole number other than 0, got 0."),
        ({"seed": [1, 2]}, "solve_all: seed must have one for each of the 3 problems, got 2."),
        ({"start_from": []}, "solve_all: start_from must have one for each of the 3 problems"),
        ({"problems": PROBLEMS[0]}, "solve_all: problems must be a list of problems"),
        ({"problems": [*PROBLEMS, None]}, "solve_all: problems[3] must be a Problem, got None."),
    ],
)
def test_what_cannot_be_used(given, expected):
    """Arguments are refused before anything is solved."""
    with pytest.raises(InputError) as caught:
        solve_all(**({"problems": PROBLEMS} | given))
    assert str(caught.value).startswith(expected)


INTERRUPTED = """
import os, signal, threading
from tests.solver.problems import problem_of
from tests.solver.test_solve_all import PROBLEMS, SETTINGS
from wfm import solve_all
solve_all(PROBLEMS, **SETTINGS, jobs=2)  # the workers are up
threading.Timer(1.0, os.killpg, (0, signal.SIGINT)).start()
try:
    solve_all([problem_of(40, 14, 100)] * 2, seconds=600, jobs=2)  # too much to be proven at once
except KeyboardInterrupt:
    print("interrupted")
"""


@pytest.mark.skipif(not hasattr(os, "killpg"), reason="needs process groups")
@pytest.mark.usefixtures("alone")
def test_ctrl_c_ends_it_quietly():
    """Ctrl-C, which a terminal sends to the workers too, goes through without a word of theirs."""
    done = subprocess.run(
        [sys.executable, "-c", INTERRUPTED],
        check=False,
        capture_output=True,
        text=True,
        start_new_session=True,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "interrupted\n", "")
