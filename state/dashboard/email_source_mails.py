"""The mails of one template, of one deleted draft, or those that were made from neither."""

from collections.abc import AsyncIterator
from typing import TYPE_CHECKING

import reflex as rx

from hexclave_app.errors import StatusError
from hexclave_app.languages.speaking import say
from hexclave_app.services.emails import groups
from hexclave_app.services.emails.sources import Source
from state.base import Access, Viewer, guarded
from state.dashboard.email_lists import MailList, Part, parts_of
from state.dashboard.emails import kind_of, title_of


class SourceMailsState(MailList, rx.State):
    """The page of the mails of one source."""

    if TYPE_CHECKING:
        project_id: str
        opened_source: str

    title: str = ""
    kind: str = ""
    parts: list[Part] = []

    @guarded(Access.PROJECT_ADMIN, supersedes=True)
    async def load(self, viewer: Viewer) -> AsyncIterator[object]:
        """Read the mails of the source that the address names."""
        self._begin()
        self.title = self.kind = ""
        yield None
        await self._read(viewer)

    def _source(self) -> Source:
        source = Source.read(self.opened_source)
        if source is None:
            raise StatusError(404, say("emails-source-missing"))
        return source

    async def _read(self, viewer: Viewer) -> None:
        source, db = self._source(), viewer.installation.db
        name = await db.read(groups.name_of, tenancy=viewer.tenancy, source=source)
        self.title, self.kind = title_of(source, name), kind_of(source)
        self.parts = parts_of(await db.scan(groups.count, tenancy_id=viewer.tenancy.id, source=source))
        await super()._read(viewer)
