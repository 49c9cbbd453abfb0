"""Renaming a set of project keys, and putting a new one in its place."""

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

import reflex as rx

from hexclave_app.errors import StatusError
from hexclave_app.languages.speaking import say
from hexclave_app.services import project_keys
from models.base import utc_now
from state.base import Access, Viewer, guarded
from state.dashboard import reveal
from state.dashboard.forms import typed
from state.dashboard.keys import KeysState, description_problem, parse_id

OVERLAPS: Final[dict[str, tuple[str, timedelta]]] = {
    "0": (say("keys-overlap-none"), timedelta(0)),
    "1": (say("keys-lifetime-days", days=1), timedelta(days=1)),
    "7": (say("keys-lifetime-days", days=7), timedelta(days=7)),
    "30": (say("keys-lifetime-days", days=30), timedelta(days=30)),
}


class RenameKeysState(rx.State):
    """The dialog that renames a set."""

    if TYPE_CHECKING:
        project_id: str

    is_open: bool = False
    error: str = ""
    id: str = ""
    name: str = ""

    @guarded(Access.PROJECT_ADMIN)
    async def open_for(self, viewer: Viewer, key_set_id: str) -> None:
        """Show the present name."""
        row = await viewer.installation.db.read(
            project_keys.get, project_id=viewer.tenancy.project_id, key_set_id=parse_id(str(key_set_id))
        )
        self.id, self.name, self.error, self.is_open = str(row.id), row.description, "", True

    @guarded(Access.PROJECT_ADMIN)
    async def toggle(self, _viewer: Viewer, is_open: bool) -> None:
        """Close the dialog."""
        self.is_open, self.error = is_open is True and self.id != "", ""

    @guarded(Access.PROJECT_ADMIN)
    async def submit(self, viewer: Viewer, form: dict[str, Any]) -> object:
        """Store the new name."""
        name = typed(form, "key_description")
        self.error = description_problem(name)
        if self.error:
            return None
        await viewer.installation.db.run(
            project_keys.update,
            project_id=viewer.tenancy.project_id,
            key_set_id=parse_id(self.id),
            description=name,
            now=utc_now(),
        )
        self.is_open = False
        return [rx.toast.success(say("common-saved")), KeysState.refresh]


class RotateKeysState(rx.State):
    """The dialog that replaces a set: new keys now, while the old ones work on for a while."""

    if TYPE_CHECKING:
        project_id: str

    is_open: bool = False
    is_saving: bool = False
    error: str = ""
    id: str = ""
    name: str = ""

    def _error_field(self, _error: Exception) -> str:
        self.is_saving = False
        return "error"

    @guarded(Access.PROJECT_ADMIN)
    async def open_for(self, viewer: Viewer, key_set_id: str) -> None:
        """Ask how long the old keys shall work on."""
        row = await viewer.installation.db.read(
            project_keys.get, project_id=viewer.tenancy.project_id, key_set_id=parse_id(str(key_set_id))
        )
        self.id, self.name, self.error = str(row.id), row.description, ""
        self.is_open, self.is_saving = True, False

    @guarded(Access.PROJECT_ADMIN)
    async def toggle(self, _viewer: Viewer, is_open: bool) -> None:
        """Close the dialog."""
        self.is_open, self.error = is_open is True and self.id != "", ""

    @guarded(Access.PROJECT_ADMIN)
    async def submit(self, viewer: Viewer, form: dict[str, Any]) -> AsyncIterator[object]:
        """Make the new keys and show them this once."""
        overlap = form.get("overlap")
        if overlap not in OVERLAPS:
            raise StatusError(400, say("common-no-choice"))
        self.is_saving = True
        yield None
        created = await viewer.installation.db.run(
            project_keys.rotate,
            project_id=viewer.tenancy.project_id,
            key_set_id=parse_id(self.id),
            overlap=OVERLAPS[str(overlap)][1],
            now=utc_now(),
        )
        reveal.show(await self.get_state(reveal.RevealState), created, settings=viewer.installation.settings)
        self.is_open = self.is_saving = False
        yield KeysState.refresh
