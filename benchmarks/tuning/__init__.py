"""How the solver is tuned: runs with their traces, what is measured on them, and verdicts."""
