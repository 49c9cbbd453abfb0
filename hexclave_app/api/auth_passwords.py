"""Passwords: sign-up, sign-in, changes and resets (contract 03, section 4)."""

import uuid

from hexclave_app.api.auth_schemas import (
    CodeOnly,
    PasswordReset,
    PasswordResetRequest,
    PasswordSet,
    PasswordSignIn,
    PasswordSignUp,
    PasswordUpdate,
)
from hexclave_app.api.protocol.answers import SUCCESS, Answer
from hexclave_app.api.protocol.calls import Call
from hexclave_app.api.protocol.endpoints import ANY_USER, ANYONE, Endpoints
from hexclave_app.services import password_changes
from hexclave_app.services.password_auth import sign_in_with_password, sign_up_with_password
from hexclave_app.services.sessions import SessionTokens, SignInContext

routes = Endpoints("auth")


def sign_in_context(call: Call) -> SignInContext:
    """Where the sign-in of this call happens."""
    return SignInContext(
        call.installation, call.tenancy, call.end_user, call.now, call.address, is_server=not call.is_client
    )


def tokens_view(tokens: SessionTokens) -> dict[str, object]:
    """What a sign-in answers."""
    return {
        "access_token": tokens.access_token,
        "refresh_token": tokens.refresh_token,
        "user_id": str(tokens.user_id),
    }


def anonymous_user_id(call: Call) -> uuid.UUID | None:
    """The anonymous user of the request, whom a sign-up upgrades."""
    user = call.authenticated.user
    return user.id if user is not None and user.is_anonymous else None


CODE_IS_VALID = Answer({"is_code_valid": True})


@routes.endpoint("POST", "/auth/password/sign-up", access=ANYONE, body=PasswordSignUp)
async def sign_up(call: Call) -> dict[str, object]:
    """Create a password account, or upgrade the anonymous user of the request."""
    body: PasswordSignUp = call.body
    tokens = await sign_up_with_password(
        sign_in_context(call),
        email=body.email,
        password=body.password,
        verification_callback_url=body.verification_callback_url,
        anonymous_user_id=anonymous_user_id(call),
        challenge=body.bot_challenge(),
    )
    return tokens_view(tokens)


@routes.endpoint("POST", "/auth/password/sign-in", access=ANYONE, body=PasswordSignIn)
async def sign_in(call: Call) -> dict[str, object]:
    """Sign in with e-mail and password."""
    body: PasswordSignIn = call.body
    tokens = await sign_in_with_password(sign_in_context(call), email=body.email, password=body.password)
    return tokens_view(tokens)


@routes.endpoint("POST", "/auth/password/set", access=ANY_USER, body=PasswordSet)
async def set_first(call: Call) -> Answer:
    """Set a first password for the signed-in user."""
    await password_changes.set_password(
        sign_in_context(call), user_id=call.current_user().id, password=call.body.password
    )
    return SUCCESS


@routes.endpoint("POST", "/auth/password/update", access=ANY_USER, body=PasswordUpdate)
async def update(call: Call) -> Answer:
    """Change the password with the old one; revokes the other sessions."""
    body: PasswordUpdate = call.body
    await password_changes.update_password(
        sign_in_context(call),
        user_id=call.current_user().id,
        old_password=body.old_password,
        new_password=body.new_password,
        refresh_token=call.authenticated.refresh_token,
    )
    return SUCCESS


@routes.endpoint("POST", "/auth/password/send-reset-code", access=ANYONE, body=PasswordResetRequest)
async def send_reset_code(call: Call) -> dict[str, object]:
    """Send a password reset mail; same answer for unknown e-mails."""
    body: PasswordResetRequest = call.body
    await password_changes.send_reset_code(sign_in_context(call), email=body.email, callback_url=body.callback_url)
    return {"success": "maybe, only if user with e-mail exists"}


@routes.endpoint("POST", "/auth/password/reset", access=ANYONE, body=PasswordReset)
async def reset(call: Call) -> Answer:
    """Set a new password with a reset code; revokes all sessions."""
    body: PasswordReset = call.body
    await password_changes.reset_password(sign_in_context(call), code=body.code, password=body.password)
    return SUCCESS


@routes.endpoint("POST", "/auth/password/reset/check-code", access=ANYONE, body=CodeOnly)
async def check_reset_code(call: Call) -> Answer:
    """Check a reset code without using it."""
    await password_changes.check_reset_code(sign_in_context(call), code=call.body.code)
    return CODE_IS_VALID
