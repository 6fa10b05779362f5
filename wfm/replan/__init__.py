"""Planning anew in the course of the day: few changes of a known schedule, for much service."""
