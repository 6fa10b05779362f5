"""Agents of skill groups that share queues: each counted once, and none too many."""

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wfm.errors import InputError
from wfm.forecast import pooled_requirement
from wfm.forecast.erlang import required_agents
from wfm.forecast.pooling.cover import least_cover
from wfm.forecast.pooling.cuts import cuts
from wfm.queue import Queue, ServiceTarget

A, B, C = (Queue(id=name) for name in "abc")
LOAD = 800.0, 198.0  # contacts an hour and seconds: 44 erlangs
ALONE = required_agents(*LOAD)


def heads(queues, arrivals, aht, groups, costs=None):
    return int(pooled_requirement(queues, arrivals, aht, groups, costs).heads[0])


def test_everyone_does_everything():
    """Two queues of 44 erlangs with flexible agents are one of 88, which takes 95, and not 50."""
    found = pooled_requirement([A, B], [800, 800], 198, {"both": ["a", "b"]})
    assert found.agents.tolist() == [[95]]
    assert found.pooled.tolist() == [95] == [required_agents(1600, 198)]


def test_nobody_helps_out():
    """Two silos take what each of them takes."""
    found = pooled_requirement([A, B], [800, 800], 198, {"a": ["a"], "b": ["b"]})
    assert found.agents.tolist() == [[ALONE], [ALONE]]
    assert found.silos.tolist() == [2 * ALONE]


def test_some_help_out():
    """With a flexible group beside two silos the least is the pool's, however few must be in it."""
    groups = {"a": ["a"], "b": ["b"], "both": ["a", "b"]}
    assert heads([A, B], [800, 800], 198, groups) == 95
    dear = {"a": 1.0, "b": 1.0, "both": 1.5}
    found = pooled_requirement([A, B], [800, 800], 198, groups, dear)
    assert 95 <= found.heads[0] <= 2 * ALONE
    alone = 2 * ALONE - found.heads[0]
    assert found.of("both")[0] == min(alone, 2 * ALONE - 95)


def test_one_sided_help():
    """Where only those of one queue help the other, the other's own may be none."""
    found = pooled_requirement([A, B], [800, 800], 198, {"a": ["a"], "both": ["a", "b"]})
    assert found.heads[0] == 95
    assert found.of("both")[0] >= ALONE


def test_cost_before_heads():
    """Cheap agents of one skill are taken as long as they cost less than dear ones of two."""
    groups = {"a": ["a"], "b": ["b"], "both": ["a", "b"]}
    dear = {"a": 1.0, "b": 1.0, "both": 3.0}
    found = pooled_requirement([A, B], [800, 800], 198, groups, dear)
    assert found.agents[:, 0].tolist() == [ALONE, ALONE, 0]
    free = {"a": 0.0, "b": 0.0, "both": 0.0}
    assert heads([A, B], [800, 800], 198, groups, free) == 95


def test_a_chain():
    """Three queues in a chain of two skills each need no more than if everyone did everything."""
    chain = {"ab": ["a", "b"], "bc": ["b", "c"], "ca": ["c", "a"]}
    found = pooled_requirement([A, B, C], [300, 300, 300], 200, chain)
    assert found.heads.tolist() == found.pooled.tolist()
    pairs = found.agents[:, 0][[0, 1, 2]] + found.agents[:, 0][[1, 2, 0]]
    assert (pairs >= required_agents(300, 200)).all()


def test_intervals_at_once():
    """Each interval is what it would be alone, and at night nobody is needed."""
    arrivals = np.array([[0.0, 40.0, 200.0, 40.0], [0.0, 10.0, 90.0, 10.0]])
    aht = np.array([[200.0], [300.0]])
    groups = {"a": ["a"], "both": ["b", "a"]}
    found = pooled_requirement([A, B], arrivals, aht, groups)
    assert found.agents[:, 0].tolist() == [0, 0]
    for slot in range(4):
        alone = pooled_requirement([A, B], arrivals[:, slot], aht[:, 0], groups)
        assert found.agents[:, slot].tolist() == alone.agents[:, 0].tolist()
        assert found.pooled[slot] == alone.pooled[0]


