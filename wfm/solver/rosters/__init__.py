"""Rosters of whole shifts: nobody calls, and all that is asked for is asked for by rules.

Where every shift is without breaks and what couples people has a price (such as a number of heads
on each shift of each day), the whole problem is one integer program, and everyone's row alone a
tour programme.

1. `suited`: whether a problem is of this kind.
2. `stating`: its limits as the rows of a `program`.
3. `people`: everyone's tour programme, and what couples them (`joint`).
4. `annealing`: a roster improved by someone's best stretch of days under noise that fades.
5. `row_program`: the linear program over whole rows, whose prices give the bound.
6. `branching`: what it leaves open, decided cell by cell until the best roster is proven.
7. `narrowing`: the cells that rosters near the bound can hold.
8. `proof`: the bounds one after the other, and what `narrowing` and `branching` need.
9. `part`: a part of the program, everything else fixed, for the `engine`.
10. `at_once`: the whole by the engine, near the bound first.
11. `neighbourhoods`: which people and days are chosen anew together.
12. `hunt`: first rows, then all of these side by side; `hand` holds what its threads share.
"""
