"""Several forecasters as one: the best of them for each queue, or all of them together."""
