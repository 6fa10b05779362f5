"""Pages for readers, and what writes the page of rules."""
