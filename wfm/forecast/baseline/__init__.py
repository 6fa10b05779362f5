"""The forecasts that planners make by hand: last week again, and the mean of the last weeks."""
