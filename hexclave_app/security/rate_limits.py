"""Limits on guessing: how often, and when an account is locked. Pure: counting is `services/attempts.py`."""

import re
from dataclasses import dataclass
from datetime import timedelta

OFF = "off"
DEFAULT = "account=5/10, lock=10/900, ip=60/60, project=3000/60"
_PART = re.compile(r"^(account|ip|project|lock)=([1-9]\d{0,6})/([1-9]\d{0,6})$")


@dataclass(frozen=True, slots=True)
class Rate:
    """At most `count` tries at once, and on the long run `count` in `per`."""

    count: int
    per: timedelta

    @property
    def step(self) -> timedelta:
        """The time after which one used try comes back."""
        return self.per / self.count


@dataclass(frozen=True, slots=True)
class RateLimits:
    """The limits of failed sign-ins; a right password gives its try back."""

    account: Rate
    ip: Rate
    project: Rate
    lock: Rate
    """So many failures in a row lock the account for `per`."""


def parse_rate_limits(text: str) -> RateLimits | None:
    """Read `account=5/10, lock=10/900, …` (count/seconds; parts left out keep their defaults); `off` is None."""
    if text.strip().lower() == OFF:
        return None
    found: dict[str, Rate] = {}
    for part in [*DEFAULT.split(","), *filter(str.strip, text.split(","))]:
        match = _PART.match(part.strip())
        if match is None:
            raise ValueError(
                f"{part.strip()!r} is not of the form account=5/10 (or ip, project, lock; or the word off)"
            )
        found[match[1]] = Rate(int(match[2]), timedelta(seconds=int(match[3])))
    return RateLimits(**found)
