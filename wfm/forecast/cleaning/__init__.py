"""History without its faults: what is found, what is done about it, and what a user overrides."""
