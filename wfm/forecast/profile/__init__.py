"""Weekday and time of day, times the present level: the forecaster by default."""
