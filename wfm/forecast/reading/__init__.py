"""From files and data frames to histories and forecasts: every fault named, nothing guessed."""
