"""What planners ask of a schedule that people know: who can swap with whom, and why it is so."""
