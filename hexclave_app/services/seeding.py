"""Applying seed files: projects, their config and keys, users and teams, as often as you like.

A seed says what must be there. Applying it brings fields and config keys of a project to what the file says; key sets,
users, teams, memberships and permissions that are missing are added, and existing ones are never changed or removed.
"""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields

from sqlmodel import Session, col, or_, select

from hexclave_app.config.overrides import merge
from hexclave_app.config.validation import check_override
from hexclave_app.errors import ApiError
from hexclave_app.installation import Installation
from hexclave_app.security.hashing import token_hash
from hexclave_app.security.password_threads import hash_password
from hexclave_app.services import (
    internal_project,
    permissions,
    project_configs,
    project_keys,
    projects,
    teams,
    tenancies,
)
from hexclave_app.services.contact_channels import normalise_email
from hexclave_app.services.seed_files import ProjectSeed, Seed, SeedError, TeamSeed, UserSeed, load_seed
from hexclave_app.services.tenancies import TenancySnapshot
from hexclave_app.services.users.creation import UserCreateData, create
from models import ContactChannel, Project, ProjectKeySet, ProjectPermissionGrant, Team, TeamPermissionGrant
from models.contact_channels import EMAIL
from models.projects import DEFAULT_BRANCH_ID, INTERNAL_PROJECT_ID

__all__ = ["Seed", "SeedError", "SeedReport", "apply_seed", "load_seed"]


@dataclass(slots=True)
class SeedReport:
    """How much an application of a seed changed."""

    projects_created: int = 0
    projects_changed: int = 0
    key_sets_created: int = 0
    users_created: int = 0
    teams_created: int = 0
    memberships_created: int = 0
    permissions_granted: int = 0

    def __str__(self) -> str:
        counts = {item.name.replace("_", " "): getattr(self, item.name) for item in fields(self)}
        told = [f"{name}: {count}" for name, count in counts.items() if count]
        return ", ".join(told) if told else "nothing to change"

    def add(self, other: "SeedReport") -> None:
        """Count another application too."""
        for item in fields(self):
            setattr(self, item.name, getattr(self, item.name) + getattr(other, item.name))


async def apply_seed(installation: Installation, seed: Seed) -> SeedReport:
    """Bring the database to what the seed says: `internal` first, one transaction per project; raises SeedError."""
    report = SeedReport()
    for project in sorted(seed.projects, key=lambda project: project.id != INTERNAL_PROJECT_ID):
        known = await installation.db.read(_known_emails, project=project)
        hashes = {
            user.email: await hash_password(user.password)
            for user in project.users
            if user.password is not None and user.email not in known
        }
        try:
            report.add(await installation.db.run(_apply, installation, project=project, hashes=hashes))
        except ApiError as error:
            raise SeedError(f"project {project.id}: {error.message}") from None
    return report


def _known_emails(session: Session, *, project: ProjectSeed) -> set[str]:
    if session.get(Project, project.id) is None:
        return set()
    tenancy = tenancies.load(session, project.id, DEFAULT_BRANCH_ID)
    return {user.email for user in project.users if _find_user(session, tenancy, user.email) is not None}


def _apply(
    session: Session, installation: Installation, *, project: ProjectSeed, hashes: Mapping[str, str]
) -> SeedReport:
    # Servers that start together may apply the same file: one after the other, so that the second finds nothing to do.
    project_configs.lock_project(session, INTERNAL_PROJECT_ID)
    report = SeedReport()
    _apply_project(session, project, report)
    _apply_keys(session, project, report)
    tenancy = tenancies.load(session, project.id, DEFAULT_BRANCH_ID)
    people = _People(session, installation, tenancy, project, hashes, report)
    for user in project.users:
        people.apply_user(user)
    for team in project.teams:
        people.apply_team(team)
    session.flush()
    return report


def _apply_project(session: Session, seed: ProjectSeed, report: SeedReport) -> None:
    given = seed.fields()
    owner_id = _owner_team_id(session, seed) if seed.owner_team is not None else None
    project = session.get(Project, seed.id)
    if project is None:
        projects.create(session, project_id=seed.id, owner_team_id=owner_id, fields=given)
        _apply_config(session, seed)
        report.projects_created += 1
        return
    has_changed = _apply_config(session, seed)
    if any(getattr(project, name) != value for name, value in given.items()):
        projects.update(session, project_id=seed.id, fields=given)
        has_changed = True
    if owner_id is not None and owner_id != project.owner_team_id:
        project.owner_team_id = owner_id
        tenancies.touch(session, seed.id)
        has_changed = True
    report.projects_changed += has_changed


def _apply_config(session: Session, seed: ProjectSeed) -> bool:
    has_changed = False
    for level, config in seed.config.levels().items():
        stored = project_configs.get(session, project_id=seed.id, level=level)
        if merge(stored, check_override(config, level)) != stored:
            project_configs.patch(session, project_id=seed.id, level=level, config=config)
            has_changed = True
    return has_changed


def _owner_team_id(session: Session, seed: ProjectSeed) -> uuid.UUID:
    internal = tenancies.load(session, INTERNAL_PROJECT_ID, DEFAULT_BRANCH_ID)
    team = _find_team(session, internal, seed.owner_team or "")
    if team is None:
        raise SeedError(f'project {seed.id}: project internal has no team "{seed.owner_team}" that could own it')
    return team.id


