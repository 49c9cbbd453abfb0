"""The four logos of a project."""

from collections.abc import AsyncIterator
from typing import TYPE_CHECKING

import reflex as rx

from hexclave_app.errors import StatusError
from hexclave_app.gateways.blobs import open_blobs
from hexclave_app.languages.speaking import say
from hexclave_app.services import projects
from hexclave_app.services.images import resolve_image
from hexclave_app.services.projects import LOGO_FIELDS, LOGO_FOLDER, ProjectFields
from state.base import Access, Viewer, guarded
from state.dashboard.undoing import undoable


class LogosState(rx.State):
    """The logos, by the name of their field."""

    if TYPE_CHECKING:
        project_id: str

    logos: dict[str, str] = dict.fromkeys(LOGO_FIELDS, "")
    saving: str = ""
    _removed: tuple[str, str, str] = ("", "", "")
    """The project, field and address of the logo that was removed last."""

    @guarded(Access.PROJECT_ADMIN)
    async def load(self, viewer: Viewer) -> None:
        """Show what is stored."""
        project = await viewer.installation.db.read(projects.get, project_id=viewer.tenancy.project_id)
        self.logos = {field: getattr(project, field) or "" for field in LOGO_FIELDS}
        self.saving = ""

    @guarded(Access.PROJECT_ADMIN)
    async def save(self, viewer: Viewer, field: str, data_url: str) -> AsyncIterator[object]:
        """Store a picture that the browser has made small; no text when it could not read the file."""
        if field not in LOGO_FIELDS:
            raise StatusError(400, say("common-no-setting"))
        if not data_url:
            yield rx.toast.error(say("settings-logo-unreadable"))
            return
        self.saving = field
        yield None
        try:
            blobs = open_blobs(viewer.installation.settings)
            stored = await resolve_image(str(data_url), folder=LOGO_FOLDER, allow_http=False, blobs=blobs)
            await self._store(viewer, field, stored)
        finally:
            self.saving = ""
        yield rx.toast.success(say("common-saved"))

    @guarded(Access.PROJECT_ADMIN)
    async def remove(self, viewer: Viewer, field: str) -> object:
        """Have no such logo."""
        if field not in LOGO_FIELDS:
            raise StatusError(400, say("common-no-setting"))
        self._removed = (viewer.tenancy.project_id, field, self.logos[field])
        await self._store(viewer, field, None)
        return undoable(say("settings-logo-removed"), LogosState.restore)

    @guarded(Access.PROJECT_ADMIN)
    async def restore(self, viewer: Viewer) -> object:
        """Have the logo again that was removed last, unless there is another one by now."""
        (project_id, field, url), self._removed = self._removed, ("", "", "")
        if project_id != viewer.tenancy.project_id or not url or self.logos[field]:
            return None
        await self._store(viewer, field, url)
        return rx.toast.success(say("common-undone"))

    async def _store(self, viewer: Viewer, field: str, url: str | None) -> None:
        fields: ProjectFields = {field: url}  # type: ignore[misc]  # one of the logo fields, as checked
        await viewer.installation.db.run(projects.update, project_id=viewer.tenancy.project_id, fields=fields)
        self.logos = {**self.logos, field: url or ""}
