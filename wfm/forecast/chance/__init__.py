"""Chance: how intervals scatter around their day, and samples of what may come."""
