"""Rosters of whole shifts: nobody calls, and all that is asked for is asked for by rules.

Where every shift is without breaks and what couples people has a price (such as a number of heads
on each shift of each day), the whole problem is one integer program whose relaxation is tight.

1. `suited`: whether a problem is of this kind.
2. `stating`: its limits as the rows of a `program`.
3. `part`: a part of the program, everything else fixed, for the `engine`.
4. `neighbourhoods`: which people and days are chosen anew together.
5. `hunt`: first rows, then neighbourhoods, the whole beside them, and a bound.
"""
