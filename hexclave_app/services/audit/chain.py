"""The chain: each entry's MAC covers the entry and the MAC before it (as in RFC 2104 HMAC, keyed by the master key).

Whoever can only write to the database can neither change, drop nor insert an entry unnoticed, because the key is not in
the database. Going back to an earlier state of the whole log goes unnoticed unless the end of the chain was noted
elsewhere, which is what `hexclave audit verify --expect` is for.
"""

import hashlib
import hmac
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC
from typing import Final

from models import AuditEntry

GENESIS: Final = "0" * 64


@dataclass(frozen=True, slots=True)
class Verdict:
    """What checking a chain found."""

    entries: int
    head: str
    broken_at: int | None
    """The first entry that is wrong or missing."""


def mac(key: bytes, entry: AuditEntry, previous: str) -> str:
    """The MAC of an entry whose predecessor has the given one."""
    content = {
        "tenancy_id": str(entry.tenancy_id),
        "seq": entry.seq,
        "at": entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "action": entry.action,
        "actor_type": entry.actor_type,
        "actor_id": entry.actor_id,
        "address": entry.address,
        "target_id": entry.target_id,
        "user_id": entry.user_id,
        "team_id": entry.team_id,
        "before": entry.before,
        "after": entry.after,
        "previous": previous,
    }
    canonical = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return hmac.new(key, canonical.encode(), hashlib.sha256).hexdigest()


def verify(key: bytes, entries: Iterable[AuditEntry], *, last_seq: int, head: str) -> Verdict:
    """Check all entries of one tenancy, oldest first, against the recorded end of its chain."""
    previous, count = GENESIS, 0
    for entry in entries:
        expected = mac(key, entry, previous)
        if entry.seq != count + 1 or not hmac.compare_digest(expected, entry.mac):
            return Verdict(count, previous, count + 1)
        previous, count = entry.mac, entry.seq
    if count != last_seq or not hmac.compare_digest(previous, head):
        return Verdict(count, previous, count + 1)
    return Verdict(count, previous, None)
