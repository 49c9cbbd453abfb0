"""The text of user and team API keys: self-describing, with a checksum (contract 04, section 6.1)."""

import re
import secrets
import uuid
import zlib
from dataclasses import dataclass
from enum import StrEnum

from hexclave_app.security.random_ids import CROCKFORD

_SECRET_BYTES = 29
_SECRET_LENGTH = 45  # characters, the last ones of the 47 that 29 bytes take
_MARKER = "574ck4u7h"
_SELF_HOSTED, _PUBLIC = 1, 2  # bits of the flag
_PATTERN = re.compile(
    r"(?P<prefix>[A-Za-z0-9_]+)_(?P<secret>[0-9a-hjkmnp-tv-z]{45})(?P<id>[0-9a-f]{32})(?P<owner>user|team)"
    r"(?P<flag>[0-9a-hjkmnp-tv-z])574ck4u7h(?P<checksum>[0-9a-f]{8})"
)


class KeyOwner(StrEnum):
    """Who holds an API key."""

    USER = "user"
    TEAM = "team"


@dataclass(frozen=True, slots=True)
class ParsedKey:
    """What an API key says about itself."""

    id: uuid.UUID
    owner: KeyOwner
    is_public: bool
    is_cloud: bool
    """Issued by the vendor's hosted service; never by us."""


def generate(*, key_id: uuid.UUID, owner: KeyOwner, is_public: bool) -> str:
    """A new key with 225 random bits."""
    secret = _base32(secrets.token_bytes(_SECRET_BYTES))[-_SECRET_LENGTH:]
    flag = CROCKFORD[_SELF_HOSTED | (_PUBLIC if is_public else 0)]
    body = f"{'pk' if is_public else 'sk'}_{secret}{key_id.hex}{owner.value}{flag}{_MARKER}"
    return body + _checksum(body)


def parse(text: str) -> ParsedKey | None:
    """The parts of a key; None for anything that is none, a wrong checksum included."""
    match = _PATTERN.fullmatch(text)
    if match is None or _checksum(text[: -len(match["checksum"])]) != match["checksum"]:
        return None
    flag = CROCKFORD.index(match["flag"])
    return ParsedKey(
        id=uuid.UUID(match["id"]),
        owner=KeyOwner(match["owner"]),
        is_public=bool(flag & _PUBLIC),
        is_cloud=not flag & _SELF_HOSTED,
    )


def _checksum(body: str) -> str:
    return f"{zlib.crc32(body.encode()):08x}"


def _base32(data: bytes) -> str:
    """Crockford's base 32, most significant bits first, the last group filled up with zero bits."""
    padding = -len(data) * 8 % 5
    number = int.from_bytes(data, "big") << padding
    length = (len(data) * 8 + padding) // 5
    return "".join(CROCKFORD[number >> shift & 31] for shift in range((length - 1) * 5, -1, -5))
