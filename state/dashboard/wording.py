"""How the dashboard writes times, names and numbers."""

from datetime import UTC, datetime
from typing import Final

from hexclave_app.languages.speaking import say

# Up to how many seconds, how many make one, and the message.
_STEPS: Final = (
    (60, 1, "common-seconds-ago"),
    (3600, 60, "common-minutes-ago"),
    (86_400, 3600, "common-hours-ago"),
    (30 * 86_400, 86_400, "common-days-ago"),
    (365 * 86_400, 30 * 86_400, "common-months-ago"),
)
_YEAR_S: Final = 365 * 86_400
_PROVIDER_NAMES = {"github": "GitHub", "gitlab": "GitLab", "linkedin": "LinkedIn"}
_FAR_YEARS = 100  # an expiry beyond this was meant as "never"


def ago(moment: datetime, now: datetime) -> str:
    """How long ago, in the largest fitting unit."""
    seconds = int((now - moment).total_seconds())
    if seconds < 5:
        return say("common-just-now")
    for limit, unit_s, key in _STEPS:
        if seconds < limit:
            return say(key, count=seconds // unit_s)
    return say("common-years-ago", count=seconds // _YEAR_S)


def exact(moment: datetime) -> str:
    """The instant to the minute, in UTC."""
    return moment.astimezone(UTC).strftime("%-d %b %Y, %H:%M UTC")


def to_the_second(moment: datetime) -> str:
    """The instant to the second, in UTC."""
    return moment.astimezone(UTC).strftime("%-d %b %Y, %H:%M:%S UTC")


def expiry(moment: datetime, now: datetime) -> str:
    """The day on which something ends; `never` when that is more than a life away."""
    if moment.year - now.year >= _FAR_YEARS:
        return say("common-never")
    return moment.astimezone(UTC).strftime("%-d %b %Y")


def grouped(number: int) -> str:
    """A number with separators: `2,000`."""
    return f"{number:,}"


def users_counted(number: int, *, is_exact: bool = True) -> str:
    """How many users: `1 user`, `2,000 users`, `more than 10,000 users`."""
    return say("common-users" if is_exact else "common-more-users", count=number, number=grouped(number))


def initials(name: str) -> str:
    """Up to two letters that stand for a name or an e-mail address."""
    words = [word for word in name.replace("@", " ").replace(".", " ").split() if word[0].isalnum()]
    letters = words[0][0] + (words[1][0] if len(words) > 1 else "") if words else "?"
    return letters.upper()


def provider_name(provider_id: str) -> str:
    """How an OAuth provider writes itself."""
    return _PROVIDER_NAMES.get(provider_id, provider_id.capitalize())
