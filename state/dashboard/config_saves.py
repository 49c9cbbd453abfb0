"""Saving settings that a pushed configuration may own (contract 02, section 2.8).

What the dashboard owns is stored at once. What is kept elsewhere is not: the change is shown as a piece of
configuration to copy.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING

import reflex as rx
from sqlmodel import Session

from hexclave_app.services import project_configs
from hexclave_app.services.config_texts import printed
from models.base import JsonValue
from state.base import Access, Viewer, guarded
from state.dashboard.differences import DiffLine, differences
from state.dashboard.staged_settings import read_present


class PushedChangeState(rx.State):
    """A change that has to be made where the configuration is kept."""

    if TYPE_CHECKING:
        project_id: str

    is_open: bool = False
    text: str = ""
    """The keys to write into the configuration file."""
    changes: list[DiffLine] = []

    @guarded(Access.PROJECT_ADMIN)
    async def toggle(self, _viewer: Viewer, is_open: bool) -> None:
        """Close the dialog."""
        self.is_open = is_open is True and self.text != ""


async def save_pushable(page: rx.State, viewer: Viewer, config: Mapping[str, JsonValue]) -> bool:
    """Write settings of the branch; where they are kept elsewhere, show what to write there and return False."""
    if await is_pushed(viewer):
        await propose(page, viewer, config)
        return False
    await viewer.installation.db.run(_save, project_id=viewer.tenancy.project_id, config=config)
    return True


async def propose(page: rx.State, viewer: Viewer, config: Mapping[str, JsonValue]) -> None:
    """Show a change that has to be made elsewhere."""
    dialog = await page.get_state(PushedChangeState)
    present = await viewer.installation.db.read(read_present, project_id=viewer.tenancy.project_id)
    dialog.text = printed(dict(config))
    dialog.changes = differences(printed(present.beside(config)), dialog.text)
    dialog.is_open = True


async def is_pushed(viewer: Viewer) -> bool:
    """Whether the branch's settings are kept elsewhere."""
    return await viewer.installation.db.read(project_configs.is_pushed, project_id=viewer.tenancy.project_id)


def _save(session: Session, *, project_id: str, config: Mapping[str, JsonValue]) -> None:
    project_configs.lock_project(session, project_id)
    project_configs.require_unlinked(session, project_id=project_id)
    project_configs.patch_pushable(session, project_id=project_id, config=config)
