"""Parts of the benchmark of forecasts: data with and without known truth, peers, verdicts."""
