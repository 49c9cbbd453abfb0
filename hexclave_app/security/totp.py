"""Time-based one-time passwords (RFC 6238): SHA-1, 30 seconds, six digits."""

import hmac
from datetime import datetime

from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.hotp import HOTP

STEP_S = 30
DIGITS = 6
WINDOW = 1  # steps before and after the present one: clocks of phones differ, and typing takes time


def current_step(now: datetime) -> int:
    """The number of the 30-second step that an instant lies in."""
    return int(now.timestamp()) // STEP_S


def code_of(secret: bytes, step: int) -> str:
    """The code that an authenticator shows during a step."""
    # Any secret is accepted when it is set, also one shorter than the RFC recommends.
    return HOTP(secret, DIGITS, SHA1(), enforce_key_length=False).generate(step).decode()  # noqa: S303 - RFC 6238


def matching_step(secret: bytes, code: str, now: datetime) -> int | None:
    """The step of the window whose code was typed; None when there is none. Takes the same time for every code."""
    typed, present, found = code.strip().encode("utf-8", "surrogatepass"), current_step(now), None
    for step in range(max(present - WINDOW, 0), present + WINDOW + 1):
        if hmac.compare_digest(code_of(secret, step).encode(), typed):
            found = step
    return found
