"""Parsing absolute URLs so that we and every browser agree on where they lead.

Stricter than browsers on purpose: spellings that parsers read differently (backslashes, control characters, missing
slashes, encoded hosts, shorthand IPv4) are refused, because a refused URL is never trusted.
"""

import ipaddress
import re
import unicodedata
from dataclasses import dataclass
from typing import Final

DEFAULT_PORTS: Final = {"http": 80, "https": 443, "ws": 80, "wss": 443, "ftp": 21}
# schemes that run or read something local, or (intent) carry a second address, instead of leading to their host
_NEVER: Final = frozenset(
    {"javascript", "data", "vbscript", "blob", "file", "filesystem", "about", "view-source", "intent"}
)

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
_HOST_AND_PORT = re.compile(r"(\[[^\[\]]*\]|[^:\[\]]*)(?::([0-9]*))?")
_DOMAIN = re.compile(r"[a-z0-9_.-]+")
_NUMERIC_LABEL = re.compile(r"[0-9]+|0x[0-9a-f]*")
_OPAQUE_HOST = re.compile(r"[A-Za-z0-9._~!$&'()*+,;=-]*")


@dataclass(frozen=True)
class Origin:
    """Scheme, host and effective port; the port is None where the scheme has no default and none is given."""

    scheme: str
    host: str
    port: int | None

    @property
    def has_default_port(self) -> bool:
        """Say whether the port may be left out."""
        return self.port == DEFAULT_PORTS.get(self.scheme)

    @property
    def is_loopback(self) -> bool:
        """Say whether the host is this machine: localhost, 127.x.x.x or [::1]."""
        is_local_name = self.host == "localhost" or self.host.endswith(".localhost")
        return is_local_name or self.host == "[::1]" or (self.host.startswith("127.") and self.is_ipv4)

    @property
    def is_ipv4(self) -> bool:
        """Say whether the host is a bare numeric IPv4 address."""
        return _ipv4(self.host) is not None


def parse_origin(url: str) -> Origin | None:
    """Where the URL leads; None when it is relative, malformed, or read differently by different parsers."""
    scheme_match = _SCHEME.match(url)
    if scheme_match is None or _CONTROL.search(url) or url != url.strip():
        return None
    scheme, rest = scheme_match[1].lower(), url[scheme_match.end() :]
    before_query = re.split(r"[?#]", rest, maxsplit=1)[0]
    if scheme in _NEVER or "\\" in before_query:
        return None
    is_special = scheme in DEFAULT_PORTS
    if not before_query.startswith("//"):
        return None if is_special else Origin(scheme, "", None)
    authority = before_query[2:].split("/", maxsplit=1)[0]
    parts = _HOST_AND_PORT.fullmatch(authority.rpartition("@")[2])
    if parts is None:
        return None
    port = int(parts[2]) if parts[2] and len(parts[2]) <= 5 else None
    host = _host(parts[1], is_special=is_special)
    if host is None or (parts[2] and (port is None or port > 65535)) or (not host and port is not None):
        return None
    return Origin(scheme, host, DEFAULT_PORTS.get(scheme) if port is None else port)


def _host(text: str, *, is_special: bool) -> str | None:
    """The host as a browser would write it, or None."""
    if text.startswith("["):
        return _ipv6(text[1:-1])
    if not is_special:
        return text if _OPAQUE_HOST.fullmatch(text) else None
    domain = text.lower() if text.isascii() else _punycoded(text)
    if domain is None or not _DOMAIN.fullmatch(domain):
        return None
    last_label = domain.removesuffix(".").rpartition(".")[2]
    # browsers read a host that ends in a number as an IPv4 address, in many shorthand spellings
    return _ipv4(domain) if _NUMERIC_LABEL.fullmatch(last_label) else domain


def _ipv4(text: str) -> str | None:
    try:
        return str(ipaddress.IPv4Address(text))
    except ValueError:
        return None


def _ipv6(text: str) -> str | None:
    if "%" in text:
        return None
    try:
        return f"[{ipaddress.IPv6Address(text).compressed}]"
    except ValueError:
        return None


def _punycoded(text: str) -> str | None:
    """An international domain in ASCII; None for labels that browsers would map to other characters first."""
    labels = [_punycoded_label(label) for label in unicodedata.normalize("NFC", text.lower()).split(".")]
    present = [label for label in labels if label is not None]
    return ".".join(present) if len(present) == len(labels) else None


def _punycoded_label(label: str) -> str | None:
    if label.isascii():
        return label
    is_plain = all(unicodedata.category(char)[0] in "LMN" or char == "-" for char in label)
    is_unmapped = unicodedata.normalize("NFKC", label.casefold()) == label
    return f"xn--{label.encode('punycode').decode()}" if is_plain and is_unmapped else None
