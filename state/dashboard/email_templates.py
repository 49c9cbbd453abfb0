"""Templates of a project: the list, and the editor that shows what it writes."""

import uuid
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import reflex as rx

from hexclave_app import errors
from hexclave_app.config.builtins import TEMPLATES
from hexclave_app.errors import StatusError
from hexclave_app.services.emails import designs, previews, requests
from hexclave_app.services.emails.previews import Preview
from state.base import Access, Viewer, guarded

PROJECT_THEME: Final = "project"
NO_THEME: Final = "none"
_MAX_NAME_CHARS: Final = 100
_BUILT_IN: Final = frozenset(template.id for template in TEMPLATES)


@dataclass(frozen=True)
class TemplateRow:
    """A template as the list shows it."""

    id: str
    name: str
    is_built_in: bool


class TemplatesState(rx.State):
    """The page of templates."""

    if TYPE_CHECKING:
        project_id: str

    is_loading: bool = True
    error: str = ""
    rows: list[TemplateRow] = []
    is_shared: bool = True
    is_creating: bool = False
    name_error: str = ""
    opened_id: str = ""
    opened_name: str = ""
    is_built_in: bool = False
    source: str = ""
    theme: str = PROJECT_THEME
    themes: list[tuple[str, str]] = []
    preview: str = ""
    subject: str = ""
    problem: str = ""
    is_saving: bool = False
    is_asking: bool = False

    @guarded(Access.PROJECT_ADMIN, supersedes=True)
    async def load(self, viewer: Viewer) -> AsyncIterator[object]:
        """Read everything anew and close the editor."""
        self.is_loading, self.error, self.opened_id = True, "", ""
        yield None
        self._read(viewer)

    @guarded(Access.PROJECT_ADMIN)
    async def refresh(self, viewer: Viewer) -> None:
        """Read the list again."""
        self._read(viewer)

    @guarded(Access.PROJECT_ADMIN)
    async def toggle_creating(self, _viewer: Viewer, is_open: bool) -> None:
        """Open the dialog for a new template, or close it."""
        self.is_creating, self.name_error = is_open is True, ""

    @guarded(Access.PROJECT_ADMIN)
    async def create(self, viewer: Viewer, form: dict[str, Any]) -> object:
        """Make a template from the sample and open it."""
        requests.require_own_server(viewer.tenancy)
        name = str(form.get("template_name", "")).strip()
        if not 0 < len(name) <= _MAX_NAME_CHARS:
            self.name_error = f"Enter a name of 1 to {_MAX_NAME_CHARS} characters."
            return None
        made = await viewer.installation.db.run(designs.create_template, tenancy=viewer.tenancy, display_name=name)
        self.is_creating = False
        return [TemplatesState.refresh, TemplatesState.open_template(made)]

    @guarded(Access.PROJECT_ADMIN)
    async def open_template(self, viewer: Viewer, template_id: str) -> None:
        """Edit a template."""
        templates = viewer.tenancy.config.emails.templates
        if template_id not in templates:
            raise StatusError(404, "There is no such template.")
        template = templates[template_id]
        self.opened_id, self.opened_name = template_id, template.display_name
        self.is_built_in, self.source = template_id in _BUILT_IN, template.tsx_source
        self.theme = _theme_name(template.theme_id)
        self.is_saving = self.is_asking = False
        await self._show(viewer)

    @guarded(Access.PROJECT_ADMIN)
    async def close_editor(self, _viewer: Viewer) -> None:
        """Go back to the list; what was not saved is gone."""
        self.opened_id = ""

    @guarded(Access.PROJECT_ADMIN)
    async def edit(self, viewer: Viewer, source: str) -> None:
        """Show what the source looks like now."""
        self.source = str(source)
        await self._show(viewer)

    @guarded(Access.PROJECT_ADMIN)
    async def choose_theme(self, viewer: Viewer, theme: str) -> None:
        """Show the template in another theme."""
        self.theme = str(theme)
        await self._show(viewer)

    @guarded(Access.PROJECT_ADMIN)
    async def save(self, viewer: Viewer) -> AsyncIterator[object]:
        """Keep source and theme, when the source renders and has a subject and a category."""
        requests.require_own_server(viewer.tenancy)
        designs.require_template(viewer.tenancy, self.opened_id)
        self.is_saving = True
        yield None
        try:
            await previews.check_template(viewer.installation, viewer.tenancy, self.source)
        except errors.EmailRenderingError as error:
            self.problem = str(error.details["error"])
            return
        finally:
            self.is_saving = False
        await viewer.installation.db.run(
            designs.update_template,
            tenancy=viewer.tenancy,
            template_id=self.opened_id,
            source=self.source,
            theme_id=_theme_id(viewer, self.theme),
        )
        yield rx.toast.success("Saved. Mails that are queued already keep their text.")

    @guarded(Access.PROJECT_ADMIN)
    async def ask_to_delete(self, _viewer: Viewer, is_asking: bool) -> None:
        """Open or close the question."""
        self.is_asking = is_asking is True

    @guarded(Access.PROJECT_ADMIN)
    async def delete(self, viewer: Viewer) -> object:
        """Remove the opened template; a built-in one returns to its default."""
        requests.require_own_server(viewer.tenancy)
        designs.require_template(viewer.tenancy, self.opened_id)
        await viewer.installation.db.run(designs.delete_template, tenancy=viewer.tenancy, template_id=self.opened_id)
        told = "The default is back." if self.is_built_in else "Deleted."
        self.opened_id, self.is_asking = "", False
        return [rx.toast.success(told), TemplatesState.refresh]

    async def _show(self, viewer: Viewer) -> None:
        """Render the editor's source; a source that cannot be rendered keeps the last preview beside its problem."""
        theme = previews.theme_source(viewer.tenancy, _theme_id(viewer, self.theme))
        try:
            shown = await previews.render(viewer.installation, viewer.tenancy, Preview(self.source, theme))
        except errors.EmailRenderingError as error:
            self.problem = str(error.details["error"])
            return
        self.problem, self.preview, self.subject = "", shown.html, shown.subject or ""

    def _read(self, viewer: Viewer) -> None:
        emails = viewer.tenancy.config.emails
        self.is_shared = emails.server.is_shared
        self.rows = [
            TemplateRow(template_id, template.display_name, template_id in _BUILT_IN)
            for template_id, template in emails.templates.items()
        ]
        named = [(theme_id, theme.display_name) for theme_id, theme in emails.themes.items()]
        self.themes = [(PROJECT_THEME, "Theme of the project"), (NO_THEME, "No theme"), *named]
        self.is_loading = False


def _theme_name(theme_id: str | bool | None) -> str:
    if theme_id is False:
        return NO_THEME
    return theme_id if isinstance(theme_id, str) else PROJECT_THEME


def _theme_id(viewer: Viewer, name: str) -> designs.ThemeId:
    if name == NO_THEME:
        return False
    if name == PROJECT_THEME:
        return None
    if name not in viewer.tenancy.config.emails.themes:
        raise StatusError(400, "There is no such theme.")
    return str(uuid.UUID(name))
