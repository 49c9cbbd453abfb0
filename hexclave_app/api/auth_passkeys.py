"""Passkeys: registration and sign-in (contract 03, section 7)."""

from hexclave_app.api.auth_otp import signed_in_view
from hexclave_app.api.auth_passwords import sign_in_context
from hexclave_app.api.auth_schemas import PasskeyRegistration, PasskeySignIn
from hexclave_app.api.protocol.calls import Call
from hexclave_app.api.protocol.endpoints import ANY_USER, ANYONE, Endpoints
from hexclave_app.services import passkeys

routes = Endpoints("auth")


@routes.endpoint("POST", "/auth/passkey/initiate-passkey-registration", access=ANY_USER)
async def begin_registration(call: Call) -> dict[str, object]:
    """WebAuthn creation options and code for the signed-in user."""
    options, code = await passkeys.begin_registration(sign_in_context(call), user=call.current_user())
    return {"options_json": options, "code": code}


@routes.endpoint("POST", "/auth/passkey/register", access=ANY_USER, body=PasskeyRegistration)
async def register(call: Call) -> dict[str, object]:
    """Store or replace the user's passkey."""
    body: PasskeyRegistration = call.body
    credential_id = await passkeys.register(
        sign_in_context(call), user_id=call.current_user().id, answer=body.credential, code=body.code
    )
    return {"user_handle": credential_id}


@routes.endpoint("POST", "/auth/passkey/initiate-passkey-authentication", access=ANYONE)
async def begin_sign_in(call: Call) -> dict[str, object]:
    """WebAuthn request options and code."""
    options, code = await passkeys.begin_sign_in(sign_in_context(call))
    return {"options_json": options, "code": code}


@routes.endpoint("POST", "/auth/passkey/sign-in", access=ANYONE, body=PasskeySignIn)
async def sign_in(call: Call) -> dict[str, object]:
    """Sign in with a passkey assertion."""
    body: PasskeySignIn = call.body
    signed_in = await passkeys.sign_in(sign_in_context(call), answer=body.authentication_response, code=body.code)
    return signed_in_view(signed_in)