def test_the_strictest_goal_but_no_worse_than_apart():
    """A small strict queue is not pooled with a large easy one where apart they take fewer."""
    strict = Queue(id="a", target=ServiceTarget(level=0.99, threshold=5))
    easy = Queue(id="b", target=ServiceTarget(level=0.5, threshold=60))
    arrivals, aht = np.array([[10.0], [2000.0]]), np.full((2, 1), 240.0)
    apart = [
        required_agents(10, 240, 0.99, 5),
        required_agents(2000, 240, 0.5, 60),
    ]
    assert cuts([strict, easy], arrivals, aht)[:, 0].tolist() == [0, *apart, sum(apart)]
    assert sum(apart) < required_agents(2010, 240, 0.99, 5)


def test_means_by_contacts():
    """A pool's handle time and patience are those of its mean contact."""
    quick, slow = (Queue(id=name, patience=p) for name, p in (("a", 60.0), ("b", 300.0)))
    arrivals, aht = np.array([[300.0], [100.0]]), np.array([[100.0], [500.0]])
    pool = cuts([quick, slow], arrivals, aht)[3, 0]
    assert pool == required_agents(400, 200, patience=120)
    none = Queue(id="b")
    assert cuts([quick, none], arrivals, aht)[3, 0] <= required_agents(400, 200)
    idle = np.array([[300.0], [0.0]])
    assert cuts([quick, none], idle, aht)[3, 0] == required_agents(300, 100, patience=60)


def test_every_goal_counts():
    """Waits, hang-ups, occupancy and definitions of a queue hold for its pools too."""
    arrivals, aht = np.array([[100.0], [100.0]]), np.full((2, 1), 300.0)

    def pool(**changed):
        queue = A.model_copy(update=changed)
        return cuts([queue, B.model_copy(update={"patience": 90.0})], arrivals, aht)[3, 0]

    plain = pool(patience=90.0)
    goals = ({"max_asa": 1.0}, {"max_abandonment": 0.005}, {"definition": "answered", "level": 0.9})
    for goal in goals:
        assert pool(patience=90.0, target=ServiceTarget(**goal)) > plain
    assert pool(patience=90.0, max_occupancy=0.6) > plain


def least_by_trying(need, members, costs):
    """The least cost, then heads, of all numbers of agents there are."""
    most = int(need.max())
    best = None
    for agents in itertools.product(range(most + 1), repeat=len(members)):
        served = [
            sum(a for a, m in zip(agents, members, strict=True) if m & s) for s in range(len(need))
        ]
        if (np.array(served) >= need).all():
            found = round(float(np.dot(costs, agents)), 9), sum(agents)
            best = found if best is None else min(best, found)
    return best


@given(
    singles=st.lists(st.integers(0, 3), min_size=3, max_size=3),
    members=st.lists(st.integers(1, 7), min_size=1, max_size=3, unique=True),
    costs=st.lists(st.sampled_from([0.0, 1.0, 1.5, 2.25]), min_size=3, max_size=3),
    saved=st.integers(0, 2),
)
@settings(max_examples=40, deadline=None)
def test_the_programme_is_exact(singles, members, costs, saved):
    """The cover is the least of all covers, by cost and then by heads."""
    members = [*members, 7]
    costs = np.array([*costs[: len(members) - 1], 2.0])
    need = np.array([sum(n for i, n in enumerate(singles) if s >> i & 1) for s in range(8)])
    need[7] = max(*need[:7], need[7] - saved)
    agents = least_cover(need[:, None], np.array(members), costs)[:, 0]
    found = round(float(costs @ agents), 9), int(agents.sum())
    assert found == least_by_trying(need, members, costs)


QUEUES = [A, B, C]
LOADS = st.lists(st.floats(0, 500), min_size=3, max_size=3)
SUBSETS = st.sets(st.sampled_from("abc"), min_size=1).map(sorted)
GROUPS = st.lists(SUBSETS, min_size=1, max_size=4)


def named(subsets):
    """Groups that also hold one group for each queue, so that every queue is served."""
    return {str(n): s for n, s in enumerate([*subsets, ["a"], ["b"], ["c"]])}


@given(arrivals=LOADS, subsets=GROUPS)
@settings(max_examples=40, deadline=None)
def test_between_the_pool_and_the_silos(arrivals, subsets):
    """No grouping takes fewer than one pool, and none more than silos."""
    found = pooled_requirement(QUEUES, arrivals, 240, named(subsets))
    assert found.pooled[0] <= found.heads[0] <= found.silos[0]


