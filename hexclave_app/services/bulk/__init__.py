"""Moving users in bulk: `rows` says what a line of a file may contain, `importing` and `exporting` do the work."""
