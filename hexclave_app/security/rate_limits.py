"""Limits on guessing and flooding. Pure: `services/attempts.py` counts, `services/limits.py` says what."""

import re
from dataclasses import dataclass, fields
from datetime import timedelta

OFF = "off"
DEFAULT = (
    "account=5/10, lock=10/900, ip=60/60, project=3000/60, mail=10/600, mail_ip=60/600, mail_project=3000/600,"
    " sign_up_ip=60/600, poll=30/30"
)


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
    """The limits of one installation; a right password gives its try back, a mail or an account does not."""

    account: Rate
    """Guesses at one account."""
    ip: Rate
    """Guesses from one network address."""
    project: Rate
    """Guesses at all accounts of a project, and new accounts of it."""
    lock: Rate
    """So many failures in a row lock the account for `per`."""
    mail: Rate
    """Mails with codes or links to one recipient."""
    mail_ip: Rate
    """Such mails asked for from one network address."""
    mail_project: Rate
    """Such mails of a project."""
    sign_up_ip: Rate
    """New accounts, anonymous ones included, from one network address."""
    poll: Rate
    """Questions of one waiting command line."""


_NAMES = "|".join(field.name for field in fields(RateLimits))
_PART = re.compile(rf"^({_NAMES})=([1-9]\d{{0,6}})/([1-9]\d{{0,6}})$")


def parse_rate_limits(text: str) -> RateLimits | None:
    """Read `account=5/10, lock=10/900, …` (count/seconds; parts left out keep their defaults); `off` is None."""
    if text.strip().lower() == OFF:
        return None
    found: dict[str, Rate] = {}
    for part in [*DEFAULT.split(","), *filter(str.strip, text.split(","))]:
        match = _PART.match(part.strip())
        if match is None:
            names = _NAMES.replace("|", ", ")
            raise ValueError(f"{part.strip()!r} is not of the form account=5/10 (one of {names}; or the word off)")
        found[match[1]] = Rate(int(match[2]), timedelta(seconds=int(match[3])))
    return RateLimits(**found)
