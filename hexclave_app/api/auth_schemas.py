"""Request schemas of authentication; the pages validate their forms with them, too."""

from typing import Annotated, Any

from hexclave_app.api.protocol.fields import (
    Email,
    FieldError,
    OptionalText,
    OptionalUrl,
    Password,
    Rule,
    Schema,
    StrictEmail,
    Text,
    Url,
    is_email,
    not_empty,
    one_of,
    printed,
    text,
    wrong_type,
)
from hexclave_app.services.bot_challenges import BotChallenge
from hexclave_app.services.verification_codes import CODE_LENGTH

BotChallengePhase = Annotated[str | None, Rule(one_of(("invisible", "visible")))]
BotChallengeUnavailable = Annotated[str | None, Rule(one_of(("true",)))]


def _has_code_length(value: str) -> str | None:
    return None if len(value) == CODE_LENGTH else f"{{path}} must be exactly {CODE_LENGTH} characters"


def _json_object(value: object) -> object:
    if value is None:
        raise FieldError("{path} cannot be null")
    if not isinstance(value, dict):
        raise wrong_type("object", printed(value))
    return value


Code = Annotated[str, Rule(text(_has_code_length))]
AuthenticatorAnswer = Annotated[dict[str, Any], Rule(_json_object)]


class WithBotChallenge(Schema):
    """What a client says about its bot challenge, where there is one."""

    bot_challenge_token: OptionalText = None
    bot_challenge_phase: BotChallengePhase = None
    bot_challenge_unavailable: BotChallengeUnavailable = None

    def bot_challenge(self) -> BotChallenge:
        """The challenge as services take it."""
        return BotChallenge(
            self.bot_challenge_token, self.bot_challenge_phase, self.bot_challenge_unavailable is not None
        )


class PasswordSignUp(WithBotChallenge):
    """A new account."""

    email: StrictEmail
    password: Password
    verification_callback_url: OptionalUrl = None


class PasswordSignIn(Schema):
    """An existing account."""

    email: StrictEmail
    password: Password


class PasswordSet(Schema):
    """A first password."""

    password: Password


class PasswordUpdate(Schema):
    """A changed password."""

    old_password: Password
    new_password: Password


class PasswordResetRequest(Schema):
    """Where to mail a reset link, and which page it opens."""

    email: Email
    callback_url: Url


class PasswordReset(Schema):
    """A new password, proved by a mailed code."""

    code: Code
    password: Password


class CodeOnly(Schema):
    """A mailed code to check or redeem."""

    code: Code


class SignInCodeRequest(WithBotChallenge):
    """Where to mail a sign-in code, and which page its link opens."""

    email: StrictEmail
    callback_url: Url


class MfaSignIn(Schema):
    """The second factor of a sign-in."""

    code: Code
    type: Annotated[str, Rule(one_of(("totp",)))]
    totp: Text


class PasskeyRegistration(Schema):
    """What the browser's `navigator.credentials.create()` returned."""

    credential: AuthenticatorAnswer
    code: Code


class PasskeySignIn(Schema):
    """What the browser's `navigator.credentials.get()` returned."""

    authentication_response: AuthenticatorAnswer
    code: Code


class SignInInvitation(Schema):
    """Whom to invite, and where the invitation leads."""

    email: Annotated[str, Rule(text(is_email, not_empty))]
    callback_url: Url
