"""How many agents of each skill group, by simulation, without a schedule."""
