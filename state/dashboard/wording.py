"""How the dashboard writes times, names and numbers."""

from datetime import UTC, datetime

_STEPS = (
    (60, 1, "second"),
    (3600, 60, "minute"),
    (86_400, 3600, "hour"),
    (30 * 86_400, 86_400, "day"),
    (365 * 86_400, 30 * 86_400, "month"),
)
_YEAR_S = 365 * 86_400
_PROVIDER_NAMES = {"github": "GitHub", "gitlab": "GitLab", "linkedin": "LinkedIn"}
_FAR_YEARS = 100  # an expiry beyond this was meant as "never"


def ago(moment: datetime, now: datetime) -> str:
    """How long ago, in the largest fitting unit."""
    seconds = int((now - moment).total_seconds())
    if seconds < 5:
        return "just now"
    for limit, unit_s, unit in _STEPS:
        if seconds < limit:
            return f"{counted(seconds // unit_s, unit)} ago"
    return f"{counted(seconds // _YEAR_S, 'year')} ago"


def exact(moment: datetime) -> str:
    """The instant to the minute, in UTC."""
    return moment.astimezone(UTC).strftime("%-d %b %Y, %H:%M UTC")


def expiry(moment: datetime, now: datetime) -> str:
    """The day on which something ends; `never` when that is more than a life away."""
    if moment.year - now.year >= _FAR_YEARS:
        return "never"
    return moment.astimezone(UTC).strftime("%-d %b %Y")


def counted(number: int, noun: str, *, is_exact: bool = True) -> str:
    """A number with its noun: `1 user`, `2,000 users`, `more than 10,000 users`."""
    text = f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
    return text if is_exact else f"more than {text}"


def initials(name: str) -> str:
    """Up to two letters that stand for a name or an e-mail address."""
    words = [word for word in name.replace("@", " ").replace(".", " ").split() if word[0].isalnum()]
    letters = words[0][0] + (words[1][0] if len(words) > 1 else "") if words else "?"
    return letters.upper()


def provider_name(provider_id: str) -> str:
    """How an OAuth provider writes itself."""
    return _PROVIDER_NAMES.get(provider_id, provider_id.capitalize())
