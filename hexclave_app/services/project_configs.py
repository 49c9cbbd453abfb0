"""Stored config overrides of a project: reading, replacing, merging, taking back (contract 02, sections 2 and 5).

Every change locks the project first, so that concurrent changes follow one another and none is lost.
"""

from collections.abc import Iterable, Mapping

import orjson
import structlog
from sqlmodel import Session, col, select

from hexclave_app.config.overrides import Level, Override, merge, migrate, reset_keys
from hexclave_app.config.schema import CompleteConfig
from hexclave_app.config.validation import MAX_OVERRIDE_LENGTH, OverrideError, check_override, find_warnings
from hexclave_app.errors import ProjectNotFound, StatusError
from hexclave_app.services import tenancies
from models import ConfigOverride, Project
from models.base import JsonValue, utc_now
from models.projects import DEFAULT_BRANCH_ID

log = structlog.get_logger()

ConfigSource = Mapping[str, JsonValue]
UNLINKED: ConfigSource = {"type": "unlinked"}

_LARGE_OVERRIDE = 1_000_000  # characters; worth a line in the log


def lock_project(session: Session, project_id: str) -> Project:
    """The project's row, fresh and reserved for this transaction; raises PROJECT_NOT_FOUND."""
    project = session.exec(
        select(Project)
        .where(col(Project.id) == project_id)
        .with_for_update(key_share=True)  # rows that refer to the project may still be inserted
        .execution_options(populate_existing=True)
    ).one_or_none()
    if project is None:
        raise ProjectNotFound(project_id=project_id)
    return project


def to_json(config: CompleteConfig) -> str:
    """The complete configuration as the JSON text of the wire, secrets included."""
    return config.model_dump_json(by_alias=True, exclude_none=True)


def to_text(override: Override) -> str:
    """An override as JSON text."""
    return orjson.dumps(override).decode()


def parse(text: str) -> JsonValue:
    """The JSON value of a text; plain 400 when it is none."""
    try:
        return orjson.loads(text)
    except (orjson.JSONDecodeError, UnicodeEncodeError):
        raise StatusError(400, "The config string is not valid JSON.") from None


def get(session: Session, *, project_id: str, level: Level, branch_id: str = DEFAULT_BRANCH_ID) -> Override:
    """What a level stores, in today's spelling; `{}` when nothing."""
    row = session.get(ConfigOverride, _key(project_id, level, branch_id))
    return migrate(row.config, level) if row is not None else {}


def replace(
    session: Session,
    *,
    project_id: str,
    level: Level,
    config: object,
    source: ConfigSource | None = None,
    branch_id: str = DEFAULT_BRANCH_ID,
) -> None:
    """Store a new override; the branch level also needs to know where it comes from."""
    checked = _checked(config, level)
    if level is Level.BRANCH and source is None:
        raise StatusError(400, "A source is required to replace the branch config override.")
    row = _locked_row(session, project_id, level, branch_id)
    if level is Level.BRANCH and source is not None:
        row.source = dict(source)
    _store(session, row, checked, branch_id)


def patch(
    session: Session, *, project_id: str, level: Level, config: object, branch_id: str = DEFAULT_BRANCH_ID
) -> None:
    """Merge keys into an override; each replaces its whole subtree, and the source stays."""
    checked = _checked(config, level)
    row = _locked_row(session, project_id, level, branch_id)
    _store(session, row, merge(migrate(row.config, level), checked), branch_id)


def patch_pushable(
    session: Session, *, project_id: str, config: Mapping[str, JsonValue], branch_id: str = DEFAULT_BRANCH_ID
) -> None:
    """Write pushable settings to the branch and forget what the environment says about them (section 2.8)."""
    patch(session, project_id=project_id, level=Level.BRANCH, config=dict(config), branch_id=branch_id)
    reset(session, project_id=project_id, level=Level.ENVIRONMENT, keys=config, branch_id=branch_id)


def reset(
    session: Session, *, project_id: str, level: Level, keys: Iterable[str], branch_id: str = DEFAULT_BRANCH_ID
) -> None:
    """Take keys and everything below them out of an override; unknown keys change nothing."""
    lock_project(session, project_id)
    if session.get(ConfigOverride, _key(project_id, level, branch_id)) is None:
        return
    row = _locked_row(session, project_id, level, branch_id)
    _store(session, row, reset_keys(migrate(row.config, level), keys), branch_id)


def get_source(session: Session, *, project_id: str, branch_id: str = DEFAULT_BRANCH_ID) -> ConfigSource:
    """Where the branch override was pushed from."""
    row = session.get(ConfigOverride, _key(project_id, Level.BRANCH, branch_id))
    return row.source if row is not None and row.source is not None else UNLINKED


def require_unlinked(session: Session, *, project_id: str) -> None:
    """Raise a plain 409 when the branch override is kept elsewhere, so that nothing here may change it."""
    if is_pushed(session, project_id=project_id):
        raise StatusError(409, "These settings come from a pushed configuration. Change them where it is kept.")


def is_pushed(session: Session, *, project_id: str) -> bool:
    """Whether the branch override is kept elsewhere."""
    return bool(get_source(session, project_id=project_id).get("type") != UNLINKED["type"])


def unlink(session: Session, *, project_id: str, branch_id: str = DEFAULT_BRANCH_ID) -> None:
    """Give the branch override to the dashboard; the config itself stays."""
    row = _locked_row(session, project_id, Level.BRANCH, branch_id)
    row.source = dict(UNLINKED)
    tenancies.touch(session, project_id)


def _checked(config: object, level: Level) -> Override:
    try:
        return check_override(config, level)
    except OverrideError as error:
        raise StatusError(400, str(error)) from None


def _key(project_id: str, level: Level, branch_id: str) -> dict[str, str]:
    branch = "" if level is Level.PROJECT else branch_id
    return {"project_id": project_id, "branch_id": branch, "level": level.value}


def _locked_row(session: Session, project_id: str, level: Level, branch_id: str) -> ConfigOverride:
    lock_project(session, project_id)
    key = _key(project_id, level, branch_id)
    row = session.get(ConfigOverride, key, populate_existing=True)
    if row is None:
        row = ConfigOverride(project_id=project_id, branch_id=key["branch_id"], level=level.value, config={})
        session.add(row)
    return row


def _store(session: Session, row: ConfigOverride, config: Override, branch_id: str) -> None:
    length = len(to_text(config))
    if length > MAX_OVERRIDE_LENGTH:
        raise StatusError(400, f"The config override would be longer than {MAX_OVERRIDE_LENGTH} characters.")
    if length > _LARGE_OVERRIDE:
        log.warning("large config override", project_id=row.project_id, level=row.level, characters=length)
    row.config, row.updated_at = config, utc_now()
    session.flush()
    tenancies.touch(session, row.project_id)
    warnings = find_warnings(**tenancies.stored_overrides(session, row.project_id, branch_id))
    if warnings:
        log.info("config override stored with warnings", project_id=row.project_id, level=row.level, warnings=warnings)
