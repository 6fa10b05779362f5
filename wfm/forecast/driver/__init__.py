"""Contacts that follow something else: orders, customers, flights."""