def _apply_keys(session: Session, seed: ProjectSeed, report: SeedReport) -> None:
    for key_set in seed.keys:
        hashes = {f"{kind.value}_hash": token_hash(key) for kind, key in key_set.keys().items()}
        same = [getattr(ProjectKeySet, name) == value for name, value in hashes.items()]
        existing = session.exec(select(ProjectKeySet).where(or_(*same))).all()
        if not existing:
            project_keys.add(
                session,
                project_id=seed.id,
                description=key_set.description,
                expires_at=key_set.expires_at,
                keys=key_set.keys(),
            )
            report.key_sets_created += 1
        elif any(
            row.project_id != seed.id or any(getattr(row, name) != value for name, value in hashes.items())
            for row in existing
        ):
            raise SeedError(f'project {seed.id}: a key of the set "{key_set.description}" is in use already')


def _find_user(session: Session, tenancy: TenancySnapshot, email: str) -> uuid.UUID | None:
    return session.exec(
        select(ContactChannel.user_id)
        .where(
            col(ContactChannel.tenancy_id) == tenancy.id,
            col(ContactChannel.type) == EMAIL,
            col(ContactChannel.value) == email,
            or_(col(ContactChannel.is_primary).is_(True), col(ContactChannel.used_for_auth).is_(True)),
        )
        .order_by(col(ContactChannel.used_for_auth).is_(None), col(ContactChannel.created_at))
    ).first()


def _find_team(session: Session, tenancy: TenancySnapshot, name: str) -> Team | None:
    return session.exec(
        select(Team)
        .where(col(Team.tenancy_id) == tenancy.id, col(Team.display_name) == name)
        .order_by(col(Team.created_at), col(Team.id))
    ).first()


@dataclass(slots=True)
class _People:
    """Users and teams of one project while they are applied."""

    session: Session
    installation: Installation
    tenancy: TenancySnapshot
    project: ProjectSeed
    hashes: Mapping[str, str]
    report: SeedReport
    ids: dict[str, uuid.UUID] = field(default_factory=dict)

    def apply_user(self, seed: UserSeed) -> None:
        """Create a missing user and grant missing permissions."""
        user_id = _find_user(self.session, self.tenancy, seed.email)
        if user_id is None:
            user_id = self._create(seed)
        self.ids[seed.email] = user_id
        self._grant_in_project(user_id, seed.permissions)
        if seed.is_administrator:
            self._make_administrator(user_id)

    def apply_team(self, seed: TeamSeed) -> None:
        """Create a missing team; add missing members and permissions."""
        team = _find_team(self.session, self.tenancy, seed.display_name)
        if team is None:
            team = teams.create(self.session, tenancy=self.tenancy, display_name=seed.display_name)
            self.report.teams_created += 1
        for member in seed.members:
            user_id = self._member_id(seed, member.email)
            identity = {"tenancy_id": self.tenancy.id, "team_id": team.id, "user_id": user_id}
            if teams.membership(self.session, **identity) is None:
                teams.add_member(self.session, tenancy=self.tenancy, team_id=team.id, user_id=user_id)
                self.session.flush()
                self.report.memberships_created += 1
            for permission_id in self._defined(member.permissions, permissions.TEAM_SCOPE):
                if self.session.get(TeamPermissionGrant, {**identity, "permission_id": permission_id}) is None:
                    permissions.grant_in_team(self.session, **identity, permission_ids=[permission_id])
                    self.report.permissions_granted += 1

    def _create(self, seed: UserSeed) -> uuid.UUID:
        if seed.password is not None and seed.email not in self.hashes:
            raise SeedError(f"project {self.project.id}: {seed.email} was deleted meanwhile; apply the seed again")
        data = UserCreateData(
            display_name=seed.display_name,
            primary_email=seed.email,
            primary_email_verified=seed.primary_email_verified,
            primary_email_auth_enabled=seed.primary_email_auth_enabled,
            client_metadata=seed.client_metadata,
            client_read_only_metadata=seed.client_read_only_metadata,
            server_metadata=seed.server_metadata,
            password_hash=seed.password_hash or self.hashes.get(seed.email),
            otp_auth_enabled=seed.otp_auth_enabled,
        )
        self.report.users_created += 1
        return create(self.session, installation=self.installation, tenancy=self.tenancy, data=data).id

    def _grant_in_project(self, user_id: uuid.UUID, permission_ids: Iterable[str]) -> None:
        identity = {"tenancy_id": self.tenancy.id, "user_id": user_id}
        for permission_id in self._defined(permission_ids, permissions.PROJECT_SCOPE):
            if self.session.get(ProjectPermissionGrant, {**identity, "permission_id": permission_id}) is None:
                permissions.grant_in_project(self.session, **identity, permission_ids=[permission_id])
                self.report.permissions_granted += 1

    def _make_administrator(self, user_id: uuid.UUID) -> None:
        owner_id = internal_project.OWNER_TEAM_ID
        if teams.membership(self.session, tenancy_id=self.tenancy.id, user_id=user_id, team_id=owner_id) is not None:
            return
        if internal_project.has_administrator(self.session):
            internal_project.make_administrator(self.session, user_id=user_id)
        else:
            # The first one may close the registration of others, however the first one comes to be.
            mode = self.installation.settings.dashboard_sign_up_mode
            internal_project.after_sign_up(self.session, tenancy=self.tenancy, user_id=user_id, mode=mode)
        self.report.memberships_created += 1

    def _member_id(self, team: TeamSeed, email: str) -> uuid.UUID:
        address = normalise_email(email)
        user_id = self.ids.get(address) or _find_user(self.session, self.tenancy, address)
        if user_id is None:
            raise SeedError(f'project {self.project.id}, team "{team.display_name}": there is no user {email}')
        return user_id

    def _defined(self, permission_ids: Iterable[str], scope: str) -> list[str]:
        known = permissions.defined_ids(self.tenancy.config, scope)
        unknown = [identifier for identifier in permission_ids if identifier not in known]
        if unknown:
            raise SeedError(f"project {self.project.id}: no {scope} permission is called {', '.join(unknown)}")
        return list(permission_ids)
