"""From credentials to a caller: the authentication algorithm of every request (contract 01, section 4).

The order of checks is observable: `check_form` has steps 2 to 9 (no database), `authenticate` steps 10 to 15.
"""

import uuid
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Connection, bindparam, select
from sqlmodel import Session

from hexclave_app import errors
from hexclave_app.errors import StatusError
from hexclave_app.installation import Installation
from hexclave_app.keyed_statements import KeyedStatement
from hexclave_app.security.hashing import token_hash
from hexclave_app.security.tokens import AccessClaims, TokenAuthority, UnparsableToken, UserKind
from hexclave_app.services.end_users import EndUser
from hexclave_app.services.tenancies import KeyKind, ProjectKey, TenancySnapshot, version_of
from hexclave_app.services.users.records import UserRecord, find, find_with_version
from models import TeamMembership
from models.projects import DEFAULT_BRANCH_ID, INTERNAL_PROJECT_ID

PUBLIC_CLIENT_SENTINEL = "__stack_public_client__"


class AccessType(StrEnum):
    """With which rights a request is made."""

    CLIENT = "client"
    SERVER = "server"
    ADMIN = "admin"


_ACCESS_TYPES = frozenset(access.value for access in AccessType)


@dataclass(frozen=True, slots=True)
class Credentials:
    """The protocol headers of a request; empty texts are None."""

    access_type: str | None = None
    project_id: str | None = None
    branch_id: str = DEFAULT_BRANCH_ID
    client_key: str | None = None
    server_key: str | None = None
    admin_key: str | None = None
    admin_access_token: str | None = None
    access_token: str | None = None
    refresh_token: str | None = None
    development_override_key: str | None = None
    allows_anonymous: bool = False
    allows_restricted: bool = False


@dataclass(frozen=True, slots=True)
class CheckedForm:
    """Credentials that are complete and whose user token, if any, is genuine."""

    access: AccessType
    project_id: str
    credentials: Credentials
    claims: AccessClaims | None


@dataclass(frozen=True, slots=True)
class Caller:
    """Who makes a request: rights, tenancy, and the signed-in user, if any."""

    access: AccessType
    tenancy: TenancySnapshot
    user: UserRecord | None
    session_id: uuid.UUID | None
    refresh_token: str | None
    end_user: EndUser | None
    admin_user_id: uuid.UUID | None = None
    """The dashboard user whose token gives the rights."""

    @property
    def is_client(self) -> bool:
        """Whether only the rights of the signed-in user count."""
        return self.access is AccessType.CLIENT


def check_form(credentials: Credentials, tokens: TokenAuthority) -> CheckedForm | None:
    """Steps 2 to 9; None for a request without authentication."""
    if not credentials.access_type:
        keys = (credentials.client_key, credentials.server_key, credentials.admin_key, credentials.admin_access_token)
        if any(keys):
            raise errors.ProjectKeyWithoutAccessType
        return None
    if credentials.access_type not in _ACCESS_TYPES:
        raise errors.InvalidAccessType(access_type=credentials.access_type)
    if not credentials.project_id:
        raise errors.AccessTypeWithoutProjectId(access_type=credentials.access_type)
    claims = None
    if credentials.access_token:
        claims = _check_user_token(credentials, credentials.project_id, tokens)
    return CheckedForm(AccessType(credentials.access_type), credentials.project_id, credentials, claims)


def authenticate(
    session: Session, installation: Installation, form: CheckedForm, *, end_user: EndUser | None, now: datetime
) -> Caller:
    """Steps 10 to 15: project, keys or admin token, branch, user."""
    credentials, project_id = form.credentials, form.project_id
    snapshot, user = _find_with_user(session, installation, form)
    main = snapshot
    if main is None:
        main = installation.tenancies.find(session, project_id, DEFAULT_BRANCH_ID)
    if main is None:
        raise errors.CurrentProjectNotFound(project_id=project_id)
    admin_user_id = None
    if credentials.development_override_key:
        _check_development_key(session, installation, credentials.development_override_key, now)
    elif credentials.admin_access_token:
        admin_user_id = _check_admin_token(session, installation, credentials.admin_access_token, main)
    else:
        _check_key(installation, form, main, branch_exists=snapshot is not None, now=now)
    if snapshot is None:
        raise errors.BranchDoesNotExist(branch_id=credentials.branch_id)
    return replace(_caller(form, snapshot, user, end_user), admin_user_id=admin_user_id)


