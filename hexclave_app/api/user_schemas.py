"""Request schemas of users: who may write which field (contract 04, section 1.1)."""

import base64
import binascii
from typing import Annotated, Any, Self

from pydantic import Field, model_validator

from hexclave_app.api.protocol.fields import (
    Boolean,
    FieldError,
    NullableUuid,
    OptionalUuid,
    QueryFlag,
    Rule,
    Schema,
    Text,
    UserIdOrMe,
    boolean,
    is_email,
    is_url,
    not_empty,
    nullable,
    number,
    one_of,
    text,
)
from hexclave_app.security.passwords import MAX_LENGTH as MAX_PASSWORD_LENGTH
from hexclave_app.services.end_users import country_code

_MAX_IMAGE_CHARS = 1_000_000
_MAX_NAME_CHARS = 256


def _base64(value: Any) -> bytes:  # noqa: ANN401 - any JSON value
    encoded: str = text()(value)
    try:
        return base64.b64decode(encoded, validate=True)
    except (binascii.Error, ValueError):
        raise FieldError("{path} is not valid base64") from None


def _country(value: Any) -> str:  # noqa: ANN401 - any JSON value
    code = country_code(text()(value))
    if code is None:
        raise FieldError('{path} must match the following: "/^[A-Z]{2}$/"')
    return code


def _only_false(value: Any) -> bool:  # noqa: ANN401 - any JSON value
    if boolean(value):
        raise FieldError("{path} must be one of the following values: false")
    return False


DisplayName = Annotated[str | None, Rule(nullable(text(max_length=_MAX_NAME_CHARS)))]
NullableEmail = Annotated[str | None, Rule(nullable(text(is_email, not_empty)))]
NullableUrl = Annotated[str | None, Rule(nullable(text(is_url, max_length=_MAX_IMAGE_CHARS)))]
NullableSecret = Annotated[bytes | None, Rule(nullable(_base64))]
NullableString = Annotated[str | None, Rule(nullable(text()))]
Country = Annotated[str | None, Rule(nullable(_country))]
Score = Annotated[int, Rule(number(minimum=0, maximum=100, integer=True))]
NullablePassword = Annotated[str | None, Rule(nullable(text(max_length=MAX_PASSWORD_LENGTH)))]
HashText = Annotated[str, Rule(text(not_empty))]
OptionalPage = Annotated[int | None, Rule(number(minimum=1, integer=True))]


class SignUpScores(Schema):
    """Both scores of a sign-up, 0 to 100."""

    bot: Score
    free_trial_abuse: Score


class RiskScores(Schema):
    """How risky a user seems."""

    sign_up: SignUpScores


class OAuthAccount(Schema):
    """A provider account that comes with a new user."""

    id: Text
    account_id: Text
    email: NullableEmail = None


class ClientUserUpdate(Schema):
    """What users may change about themselves."""

    display_name: DisplayName = None
    profile_image_url: NullableUrl = None
    client_metadata: Any = None
    selected_team_id: NullableUuid = None
    totp_secret_base64: NullableSecret = None
    otp_auth_enabled: Boolean = False
    passkey_auth_enabled: Boolean = False
    primary_email: NullableEmail = None


class _ServerFields(Schema):
    """What servers may write, on creation and later."""

    display_name: DisplayName = None
    profile_image_url: NullableUrl = None
    client_metadata: Any = None
    client_read_only_metadata: Any = None
    server_metadata: Any = None
    primary_email: NullableEmail = None
    primary_email_verified: Boolean = False
    primary_email_auth_enabled: Boolean = False
    password: NullablePassword = None
    password_hash: HashText = ""
    otp_auth_enabled: Boolean = False
    totp_secret_base64: NullableSecret = None
    restricted_by_admin: Boolean = False
    restricted_by_admin_reason: NullableString = None
    restricted_by_admin_private_details: NullableString = None
    country_code: Country = None
    risk_scores: RiskScores = RiskScores(sign_up=SignUpScores(bot=0, free_trial_abuse=0))

    @model_validator(mode="after")
    def _check_restriction(self) -> Self:
        texts = (self.restricted_by_admin_reason, self.restricted_by_admin_private_details)
        if any(text is not None for text in texts) and not self.restricted_by_admin:
            raise FieldError("{path}.restricted_by_admin must be true when a reason or details are given")
        return self


class UserCreate(_ServerFields):
    """A new user."""

    is_anonymous: Boolean = False
    passkey_auth_enabled: Boolean = False
    oauth_providers: list[OAuthAccount] = Field(default_factory=list)


class ServerUserUpdate(_ServerFields):
    """Changes by a server."""

    selected_team_id: NullableUuid = None
    passkey_auth_enabled: Boolean = False
    is_anonymous: Annotated[bool, Rule(_only_false)] = False


class UserPath(Schema):
    """Which user."""

    user_id: UserIdOrMe


class UserListQuery(Schema):
    """Filters, order and page of the user list."""

    team_id: OptionalUuid = None
    limit: OptionalPage = None
    cursor: OptionalUuid = None
    order_by: Annotated[str, Rule(one_of(("signed_up_at", "last_active_at")))] = "signed_up_at"
    desc: QueryFlag = "false"
    query: Text = ""
    include_restricted: QueryFlag = "false"
    include_anonymous: QueryFlag = "false"
    only_anonymous: QueryFlag = "false"
