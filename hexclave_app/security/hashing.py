"""One-way hashes of random secrets.

Plain SHA-256 is right here: every hashed value carries at least 160 random bits, so there is nothing to guess.
Passwords are hashed in `passwords`.
"""

import hashlib


def token_hash(token: str) -> str:
    """Hex SHA-256 of a random token, the form in which it is stored and looked up."""
    return hashlib.sha256(token.encode()).hexdigest()
