"""Versions: ours is that of the SDK whose contract we serve."""

import re
from functools import total_ordering

SERVER_VERSION = "2.8.108"
SECURITY_CUT_OFF = "2.8.57"

# semver.org, "Is there a suggested regular expression to check a SemVer string?"
_SEMVER = re.compile(
    r"^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)"
    r"(?:-((?:0|[1-9]\d*|\d*[a-zA-Z-][0-9a-zA-Z-]*)(?:\.(?:0|[1-9]\d*|\d*[a-zA-Z-][0-9a-zA-Z-]*))*))?"
    r"(?:\+([0-9a-zA-Z-]+(?:\.[0-9a-zA-Z-]+)*))?$"
)


@total_ordering
class SemanticVersion:
    """A version with the precedence of semver 2.0.0, section 11; build metadata does not count."""

    def __init__(self, text: str) -> None:
        match = _SEMVER.match(text)
        if match is None or len(text) > 256:
            raise ValueError(f"{text!r} is not a semantic version")
        self.text = text
        self.major, self.minor, self.patch = int(match[1]), int(match[2]), int(match[3])
        self.pre = tuple(match[4].split(".")) if match[4] else ()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, SemanticVersion) and self._key() == other._key()

    def __lt__(self, other: "SemanticVersion") -> bool:
        return self._key() < other._key()

    def __hash__(self) -> int:
        return hash(self._key())

    def _key(self) -> tuple[object, ...]:
        # A version without pre-release comes after those with one; numbers come before words.
        pre = tuple((0, int(part), "") if part.isdigit() else (1, 0, part) for part in self.pre)
        return (self.major, self.minor, self.patch, not self.pre, pre)


def version_problem(text: str) -> tuple[str, bool] | None:
    """What is wrong with a client's version, and whether severely; None when up to date (contract 01, section 14)."""
    try:
        client = SemanticVersion(text)
    except ValueError:
        return f"{text!r} is not a valid version.", True
    server = SemanticVersion(SERVER_VERSION)
    if client < SemanticVersion(SECURITY_CUT_OFF):
        return f"Version {text} has known security problems. Please upgrade to {SERVER_VERSION}.", True
    if (client.major, client.minor) != (server.major, server.minor):
        return f"Version {text} does not fit this server. Please use {SERVER_VERSION}.", True
    if client.patch < server.patch:
        return f"Version {text} is older than {SERVER_VERSION}. Please upgrade.", False
    if not client > server and text != SERVER_VERSION:
        return f"Version {text} is not a release. Please use {SERVER_VERSION}.", True
    return None
