"""What is held inside shifts: activities, paid rests, meetings, and turns on a queue.

Rules ask for it as a `wfm.piece.Piece`. From there it goes this way:

1. `compiling` makes `items` of what rules ask for: what each agent's shift of each day may hold,
   and what is a meeting of several. `queues` says which queues are answered meanwhile, and
   `beside` which limits are left out because a roster counts what it lacks itself.
2. `worths` says what an agent is worth in each slot, and `one_shift` lays breaks and items into a
   shift where that is lost least; its kernels are in `arrangement`.
3. `one_agent` shares the items out among all shifts of a tour, and `one_day` lays them into the
   shifts of one day, for the model of that day.
4. `room` finds tours with room for all that, and `meetings` the times of meetings.
5. `posts` says to which skill group each slot then belongs, and `lacks` what is lacking and what
   that costs.

A roster keeps what was found: `marks` are the slots in which items begin, `times` those of
meetings, `lacks` what each agent's lacks cost. `reading` fills them in from a schedule.
"""
