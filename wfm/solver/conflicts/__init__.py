"""Which hard rules cannot hold together, for whom, on which days, and what could give way.

`teams` parts people whom hard rules tie to each other; `holding` asks the engine what can hold;
`smallest` finds the fewest rules that cannot; `whom` who and which days are part of it; `relaxing`
what could give way; `telling` puts it in words; `find` goes the whole way.
"""
