"""Password sign-up and sign-in (contract 03, section 4)."""

from hexclave_app.api.auth_schemas import PasswordSignIn, PasswordSignUp
from hexclave_app.api.protocol.calls import Call
from hexclave_app.api.protocol.endpoints import ANYONE, Endpoints
from hexclave_app.services.password_auth import sign_in_with_password, sign_up_with_password
from hexclave_app.services.sessions import SessionTokens, SignInContext

routes = Endpoints("auth")


def sign_in_context(call: Call) -> SignInContext:
    """Where the sign-in of this call happens."""
    return SignInContext(call.installation, call.tenancy, call.end_user, call.now)


def tokens_view(tokens: SessionTokens) -> dict[str, object]:
    """What a sign-in answers."""
    return {
        "access_token": tokens.access_token,
        "refresh_token": tokens.refresh_token,
        "user_id": str(tokens.user_id),
    }


@routes.endpoint("POST", "/auth/password/sign-up", access=ANYONE, body=PasswordSignUp)
async def sign_up(call: Call) -> dict[str, object]:
    """Create a password account, or upgrade the anonymous user of the request."""
    body: PasswordSignUp = call.body
    user = call.authenticated.user
    tokens = await sign_up_with_password(
        sign_in_context(call),
        email=body.email,
        password=body.password,
        verification_callback_url=body.verification_callback_url,
        anonymous_user_id=user.id if user is not None and user.is_anonymous else None,
    )
    return tokens_view(tokens)


@routes.endpoint("POST", "/auth/password/sign-in", access=ANYONE, body=PasswordSignIn)
async def sign_in(call: Call) -> dict[str, object]:
    """Sign in with e-mail and password."""
    body: PasswordSignIn = call.body
    tokens = await sign_in_with_password(sign_in_context(call), email=body.email, password=body.password)
    return tokens_view(tokens)
