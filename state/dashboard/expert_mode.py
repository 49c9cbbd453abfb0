"""The stored configuration as text, for people who know what they are doing."""

import hashlib
from typing import TYPE_CHECKING, Any, ClassVar, Final

import reflex as rx

from hexclave_app.config.overrides import Level
from hexclave_app.languages.speaking import say
from hexclave_app.services import config_texts
from hexclave_app.services.config_texts import (
    MalformedText,
    MissingSecret,
    OpenedOverride,
    RefusedOverride,
    RepeatedKey,
    Review,
    StaleText,
    TextProblem,
)
from hexclave_app.services.project_configs import UNLINKED
from state.base import Access, Viewer, guarded
from state.dashboard import unsaved
from state.dashboard.differences import DiffLine, differences

GATE_WORD: Final = "expert"


class OverrideEditor(rx.State, mixin=True):
    """One override: it is edited, reviewed, and then replaced as a whole. Secrets are never in the text."""

    if TYPE_CHECKING:
        project_id: str

    LEVEL: ClassVar[Level]

    text: str = ""
    round: int = 0
    """Grows when the field shall show the stored text again."""
    is_changed: bool = False
    is_stale: bool = False
    """Whether somebody else has changed the override since it was opened."""
    problem: str = ""
    changes: list[DiffLine] = []
    warnings: list[str] = []
    is_pushed: bool = False
    is_reviewed: bool = False
    _mark: str = ""
    _submitted: str = ""
    _reviewed: str = ""
    """A digest of the reviewed text: only that one is stored."""

    @guarded(Access.PROJECT_ADMIN)
    async def open_text(self, viewer: Viewer) -> object:
        """Show what is stored, and forget what was typed."""
        self._show(await self._opened(viewer))
        return unsaved.guard(False)

    @guarded(Access.PROJECT_ADMIN)
    async def refresh(self, viewer: Viewer) -> None:
        """Follow changes of others, unless they would take away what is being written."""
        opened = await self._opened(viewer)
        if opened.mark == self._mark:
            self.is_pushed = self._is_kept_elsewhere(opened)
        elif self.is_changed:
            self.is_stale = True
        else:
            self._show(opened)

    @guarded(Access.PROJECT_ADMIN)
    async def edit(self, _viewer: Viewer, text: str) -> object:
        """Notice that something is being written: what was reviewed is not what stands there any more."""
        self.is_changed = str(text) != self.text
        if _digest(str(text)) != self._submitted:  # news of typing come a moment late, perhaps after the submission
            self._forget_review()
        return unsaved.guard(self.is_changed)

    @guarded(Access.PROJECT_ADMIN)
    async def submit(self, viewer: Viewer, form: dict[str, Any]) -> object:
        """Show what the text would change; the same text once more is stored."""
        text = str(form.get(f"{self.LEVEL}-override", ""))
        self._submitted = _digest(text)
        try:
            return await (self._save(viewer, text) if self._reviewed == _digest(text) else self._review(viewer, text))
        except TextProblem as problem:
            self._forget_review()
            self.problem, self.is_stale = _explained(problem), isinstance(problem, StaleText)
            return rx.set_focus(f"{self.LEVEL}-override")

    async def _review(self, viewer: Viewer, text: str) -> object:
        review = await viewer.installation.db.read(
            config_texts.review, project_id=viewer.tenancy.project_id, level=self.LEVEL, text=text
        )
        self._forget_review()
        self.warnings = review.new_warnings or review.warnings
        self.changes = differences(review.before, review.after)
        self.problem = _objection(review, self.changes)
        if not self.problem:
            self._reviewed, self.is_reviewed = _digest(text), True
        return None

    async def _save(self, viewer: Viewer, text: str) -> list[object]:
        await viewer.installation.db.run(
            config_texts.save, project_id=viewer.tenancy.project_id, level=self.LEVEL, text=text, mark=self._mark
        )
        self._show(await self._opened(viewer))
        return [rx.toast.success(say("common-saved")), unsaved.guard(False), ExpertModeState.refresh]

    async def _opened(self, viewer: Viewer) -> OpenedOverride:
        return await viewer.installation.db.read(
            config_texts.open_override, project_id=viewer.tenancy.project_id, level=self.LEVEL
        )

    def _show(self, opened: OpenedOverride) -> None:
        self.text, self._mark = opened.text, opened.mark
        self.round += 1
        self.is_changed = self.is_stale = False
        self.is_pushed = self._is_kept_elsewhere(opened)
        self._forget_review()

    def _forget_review(self) -> None:
        self._reviewed, self.is_reviewed = "", False
        self.problem, self.changes, self.warnings = "", [], []

    def _is_kept_elsewhere(self, opened: OpenedOverride) -> bool:
        return self.LEVEL is Level.BRANCH and opened.source.get("type") != UNLINKED["type"]


class BranchTextState(OverrideEditor, rx.State):
    """What a configuration file would bring."""

    LEVEL: ClassVar[Level] = Level.BRANCH


class EnvironmentTextState(OverrideEditor, rx.State):
    """What belongs to this installation only: secrets, domains, the e-mail server."""

    LEVEL: ClassVar[Level] = Level.ENVIRONMENT


class ExpertModeState(rx.State):
    """The gate before the texts, and what they make together."""

    if TYPE_CHECKING:
        project_id: str

    is_loading: bool = True
    error: str = ""
    is_inside: bool = False
    gate_error: str = ""
    merged: str = ""

    @guarded(Access.PROJECT_ADMIN)
    async def load(self, _viewer: Viewer) -> None:
        """Stand before the gate."""
        self.is_inside, self.gate_error, self.merged = False, "", ""
        self.is_loading, self.error = False, ""

    @guarded(Access.PROJECT_ADMIN)
    async def enter(self, viewer: Viewer, form: dict[str, Any]) -> object:
        """Open the texts for somebody who typed the word."""
        if str(form.get("gate", "")).strip().lower() != GATE_WORD:
            self.gate_error = say("expert-mode-gate-wrong", word=GATE_WORD)
            return rx.set_focus("gate")
        self.is_inside, self.gate_error = True, ""
        await self._read(viewer)
        return [BranchTextState.open_text, EnvironmentTextState.open_text]

    @guarded(Access.PROJECT_ADMIN)
    async def refresh(self, viewer: Viewer) -> object:
        """Show what has become of the configuration."""
        if not self.is_inside:
            return None
        await self._read(viewer)
        return [BranchTextState.refresh, EnvironmentTextState.refresh]

    async def _read(self, viewer: Viewer) -> None:
        self.merged = await viewer.installation.db.read(config_texts.merged_text, project_id=viewer.tenancy.project_id)


def _objection(review: Review, changes: list[DiffLine]) -> str:
    if review.new_warnings:
        return say("expert-mode-warned")
    return "" if changes else say("expert-mode-nothing-new")


def _explained(problem: TextProblem) -> str:
    match problem:
        case MalformedText():
            return say("expert-mode-malformed", line=problem.line, column=problem.column, reason=problem.reason)
        case RepeatedKey():
            return say("expert-mode-repeated", name=problem.key)
        case MissingSecret():
            return say("expert-mode-no-secret", path=problem.path)
        case RefusedOverride():
            return problem.reason
        case _:
            return say("expert-mode-stale")


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
