"""Users: reading, creating, changing, deleting (contract 04, sections 1.1 and 2)."""
