"""The second factor of a sign-in (contract 03, section 7)."""

from hexclave_app.api.auth_otp import signed_in_view
from hexclave_app.api.auth_passwords import sign_in_context
from hexclave_app.api.auth_schemas import MfaSignIn
from hexclave_app.api.protocol.calls import Call
from hexclave_app.api.protocol.endpoints import ANYONE, Endpoints
from hexclave_app.services.mfa import sign_in_with_totp

routes = Endpoints("auth")


@routes.endpoint("POST", "/auth/mfa/sign-in", access=ANYONE, body=MfaSignIn)
async def sign_in(call: Call) -> dict[str, object]:
    """Finish a sign-in with a TOTP and an attempt code."""
    body: MfaSignIn = call.body
    return signed_in_view(await sign_in_with_totp(sign_in_context(call), attempt_code=body.code, totp=body.totp))
