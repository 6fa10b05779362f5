"""Everyone's one day by CP-SAT: some agents choose their duties anew, all else is fixed.

`build` puts the `model` together from these parts:

1. `duties`: what each agent can do that day.
2. `coupling`: the limits that tie several agents.
3. `service`: heads, their division over the queues, and what is not answered; `backlog` for work
   that may wait.
"""
