"""Which URLs a project trusts: redirect targets, callbacks, passkey origins, return URLs of purchases."""

import re
from typing import TYPE_CHECKING, Final

from hexclave_app.config.urls import Origin, parse_origin

if TYPE_CHECKING:  # the schema uses `base_url_problem` of this module
    from hexclave_app.config.schema import CompleteConfig

NATIVE_SCHEME: Final = "stack-auth-mobile-oauth-url"
MAX_BASE_URL_LENGTH: Final = 300  # UTF-16 code units
_MAX_PATTERN_LENGTH: Final = 1000  # longer than any host; keeps matching cheap whatever is stored

_WILDCARD_PATTERN = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*)://([^/?#]*)(.*)", re.DOTALL)
_EXPLICIT_PORT = re.compile(r":([0-9]+|\*)\Z")
_PATTERN_PART = re.compile(r"\*\*|\*|[^*]")
_NOT_DOTTED = frozenset(".[]")  # a single star crosses no dot, and never stands for an IPv6 address


def is_trusted_url(url: str, *, config: "CompleteConfig", hosted_origin: str | None) -> bool:
    """Say whether users may be sent to the URL: loopback if allowed, the hosted pages, or a trusted domain."""
    target = parse_origin(url)
    if target is None:
        return False
    domains = config.domains
    if domains.allow_localhost and target.is_loopback:
        return True
    if hosted_origin is not None and parse_origin(hosted_origin) == target:
        return True
    patterns = (domain.base_url for domain in domains.trusted_domains.values())
    return any(_matches(pattern, target) for pattern in patterns if pattern is not None)


def is_trusted_host(host: str, *, config: "CompleteConfig", hosted_origin: str | None) -> bool:
    """Say whether a bare host name is that of a trusted domain, of the hosted pages, or loopback if allowed."""
    target = parse_origin(f"https://{host.lower()}")
    if target is None:
        return False
    domains = config.domains
    if domains.allow_localhost and target.is_loopback:
        return True
    hosted = parse_origin(hosted_origin) if hosted_origin is not None else None
    if hosted is not None and hosted.host == target.host:
        return True
    return any(
        _matches_host(domain.base_url, target.host) for domain in domains.trusted_domains.values() if domain.base_url
    )


def is_accepted_native_url(url: str) -> bool:
    """Say whether the URL has the scheme of our native SDKs; OAuth redirects may use it, e-mail links may not."""
    target = parse_origin(url)
    return target is not None and target.scheme == NATIVE_SCHEME


def is_loopback(url: str) -> bool:
    """Say whether the URL leads to this very machine."""
    target = parse_origin(url)
    return target is not None and target.is_loopback


def matches(pattern: str, url: str) -> bool:
    """Say whether the URL has the scheme, host and port of the pattern; everything else is ignored."""
    target = parse_origin(url)
    return target is not None and _matches(pattern, target)


def base_url_problem(text: str) -> str | None:
    """What keeps the text from being a useful base URL, or None."""
    if len(text.encode("utf-16-le", "surrogatepass")) // 2 > MAX_BASE_URL_LENGTH:
        return f"is longer than {MAX_BASE_URL_LENGTH} characters"
    if re.search(r"\s", text):
        return "contains a space"
    if "*" not in text:
        return None if parse_origin(text) else "is not a URL"
    return _wildcard_problem(text)


def _wildcard_problem(text: str) -> str | None:
    parts = _WILDCARD_PATTERN.fullmatch(text)
    if parts is None or parts[1] not in {"http", "https"}:
        return "is not a wildcard URL starting with http:// or https://"
    host, _, port = parts[2].partition(":")
    if "*" in parts[3] or "*" in port or "@" in parts[2]:
        return "has a wildcard outside the host"
    if not re.fullmatch(r"[A-Za-z0-9*.-]+", host) or (":" in parts[2] and not re.fullmatch(r"[0-9]{1,5}", port)):
        return "has an invalid host or port"
    if host.startswith(".") or host.endswith(".") or ".." in host:
        return "has an empty part in its host"
    return None


def _matches(pattern: str, target: Origin) -> bool:
    if "*" not in pattern:
        return parse_origin(pattern) == target
    parts = _WILDCARD_PATTERN.fullmatch(pattern)
    if parts is None or parts[1] != target.scheme or len(pattern) > _MAX_PATTERN_LENGTH:
        return False
    if _EXPLICIT_PORT.search(parts[2]):
        return _glob(parts[2], f"{target.host}:{'' if target.port is None else target.port}")
    return target.has_default_port and _glob(parts[2], target.host)


def _matches_host(pattern: str, host: str) -> bool:
    if "*" not in pattern:
        own = parse_origin(pattern)
        return own is not None and own.host == host
    parts = _WILDCARD_PATTERN.fullmatch(pattern)
    return parts is not None and len(pattern) <= _MAX_PATTERN_LENGTH and _glob(parts[2].partition(":")[0], host)


def _glob(pattern: str, text: str) -> bool:
    """Match by advancing all possible positions at once: linear in both lengths, unlike a backtracking regex."""
    positions = {0}
    for part in _PATTERN_PART.findall(pattern):
        if part[0] != "*":
            positions = {at + 1 for at in positions if at < len(text) and text[at] == part}
        else:
            positions = _stretched(positions, text, stops=_NOT_DOTTED if part == "*" else frozenset())
        if not positions:
            return False
    return len(text) in positions


def _stretched(positions: set[int], text: str, stops: frozenset[str]) -> set[int]:
    result: set[int] = set()
    for start in sorted(positions):
        at = start
        while at not in result:
            result.add(at)
            if at == len(text) or text[at] in stops:
                break
            at += 1
    return result
