"""DNS records that a domain needs, and what the DNS really says, shown as it is."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import dns.asyncresolver
import dns.exception
import dns.rdatatype
import dns.resolver

LIMIT_S: Final = 7.0
_TYPES: Final = frozenset({"A", "AAAA", "CNAME", "MX", "NS", "TXT"})


@dataclass(frozen=True, slots=True)
class DnsRecord:
    """A record that somebody has to enter."""

    type: str
    name: str
    value: str
    priority: int | None = None

    def line(self) -> str:
        """The record on one line, as people copy it."""
        value = f'"{self.value}"' if self.type == "TXT" else self.value
        return " ".join(part for part in (self.type, self.name, str(self.priority or ""), value) if part)


@dataclass(frozen=True, slots=True)
class RecordCheck:
    """A record beside what is there."""

    record: DnsRecord
    found: tuple[str, ...]
    problem: str = ""

    @property
    def is_right(self) -> bool:
        """Whether the wanted value is among those found."""
        return _normal(self.record) in {value.rstrip(".").casefold() for value in self.found}


async def check(records: Sequence[DnsRecord], *, server: str = "") -> list[RecordCheck]:
    """Look every record up, side by side; `server` is `address` or `address:port`."""
    resolver = _resolver(server)
    return list(await asyncio.gather(*(_look_up(resolver, record) for record in records)))


def _resolver(server: str) -> dns.asyncresolver.Resolver:
    resolver = dns.asyncresolver.Resolver(configure=not server)
    resolver.lifetime = LIMIT_S
    if server:
        host, _, port = server.partition(":")
        resolver.nameservers, resolver.port = [host], int(port or 53)
    return resolver


async def _look_up(resolver: dns.asyncresolver.Resolver, record: DnsRecord) -> RecordCheck:
    if record.type not in _TYPES:
        return RecordCheck(record, (), f"Records of type {record.type} are not looked up.")
    try:
        answer = await resolver.resolve(record.name, record.type)
    except dns.resolver.NXDOMAIN:
        return RecordCheck(record, (), "There is no such name.")
    except dns.resolver.NoAnswer:
        return RecordCheck(record, (), "The name has no record of this type.")
    except (dns.exception.DNSException, OSError, ValueError) as error:
        return RecordCheck(record, (), f"The DNS did not answer: {error}")
    return RecordCheck(record, tuple(_text(item) for item in answer))


def _text(item: object) -> str:
    """A record's data as people write it."""
    strings = getattr(item, "strings", None)
    return b"".join(strings).decode("utf-8", "replace") if strings is not None else str(item)


def _normal(record: DnsRecord) -> str:
    value = f"{record.priority} {record.value}" if record.type == "MX" and record.priority else record.value
    return value.rstrip(".").casefold()
