"""Other people's problems, solved by their own schedulers and by wfm.

1. `case`: what every problem has: its statement for wfm, its text for the peer, its objective.
2. `covering`, `sequences`, `rostering`, `wards`: the four kinds of problem, each with the objective
   of the peer counted from a schedule alone, without the library.
3. `reading`: the cases of other people's files, and grown ones.
4. `asking`: a peer in a process of its own, by one of the scripts `ask_*.py`, which need nothing of
   the library.
"""
