"""Forecasts of times that have passed, held against what came."""
