"""Settings that wait for Save: changed together, looked at, stored in one transaction or taken back.

What is changed lives in the tab's state until then. Everything is checked when it is changed, as it comes from the
browser, and once more against the stored project when it is saved.
"""

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import reflex as rx

from hexclave_app.errors import StatusError
from hexclave_app.languages.speaking import say
from models.base import JsonValue
from state.base import Access, Viewer, guarded
from state.dashboard import unsaved
from state.dashboard.config_saves import is_pushed, propose
from state.dashboard.differences import DiffLine, differences
from state.dashboard.pushable import PushableState
from state.dashboard.staged_settings import Present, Settings, changes_of, read_present, store

_MOST_TYPED: Final = 10_000
"""Characters that are taken of what is typed; more than any setting has."""


@dataclass(frozen=True)
class Consequence:
    """Something to consider before changes are saved, with the people whom it concerns."""

    text: str
    people: list[str]


class StagedState(PushableState, mixin=True):
    """A page of settings; it says which ones (`_settings`) and shows the values that this mixin keeps."""

    if TYPE_CHECKING:
        project_id: str

    switches: dict[str, bool] = {}
    """What is on and off, changed or stored, by the settings' names."""
    texts: dict[str, str] = {}
    """What is chosen and typed, changed or stored."""
    wrong: dict[str, str] = {}
    """What is wrong with a typed text."""
    texts_version: int = 0
    """Grows when texts change by other means than typing, so that their fields show it."""
    staged_count: int = 0
    staged_lines: list[DiffLine] = []
    is_comparing: bool = False
    conflicts: list[str] = []
    """What others have changed meanwhile that is changed here, too."""
    consequences: list[Consequence] = []
    is_asking_to_save: bool = False
    is_saving: bool = False
    _staged: dict[str, JsonValue] = {}
    _stored: dict[str, JsonValue] = {}
    _seen: dict[str, JsonValue] = {}
    """How a changed setting was stored when it was changed."""
    _asked: dict[str, JsonValue] = {}
    """How it was stored when the question before saving came."""
    _of: str = ""
    """The project that was changed."""

    @guarded(Access.PROJECT_ADMIN)
    async def switch(self, viewer: Viewer, name: str, is_on: bool) -> object:
        """Turn something on or off; stored when it is saved."""
        return await self._stage(viewer, name, is_on)

    @guarded(Access.PROJECT_ADMIN)
    async def choose(self, viewer: Viewer, name: str, value: str) -> object:
        """Choose one of a few; stored when it is saved."""
        return await self._stage(viewer, name, value)

    @guarded(Access.PROJECT_ADMIN)
    async def write(self, viewer: Viewer, name: str, text: str) -> object:
        """Take what is typed into a field, right or wrong; stored when it is saved."""
        storable = text[:_MOST_TYPED].replace("\x00", "").encode(errors="ignore").decode()
        return await self._stage(viewer, name, storable)

    @guarded(Access.PROJECT_ADMIN)
    async def compare(self, _viewer: Viewer, is_comparing: bool) -> None:
        """Show what saving would write, or hide it."""
        self.is_comparing = is_comparing

    @guarded(Access.PROJECT_ADMIN)
    async def discard(self, viewer: Viewer) -> object:
        """Show again what is stored."""
        self._give_up()
        self.texts_version += 1
        await self._show(viewer)
        return unsaved.guard(False)

    @guarded(Access.PROJECT_ADMIN)
    async def save(self, viewer: Viewer) -> AsyncIterator[object]:
        """Store everything at once; where there is something to consider, only after a question."""
        if self.wrong:
            yield rx.set_focus(next(iter(self.wrong)))
            return
        await self._show(viewer)
        if not self._staged:
            yield unsaved.guard(False)
            return
        present = await self._present(viewer)
        if await self._proposed(viewer, present):
            return
        found = [Consequence(text, []) for text in self.conflicts]
        self.consequences = [*found, *await self._consequences(viewer, dict(self._staged))]
        if self.consequences:
            self._ask()
            return
        self.is_saving = True
        yield None
        yield await self._store(viewer, present, seen=self._seen)

    @guarded(Access.PROJECT_ADMIN)
    async def save_anyway(self, viewer: Viewer) -> object:
        """Store everything in spite of what is to be considered."""
        was_asked, self.is_asking_to_save = self.is_asking_to_save, False
        if not was_asked or not self._staged:
            raise StatusError(400, say("common-no-choice"))
        present = await self._present(viewer)
        if await self._proposed(viewer, present):
            return None
        return await self._store(viewer, present, seen=self._asked)

    @guarded(Access.PROJECT_ADMIN)
    async def stop_saving(self, _viewer: Viewer) -> None:
        """Close the question; nothing is stored, and nothing is given up."""
        self.is_asking_to_save = False

    def _settings(self, present: Present) -> Settings:
        """What can be changed on the page."""
        raise NotImplementedError

    async def _show_page(self, viewer: Viewer) -> None:
        """Take what else the page shows from the project."""

    def _arrange(self) -> None:
        """Make what the page shows fit the changed values."""

    async def _consequences(self, viewer: Viewer, staged: Mapping[str, JsonValue]) -> list[Consequence]:  # noqa: ARG002 - for pages
        """What is to be considered before these values are stored."""
        return []

    def _saved(self) -> list[object]:
        """What the browser does once everything is stored."""
        return []

    def _value(self, name: str) -> JsonValue:
        """A setting as the page shows it."""
        return self._staged.get(name, self._stored.get(name))

    def _forget(self) -> None:
        self.is_asking_to_save = False

    def _begin_anew(self) -> None:
        self._give_up()
        self.texts_version += 1

    def _after_reading(self) -> object:
        return unsaved.guard(bool(self._staged))

    def _error_field(self, _error: Exception) -> str:
        self.is_saving = False
        return "error" if self.is_loading else ""

    async def _show(self, viewer: Viewer) -> None:
        if self._of != viewer.tenancy.project_id:
            self._give_up()
            self._of = viewer.tenancy.project_id
        self._settle(await self._present(viewer))
        await self._show_page(viewer)
        self._arrange()

    async def _present(self, viewer: Viewer) -> Present:
        return await viewer.installation.db.read(read_present, project_id=viewer.tenancy.project_id)

    async def _stage(self, viewer: Viewer, name: str, value: JsonValue) -> object:
        present, had_any = await self._present(viewer), bool(self._staged)
        setting = self._settings(present).get(name)
        if setting is None or self._of != viewer.tenancy.project_id:
            raise StatusError(400, say("common-no-setting"))
        self.wrong = {one: problem for one, problem in self.wrong.items() if one != name}
        try:
            value = setting.checked(value, present)
        except StatusError as error:
            if not setting.is_typed:
                raise
            self.wrong = {**self.wrong, name: error.message}  # kept as it is, because it may become right
        self._seen = {name: setting.read(present), **self._seen}
        self._staged = {**self._staged, name: value}
        self.is_asking_to_save, version = False, self.texts_version
        self._settle(present)
        self.texts_version = version
        self._arrange()
        has_any = bool(self._staged)
        return unsaved.guard(has_any) if has_any != had_any else None

    def _settle(self, present: Present) -> None:
        """Fit the changed values to the stored ones: what has gone or is stored already is no change any more."""
        settings, texts = self._settings(present), self.texts
        self._stored = {name: setting.read(present) for name, setting in settings.items()}
        fit = {name: settings[name].settled(one, present) for name, one in self._staged.items() if name in settings}
        self._staged = {name: value for name, value in fit.items() if value != self._stored[name]}
        self.wrong = {name: problem for name, problem in self.wrong.items() if name in self._staged}
        self._seen = {name: self._seen[name] for name in self._staged}
        self.conflicts = [
            say("common-staged-conflict", setting=settings[name].label)
            for name, seen in self._seen.items()
            if settings[name].has_moved(seen, present)
        ]
        shown = self._stored | self._staged
        self.switches = {name: value for name, value in shown.items() if isinstance(value, bool)}
        self.texts = {name: value for name, value in shown.items() if isinstance(value, str)}
        self.texts_version += self.texts != texts
        self._compare(present, settings)

    def _compare(self, present: Present, settings: Settings) -> None:
        changes = changes_of(settings, self._staged, present)
        self.staged_count = len(self._staged)
        self.staged_lines = differences(changes.text_before(present), changes.text())
        self.is_comparing = self.is_comparing and self.staged_count > 0

    def _give_up(self) -> None:
        self._staged, self._seen, self.wrong = {}, {}, {}
        self.is_asking_to_save = self.is_saving = self.is_comparing = False

    async def _proposed(self, viewer: Viewer, present: Present) -> bool:
        """Show what to write where the configuration is kept, if it is; then nothing is stored here."""
        keys = changes_of(self._settings(present), self._staged, present).pushable
        if not keys or not await is_pushed(viewer):
            return False
        await propose(self, viewer, keys)
        return True

    def _ask(self) -> None:
        self._asked, self.is_asking_to_save = {name: self._stored[name] for name in self._staged}, True

    async def _store(self, viewer: Viewer, present: Present, *, seen: Mapping[str, JsonValue]) -> object:
        moved = await viewer.installation.db.run(
            store,
            project_id=viewer.tenancy.project_id,
            settings=self._settings(present),
            staged=dict(self._staged),
            seen=dict(seen),
        )
        self.is_saving = False
        if moved:
            await self._show(viewer)
            self.consequences = [Consequence(text, []) for text in self.conflicts]
            self._ask()
            return None
        self._give_up()
        self._settle(await self._present(viewer))
        self._arrange()
        return [rx.toast.success(say("common-saved")), unsaved.guard(False), type(self).refresh, *self._saved()]
