"""The rest of today, given its morning."""
