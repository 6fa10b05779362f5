"""How long a contact takes: by weekday and time of day, and while people learn."""
