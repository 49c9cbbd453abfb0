"""What was sent from a draft: in numbers, one by one, and held back, let go on or cancelled as a whole."""

import uuid
from typing import TYPE_CHECKING

import reflex as rx
from sqlmodel import Session

from hexclave_app.languages.speaking import say
from hexclave_app.services.emails import drafts, groups, steering
from hexclave_app.services.emails.groups import Counts
from hexclave_app.services.emails.sources import Source
from hexclave_app.services.emails.steering import Steer, Unsent
from models.base import utc_now
from state.base import Access, Viewer, guarded
from state.dashboard.email_lists import MailList, Part, parts_of
from state.dashboard.forms import known_id

_DONE = {
    Steer.PAUSE: "emails-drafts-paused",
    Steer.RESUME: "emails-drafts-resumed",
    Steer.CANCEL: "emails-drafts-cancelled",
}


class DraftMailsState(MailList, rx.State):
    """The mails of the draft whose last step is open."""

    if TYPE_CHECKING:
        project_id: str

    parts: list[Part] = []
    opened_text: str = ""
    running: int = 0
    """How many have not left yet and are not paused."""
    paused: int = 0
    is_cancelling: bool = False
    partly: str = ""
    """What the last change of all could not change any more, in words."""
    _draft_id: str = ""

    @guarded(Access.PROJECT_ADMIN)
    async def begin(self, viewer: Viewer, draft_id: str) -> None:
        """Show what was sent from a draft."""
        self._begin()
        self._draft_id, self.partly, self.is_cancelling = str(draft_id), "", False
        await self._read(viewer)

    @guarded(Access.PROJECT_ADMIN)
    async def ask_to_cancel(self, _viewer: Viewer, is_asking: bool) -> None:
        """Open or close the question."""
        self.is_cancelling = is_asking is True

    @guarded(Access.PROJECT_ADMIN)
    async def pause_all(self, viewer: Viewer) -> object:
        """Hold back everything that has not left yet."""
        return await self._steer(viewer, Steer.PAUSE)

    @guarded(Access.PROJECT_ADMIN)
    async def resume_all(self, viewer: Viewer) -> object:
        """Let everything go on that was held back."""
        return await self._steer(viewer, Steer.RESUME)

    @guarded(Access.PROJECT_ADMIN)
    async def cancel_all(self, viewer: Viewer) -> object:
        """Cancel everything that has not left yet."""
        self.is_cancelling = False
        return await self._steer(viewer, Steer.CANCEL)

    async def _steer(self, viewer: Viewer, wanted: Steer) -> object:
        self.partly = ""
        steered = await steering.steer(
            viewer.installation,
            tenancy_id=viewer.tenancy.id,
            draft_id=self._known_draft(),
            wanted=wanted,
            now=utc_now(),
        )
        await self._read(viewer)
        if steered.too_late:
            self.partly = say(
                "emails-drafts-too-late", done=steered.done, late=steered.too_late, all=steered.done + steered.too_late
            )
            return None
        return rx.toast.success(say(_DONE[wanted], number=steered.done))

    def _known_draft(self) -> uuid.UUID:
        return known_id(self._draft_id, say("emails-drafts-missing"))

    def _source(self) -> Source:
        return Source(draft_id=self._known_draft())

    async def _read(self, viewer: Viewer) -> None:
        if not self._draft_id:
            return
        counts, opened, unsent = await viewer.installation.db.scan(
            _count, tenancy_id=viewer.tenancy.id, draft_id=self._known_draft()
        )
        self.parts, self.running, self.paused = parts_of(counts), unsent.running, unsent.paused
        self.opened_text = say("emails-drafts-opened", number=opened) if opened else ""
        await super()._read(viewer)


def _count(session: Session, *, tenancy_id: uuid.UUID, draft_id: uuid.UUID) -> tuple[Counts, int, Unsent]:
    drafts.get(session, tenancy_id=tenancy_id, draft_id=draft_id)
    source = Source(draft_id)
    counts = groups.count(session, tenancy_id=tenancy_id, source=source)
    opened = groups.count_opened(session, tenancy_id=tenancy_id, source=source)
    return counts, opened, steering.count_unsent(session, tenancy_id=tenancy_id, draft_id=draft_id)
