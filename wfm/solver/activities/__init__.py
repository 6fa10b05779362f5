"""What is held inside shifts: activities, paid rests, meetings, and turns on a queue.

Rules ask for it as a `wfm.piece.Piece`. From there to the schedule it goes this way:

1. `compiling` turns what rules ask for into `items`: what each agent's shift of each day may hold,
   and which of it is a meeting of several. `queues` says which queues are answered meanwhile.
2. `one_shift` lays breaks and items into one shift where they cost least; its kernels are in
   `arrangement`.
3. `one_agent` shares an agent's items out over all shifts of a tour; `one_day` lays those of one
   day, for the model of that day.
4. `room` finds tours whose shifts have room for all this, and `meetings` times at which all can
   come.
5. `lacks` says what a roster lacks all the same, and what that costs; it also reads what schedules
   hold already.

A roster keeps what was found as `marks`, the slot in which each item begins, and as `times`, those
of the meetings.
"""
