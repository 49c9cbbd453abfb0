"""Themes of a project: the list, and the editor that shows a sample mail in the theme."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import reflex as rx

from hexclave_app import errors
from hexclave_app.config.builtins import TEMPLATES, THEMES
from hexclave_app.languages.speaking import say
from hexclave_app.services.emails import designs, previews
from hexclave_app.services.emails.previews import Preview, Scheme
from state.base import Access, Viewer, guarded
from state.dashboard import paths
from state.dashboard.email_designs import DesignPage
from state.dashboard.email_sources import bad_name, name_of

_BUILT_IN: Final = {theme.id: theme for theme in THEMES}
_SAMPLE: Final = next(template.source for template in TEMPLATES if template.kind == "email_verification")
_SAMPLE_LINK: Final = "#"  # so that the place of the unsubscribe link can be seen


@dataclass(frozen=True)
class ThemeRow:
    """A theme as the list shows it."""

    id: str
    name: str
    is_built_in: bool
    is_active: bool


class ThemesState(DesignPage, rx.State):
    """The page of themes."""

    if TYPE_CHECKING:
        project_id: str
        opened_theme: str

    rows: list[ThemeRow] = []
    is_active: bool = False
    active_name: str = ""
    active_preview: str = ""
    active_preview_dark: str = ""

    @guarded(Access.PROJECT_ADMIN)
    async def create(self, viewer: Viewer, form: dict[str, Any]) -> object:
        """Make a theme that looks like Default Light, and open it."""
        name = name_of(form, "theme_name")
        if not name:
            self.name_error = bad_name()
            return None
        made = await viewer.installation.db.run(designs.create_theme, tenancy=viewer.tenancy, display_name=name)
        self.is_creating = False
        return rx.redirect(paths.email_theme(viewer.tenancy.project_id, made))

    @guarded(Access.PROJECT_ADMIN)
    async def duplicate(self, viewer: Viewer, theme_id: str) -> object:
        """Copy a theme as it is stored, and open the copy."""
        if self.is_changed:
            return rx.toast.error(say("emails-theme-save-first"))
        made = await viewer.installation.db.run(designs.duplicate_theme, tenancy=viewer.tenancy, theme_id=str(theme_id))
        return [
            rx.toast.success(say("emails-theme-copied")),
            rx.redirect(paths.email_theme(viewer.tenancy.project_id, made)),
        ]

    @guarded(Access.PROJECT_ADMIN)
    async def open_theme(self, viewer: Viewer, theme_id: str) -> object:
        """Edit a theme."""
        theme = designs.read_theme(viewer.tenancy, str(theme_id))
        self.is_built_in, self.is_saving = theme["id"] in _BUILT_IN, False
        self.is_active = viewer.tenancy.config.emails.selected_theme_id == theme["id"]
        opened = await self._open(viewer, str(theme["id"]), str(theme["display_name"]), str(theme["tsx_source"]), "")
        await self._begin_chat(viewer)
        return opened

    @guarded(Access.PROJECT_ADMIN)
    async def save(self, viewer: Viewer) -> AsyncIterator[object]:
        """Keep the source, when a mail can be rendered in it."""
        designs.read_theme(viewer.tenancy, self.opened_id)
        self.is_saving = True
        yield None
        if not await self._passes(previews.check_theme(viewer.installation, viewer.tenancy, self.source)):
            return
        await viewer.installation.db.run(
            designs.update_theme, tenancy=viewer.tenancy, theme_id=self.opened_id, source=self.source
        )
        yield self._note_saved()
        yield rx.toast.success(say("emails-theme-saved"))

    @guarded(Access.PROJECT_ADMIN)
    async def activate(self, viewer: Viewer, theme_id: str) -> object:
        """Frame every mail in this theme from now on."""
        await viewer.installation.db.run(designs.select_theme, tenancy=viewer.tenancy, theme_id=str(theme_id))
        self.is_active = self.opened_id == theme_id
        return [rx.toast.success(say("emails-theme-activated")), ThemesState.refresh]

    @guarded(Access.PROJECT_ADMIN)
    async def delete(self, viewer: Viewer) -> object:
        """Remove the opened theme; a built-in one returns to its default."""
        await viewer.installation.db.run(designs.retire_theme, tenancy=viewer.tenancy, theme_id=self.opened_id)
        told = say("emails-default-is-back") if self.is_built_in else say("emails-deleted")
        return [rx.toast.success(told), *self._close()]

    def _opening(self) -> object | None:
        return ThemesState.open_theme(self.opened_theme) if self.opened_theme else None

    def _stored(self, viewer: Viewer) -> tuple[str, str] | None:
        theme = viewer.tenancy.config.emails.themes.get(self.opened_id)
        return (theme.tsx_source, "") if theme is not None else None

    def _on_close(self) -> list[object]:
        return [rx.redirect(paths.email_themes(self.project_id))]

    def _kind(self) -> str:
        return "theme"

    def _preview(self, _viewer: Viewer) -> Preview:
        return Preview(_SAMPLE, self.source, unsubscribe_link=_SAMPLE_LINK)

    async def _read(self, viewer: Viewer) -> None:
        emails = viewer.tenancy.config.emails
        self.rows = [
            ThemeRow(theme_id, theme.display_name, theme_id in _BUILT_IN, theme_id == emails.selected_theme_id)
            for theme_id, theme in emails.themes.items()
        ]
        self.is_active = bool(self.opened_id) and self.opened_id == emails.selected_theme_id
        await self._show_active(viewer)
        self.is_loading = False

    async def _show_active(self, viewer: Viewer) -> None:
        """Render a sample in the theme that is in use; one that cannot be rendered says why in its editor."""
        emails = viewer.tenancy.config.emails
        self.active_name = emails.themes[emails.selected_theme_id].display_name
        wanted = Preview(_SAMPLE, previews.theme_source(viewer.tenancy, None), unsubscribe_link=_SAMPLE_LINK)
        try:
            html = (await previews.render(viewer.installation, viewer.tenancy, wanted)).html
        except errors.EmailRenderingError:
            self.active_preview = self.active_preview_dark = ""
            return
        self.active_preview = previews.in_scheme(html, Scheme.LIGHT)
        self.active_preview_dark = previews.in_scheme(html, Scheme.DARK)
