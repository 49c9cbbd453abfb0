"""Project `internal`: the dashboard's own tenancy, kept up to date at every start (contract 02, section 3.2)."""

import base64
import hmac
import uuid
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Final

from sqlmodel import Session, col, func, select

from hexclave_app.config.apps import APPS
from hexclave_app.config.overrides import Override, merge
from hexclave_app.errors import StatusError
from hexclave_app.security.hashing import token_hash
from hexclave_app.services import permissions, teams
from hexclave_app.services.plans import PLAN_OVERRIDE
from hexclave_app.services.tenancies import TenancySnapshot, load, next_seq, touch
from hexclave_app.settings import DashboardSignUp, Settings
from models import ConfigOverride, Project, ProjectKeySet, Team, TeamMembership, Tenancy
from models.base import JsonValue, utc_now
from models.projects import DEFAULT_BRANCH_ID, INTERNAL_PROJECT_ID

OWNER_TEAM_ID = uuid.UUID("a23e1b7f-ab18-41fc-9ee6-7a9ca9fa543c")
KEY_SET_ID = uuid.UUID("3142e763-b230-44b5-8636-aa62f7489c26")
_KEYS_EXPIRE_AT = datetime(2099, 12, 31, tzinfo=UTC)
_DASHBOARD_DOMAIN_ID = "dashboard"
SET_UP_PARAMETER: Final = "setup"
"""The part of the sign-up page's address that carries the set-up code."""
_SET_UP_CODE_CHARS: Final = 24  # 120 bits


def ensure(session: Session, *, settings: Settings) -> None:
    """Create what is missing and refresh keys and fixed config; safe at every start and in several processes."""
    if session.get(Project, INTERNAL_PROJECT_ID) is None:
        session.add(
            Project(id=INTERNAL_PROJECT_ID, seq=0, display_name="Hexclave Dashboard", owner_team_id=OWNER_TEAM_ID)
        )
        session.flush()
        tenancy = Tenancy(seq=next_seq(session), project_id=INTERNAL_PROJECT_ID, branch_id=DEFAULT_BRANCH_ID)
        session.add(tenancy)
        session.flush()
        session.add(Team(tenancy_id=tenancy.id, id=OWNER_TEAM_ID, display_name="Hexclave Administrators"))
    has_changed = [_ensure_config(session, settings), _ensure_keys(session, settings)]
    if any(has_changed):
        touch(session, INTERNAL_PROJECT_ID)


def has_administrator(session: Session) -> bool:
    """Whether somebody administers the platform already."""
    count = session.exec(
        select(func.count()).select_from(TeamMembership).where(col(TeamMembership.team_id) == OWNER_TEAM_ID)
    ).one()
    return count > 0


def make_administrator(session: Session, *, user_id: uuid.UUID) -> None:
    """Put a dashboard user into the team that owns the platform's own project."""
    tenancy = load(session, INTERNAL_PROJECT_ID, DEFAULT_BRANCH_ID)
    teams.add_member(session, tenancy=tenancy, team_id=OWNER_TEAM_ID, user_id=user_id)
    permissions.grant_in_team(
        session, tenancy_id=tenancy.id, team_id=OWNER_TEAM_ID, user_id=user_id, permission_ids=["team_admin"]
    )


def set_up_code(settings: Settings) -> str:
    """What the first administrator of a public installation shows: the server prints it for its operator."""
    digest = hmac.digest(settings.secrets.server_secret.encode(), b"first administrator", "sha256")
    return base64.b32encode(digest)[:_SET_UP_CODE_CHARS].decode().lower()


def before_sign_up(session: Session, *, settings: Settings, code: str) -> None:
    """On a public address only who can read the operator's log becomes the first administrator, whoever comes first."""
    if settings.is_local or has_administrator(session):
        return
    if not hmac.compare_digest(code.encode(), set_up_code(settings).encode()):
        raise StatusError(
            403,
            "The first account of this installation is created at the address that the server printed when it started.",
            message_key="error-first-account",
        )


