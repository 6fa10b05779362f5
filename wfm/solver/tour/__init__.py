"""The tour programme: one agent's best tour, exactly, by a walk over the days.

Its states are what the limits still need to know: the product of the automata of all promises that
look at three days and more, and the shift class of the day before for those that look at two.
Agents whose limits say the same share it. Limits become a programme in this order:

1. `counter` makes an `automaton` of each promise, whose states are its counts.
2. `product` multiplies the automata of all promises, as far as the states are not too many.
3. `layout` lays the product and the classes of options out as the arrays of a `programme`.
4. `compiler` does all that for each class of agents, and keeps what several of them share.
5. `walk` is the kernel that finds the best tour.
"""
