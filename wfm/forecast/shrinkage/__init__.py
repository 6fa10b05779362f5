"""Scheduled time in which people are not available: learned by activity, and paid for."""
