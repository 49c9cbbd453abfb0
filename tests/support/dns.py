"""A small DNS server on loopback with the records that a test gives it."""

import socket
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import dns.flags
import dns.message
import dns.rcode
import dns.rrset

Zone = Mapping[tuple[str, str], list[str]]
"""(name, type) → values as in a zone file."""


@contextmanager
def dns_server(zone: Zone) -> Iterator[str]:
    """Serve the zone; yields `address:port`."""
    listener = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    listener.bind(("127.0.0.1", 0))

    def serve() -> None:
        while True:
            query, peer = listener.recvfrom(4096)
            if not query:
                return
            listener.sendto(_answer(query, zone), peer)

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    host, port = listener.getsockname()
    try:
        yield f"{host}:{port}"
    finally:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as stop:
            stop.sendto(b"", (host, port))
        thread.join(5)
        listener.close()


def _answer(query: bytes, zone: Zone) -> bytes:
    message = dns.message.from_wire(query)
    response = dns.message.make_response(message)
    question = message.question[0]
    name = question.name.to_text().rstrip(".")
    values = zone.get((name, question.rdtype.name))
    if values:
        response.answer.append(dns.rrset.from_text(question.name, 60, "IN", question.rdtype.name, *values))
    elif not any(known == name for known, _ in zone):
        response.set_rcode(dns.rcode.NXDOMAIN)
    return response.to_wire()
