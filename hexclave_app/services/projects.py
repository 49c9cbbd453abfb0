"""Projects: creating, reading, changing, transferring, deleting (contract 02, sections 1 and 4)."""

import uuid
from typing import TypedDict

from sqlalchemy import delete as sql_delete
from sqlmodel import Session, col, func, select

from hexclave_app import errors
from hexclave_app.config import legacy
from hexclave_app.config.overrides import Level, Override, merge
from hexclave_app.config.schema import CompleteConfig
from hexclave_app.errors import StatusError
from hexclave_app.security.random_ids import new_id
from hexclave_app.services import permissions, project_configs, teams, tenancies
from hexclave_app.services.audit import recording
from hexclave_app.services.project_configs import lock_project
from hexclave_app.services.tenancies import TenancyCache, TenancySnapshot
from hexclave_app.services.users.records import UserRecord, from_row, select_records
from models import ContactChannel, OnboardingStatus, Project, TeamMembership, Tenancy, User
from models.base import JsonValue, millis, utc_now
from models.projects import DEFAULT_BRANCH_ID, INTERNAL_PROJECT_ID

View = dict[str, object]

TEAM_ADMIN = "team_admin"
LOGO_FIELDS = ("logo_url", "logo_full_url", "logo_dark_mode_url", "logo_full_dark_mode_url")
LOGO_FOLDER = "project-logos"


class ProjectFields(TypedDict, total=False):
    """What may be said about a project; a key that is not there means "leave it"."""

    display_name: str
    description: str | None
    is_production_mode: bool
    is_development_environment: bool
    onboarding_status: OnboardingStatus
    onboarding_state: JsonValue
    logo_url: str | None
    logo_full_url: str | None
    logo_dark_mode_url: str | None
    logo_full_dark_mode_url: str | None


def create(
    session: Session,
    *,
    owner_team_id: uuid.UUID | None,
    fields: ProjectFields,
    config: Override | None = None,
    project_id: str | None = None,
) -> Project:
    """Create a project with branch `main` and the config defaults of new projects; `config` wins over them.

    Callers check the owner first (`require_owner`).
    """
    # Whoever creates a project waits here: project numbers are dense, and two must not take the same.
    lock_project(session, INTERNAL_PROJECT_ID)
    last = session.exec(select(func.max(Project.seq))).one()
    project = Project(id=project_id or str(new_id()), seq=(last or 0) + 1, display_name="", owner_team_id=owner_team_id)
    _apply(project, fields)
    session.add(project)
    session.flush()
    # Not 1: if a deleted project comes back with the same id, no process may mistake it for the one it remembers.
    session.add(
        Tenancy(
            seq=tenancies.next_seq(session),
            project_id=project.id,
            branch_id=DEFAULT_BRANCH_ID,
            version=millis(utc_now()),
        )
    )
    session.flush()
    environment = merge(legacy.new_project_defaults(), config or {})
    project_configs.replace(session, project_id=project.id, level=Level.ENVIRONMENT, config=environment)
    return project


def update(
    session: Session,
    *,
    project_id: str,
    fields: ProjectFields,
    config: Override | None = None,
    branch_id: str = DEFAULT_BRANCH_ID,
) -> Project:
    """Change what is given; config keys are merged into the environment override."""
    project = lock_project(session, project_id)
    _apply(project, fields)
    session.flush()
    if config:
        project_configs.patch(
            session, project_id=project_id, level=Level.ENVIRONMENT, config=config, branch_id=branch_id
        )
    tenancies.touch(session, project_id)
    return project


def create_for_user(
    session: Session,
    *,
    internal: TenancySnapshot,
    user_id: uuid.UUID,
    owner_team_id: uuid.UUID,
    fields: ProjectFields,
    config: Override | None = None,
) -> View:
    """Create a project that belongs to a team of a dashboard user, who must be its member."""
    require_owner(session, internal=internal, user_id=user_id, owner_team_id=owner_team_id)
    project = create(session, owner_team_id=owner_team_id, fields=fields, config=config)
    return current_admin_view(session, project_id=project.id)


def update_and_view(
    session: Session, *, project_id: str, branch_id: str, fields: ProjectFields, config: Override
) -> View:
    """Change what is given; returns the project as its administrators see it afterwards."""
    update(session, project_id=project_id, fields=fields, config=config, branch_id=branch_id)
    return current_admin_view(session, project_id=project_id, branch_id=branch_id)


def delete(session: Session, *, project_id: str) -> None:
    """Delete a project and, through the database's cascades, everything that belongs to it."""
    if project_id == INTERNAL_PROJECT_ID:
        raise StatusError(400, "The project of the dashboard itself cannot be deleted.")
    session.flush()
    project = session.get(Project, project_id)
    if project is not None:
        recording.project_deleted(session, project)
    deleted = session.connection().execute(sql_delete(Project).where(col(Project.id) == project_id))
    session.expire_all()
    if deleted.rowcount == 0:
        raise errors.ProjectNotFound(project_id=project_id)


