"""Acting as a user: a short session with a reason that stays in the audit log."""

import uuid
from datetime import timedelta
from typing import Final

from sqlmodel import Session

from hexclave_app import errors
from hexclave_app.errors import StatusError
from hexclave_app.services import sessions
from hexclave_app.services.audit import recording
from hexclave_app.services.sessions import SessionTokens, SignInContext
from hexclave_app.services.users import records

MAX_MINUTES: Final = 30  # long enough to see a problem, short enough not to be forgotten
MAX_REASON_CHARS: Final = 500


def begin(session: Session, context: SignInContext, *, user_id: uuid.UUID, reason: str, minutes: int) -> SessionTokens:
    """Open a session of at most half an hour in somebody's name; a plain 400 without a reason."""
    why = reason.strip()
    if not why or len(why) > MAX_REASON_CHARS:
        raise StatusError(400, f"Give a reason of at most {MAX_REASON_CHARS} characters.")
    if not 1 <= minutes <= MAX_MINUTES:
        raise StatusError(400, f"Choose between 1 and {MAX_MINUTES} minutes.")
    tenancy_id = context.tenancy.id
    if records.find(session, tenancy_id=tenancy_id, user_id=user_id) is None:
        raise errors.UserNotFound
    expires_at = context.now + timedelta(minutes=minutes)
    tokens = sessions.create(session, context, user_id=user_id, expires_at=expires_at, is_impersonation=True)
    told = {"session_id": str(tokens.session_id), "reason": why, "expires_at": expires_at.isoformat()}
    recording.note(session, tenancy_id=tenancy_id, action="user.impersonated", target=str(user_id), after=told)
    return tokens
