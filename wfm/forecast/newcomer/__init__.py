"""Queues with little past or none: what they borrow from others."""
