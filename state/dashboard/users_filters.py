"""What narrows the table of users, as its address and its form say it; nothing that does not fit is taken."""

import re
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from hexclave_app.languages.speaking import say
from hexclave_app.services.tenancies import TenancySnapshot
from hexclave_app.services.users.filters import BY_ADMINISTRATOR, OWN_METHODS, RESTRICTIONS, UNVERIFIED, UserFilter
from state.dashboard.wording import provider_name

ANY: Final = "any"
VERIFIED: Final = {"yes": say("users-verified"), "no": say("users-not-verified")}
RESTRICTION_LABELS: Final = {UNVERIFIED: say("users-unverified"), BY_ADMINISTRATOR: say("users-by-administrator")}
METHOD_LABELS: Final = {
    "password": say("users-signs-in-password"),
    "otp": say("users-signs-in-otp"),
    "passkey": say("users-signs-in-passkey"),
}
NAMES: Final = ("verified", "method", "restriction", "country", "team", "from", "to")
_COUNTRY: Final = re.compile(r"[A-Z]{2}")


@dataclass(frozen=True)
class Chip:
    """A filter that is on, in words."""

    name: str
    label: str


def taken(values: Mapping[str, str], tenancy: TenancySnapshot) -> dict[str, str]:
    """The filters among the values that mean something in this project."""
    given = {name: str(values.get(name, "")).strip() for name in NAMES}
    given["country"] = given["country"].upper()
    return {name: value for name, value in given.items() if value and _is_known(name, value, tenancy)}


def user_filter(values: Mapping[str, str]) -> UserFilter:
    """The filters as lists take them; days are whole days in UTC, the last one included."""
    last_day = _day(values.get("to", ""))
    return UserFilter(
        is_verified={"yes": True, "no": False}.get(values.get("verified", "")),
        method=values.get("method", ""),
        restriction=values.get("restriction", ""),
        country=values.get("country", ""),
        signed_up_from=_day(values.get("from", "")),
        signed_up_before=last_day + timedelta(days=1) if last_day is not None else None,
    )


def team_id(values: Mapping[str, str]) -> uuid.UUID | None:
    """The team whose members are shown."""
    return uuid.UUID(values["team"]) if "team" in values else None


def chips(values: Mapping[str, str], *, team_name: str) -> list[Chip]:
    """The filters that are on, in words."""
    texts = {
        "verified": VERIFIED.get(values.get("verified", ""), ""),
        "method": say("users-chip-method", method=method_label(values.get("method", ""))),
        "restriction": RESTRICTION_LABELS.get(values.get("restriction", ""), ""),
        "country": say("users-chip-country", country=values.get("country", "")),
        "team": say("users-chip-team", team=team_name),
        "from": say("users-chip-from", day=values.get("from", "")),
        "to": say("users-chip-to", day=values.get("to", "")),
    }
    return [Chip(name, texts[name]) for name in NAMES if name in values]


def method_label(method: str) -> str:
    """How a way to sign in is called."""
    return METHOD_LABELS.get(method) or provider_name(method)


def _is_known(name: str, value: str, tenancy: TenancySnapshot) -> bool:
    if name == "team":
        return _is_id(value)
    if name in ("from", "to"):
        return _day(value) is not None
    if name == "country":
        return _COUNTRY.fullmatch(value) is not None
    known: dict[str, tuple[str, ...]] = {
        "verified": tuple(VERIFIED),
        "restriction": RESTRICTIONS,
        "method": (*OWN_METHODS, *tenancy.config.auth.oauth.providers),
    }
    return value in known[name]


def _is_id(text: str) -> bool:
    try:
        uuid.UUID(text)
    except ValueError:
        return False
    return True


def _day(text: str) -> datetime | None:
    try:
        day = datetime.strptime(text, "%Y-%m-%d").replace(tzinfo=UTC)
    except ValueError:
        return None
    return day if day.year < 9999 else None  # the day after the last one would not exist
