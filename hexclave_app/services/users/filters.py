"""What lists of users can be narrowed by besides search and kind: one value each, all of them together."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import ColumnElement, false, select

from hexclave_app.config.schema import CompleteConfig
from models import ContactChannel, LinkedAccount, User

UNVERIFIED: Final = "email_not_verified"
BY_ADMINISTRATOR: Final = "restricted_by_administrator"
RESTRICTIONS: Final = (UNVERIFIED, BY_ADMINISTRATOR)
OWN_METHODS: Final = ("password", "otp", "passkey")
"""How people sign in without a provider; every other method is the id of one."""

_USER = User.__table__  # type: ignore[attr-defined]  # SQLModel makes it at run time
_CHANNEL = ContactChannel.__table__  # type: ignore[attr-defined]  # SQLModel makes it at run time
_ACCOUNT = LinkedAccount.__table__  # type: ignore[attr-defined]  # SQLModel makes it at run time


@dataclass(frozen=True, slots=True, kw_only=True)
class UserFilter:
    """Which users are left; what is not set leaves everybody."""

    is_verified: bool | None = None
    method: str = ""
    restriction: str = ""
    country: str = ""
    signed_up_from: datetime | None = None
    signed_up_before: datetime | None = None


EVERYBODY: Final = UserFilter()


def conditions(asked: UserFilter, config: CompleteConfig) -> list[ColumnElement[bool]]:
    """The filter as conditions on the table of users."""
    found: list[ColumnElement[bool]] = []
    if asked.is_verified is not None:
        found.append(_is_verified() if asked.is_verified else ~_is_verified())
    if asked.method:
        found.append(_signs_in_by(asked.method))
    if asked.restriction == UNVERIFIED:
        found.append(~_is_verified() if config.onboarding.require_email_verification else false())
    if asked.restriction == BY_ADMINISTRATOR:
        found.append(_USER.c.restricted_by_admin.is_(True))
    if asked.country:
        found.append(_USER.c.country_code == asked.country)
    if asked.signed_up_from is not None:
        found.append(_USER.c.signed_up_at >= asked.signed_up_from)
    if asked.signed_up_before is not None:
        found.append(_USER.c.signed_up_at < asked.signed_up_before)
    return found


def _is_verified() -> ColumnElement[bool]:
    return (
        select(_CHANNEL.c.id)
        .where(
            _CHANNEL.c.tenancy_id == _USER.c.tenancy_id,
            _CHANNEL.c.user_id == _USER.c.id,
            _CHANNEL.c.is_primary.is_(True),
            _CHANNEL.c.is_verified.is_(True),
        )
        .correlate(_USER)
        .exists()
    )


def _signs_in_by(method: str) -> ColumnElement[bool]:
    own: dict[str, ColumnElement[bool]] = {
        "password": _USER.c.password_hash.is_not(None),
        "otp": _USER.c.has_otp.is_(True),
        "passkey": _USER.c.has_passkey.is_(True),
    }
    if method in own:
        return own[method]
    return (
        select(_ACCOUNT.c.id)
        .where(
            _ACCOUNT.c.tenancy_id == _USER.c.tenancy_id,
            _ACCOUNT.c.user_id == _USER.c.id,
            _ACCOUNT.c.provider_config_id == method,
        )
        .correlate(_USER)
        .exists()
    )
