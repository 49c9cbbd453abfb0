"""What the editors of templates, themes and drafts share: a source, its previews, and what is not saved yet."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

import reflex as rx

from hexclave_app import errors
from hexclave_app.languages.speaking import say
from hexclave_app.mail_templates import texts_in_place
from hexclave_app.mail_templates.engine import Rendered
from hexclave_app.services.emails import previews
from hexclave_app.services.emails.previews import Preview, Scheme
from state.base import Access, Viewer, guarded
from state.dashboard import unsaved

PROJECT_THEME: Final = "project"
NO_THEME: Final = "none"
MAX_NAME_CHARS: Final = 100
MAX_UNDO: Final = 50  # sources
MAX_UNDO_CHARS: Final = 1_000_000  # of all of them together: they live in the state of the tab


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
    preview_marked: str = ""
    """The mail with the marks of the texts that can be changed in it."""
    frame_round: int = 0
    """Grows whenever the marked mail must be shown anew."""
    texts: int = 0
    """How many texts can be changed in the preview."""
    text_note: str = ""
    """Why something that was clicked in the preview is not changed there."""
    subject: str = ""
    problem: str = ""
    is_changed: bool = False
    can_undo: bool = False
    is_asking: bool = False
    """Whether to delete."""
    is_leaving: bool = False
    """Whether to give unsaved changes up."""
    _saved: tuple[str, str] = ("", "")
    _earlier: list[str] = []
    """The sources before the last changes."""
    _regions: dict[str, Any] = {}
    """The texts that are marked in the preview, with their places in the source."""

    @guarded(Access.PROJECT_ADMIN)
    async def edit(self, viewer: Viewer, source: str) -> object:
        """Show what the source looks like now."""
        self._remember()
        self.source = str(source)
        await self._show(viewer)
        return self._note_changes()

    @guarded(Access.PROJECT_ADMIN)
    async def edit_text(self, viewer: Viewer, region_id: str, text: str) -> object:
        """Change one text of the source to what was typed into the preview."""
        region = self._regions.get(str(region_id))
        changed = texts_in_place.replaced(self.source, region, str(text)) if region is not None else None
        if changed is None:
            self.text_note = say("emails-editor-text-kept")
            self.frame_round += 1
            return None
        return await self._replace(viewer, changed)

    @guarded(Access.PROJECT_ADMIN)
    async def explain_fixed(self, _viewer: Viewer) -> None:
        """Say why what was clicked in the preview cannot be changed there."""
        self.text_note = say("emails-editor-text-fixed")

    @guarded(Access.PROJECT_ADMIN)
    async def undo(self, viewer: Viewer) -> object:
        """Take the last change back."""
        if not self._earlier:
            return None
        *self._earlier, source = self._earlier
        return await self._put(viewer, source)

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
        self._saved, self._earlier, self.can_undo = (source, theme), [], False
        self.round += 1
        self.is_asking = self.is_leaving = self.is_changed = False
        await self._show(viewer)
        return unsaved.guard(False)

    def _close(self) -> list[object]:
        return [*self._reset(), *self._on_close()]

    def _reset(self) -> list[object]:
        """Open nothing."""
        self.opened_id = self.source = ""
        self._earlier, self._regions, self.can_undo = [], {}, False
        self.is_leaving = self.is_changed = self.is_asking = False
        return [unsaved.guard(False)]

    async def _replace(self, viewer: Viewer, source: str) -> object:
        """Put another source into the editor, without saving it."""
        self._remember()
        return await self._put(viewer, source)

    async def _put(self, viewer: Viewer, source: str) -> object:
        self.source, self.can_undo = source, bool(self._earlier)
        self.round += 1
        await self._show(viewer)
        return self._note_changes()

    def _remember(self) -> None:
        """Keep the source as it is now, for whoever wants it back."""
        if self._earlier[-1:] != [self.source]:
            self._earlier = _newest([*self._earlier, self.source])
        self.can_undo = True

    def _note_saved(self) -> object:
        self._saved, self.is_changed = (self.source, self.theme), False
        return unsaved.guard(False)

    def _note_changes(self) -> object:
        was_changed, self.is_changed = self.is_changed, (self.source, self.theme) != self._saved
        return unsaved.guard(self.is_changed) if self.is_changed != was_changed else None

    async def _show(self, viewer: Viewer) -> None:
        """Render the editor's source; a source that cannot be rendered keeps the last preview beside its problem."""
        self.text_note = ""
        try:
            shown = await self._rendered(viewer)
        except errors.EmailRenderingError as error:
            self.problem, self._regions, self.texts = str(error.details["error"]), {}, 0
            return
        self.problem, self.subject = "", shown.subject or ""
        self._regions = dict(shown.regions or {})
        self.texts = len(self._regions)
        self.frame_round += 1
        self.preview_marked = previews.in_scheme(shown.html, Scheme.LIGHT)
        plain = previews.without_marks(shown.html)
        self.preview = previews.in_scheme(plain, Scheme.LIGHT)
        self.preview_dark = previews.in_scheme(plain, Scheme.DARK)

    async def _rendered(self, viewer: Viewer) -> Rendered:
        """The mail with marks; without them where only they are the problem."""
        wanted = self._preview(viewer)
        marked = replace(wanted, marks="theme" if self._kind() == "theme" else "template")
        try:
            return await previews.render(viewer.installation, viewer.tenancy, marked)
        except errors.EmailRenderingError:
            return await previews.render(viewer.installation, viewer.tenancy, wanted)

    def _kind(self) -> str:
        """`template`, `theme` or `draft`."""
        raise NotImplementedError

    def _preview(self, viewer: Viewer) -> Preview:
        """What is to be rendered."""
        raise NotImplementedError

    def _on_close(self) -> list[object]:
        """Events after the editor was closed."""
        return []


def _newest(sources: list[str]) -> list[str]:
    """As many of the newest sources as are kept, the last one in any case."""
    kept = sources[-MAX_UNDO:]
    while len(kept) > 1 and sum(map(len, kept)) > MAX_UNDO_CHARS:
        kept = kept[1:]
    return kept


def name_of(form: Mapping[str, object], field: str) -> str:
    """A name that was typed; empty when it is none."""
    name = str(form.get(field, "")).replace("\x00", "").strip()
    return name if len(name) <= MAX_NAME_CHARS else ""


def bad_name() -> str:
    """What to say about a name that is none."""
    return say("emails-bad-name", most=MAX_NAME_CHARS)


def theme_choices(viewer: Viewer) -> list[tuple[str, str]]:
    """The themes that a template or draft can have."""
    named = [(theme_id, theme.display_name) for theme_id, theme in viewer.tenancy.config.emails.themes.items()]
    return [(PROJECT_THEME, say("emails-theme-of-project")), (NO_THEME, say("emails-no-theme")), *named]
