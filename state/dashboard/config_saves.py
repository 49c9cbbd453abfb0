"""Saving settings that a pushed configuration may own (contract 02, section 2.8)."""

from collections.abc import Mapping

from sqlmodel import Session

from hexclave_app.services import project_configs
from models.base import JsonValue
from state.base import Viewer


async def save_pushable(viewer: Viewer, config: Mapping[str, JsonValue]) -> None:
    """Write settings of the branch; a plain 409 when they are kept elsewhere."""
    await viewer.installation.db.run(_save, project_id=viewer.tenancy.project_id, config=config)


async def is_pushed(viewer: Viewer) -> bool:
    """Whether the branch's settings are kept elsewhere."""
    return await viewer.installation.db.read(project_configs.is_pushed, project_id=viewer.tenancy.project_id)


def _save(session: Session, *, project_id: str, config: Mapping[str, JsonValue]) -> None:
    project_configs.lock_project(session, project_id)
    project_configs.require_unlinked(session, project_id=project_id)
    project_configs.patch_pushable(session, project_id=project_id, config=config)
