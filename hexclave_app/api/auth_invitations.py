"""Invitations to sign in (contract 03, section 12)."""

from hexclave_app.api.auth_passwords import sign_in_context
from hexclave_app.api.auth_schemas import SignInInvitation
from hexclave_app.api.protocol.answers import SUCCESS, Answer
from hexclave_app.api.protocol.calls import Call
from hexclave_app.api.protocol.endpoints import SERVER, Endpoints
from hexclave_app.services import sign_in_invitations

routes = Endpoints("auth")


@routes.endpoint("POST", "/internal/send-sign-in-invitation", access=SERVER, body=SignInInvitation)
def send(call: Call) -> Answer:
    """Send a sign-in invitation mail with a plain link."""
    body: SignInInvitation = call.body
    sign_in_invitations.send(call.session, sign_in_context(call), email=body.email, callback_url=body.callback_url)
    return SUCCESS
