"""What hardly changes about a tenancy (project, rendered config, keys): read once, kept until its version moves.

Every change of a project, its config or its keys increments `tenancy.version` in the same transaction. Each request
reads that one number from the database, so that a change made by any process is seen by the next request everywhere.
"""

import uuid
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Connection, bindparam, func, select, update
from sqlmodel import Session, col
from sqlmodel import select as sqlmodel_select

from hexclave_app.config.overrides import Override
from hexclave_app.config.rendering import render
from hexclave_app.config.schema import CompleteConfig
from hexclave_app.keyed_statements import HasConnection, KeyedStatement
from models import ConfigOverride, Project, ProjectKeySet, Tenancy

_CACHE_SIZE = 2_000  # tenancies; a snapshot takes some tens of kilobytes


class KeyKind(StrEnum):
    """The three keys of a project key set."""

    CLIENT = "publishable_client_key"
    SERVER = "secret_server_key"
    ADMIN = "super_secret_admin_key"


@dataclass(frozen=True, slots=True)
class ProjectKey:
    """One key of a set, as far as checking needs it."""

    kind: KeyKind
    expires_at: datetime
    set_id: uuid.UUID


@dataclass(frozen=True, slots=True)
class TenancySnapshot:
    """One tenancy at one version."""

    id: uuid.UUID
    project_id: str
    branch_id: str
    version: int
    display_name: str
    owner_team_id: uuid.UUID | None
    config: CompleteConfig
    keys: Mapping[str, ProjectKey]
    """By SHA-256 of the key; revoked keys are not in it."""

    def has_key(self, kind: KeyKind, key_hash: str, now: datetime) -> bool:
        """Whether a key of that kind is valid now."""
        return self.valid_key(kind, key_hash, now) is not None

    def valid_key(self, kind: KeyKind, key_hash: str, now: datetime) -> ProjectKey | None:
        """The key of that kind, if it is valid now."""
        key = self.keys.get(key_hash)
        return key if key is not None and key.kind is kind and key.expires_at > now else None


class TenancyCache:
    """The newest snapshot of each recently used tenancy of this process."""

    def __init__(self) -> None:
        self._snapshots: OrderedDict[tuple[str, str], TenancySnapshot] = OrderedDict()

    def peek(self, project_id: str, branch_id: str) -> TenancySnapshot | None:
        """The kept snapshot, of unknown freshness."""
        return self._snapshots.get((project_id, branch_id))

    def at_version(self, session: Session, project_id: str, branch_id: str, version: int) -> TenancySnapshot:
        """The snapshot of a version just read in this transaction."""
        key = (project_id, branch_id)
        snapshot = self._snapshots.get(key)
        if snapshot is None or snapshot.version != version:
            snapshot = load(session, project_id, branch_id)
            # Inside a transaction that itself changed the tenancy the new state may yet be rolled back, and its version
            # number be used again for another one. Such a state is used but not kept.
            if not session.info.get(_TOUCHED):
                self._snapshots[key] = snapshot
                if len(self._snapshots) > _CACHE_SIZE:
                    self._snapshots.popitem(last=False)
        return snapshot

    def find(self, session: Session, project_id: str, branch_id: str) -> TenancySnapshot | None:
        """The current snapshot; None when project or branch does not exist."""
        if "\x00" in project_id + branch_id:
            return None  # PostgreSQL refuses the question itself
        version = version_of(session, project_id=project_id, branch_id=branch_id)
        if version is None:
            self._snapshots.pop((project_id, branch_id), None)
            return None
        return self.at_version(session, project_id, branch_id, version)


_TOUCHED = "tenancy_touched"
_TENANCY = Tenancy.__table__  # type: ignore[attr-defined]  # SQLModel makes it at run time
_VERSION = KeyedStatement(
    select(_TENANCY.c.version).where(
        _TENANCY.c.project_id == bindparam("project_id"), _TENANCY.c.branch_id == bindparam("branch_id")
    )
)


def version_of(where: Connection | HasConnection, *, project_id: str, branch_id: str) -> int | None:
    """The newest version of a tenancy; None when project or branch does not exist."""
    found = _VERSION.one_or_none(where, {"project_id": project_id, "branch_id": branch_id})
    return int(found[0]) if found is not None else None


def next_seq(session: Session) -> int:
    """The dense number of the next tenancy."""
    last: int | None = session.execute(select(func.max(_TENANCY.c.seq))).scalar_one()
    return (last or 0) + 1


def touch(session: Session, project_id: str) -> None:
    """Tell every process that project, config or keys changed; part of the changing transaction."""
    session.info[_TOUCHED] = True
    session.connection().execute(
        update(_TENANCY).where(_TENANCY.c.project_id == project_id).values(version=_TENANCY.c.version + 1)
    )


def load(session: Session, project_id: str, branch_id: str) -> TenancySnapshot:
    """Read and render one existing tenancy."""
    session.flush()
    tenancy, project = session.exec(
        sqlmodel_select(Tenancy, Project)
        .join(Project, col(Project.id) == col(Tenancy.project_id))
        .where(col(Tenancy.project_id) == project_id, col(Tenancy.branch_id) == branch_id)
        .execution_options(populate_existing=True)
    ).one()
    overrides = stored_overrides(session, project_id, branch_id)
    key_sets = session.exec(
        sqlmodel_select(ProjectKeySet).where(
            col(ProjectKeySet.project_id) == project_id, col(ProjectKeySet.manually_revoked_at).is_(None)
        )
    ).all()
    keys = {
        key_hash: ProjectKey(kind=kind, expires_at=key_set.expires_at, set_id=key_set.id)
        for key_set in key_sets
        for kind in KeyKind
        if (key_hash := getattr(key_set, f"{kind.value}_hash")) is not None
    }
    return TenancySnapshot(
        id=tenancy.id,
        project_id=project_id,
        branch_id=branch_id,
        version=tenancy.version,
        display_name=project.display_name,
        owner_team_id=project.owner_team_id,
        config=render(overrides["project"], overrides["branch"], overrides["environment"]),
        keys=keys,
    )


def stored_overrides(session: Session, project_id: str, branch_id: str) -> dict[str, Override]:
    """The stored override of each level, `{}` where there is none."""
    rows = session.exec(
        sqlmodel_select(ConfigOverride).where(
            col(ConfigOverride.project_id) == project_id, col(ConfigOverride.branch_id).in_(["", branch_id])
        )
    ).all()
    found = {row.level: row.config for row in rows}
    return {level: found.get(level, {}) for level in ("project", "branch", "environment")}
