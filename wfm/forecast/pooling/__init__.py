"""How many agents of each skill group the queues need together, each agent counted once."""
