"""Request schemas of authentication; the pages validate their forms with them, too."""

from typing import Annotated

from hexclave_app.api.protocol.fields import OptionalText, OptionalUrl, Password, Rule, Schema, StrictEmail, one_of


class PasswordSignUp(Schema):
    """A new account."""

    email: StrictEmail
    password: Password
    verification_callback_url: OptionalUrl = None
    bot_challenge_token: OptionalText = None
    bot_challenge_phase: Annotated[str | None, Rule(one_of(("invisible", "visible")))] = None
    bot_challenge_unavailable: Annotated[str | None, Rule(one_of(("true",)))] = None


class PasswordSignIn(Schema):
    """An existing account."""

    email: StrictEmail
    password: Password
