"""Keys, tokens, passwords: everything an attacker would look at first."""
