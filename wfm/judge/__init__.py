"""The independent judge of schedules: nothing here knows how they were made."""
