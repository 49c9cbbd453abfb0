"""Sign-in codes and magic links (contract 03, section 5)."""

from hexclave_app.api.auth_passwords import CODE_IS_VALID, anonymous_user_id, sign_in_context, tokens_view
from hexclave_app.api.auth_schemas import CodeOnly, SignInCodeRequest
from hexclave_app.api.protocol.answers import Answer
from hexclave_app.api.protocol.calls import Call
from hexclave_app.api.protocol.endpoints import ANYONE, Endpoints
from hexclave_app.services import one_time_codes
from hexclave_app.services.sign_in import SignedIn

routes = Endpoints("auth")


def signed_in_view(signed_in: SignedIn) -> dict[str, object]:
    """What a sign-in answers that may have created its user."""
    return {**tokens_view(signed_in.tokens), "is_new_user": signed_in.is_new_user}


@routes.endpoint("POST", "/auth/otp/send-sign-in-code", access=ANYONE, body=SignInCodeRequest)
async def send_sign_in_code(call: Call) -> dict[str, object]:
    """Send magic link and OTP; returns the nonce."""
    body: SignInCodeRequest = call.body
    nonce = await one_time_codes.send_sign_in_code(
        sign_in_context(call), email=body.email, callback_url=body.callback_url, challenge=body.bot_challenge()
    )
    return {"nonce": nonce}


@routes.endpoint("POST", "/auth/otp/sign-in", access=ANYONE, body=CodeOnly)
async def sign_in(call: Call) -> dict[str, object]:
    """Sign in or sign up with a magic-link code or OTP+nonce."""
    signed_in = await one_time_codes.sign_in(
        sign_in_context(call), code=call.body.code, anonymous_user_id=anonymous_user_id(call)
    )
    return signed_in_view(signed_in)


@routes.endpoint("POST", "/auth/otp/sign-in/check-code", access=ANYONE, body=CodeOnly)
async def check_code(call: Call) -> Answer:
    """Check a sign-in code without using it."""
    await one_time_codes.check_code(sign_in_context(call), code=call.body.code)
    return CODE_IS_VALID
