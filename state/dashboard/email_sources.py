"""What the editors of templates, themes and drafts share: a source, its previews, and what is not saved yet."""

from typing import Final

import reflex as rx

from hexclave_app import errors
from hexclave_app.services.emails import previews
from hexclave_app.services.emails.previews import Preview, Scheme
from state.base import Access, Viewer, guarded
from state.dashboard import unsaved

PROJECT_THEME: Final = "project"
NO_THEME: Final = "none"
MAX_NAME_CHARS: Final = 100
BAD_NAME: Final = f"Enter a name of 1 to {MAX_NAME_CHARS} characters."


class SourceEditor(rx.State, mixin=True):
    """The editor of one opened source."""

    opened_id: str = ""
    opened_name: str = ""
    source: str = ""
    theme: str = PROJECT_THEME
    round: int = 0
    """Grows whenever the text field must take the source anew."""
    preview: str = ""
    preview_dark: str = ""
    subject: str = ""
    problem: str = ""
    is_changed: bool = False
    is_asking: bool = False
    """Whether to delete."""
    is_leaving: bool = False
    """Whether to give unsaved changes up."""
    _saved: tuple[str, str] = ("", "")

    @guarded(Access.PROJECT_ADMIN)
    async def edit(self, viewer: Viewer, source: str) -> object:
        """Show what the source looks like now."""
        self.source = str(source)
        await self._show(viewer)
        return self._note_changes()

    @guarded(Access.PROJECT_ADMIN)
    async def choose_theme(self, viewer: Viewer, theme: str) -> object:
        """Show the mail in another theme."""
        self.theme = str(theme)
        await self._show(viewer)
        return self._note_changes()

    @guarded(Access.PROJECT_ADMIN)
    async def close_editor(self, _viewer: Viewer) -> object:
        """Go back to the list, but not without a question while something is not saved."""
        self.is_leaving = self.is_changed
        return None if self.is_leaving else self._close()

    @guarded(Access.PROJECT_ADMIN)
    async def leave(self, _viewer: Viewer) -> object:
        """Give up what was not saved, and go back to the list."""
        return self._close()

    @guarded(Access.PROJECT_ADMIN)
    async def stay(self, _viewer: Viewer) -> None:
        """Go on writing."""
        self.is_leaving = False

    @guarded(Access.PROJECT_ADMIN)
    async def ask_to_delete(self, _viewer: Viewer, is_asking: bool) -> None:
        """Open or close the question."""
        self.is_asking = is_asking is True

    async def _open(self, viewer: Viewer, opened_id: str, name: str, source: str, theme: str) -> object:
        """Begin with what is stored."""
        self.opened_id, self.opened_name, self.source, self.theme = opened_id, name, source, theme
        self._saved = (source, theme)
        self.round += 1
        self.is_asking = self.is_leaving = self.is_changed = False
        await self._show(viewer)
        return unsaved.guard(False)

    def _close(self) -> list[object]:
        self.opened_id = self.source = ""
        self.is_leaving = self.is_changed = self.is_asking = False
        return [unsaved.guard(False), *self._on_close()]

    async def _replace(self, viewer: Viewer, source: str) -> object:
        """Put another source into the editor, without saving it."""
        self.source = source
        self.round += 1
        await self._show(viewer)
        return self._note_changes()

    def _note_saved(self) -> object:
        self._saved, self.is_changed = (self.source, self.theme), False
        return unsaved.guard(False)

    def _note_changes(self) -> object:
        was_changed, self.is_changed = self.is_changed, (self.source, self.theme) != self._saved
        return unsaved.guard(self.is_changed) if self.is_changed != was_changed else None

    async def _show(self, viewer: Viewer) -> None:
        """Render the editor's source; a source that cannot be rendered keeps the last preview beside its problem."""
        try:
            shown = await previews.render(viewer.installation, viewer.tenancy, self._preview(viewer))
        except errors.EmailRenderingError as error:
            self.problem = str(error.details["error"])
            return
        self.problem, self.subject = "", shown.subject or ""
        self.preview = previews.in_scheme(shown.html, Scheme.LIGHT)
        self.preview_dark = previews.in_scheme(shown.html, Scheme.DARK)

    def _preview(self, viewer: Viewer) -> Preview:
        """What is to be rendered."""
        raise NotImplementedError

    def _on_close(self) -> list[object]:
        """Events after the editor was closed."""
        return []


def name_of(form: dict[str, object], field: str) -> str:
    """A name that was typed; empty when it is none."""
    name = str(form.get(field, "")).strip()
    return name if len(name) <= MAX_NAME_CHARS else ""


def theme_choices(viewer: Viewer) -> list[tuple[str, str]]:
    """The themes that a template or draft can have."""
    named = [(theme_id, theme.display_name) for theme_id, theme in viewer.tenancy.config.emails.themes.items()]
    return [(PROJECT_THEME, "Theme of the project"), (NO_THEME, "No theme"), *named]