def authenticate_at_once(
    connection: Connection, installation: Installation, form: CheckedForm, *, end_user: EndUser | None, now: datetime
) -> Caller | None:
    """Steps 10 to 15 in one statement, for the common case: a known tenancy at its newest version, no or a living user.

    None means that `authenticate` has to take the long way; it decides nothing by itself that `authenticate` would not.
    """
    credentials = form.credentials
    if credentials.admin_access_token or credentials.development_override_key:
        return None
    known = installation.tenancies.peek(form.project_id, credentials.branch_id)
    if known is None:
        return None
    user, version = _user_and_version(connection, form, known)
    if version != known.version:
        return None
    _check_key(installation, form, known, branch_exists=True, now=now)
    return _caller(form, known, user, end_user)


def _user_and_version(
    connection: Connection, form: CheckedForm, known: TenancySnapshot
) -> tuple[UserRecord | None, int | None]:
    """The user of the token and the tenancy's version; no version where a token has no user in this tenancy."""
    if form.claims is None:
        return None, version_of(connection, project_id=known.project_id, branch_id=known.branch_id)
    user_id = _uuid(form.claims.user_id) if form.claims.branch_id == known.branch_id else None
    found = find_with_version(connection, tenancy_id=known.id, user_id=user_id) if user_id is not None else None
    return found if found is not None else (None, None)


def check_client_key(tenancy: TenancySnapshot, key: str | None, now: datetime) -> ProjectKey | None:
    """Step 13a to 13c: the rules of publishable client keys, also used for OAuth client secrets; returns the key."""
    if key is None or key == PUBLIC_CLIENT_SENTINEL:
        if tenancy.config.project.require_publishable_client_key:
            raise errors.PublishableClientKeyRequiredForProject(project_id=tenancy.project_id)
        return None
    found = tenancy.valid_key(KeyKind.CLIENT, token_hash(key), now)
    if found is None:
        raise errors.InvalidPublishableClientKey(project_id=tenancy.project_id)
    return found


def manages_project(
    session: Session, *, internal_tenancy_id: uuid.UUID, user_id: uuid.UUID, owner: uuid.UUID | None
) -> bool:
    """Whether a dashboard user is a member of the team that owns a project; membership suffices."""
    if owner is None:
        return False
    values = {"tenancy_id": internal_tenancy_id, "user_id": user_id, "team_id": owner}
    return _IS_MEMBER.one_or_none(session, values) is not None


_MEMBERSHIP = TeamMembership.__table__  # type: ignore[attr-defined]  # SQLModel makes it at run time
_IS_MEMBER = KeyedStatement(
    select(_MEMBERSHIP.c.user_id).where(
        _MEMBERSHIP.c.tenancy_id == bindparam("tenancy_id"),
        _MEMBERSHIP.c.user_id == bindparam("user_id"),
        _MEMBERSHIP.c.team_id == bindparam("team_id"),
    )
)


def _caller(form: CheckedForm, tenancy: TenancySnapshot, user: UserRecord | None, end_user: EndUser | None) -> Caller:
    return Caller(
        access=form.access,
        tenancy=tenancy,
        user=user,
        session_id=_uuid(form.claims.refresh_token_id) if form.claims else None,
        refresh_token=form.credentials.refresh_token,
        end_user=end_user,
    )


def _check_user_token(credentials: Credentials, project_id: str, tokens: TokenAuthority) -> AccessClaims:
    try:
        claims = tokens.verify(credentials.access_token or "")
    except UnparsableToken:
        raise errors.UnparsableAccessToken from None
    if claims.project_id != project_id:
        raise errors.InvalidProjectForAccessToken(expected_project_id=project_id, actual_project_id=claims.project_id)
    if claims.kind is UserKind.ANONYMOUS and not credentials.allows_anonymous:
        raise errors.AnonymousAuthenticationNotAllowed
    if claims.kind is UserKind.RESTRICTED and not (credentials.allows_restricted or credentials.allows_anonymous):
        raise errors.RestrictedUserNotAllowed(restricted_reason={"type": claims.restricted_reason or "anonymous"})
    return claims


