"""Rosters of whole shifts: nobody calls, and all that is asked for is asked for by rules.

Where every shift is without breaks and what couples people has a price (such as a number of heads
on each shift of each day), the whole problem is one integer program, and everyone's row alone a
tour programme.

1. `suited`: whether a problem is of this kind.
2. `stating`: its limits as the rows of a `program`.
3. `people`: everyone's tour programme, and what couples them.
4. `annealing`: a roster improved by someone's best stretch of days under noise that fades.
5. `generation`: the linear program over whole rows, whose prices give the bound.
6. `narrowing`: the cells that rosters near that bound can hold.
7. `part`: a part of the program, everything else fixed, for the `engine`.
8. `neighbourhoods`: which people and days are chosen anew together.
9. `hunt`: first rows, annealing, the whole near the bound, then neighbourhoods; `hand` holds what
   its threads share.
"""
