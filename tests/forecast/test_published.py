"""Erlang's formulas against printed tables, papers, and what other packages document."""

from __future__ import annotations

import csv
import math
from decimal import Decimal
from pathlib import Path

import pytest

from wfm.forecast.erlang import erlang_b, erlang_c, performance, required_agents

TABLE = (Path(__file__).parent / "published.csv").read_text(encoding="utf-8")
ROWS = list(csv.DictReader(TABLE.splitlines()))
SOURCES = sorted({row["source"] for row in ROWS})
ROUNDING = 1e-12


def tolerance(row):
    """Half a unit of the last printed digit, unless the row says why it is another."""
    printed = row["tolerance"] or Decimal(row["published"]).as_tuple().exponent
    return float(printed) if row["tolerance"] else 0.5 * 10.0**printed


def number(row, column, default=None):
    return float(row[column]) if row[column] else default


def arrivals(row):
    """Contacts an hour; some sources give the load instead."""
    given = number(row, "arrivals_per_hour")
    return number(row, "load") * 3600 / number(row, "aht") if given is None else given


def measured(row):
    """The field that a source gives, in its unit."""
    threshold, patience = number(row, "threshold"), number(row, "patience", math.inf)
    found = performance(
        arrivals(row), number(row, "aht"), number(row, "agents"), threshold, patience
    )
    if row["value"] == "offered_wait_within":  # of someone who never hangs up
        return 1 - (1 - found.service_level_with_abandoned) * math.exp(threshold / patience)
    return getattr(found, row["value"]) / number(row, "unit", 1.0)


def needed(row):
    return required_agents(
        arrivals(row),
        number(row, "aht"),
        target=number(row, "target"),
        threshold=number(row, "threshold", 20.0),
        patience=number(row, "patience", math.inf),
        max_asa=number(row, "max_asa"),
        max_occupancy=number(row, "max_occupancy"),
    )


def is_met(row):
    """Whether the library gives what is printed, to the printed digits."""
    published, load, agents = float(row["published"]), number(row, "load"), number(row, "agents")
    target, off = number(row, "target"), tolerance(row) * (1 + 1e-9)
    match row["function"]:
        case "erlang_b":
            return abs(erlang_b(load, agents) - published) <= off
        case "erlang_c":
            return abs(erlang_c(load, agents) - published) <= off
        case "log_erlang_b":
            return abs(math.log(erlang_b(load, agents)) - published) <= off
        case "log_erlang_c":
            return abs(math.log(erlang_c(load, agents)) - published) <= off
        case "offered_load_b":  # the load at which so much is blocked
            return erlang_b(published - off, agents) <= target <= erlang_b(published + off, agents)
        case "offered_load_c":
            return erlang_c(published - off, agents) <= target <= erlang_c(published + off, agents)
        case "lines_b":  # the fewest with which no more is blocked
            most = target * (1 + ROUNDING)
            return erlang_b(load, published) <= most < erlang_b(load, published - 1)
        case "performance":
            return abs(measured(row) - published) <= off
        case "required_agents":
            return needed(row) == published
    return False


@pytest.mark.parametrize("source", SOURCES)
def test_published_values(source):
    """Every printed value of a source is met to the digits that it was printed with."""
    missed = [row for row in ROWS if row["source"] == source and not is_met(row)]
    assert missed == []


def test_the_table_is_large_and_says_where_from():
    """There are hundreds of values, each with its source, and a reason for each wider tolerance."""
    assert len(ROWS) >= 200
    assert all(row["source"] for row in ROWS)
    assert all(bool(row["tolerance"]) == bool(row["why"]) for row in ROWS)
