"""Visitors who get an account before they say who they are (contract 03, section 6)."""

from sqlmodel import Session

from hexclave_app.services import sessions, sign_up
from hexclave_app.services.sessions import SessionTokens, SignInContext
from hexclave_app.services.users.creation import UserCreateData


def sign_up_anonymously(session: Session, context: SignInContext) -> SessionTokens:
    """A new anonymous user with a session; no setting and no rule stands in the way."""
    record = sign_up.register(
        session,
        installation=context.installation,
        tenancy=context.tenancy,
        data=UserCreateData(
            is_anonymous=True, country_code=context.end_user.country_code if context.end_user else None
        ),
        anonymous_user_id=None,
        now=context.now,
    )
    return sessions.create(session, context, user_id=record.id)
