"""Anonymous sign-up (contract 03, section 6)."""

from hexclave_app.api.auth_passwords import sign_in_context, tokens_view
from hexclave_app.api.protocol.calls import Call
from hexclave_app.api.protocol.endpoints import ANYONE, Endpoints
from hexclave_app.services.anonymous import sign_up_anonymously

routes = Endpoints("auth")


@routes.endpoint("POST", "/auth/anonymous/sign-up", access=ANYONE)
async def sign_up(call: Call) -> dict[str, object]:
    """Create an anonymous user with a session."""
    return tokens_view(await sign_up_anonymously(sign_in_context(call)))