def _find_with_user(
    session: Session, installation: Installation, form: CheckedForm
) -> tuple[TenancySnapshot | None, UserRecord | None]:
    """Tenancy and user, in one statement whenever the tenancy is already known to this process."""
    project_id, branch_id = form.project_id, form.credentials.branch_id
    user_id = _uuid(form.claims.user_id) if form.claims and form.claims.branch_id == branch_id else None
    known = installation.tenancies.peek(project_id, branch_id)
    if known is not None and user_id is not None:
        found = find_with_version(session, tenancy_id=known.id, user_id=user_id)
        if found is not None:
            user, version = found
            return installation.tenancies.at_version(session, project_id, branch_id, version), user
    snapshot = installation.tenancies.find(session, project_id, branch_id)
    if snapshot is None or user_id is None:
        return snapshot, None
    return snapshot, find(session, tenancy_id=snapshot.id, user_id=user_id)


def _check_key(
    installation: Installation, form: CheckedForm, main: TenancySnapshot, *, branch_exists: bool, now: datetime
) -> None:
    credentials = form.credentials
    key: ProjectKey | None
    if form.access is AccessType.CLIENT:
        is_keyless = credentials.client_key is None or credentials.client_key == PUBLIC_CLIENT_SENTINEL
        if is_keyless and not branch_exists:
            raise errors.PublishableClientKeyRequiredForProject(project_id=main.project_id)
        key = check_client_key(main, credentials.client_key, now)
    elif form.access is AccessType.SERVER:
        if credentials.server_key is None:
            raise errors.ServerAuthenticationRequired
        key = main.valid_key(KeyKind.SERVER, token_hash(credentials.server_key), now)
        if key is None:
            raise errors.InvalidSecretServerKey(project_id=main.project_id)
    else:
        if credentials.admin_key is None:
            raise errors.AdminAuthenticationRequired
        key = main.valid_key(KeyKind.ADMIN, token_hash(credentials.admin_key), now)
        if key is None:
            raise errors.InvalidSuperSecretAdminKey(project_id=main.project_id)
    if key is not None:
        installation.key_uses.note(main.project_id, key.set_id, now)


def _check_admin_token(session: Session, installation: Installation, token: str, project: TenancySnapshot) -> uuid.UUID:
    try:
        claims = installation.tokens.verify(token, kinds=(UserKind.NORMAL,))
    except UnparsableToken:
        raise errors.UnparsableAdminAccessToken from None
    except errors.AccessTokenExpired as error:
        raise errors.AdminAccessTokenExpired(expired_at_millis=int(str(error.details["expired_at_millis"]))) from None
    if claims.project_id != INTERNAL_PROJECT_ID:
        raise errors.AdminAccessTokenIsNotAdmin
    internal = installation.tenancies.find(session, INTERNAL_PROJECT_ID, DEFAULT_BRANCH_ID)
    user_id = _uuid(claims.user_id)
    user = find(session, tenancy_id=internal.id, user_id=user_id) if internal and user_id else None
    if internal is None or user is None:
        raise StatusError(401, "The user of the admin access token does not exist anymore.")
    if not manages_project(session, internal_tenancy_id=internal.id, user_id=user.id, owner=project.owner_team_id):
        raise errors.AdminAccessTokenIsNotAdmin
    return user.id


def _check_development_key(session: Session, installation: Installation, key: str, now: datetime) -> None:
    settings = installation.settings
    if not (settings.is_local or settings.allow_development_override_key):
        raise StatusError(401, "The development override key is not accepted here.")
    internal = installation.tenancies.find(session, INTERNAL_PROJECT_ID, DEFAULT_BRANCH_ID)
    if internal is None or not internal.has_key(KeyKind.ADMIN, token_hash(key), now):
        raise StatusError(401, "The development override key is wrong.")


def _uuid(text: str | None) -> uuid.UUID | None:
    try:
        return uuid.UUID(text) if text else None
    except ValueError:
        return None
