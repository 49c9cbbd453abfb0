"""Team invitations: mailed codes that make people members (contract 04, sections 1.4 and 4).

Everything is checked before an invitation is used up, and it is used up in the transaction of the membership: a refused
acceptance leaves it usable, and of parallel ones exactly one uses it. Locks are taken in the order user, team, code,
the order in which a team is deleted with its invitations.
"""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, delete, func
from sqlmodel import Session, col, select

from hexclave_app import errors
from hexclave_app.config.schema import CompleteConfig
from hexclave_app.installation import Installation
from hexclave_app.services import (
    code_redemption,
    contact_channels,
    emails,
    locks,
    redirects,
    team_access,
    teams,
    verification_codes,
)
from hexclave_app.services.callers import Caller
from hexclave_app.services.code_redemption import SubmittedCode
from hexclave_app.services.tenancies import TenancySnapshot
from hexclave_app.services.users.records import UserRecord
from models import ContactChannel, Team, TeamMembership, VerificationCode, VerificationCodeType
from models.base import millis
from models.contact_channels import EMAIL
from models.projects import INTERNAL_PROJECT_ID

View = dict[str, object]
SEATS_ITEM = "dashboard_admins"  # what a plan gives a dashboard team

_CODE = VerificationCode
_TYPE = VerificationCodeType.TEAM_INVITATION
_ADDRESS = col(_CODE.method)["email"].as_string()


@dataclass(frozen=True, slots=True, kw_only=True)
class InvitationRequest:
    """Whom to invite, where to, and which page the mailed link opens."""

    team_id: uuid.UUID
    email: str
    callback_url: str


def send(
    session: Session, *, installation: Installation, caller: Caller, request: InvitationRequest, now: datetime
) -> uuid.UUID:
    """Mail an invitation; clients need `$invite_members`. Inviting again, or a member, is allowed. Returns its id."""
    tenancy = caller.tenancy
    team_access.require(session, caller, team_id=request.team_id, needs=("$invite_members",))
    redirects.require_trusted(request.callback_url, tenancy=tenancy, settings=installation.settings)
    locks.keep_team(session, tenancy_id=tenancy.id, team_id=request.team_id)
    team = teams.get(session, tenancy_id=tenancy.id, team_id=request.team_id)
    address = contact_channels.normalise_email(request.email)
    issued = verification_codes.issue(
        session,
        tenancy_id=tenancy.id,
        type=_TYPE,
        data={"team_id": str(team.id)},
        method={"email": address},
        now=now,
        callback_url=request.callback_url,
    )
    emails.queue(
        session,
        installation=installation,
        tenancy=tenancy,
        template_id=emails.TEAM_INVITATION,
        recipient=address,
        variables={"teamInvitationLink": issued.link or "", "teamDisplayName": team.display_name},
    )
    return issued.id


def describe(session: Session, submitted: SubmittedCode, *, caller: Caller) -> Team:
    """The team behind a code, for the invited person; nothing is used up."""
    code = code_redemption.require_valid(session, submitted)
    _require_invited(session, caller, code)
    return _team(session, code)


def accept(session: Session, submitted: SubmittedCode, *, caller: Caller, seats: int) -> None:
    """Make the signed-in user a member; who is one stays one. `seats` limits dashboard teams (0: no limit)."""
    code = code_redemption.require_valid(session, submitted)
    user = _require_invited(session, caller, code)
    _join(session, caller.tenancy, code, user_id=user.id, seats=seats, now=submitted.now)


def join_invited(
    session: Session, submitted: SubmittedCode, *, tenancy: TenancySnapshot, user_id: uuid.UUID, seats: int
) -> None:
    """Make the account a member that was just created for the invited address."""
    code = code_redemption.require_valid(session, submitted)
    if code.method["email"] not in _verified_addresses(session, tenancy.id, user_id):
        raise errors.TeamInvitationEmailMismatch
    _join(session, tenancy, code, user_id=user_id, seats=seats, now=submitted.now)


def accept_by_id(
    session: Session, *, caller: Caller, invitation_id: uuid.UUID, user_id: uuid.UUID, seats: int, now: datetime
) -> None:
    """Make a user with the invited, verified address a member; every reason against it is a code not found."""
    tenancy = caller.tenancy
    if caller.is_client:
        _require_unrestricted(require_self(caller, user_id), tenancy.config)
    code = session.exec(
        select(_CODE).where(col(_CODE.id) == invitation_id, *_is_pending(tenancy.id, now))
    ).one_or_none()
    if code is None or code.method["email"] not in _verified_addresses(session, tenancy.id, user_id):
        raise errors.VerificationCodeNotFound
    try:
        _join(session, tenancy, code, user_id=user_id, seats=seats, now=now)
    except errors.VerificationCodeAlreadyUsed:
        raise errors.VerificationCodeNotFound from None


def list_of_team(session: Session, *, caller: Caller, team_id: uuid.UUID, now: datetime) -> list[View]:
    """Pending invitations to a team, oldest first; clients need `$read_members` and `$invite_members`."""
    team_access.require(session, caller, team_id=team_id, needs=("$read_members", "$invite_members"))
    return _list(session, caller.tenancy.id, _is_for_team(team_id), now)


def list_for_user(session: Session, *, caller: Caller, user_id: uuid.UUID, now: datetime) -> list[View]:
    """Pending invitations to the verified addresses of a user, oldest first; clients only their own."""
    if caller.is_client:
        require_self(caller, user_id)
    addresses = _verified_addresses(session, caller.tenancy.id, user_id)
    return _list(session, caller.tenancy.id, _ADDRESS.in_(addresses), now)


