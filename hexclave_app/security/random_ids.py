"""Random identifiers and secrets in the formats of the contract (01, section 1)."""

import base64
import os
import uuid

CROCKFORD = "0123456789abcdefghjkmnpqrstvwxyz"
_RFC_4648 = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
_TO_CROCKFORD = bytes.maketrans(_RFC_4648, CROCKFORD.encode())
_TOKEN_LENGTH = 45  # 224 bits in base 32


def random_token(prefix: str = "", *, length: int = _TOKEN_LENGTH) -> str:
    """Prefix plus `length` random lower-case Crockford base32 characters (5 bits each)."""
    digits = base64.b32encode(os.urandom((length * 5 + 7) // 8))[:length]
    return prefix + digits.translate(_TO_CROCKFORD).decode()


def request_id() -> str:
    """16 characters, 80 bits."""
    return random_token(length=16)


def new_id() -> uuid.UUID:
    """A version 4 UUID: the SDK and search-by-id test for that version."""
    return uuid.uuid4()