def after_sign_up(session: Session, *, tenancy: TenancySnapshot, user_id: uuid.UUID, mode: DashboardSignUp) -> None:
    """The first dashboard user becomes administrator; in mode `first` nobody else may sign up afterwards."""
    if has_administrator(session):
        return
    make_administrator(session, user_id=user_id)
    if mode is DashboardSignUp.FIRST:
        row = session.get(ConfigOverride, (INTERNAL_PROJECT_ID, DEFAULT_BRANCH_ID, "environment"))
        if row is None:
            raise RuntimeError("project internal has no environment config: ensure() must have run")
        row.config = merge(row.config, {"auth.allowSignUp": False})
        touch(session, tenancy.project_id)


def _ensure_config(session: Session, settings: Settings) -> bool:
    row = session.get(ConfigOverride, (INTERNAL_PROJECT_ID, DEFAULT_BRANCH_ID, "environment"))
    is_new = row is None
    if row is None:
        row = ConfigOverride(
            project_id=INTERNAL_PROJECT_ID, branch_id=DEFAULT_BRANCH_ID, level="environment", config={}
        )
        session.add(row)
    wanted = merge(row.config, _fixed_config(settings))
    if is_new:
        wanted = merge(wanted, _initial_config(settings))
    if wanted == row.config and not is_new:
        return False
    row.config, row.updated_at = wanted, utc_now()
    return True


def _initial_config(settings: Settings) -> Override:
    """What an administrator may change later."""
    return {
        "auth.allowSignUp": settings.dashboard_sign_up_mode is not DashboardSignUp.CLOSED,
        "auth.password.allowSignIn": True,
        "domains.allowLocalhost": settings.is_local,
        "onboarding.requireEmailVerification": False,
    }


def _fixed_config(settings: Settings) -> Override:
    """What the dashboard relies on."""
    domains: dict[str, JsonValue] = {}
    if not settings.is_local:
        domains = {
            f"domains.trustedDomains.{_DASHBOARD_DOMAIN_ID}": {"baseUrl": settings.origin, "handlerPath": "/handler"}
        }
    return {
        "teams.createPersonalTeamOnSignUp": True,
        "teams.allowClientTeamCreation": True,
        **{f"apps.installed.{app.id}.enabled": True for app in APPS},
        "rbac.permissions.team_member": {
            "scope": "team",
            "description": "Default permission for team members",
            "containedPermissionIds": {"$read_members": True},
        },
        "rbac.permissions.team_admin": {
            "scope": "team",
            "description": "Default permission for team admins",
            "containedPermissionIds": {"$read_members": True, "$remove_members": True, "$update_team": True},
        },
        "rbac.defaultPermissions.teamCreator": {"team_admin": True},
        "rbac.defaultPermissions.teamMember": {"team_member": True},
        **PLAN_OVERRIDE,
        **domains,
    }


def _ensure_keys(session: Session, settings: Settings) -> bool:
    row = session.get(ProjectKeySet, (INTERNAL_PROJECT_ID, KEY_SET_ID))
    is_new = row is None
    if row is None:
        row = ProjectKeySet(
            project_id=INTERNAL_PROJECT_ID, id=KEY_SET_ID, description="Internal keys", expires_at=_KEYS_EXPIRE_AT
        )
        session.add(row)
    has_changed = is_new
    for name, key in internal_keys(settings).items():
        if getattr(row, f"{name}_hash") != token_hash(key):
            setattr(row, f"{name}_hash", token_hash(key))
            setattr(row, f"{name}_last_four", key[-4:])
            has_changed = True
    return has_changed


def internal_keys(settings: Settings) -> Mapping[str, str]:
    """The keys of project `internal`: from the environment, else generated at first start."""
    generated = settings.secrets
    return {
        "publishable_client_key": settings.internal_publishable_client_key or generated.internal_publishable_client_key,
        "secret_server_key": settings.internal_secret_server_key or generated.internal_secret_server_key,
        "super_secret_admin_key": settings.internal_super_secret_admin_key or generated.internal_super_secret_admin_key,
    }