def revoke(session: Session, *, caller: Caller, invitation_id: uuid.UUID, team_id: uuid.UUID) -> None:
    """Take back an invitation of this team that nobody used; clients need `$remove_members`."""
    team_access.require(session, caller, team_id=team_id, needs=("$remove_members",))
    revoked = session.execute(
        delete(_CODE)
        .where(
            col(_CODE.tenancy_id) == caller.tenancy.id,
            col(_CODE.id) == invitation_id,
            col(_CODE.type) == _TYPE,
            col(_CODE.used_at).is_(None),
            _is_for_team(team_id),
        )
        .returning(col(_CODE.id))
        .execution_options(synchronize_session=False)
    ).first()
    if revoked is None:
        raise errors.VerificationCodeNotFound


def require_self(caller: Caller, user_id: uuid.UUID) -> UserRecord:
    """The signed-in user, who must be the named one."""
    if caller.user is None or caller.user.id != user_id:
        raise errors.CannotGetOwnUserWithoutUser
    return caller.user


def _require_invited(session: Session, caller: Caller, code: VerificationCode) -> UserRecord:
    """The signed-in user, if unrestricted and owner of the invited address."""
    user = caller.user
    if user is None:
        raise errors.UserAuthenticationRequired
    _require_unrestricted(user, caller.tenancy.config)
    if code.method["email"] not in _verified_addresses(session, caller.tenancy.id, user.id):
        raise errors.TeamInvitationEmailMismatch
    return user


def _require_unrestricted(user: UserRecord, config: CompleteConfig) -> None:
    reason = user.restricted_reason(config)
    if reason is not None:
        raise errors.TeamInvitationRestrictedUserNotAllowed(restricted_reason={"type": reason})


def _verified_addresses(session: Session, tenancy_id: uuid.UUID, user_id: uuid.UUID) -> Sequence[str]:
    return session.exec(
        select(ContactChannel.value).where(
            col(ContactChannel.tenancy_id) == tenancy_id,
            col(ContactChannel.user_id) == user_id,
            col(ContactChannel.type) == EMAIL,
            col(ContactChannel.is_verified).is_(True),
        )
    ).all()


def _team(session: Session, code: VerificationCode) -> Team:
    team = session.get(Team, {"tenancy_id": code.tenancy_id, "id": uuid.UUID(code.data["team_id"])})
    if team is None:
        raise errors.VerificationCodeNotFound
    return team


def _join(
    session: Session,
    tenancy: TenancySnapshot,
    code: VerificationCode,
    *,
    user_id: uuid.UUID,
    seats: int,
    now: datetime,
) -> None:
    team_id = uuid.UUID(code.data["team_id"])
    try:
        is_new = teams.join(session, tenancy=tenancy, team_id=team_id, user_id=user_id)
    except errors.TeamNotFound:
        raise errors.VerificationCodeNotFound from None
    if is_new and seats and tenancy.project_id == INTERNAL_PROJECT_ID:
        _require_seat(session, tenancy.id, team_id, seats)
    verification_codes.consume(session, code, now=now)


def _require_seat(session: Session, tenancy_id: uuid.UUID, team_id: uuid.UUID, seats: int) -> None:
    """Refuse the member that was just added and does not fit in; the row of the team keeps others waiting meanwhile."""
    is_team = (col(Team.tenancy_id) == tenancy_id, col(Team.id) == team_id)
    session.exec(select(Team.id).where(*is_team).with_for_update()).one()
    counted = select(func.count()).where(
        col(TeamMembership.tenancy_id) == tenancy_id, col(TeamMembership.team_id) == team_id
    )
    if session.exec(counted).one() > seats:
        raise errors.ItemQuantityInsufficientAmount(item_id=SEATS_ITEM, customer_id=str(team_id), quantity=1)


def _is_for_team(team_id: uuid.UUID) -> ColumnElement[bool]:
    is_for_team: ColumnElement[bool] = col(_CODE.data)["team_id"].as_string() == str(team_id)
    return is_for_team


def _is_pending(tenancy_id: uuid.UUID, now: datetime) -> tuple[ColumnElement[bool], ...]:
    return (
        col(_CODE.tenancy_id) == tenancy_id,
        col(_CODE.type) == _TYPE,
        col(_CODE.used_at).is_(None),
        col(_CODE.expires_at) > now,
        col(_CODE.attempt_count) < verification_codes.MAX_ATTEMPTS,
    )


def _list(session: Session, tenancy_id: uuid.UUID, which: ColumnElement[bool], now: datetime) -> list[View]:
    codes = session.exec(
        select(_CODE).where(and_(*_is_pending(tenancy_id, now), which)).order_by(col(_CODE.created_at), col(_CODE.id))
    ).all()
    team_ids = {uuid.UUID(code.data["team_id"]) for code in codes}
    found = session.exec(select(Team).where(col(Team.tenancy_id) == tenancy_id, col(Team.id).in_(team_ids))).all()
    by_id = {str(team.id): team for team in found}
    return [_view(code, by_id[code.data["team_id"]]) for code in codes if code.data["team_id"] in by_id]


def _view(code: VerificationCode, team: Team) -> View:
    return {
        "id": str(code.id),
        "team_id": str(team.id),
        "team_display_name": team.display_name,
        "expires_at_millis": millis(code.expires_at),
        "recipient_email": code.method["email"],
    }
