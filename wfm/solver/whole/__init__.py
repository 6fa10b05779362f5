"""A small problem as a whole, by CP-SAT: everyone's shifts and breaks of all days at once.

All rounding favours the model: its bound is a bound on the cost of every schedule.
"""
