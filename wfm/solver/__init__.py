"""The search for tours: one agent's whole week, everyone's one day, in turn.

`solve` is the way in. `instance` holds the compiled problem and `book` its limits; `search` holds
both with the `roster` in hand, and prices it. A first roster is found by `start`, or taken over by
`warm`; `hunt` improves it, by `rows` (one agent's tour, by the programme of `tour`) and `columns`
(one day, by the model of `day`), while `bound` rises from below. `activities` has what is held
inside shifts; `conflicts` says why there is no roster.
"""
