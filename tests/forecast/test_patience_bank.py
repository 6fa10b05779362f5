"""Patience of the callers of a real bank, call by call and through a history."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from wfm.forecast import estimate_patience, patience_of, read_history

CALLS = Path(__file__).parents[3] / "shared" / "data" / "anonymous_bank_1999" / "february.txt"

pytestmark = pytest.mark.skipif(
    not CALLS.exists(), reason="the calls of the Anonymous Bank (Technion, 1999) are not here"
)


@pytest.fixture(scope="module")
def calls():
    """Callers to agents: those who waited for one or were put through at once."""
    log = pd.read_csv(CALLS, sep="\t")
    log = log[(log["outcome"] != "PHANTOM") & (log["vru_time"] >= 0)]
    return log[(log["q_time"] > 0) | (log["outcome"] == "AGENT")].assign(
        hung_up=log["outcome"] == "HANG"
    )


def by_half_hours(calls):
    """The table that a switch would have written of them, without rows where nobody called."""
    day = pd.to_datetime(calls["date"].astype(str), format="%y%m%d")
    start = (day + pd.to_timedelta(calls["vru_entry"])).dt.floor("30min")
    found = calls.groupby(start.rename("start")).agg(
        offered=("hung_up", "size"), abandoned=("hung_up", "sum"), wait_time=("q_time", "sum")
    )
    return found.reset_index()


def test_the_log_is_the_published_one(calls):
    """In February 58 % of the callers to agents wait, and 12.6 % of them hang up."""
    assert (calls["q_time"] > 0).mean() == pytest.approx(0.58, abs=0.005)
    assert calls["hung_up"].mean() == pytest.approx(0.126, abs=0.001)


def test_call_by_call(calls):
    """The mean is 347 s, four times what the waits of those who hung up alone would say."""
    found = estimate_patience(calls["hung_up"], calls["q_time"])
    assert found.mean == pytest.approx(347.3, abs=0.1)
    assert (found.lower, found.upper) == pytest.approx((336, 359), abs=1.5)
    assert found.mean == pytest.approx(calls["q_time"].mean() / calls["hung_up"].mean())
    assert calls.loc[calls["hung_up"], "q_time"].mean() < 0.3 * found.mean


def test_through_a_history(calls):
    """From half hours the mean is the same; days that differ make its interval twice as wide."""
    history = read_history(by_half_hours(calls), timezone="Asia/Jerusalem", queue="bank", aht=176)
    found = patience_of(history)["bank"]
    single = estimate_patience(found.abandoned, found.waiting_time)
    assert found.mean == pytest.approx(estimate_patience(calls["hung_up"], calls["q_time"]).mean)
    assert 1.5 < (found.upper - found.lower) / (single.upper - single.lower) < 3
    assert (found.lower, found.upper) == pytest.approx((325, 371), abs=1)


def test_kinds_of_callers(calls):
    """New customers are less patient than regular ones, and those less than traders of stocks."""
    parts = {kind: rows for kind, rows in calls.groupby("type") if kind in ("NW", "PS", "NE")}
    found = {k: estimate_patience(rows["hung_up"], rows["q_time"]) for k, rows in parts.items()}
    assert found["NW"].upper < found["PS"].lower < found["PS"].upper < found["NE"].lower
    assert np.round([found[kind].mean for kind in ("NW", "PS", "NE")]).tolist() == [213, 449, 799]
