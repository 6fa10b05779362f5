"""A schedule read into the roster of a search."""

from __future__ import annotations

from wfm.errors import InputError
from wfm.schedule import Schedule
from wfm.solver.activities.lacks import lacks_of
from wfm.solver.activities.reading import read_activities
from wfm.solver.roster import Roster
from wfm.solver.search import Search


def read_schedule(search: Search, schedule: Schedule) -> None:
    """Put a schedule into the search's roster, in place of what is there.

    Raises
    ------
    InputError
        If a shift is not one that the templates offer on its day.
    """
    instance, problem = search.instance, search.instance.problem
    roster = search.roster = Roster.empty(instance)
    rows = {agent.id: row for row, agent in enumerate(problem.agents)}
    for shift in schedule.shifts:
        option = problem.options.find(shift.template, shift.day, shift.start, shift.end)
        if option is None:
            place = f"shift of {shift.agent!r} on day {shift.day}"
            raise InputError(place, "be one that its template offers", shift.template)
        row = rows[shift.agent]
        roster.tours[row, shift.day] = option
        starts = [pause.start // problem.horizon.interval for pause in shift.breaks]
        roster.places[row, shift.day, : len(starts)] = starts
        read_activities(search, row, shift)
    search.set_worth(search.worth)
    for row, tour in enumerate(roster.tours):
        roster.own[row] = search.own_cost(row, tour)
        roster.lacks[row], _ = lacks_of(search, row)
        search.put(row)