@given(arrivals=LOADS, subsets=GROUPS, which=st.integers(0, 3), skill=st.sampled_from("abc"))
@settings(max_examples=40, deadline=None)
def test_flexibility_never_hurts(arrivals, subsets, which, skill):
    """A skill more in some group never takes more agents."""
    more = [sorted({*s, skill}) if n == which else s for n, s in enumerate(subsets)]
    before = heads(QUEUES, arrivals, 240, named(subsets))
    assert heads(QUEUES, arrivals, 240, named(more)) <= before


@given(
    loads=st.lists(st.floats(0, 300), min_size=3, max_size=3),
    patience=st.lists(st.sampled_from([None, 60.0, 400.0]), min_size=3, max_size=3),
    levels=st.lists(st.sampled_from([0.5, 0.8, 0.95]), min_size=3, max_size=3),
)
@settings(max_examples=30, deadline=None)
def test_cuts_are_subadditive(loads, patience, levels):
    """No subset needs more than any two parts that make it up."""
    queues = [
        Queue(id=str(n), patience=p, target=ServiceTarget(level=level))
        for n, (p, level) in enumerate(zip(patience, levels, strict=True))
    ]
    need = cuts(queues, np.array(loads)[:, None], np.full((3, 1), 240.0))[:, 0]
    for one, other in itertools.product(range(8), repeat=2):
        if not one & other:
            assert need[one | other] <= need[one] + need[other]


def test_ten_queues():
    """Ten queues, the most there may be, with agents of two neighbouring skills each."""
    queues = [Queue(id=str(n)) for n in range(10)]
    groups = {str(n): [str(n), str((n + 1) % 10)] for n in range(10)}
    found = pooled_requirement(queues, np.linspace(20, 200, 10), 300, groups)
    assert found.heads[0] == found.pooled[0] < found.silos[0]


ONE = {"all": ["a", "b"]}
FAULTS = {
    "no queues": (([], [], 9, ONE), "queues must be 1 to 10, as each subset is looked at, got 0"),
    "rows": (([A, B], [1, 2, 3], 9, ONE), "arrivals_per_hour must have a row for each of the 2"),
    "negative": (([A, B], [1, -2], 9, ONE), r"arrivals_per_hour\[1\] must be a finite number"),
    "no time": (([A, B], [1, 2], 0, ONE), "aht must be a finite number of seconds above 0, got 0"),
    "misfit": (([A, B], [1, 2], [1, 2, 3], ONE), r"aht must fit arrivals of shape \(2,\)"),
    "no groups": (([A, B], [1, 2], 9, {}), "groups must hold at least one group"),
    "a word": (([A, B], [1, 2], 9, {"x": "a"}), r"groups\['x'\] must list the ids of its queues"),
    "unknown": (([A, B], [1, 2], 9, {"x": ["c"]}), r"groups\['x'\] must hold only a, b, got 'c'"),
    "unserved": (([A, B], [1, 2], 9, {"x": ["a"]}), "groups must hold one that serves 'b', which"),
    "costs": (([A, B], [1, 2], 9, ONE, {"one": 1}), r"costs must have one for each of all, got"),
    "a gift": (([A, B], [1, 2], 9, ONE, {"all": -1}), r"costs\[0\] must be a finite number from 0"),
}


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
def test_faults_are_named(fault):
    """What cannot be staffed is refused, and said why."""
    arguments, expected = fault
    with pytest.raises(InputError, match=expected):
        pooled_requirement(*arguments)


@pytest.mark.parametrize(
    "queue",
    [
        Queue(id="a", channel="chat", concurrency=2),
        Queue(id="a", channel="deferred", deadline=8.0),
    ],
)
def test_other_channels(queue):
    """Chats beside each other and deferred work are no lines that can be pooled."""
    with pytest.raises(InputError, match="queues must be answered one contact at a time, without"):
        pooled_requirement([queue], [10], 200, {"x": ["a"]})


def test_unknown_group():
    """A group that was not asked about is refused."""
    found = pooled_requirement([A], [10], 200, {"x": ["a"]})
    with pytest.raises(InputError, match="group must be one of x, got 'y'"):
        found.of("y")
