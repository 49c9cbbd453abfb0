"""Visitors who get an account before they say who they are (contract 03, section 6)."""

from sqlmodel import Session

from hexclave_app.services import limits, sessions, sign_up
from hexclave_app.services.sessions import SessionTokens, SignInContext
from hexclave_app.services.users.creation import UserCreateData


async def sign_up_anonymously(context: SignInContext) -> SessionTokens:
    """A new anonymous user with a session; only the limits stand in the way, no setting and no rule."""
    await limits.sign_up(context)
    return await context.installation.db.run(_register, context)


def _register(session: Session, context: SignInContext) -> SessionTokens:
    record = sign_up.register(
        session,
        context,
        data=UserCreateData(
            is_anonymous=True, country_code=context.end_user.country_code if context.end_user else None
        ),
        anonymous_user_id=None,
    )
    return sessions.create(session, context, user_id=record.id)
