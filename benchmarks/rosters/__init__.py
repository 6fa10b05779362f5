"""Day rosters in the format of Curtois and Qu: read, stated as a problem, counted anew.

1. `reading`: a file as values.
2. `stating`: those values as an ordinary problem.
3. `recount`: what a roster costs and breaks by the format's own definition, without the library.
"""
