"""Acting as a user: a short session with a reason that stays in the audit log.

Either a session is opened at once, for who pastes its token into an application, or a link is made that leads to an
application's page for mailed links: there a click opens the session, once, within minutes. Every published SDK has that
page. Nothing is asked of the user, no second factor either, and mailed codes need not be enabled.
"""

import uuid
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from math import ceil
from typing import Final

from sqlmodel import Session

from hexclave_app import errors
from hexclave_app.errors import StatusError
from hexclave_app.services import callers, code_redemption, redirects, sessions, verification_codes
from hexclave_app.services.audit import recording
from hexclave_app.services.sessions import SessionTokens, SignInContext
from hexclave_app.services.sign_in import SignedIn, unwrap
from hexclave_app.services.tenancies import load
from hexclave_app.services.users import records
from models import UserSession, VerificationCode, VerificationCodeType
from models.projects import DEFAULT_BRANCH_ID, INTERNAL_PROJECT_ID

MAX_MINUTES: Final = 30  # long enough to see a problem, short enough not to be forgotten
MAX_REASON_CHARS: Final = 500
_TYPE: Final = VerificationCodeType.IMPERSONATION


def begin(
    session: Session,
    context: SignInContext,
    *,
    user_id: uuid.UUID,
    reason: str,
    minutes: int,
    requested_by: uuid.UUID | None = None,
) -> SessionTokens:
    """Open a session of at most half an hour in somebody's name; a plain 400 without a reason."""
    why = _checked(session, context, user_id=user_id, reason=reason, minutes=minutes)
    expires_at = context.now + timedelta(minutes=minutes)
    tokens = sessions.create(session, context, user_id=user_id, expires_at=expires_at, is_impersonation=True)
    told = {"session_id": str(tokens.session_id), "reason": why, "expires_at": expires_at.isoformat()}
    if requested_by is not None:
        told["requested_by"] = str(requested_by)
    recording.note(session, tenancy_id=context.tenancy.id, action="user.impersonated", target=str(user_id), after=told)
    return tokens


def allow(
    session: Session,
    context: SignInContext,
    *,
    user_id: uuid.UUID,
    reason: str,
    minutes: int,
    requested_by: uuid.UUID,
    callback_url: str,
) -> str:
    """Make the link that opens such a session; it works once, and while who asked for it manages the project."""
    why = _checked(session, context, user_id=user_id, reason=reason, minutes=minutes)
    redirects.require_trusted(callback_url, tenancy=context.tenancy, settings=context.installation.settings)
    issued = verification_codes.issue(
        session,
        tenancy_id=context.tenancy.id,
        type=_TYPE,
        data={"user_id": str(user_id), "reason": why, "minutes": minutes, "requested_by": str(requested_by)},
        method={},
        now=context.now,
        callback_url=callback_url,
    )
    told = {"reason": why, "minutes": minutes, "callback_url": callback_url}
    recording.note(
        session, tenancy_id=context.tenancy.id, action="user.impersonation_allowed", target=str(user_id), after=told
    )
    return verification_codes.link_with_code(callback_url, issued.code)


def minutes_left(session: Session, *, tenancy_id: uuid.UUID, session_id: uuid.UUID, now: datetime) -> int:
    """How long an administrator still acts through a session, begun minutes counted in full; 0 for the user's own."""
    row = session.get(UserSession, {"tenancy_id": tenancy_id, "id": session_id})
    if row is None or not row.is_impersonation or row.expires_at is None:
        return 0
    return max(0, ceil((row.expires_at - now) / timedelta(minutes=1)))


def is_code(code: str) -> bool:
    """Whether a code comes from such a link: among mailed codes it is known by how it begins."""
    return code.lower().startswith(verification_codes.PREFIXES[_TYPE])


async def sign_in(context: SignInContext, *, code: str) -> SignedIn:
    """Open the session that a link allows; a code that is spent or too old is refused as a mailed one is."""
    # Where the administrator sits is not where the user was: no network facts go into the user's session.
    context, db = replace(context, end_user=None), context.installation.db
    submitted = await code_redemption.submit(db, tenancy_id=context.tenancy.id, type=_TYPE, code=code, now=context.now)
    return unwrap(await db.run(code_redemption.redeem, submitted, action=partial(_sign_in, context=context)))


async def check_code(context: SignInContext, *, code: str) -> None:
    """Check the code of a link without using it."""
    db = context.installation.db
    await code_redemption.check(db, tenancy_id=context.tenancy.id, type=_TYPE, code=code, now=context.now)


def _sign_in(session: Session, code: VerificationCode, *, context: SignInContext) -> SignedIn:
    requested_by = uuid.UUID(code.data["requested_by"])
    dashboard = load(session, INTERNAL_PROJECT_ID, DEFAULT_BRANCH_ID)
    if not callers.manages_project(
        session, internal_tenancy_id=dashboard.id, user_id=requested_by, owner=context.tenancy.owner_team_id
    ):
        raise errors.VerificationCodeNotFound
    tokens = begin(
        session,
        context,
        user_id=uuid.UUID(code.data["user_id"]),
        reason=code.data["reason"],
        minutes=code.data["minutes"],
        requested_by=requested_by,
    )
    return SignedIn(tokens, is_new_user=False)


def _checked(session: Session, context: SignInContext, *, user_id: uuid.UUID, reason: str, minutes: int) -> str:
    """The reason, where it and everything else will do."""
    why = reason.strip()
    if not why or len(why) > MAX_REASON_CHARS:
        raise StatusError(400, f"Give a reason of at most {MAX_REASON_CHARS} characters.")
    if not 1 <= minutes <= MAX_MINUTES:
        raise StatusError(400, f"Choose between 1 and {MAX_MINUTES} minutes.")
    if records.find(session, tenancy_id=context.tenancy.id, user_id=user_id) is None:
        raise errors.UserNotFound
    return why
