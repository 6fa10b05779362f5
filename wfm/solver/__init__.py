"""The search for tours: one agent's whole week, everyone's one day, in turn."""