def transfer(
    session: Session, *, internal: TenancySnapshot, user_id: uuid.UUID, project_id: str, new_team_id: str
) -> None:
    """Give a project to another team of the user, who must be `team_admin` of its present owner."""
    project = lock_project(session, project_id)
    if project.owner_team_id is None:
        raise StatusError(400, "The project has no owner team and cannot be transferred.")
    owner_team_id = project.owner_team_id
    require_owner(session, internal=internal, user_id=user_id, owner_team_id=owner_team_id)
    is_admin = permissions.has_team_permission(
        session,
        internal.config,
        tenancy_id=internal.id,
        team_id=owner_team_id,
        user_id=user_id,
        permission_id=TEAM_ADMIN,
    )
    if not is_admin:
        raise errors.TeamPermissionRequired(team_id=str(owner_team_id), user_id=str(user_id), permission_id=TEAM_ADMIN)
    try:
        new_owner_id = uuid.UUID(new_team_id)
    except ValueError:
        raise errors.TeamMembershipNotFound(team_id=new_team_id, user_id=str(user_id)) from None
    require_owner(session, internal=internal, user_id=user_id, owner_team_id=new_owner_id)
    project.owner_team_id = new_owner_id
    session.flush()
    tenancies.touch(session, project_id)


def require_owner(session: Session, *, internal: TenancySnapshot, user_id: uuid.UUID, owner_team_id: uuid.UUID) -> None:
    """Only members of a team may give it projects; raises TEAM_MEMBERSHIP_NOT_FOUND."""
    teams.require_membership(session, tenancy_id=internal.id, user_id=user_id, team_id=owner_team_id)


def list_for_user(
    session: Session, *, cache: TenancyCache, internal_tenancy_id: uuid.UUID, user_id: uuid.UUID
) -> list[View]:
    """Every project that one of the user's teams owns, as its administrators see it, oldest first."""
    owned = (
        select(Project, Tenancy.version)
        .join(Tenancy, col(Tenancy.project_id) == col(Project.id))
        .where(
            col(Tenancy.branch_id) == DEFAULT_BRANCH_ID,
            col(Project.owner_team_id).in_(
                select(TeamMembership.team_id).where(
                    col(TeamMembership.tenancy_id) == internal_tenancy_id, col(TeamMembership.user_id) == user_id
                )
            ),
        )
        .order_by(col(Project.seq))
    )
    return [
        admin_view(project, cache.at_version(session, project.id, DEFAULT_BRANCH_ID, version).config)
        for project, version in session.exec(owned).all()
    ]


def get(session: Session, *, project_id: str) -> Project:
    """A project; raises PROJECT_NOT_FOUND."""
    project = session.get(Project, project_id)
    if project is None:
        raise errors.ProjectNotFound(project_id=project_id)
    return project


def check_email_theme(config: CompleteConfig, theme_id: str) -> None:
    """Refuse a theme that the project does not have."""
    if theme_id not in config.emails.themes:
        raise StatusError(400, "The email theme does not exist in this project.")


def public_view(tenancy: TenancySnapshot) -> View:
    """A project as every client may see it."""
    return {
        "id": tenancy.project_id,
        "display_name": tenancy.display_name,
        "config": legacy.public_view(tenancy.config),
    }


def current_admin_view(session: Session, *, project_id: str, branch_id: str = DEFAULT_BRANCH_ID) -> View:
    """The project with its config as of this transaction."""
    project = get(session, project_id=project_id)
    return admin_view(project, tenancies.load(session, project_id, branch_id).config)


def admin_view(project: Project, config: CompleteConfig) -> View:
    """A project as its administrators see it, config secrets included."""
    return {
        "id": project.id,
        "display_name": project.display_name,
        "description": project.description,
        "logo_url": project.logo_url,
        "logo_full_url": project.logo_full_url,
        "logo_dark_mode_url": project.logo_dark_mode_url,
        "logo_full_dark_mode_url": project.logo_full_dark_mode_url,
        "created_at_millis": millis(project.created_at),
        "is_production_mode": project.is_production_mode,
        "is_development_environment": project.is_development_environment,
        "owner_team_id": str(project.owner_team_id) if project.owner_team_id else None,
        "onboarding_status": str(project.onboarding_status),
        "onboarding_state": project.onboarding_state,
        "config": legacy.admin_view(config),
    }


def preview_affected_users(
    session: Session, *, tenancy: TenancySnapshot, require_email_verification: bool, limit: int
) -> tuple[list[UserRecord], int]:
    """Whom a stricter onboarding setting would restrict: the newest users, and how many there are; changes nothing."""
    if tenancy.config.onboarding.require_email_verification or not require_email_verification:
        return [], 0
    affected = select_records().where(
        col(User.tenancy_id) == tenancy.id,
        col(User.is_anonymous).is_(False),
        col(ContactChannel.is_verified).is_not(True),
    )
    newest = affected.order_by(col(User.signed_up_at).desc(), col(User.id).desc()).limit(limit)
    connection = session.connection()
    count = connection.execute(affected.with_only_columns(func.count(), maintain_column_froms=True)).scalar_one()
    return [from_row(row) for row in connection.execute(newest)], count


def _apply(project: Project, fields: ProjectFields) -> None:
    for name, value in fields.items():
        setattr(project, name, "" if name == "description" and value is None else value)
