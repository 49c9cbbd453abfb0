"""The sent mails of a project: one by one, or by what they were made from."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final

import reflex as rx

from hexclave_app.languages.speaking import say
from hexclave_app.services.emails import groups, mailings, transports
from hexclave_app.services.emails.groups import Group
from hexclave_app.services.emails.sources import Source
from hexclave_app.services.emails.transports import Kind
from models.base import utc_now
from state.base import Access, Viewer, guarded
from state.dashboard import paths
from state.dashboard.email_lists import MailList, Part, parts_of
from state.dashboard.wording import ago

ONE_BY_ONE: Final = "list"
BY_SOURCE: Final = "groups"


@dataclass(frozen=True)
class GroupRow:
    """The mails of one source as the table shows them."""

    source: str
    name: str
    kind: str
    recipients: str
    when: str
    address: str
    parts: list[Part]


class EmailsState(MailList, rx.State):
    """The page of sent mails."""

    if TYPE_CHECKING:
        project_id: str
        opened_mail: str

    view: str = ONE_BY_ONE
    groups: list[GroupRow] = []
    has_all_groups: bool = True
    uses_inbox: bool = False
    waiting_text: str = ""

    @guarded(Access.PROJECT_ADMIN, supersedes=True)
    async def load(self, viewer: Viewer) -> AsyncIterator[object]:
        """Read the mails anew."""
        self._begin()
        asked = self.router.url.query_parameters.get("view", "")
        self.view = BY_SOURCE if asked == BY_SOURCE else ONE_BY_ONE
        yield None
        await self._read(viewer)
        if self.opened_mail:
            yield EmailsState.open_mail(self.opened_mail)

    @guarded(Access.PROJECT_ADMIN, supersedes=True)
    async def change_view(self, viewer: Viewer, view: str | list[str]) -> object:
        """Show the mails one by one, or by what they were made from."""
        self.view = BY_SOURCE if view == BY_SOURCE else ONE_BY_ONE
        await self._read(viewer)
        asked = {"view": self.view if self.view == BY_SOURCE else ""}
        return rx.redirect(paths.with_query(paths.emails(viewer.tenancy.project_id), asked), replace=True)

    async def _read(self, viewer: Viewer) -> None:
        tenancy = viewer.tenancy
        if self.view == BY_SOURCE:
            found = await viewer.installation.db.scan(groups.list_groups, tenancy=tenancy)
            now = utc_now()
            self.groups = [_group_row(group, tenancy.project_id, now) for group in found]
            self.has_all_groups = len(found) < groups.MAX_GROUPS
        await super()._read(viewer)
        waiting = await viewer.installation.db.scan(mailings.count_waiting, tenancy_id=tenancy.id)
        self.waiting_text = say("emails-waiting", number=waiting) if waiting else ""
        shared = transports.shared_kind(viewer.installation.settings)
        self.uses_inbox = tenancy.config.emails.server.is_shared and shared is Kind.INBOX


def kind_of(source: Source) -> str:
    """What kind of source it is, in words."""
    if source.draft_id is not None:
        return say("emails-source-draft")
    return say("emails-source-template") if source.template_id is not None else say("emails-source-none-kind")


def title_of(source: Source, name: str | None) -> str:
    """What the mails of a source are called."""
    if source == Source():
        return say("emails-source-none")
    return name or say("emails-source-deleted")


def _group_row(group: Group, project_id: str, now: datetime) -> GroupRow:
    source = group.source
    if source.draft_id is not None and group.name is not None:
        address = paths.email_draft(project_id, str(source.draft_id), "sent")
    else:
        address = paths.email_source(project_id, str(source))
    return GroupRow(
        source=str(source),
        name=title_of(source, group.name),
        kind=kind_of(source),
        recipients=f"{group.total:,}",
        when=ago(group.newest_at, now),
        address=address,
        parts=parts_of(group.counts),
    )
