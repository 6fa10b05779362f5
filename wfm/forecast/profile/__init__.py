"""The shape of days: weekday and time of day on the wall clock."""
