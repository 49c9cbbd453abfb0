"""Templates of a project: the list, and the editor that shows what it writes."""

import uuid
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import reflex as rx

from hexclave_app.config.builtins import TEMPLATES
from hexclave_app.errors import StatusError
from hexclave_app.languages.speaking import say
from hexclave_app.services.emails import designs, previews, requests
from hexclave_app.services.emails.previews import Preview
from state.base import Access, Viewer, guarded
from state.dashboard import paths
from state.dashboard.email_designs import DesignPage
from state.dashboard.email_sources import NO_THEME, PROJECT_THEME, bad_name, name_of, theme_choices

_BUILT_IN: Final = frozenset(template.id for template in TEMPLATES)


@dataclass(frozen=True)
class TemplateRow:
    """A template as the list shows it."""

    id: str
    name: str
    is_built_in: bool


class TemplatesState(DesignPage, rx.State):
    """The page of templates."""

    if TYPE_CHECKING:
        project_id: str
        opened_template: str

    rows: list[TemplateRow] = []
    is_shared: bool = True
    themes: list[tuple[str, str]] = []

    @guarded(Access.PROJECT_ADMIN)
    async def create(self, viewer: Viewer, form: dict[str, Any]) -> object:
        """Make a template from the sample and open it."""
        requests.require_own_server(viewer.tenancy)
        name = name_of(form, "template_name")
        if not name:
            self.name_error = bad_name()
            return None
        made = await viewer.installation.db.run(designs.create_template, tenancy=viewer.tenancy, display_name=name)
        self.is_creating = False
        return rx.redirect(paths.email_template(viewer.tenancy.project_id, made))

    @guarded(Access.PROJECT_ADMIN)
    async def open_template(self, viewer: Viewer, template_id: str) -> object:
        """Edit a template."""
        templates = viewer.tenancy.config.emails.templates
        if template_id not in templates:
            raise StatusError(404, say("emails-template-missing"))
        template = templates[template_id]
        self.is_built_in, self.is_saving = template_id in _BUILT_IN, False
        theme = _theme_name(template.theme_id)
        opened = await self._open(viewer, template_id, template.display_name, template.tsx_source, theme)
        await self._begin_chat(viewer)
        return opened

    @guarded(Access.PROJECT_ADMIN)
    async def save(self, viewer: Viewer) -> AsyncIterator[object]:
        """Keep source and theme, when the source renders and has a subject and a category."""
        requests.require_own_server(viewer.tenancy)
        designs.require_template(viewer.tenancy, self.opened_id)
        self.is_saving = True
        yield None
        if not await self._passes(previews.check_template(viewer.installation, viewer.tenancy, self.source)):
            return
        await viewer.installation.db.run(
            designs.update_template,
            tenancy=viewer.tenancy,
            template_id=self.opened_id,
            source=self.source,
            theme_id=_theme_id(viewer, self.theme),
        )
        yield self._note_saved()
        yield rx.toast.success(say("emails-template-saved"))

    @guarded(Access.PROJECT_ADMIN)
    async def delete(self, viewer: Viewer) -> object:
        """Remove the opened template; a built-in one returns to its default."""
        requests.require_own_server(viewer.tenancy)
        designs.require_template(viewer.tenancy, self.opened_id)
        await viewer.installation.db.run(designs.delete_template, tenancy=viewer.tenancy, template_id=self.opened_id)
        told = say("emails-default-is-back") if self.is_built_in else say("emails-deleted")
        return [rx.toast.success(told), *self._close()]

    def _opening(self) -> object | None:
        return TemplatesState.open_template(self.opened_template) if self.opened_template else None

    def _stored(self, viewer: Viewer) -> tuple[str, str] | None:
        template = viewer.tenancy.config.emails.templates.get(self.opened_id)
        return (template.tsx_source, _theme_name(template.theme_id)) if template is not None else None

    def _on_close(self) -> list[object]:
        return [rx.redirect(paths.email_templates(self.project_id))]

    def _kind(self) -> str:
        return "template"

    def _preview(self, viewer: Viewer) -> Preview:
        return Preview(self.source, previews.theme_source(viewer.tenancy, _theme_id(viewer, self.theme)))

    async def _read(self, viewer: Viewer) -> None:
        emails = viewer.tenancy.config.emails
        self.is_shared = emails.server.is_shared
        self.rows = [
            TemplateRow(template_id, template.display_name, template_id in _BUILT_IN)
            for template_id, template in emails.templates.items()
        ]
        self.themes = theme_choices(viewer)
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
        raise StatusError(400, say("emails-theme-missing"))
    return str(uuid.UUID(name))
