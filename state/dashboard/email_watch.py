"""Notices what becomes of mails while somebody looks at a page that lists them."""

import uuid
from collections.abc import AsyncIterator
from typing import TYPE_CHECKING

import reflex as rx
from sqlmodel import Session

from hexclave_app.services.emails import drafts, managed_domains
from state.base import Access, Viewer, guarded
from state.dashboard import paths
from state.dashboard.email_domains import EmailDomainsState
from state.dashboard.email_draft_mails import DraftMailsState
from state.dashboard.email_drafts import DraftsState
from state.dashboard.email_lists import MailList, newest_change
from state.dashboard.email_reputation import ReputationState
from state.dashboard.email_source_mails import SourceMailsState
from state.dashboard.emails import EmailsState
from state.dashboard.watching import watching


class EmailsWatch(rx.State):
    """Runs as long as the page is open in a tab: the next navigation or a closed socket ends it."""

    if TYPE_CHECKING:
        project_id: str

    @guarded(Access.PROJECT_ADMIN, background=True, supersedes=True)
    async def watch(self, viewer: Viewer) -> AsyncIterator[object]:
        """Refresh the list whenever a mail has changed."""
        path, seen = self.router.url.path, None
        listing = listing_at(path, viewer.tenancy.project_id)
        async with watching(viewer.installation, newest_change, viewer.tenancy.id) as changes:
            while self.router.url.path == path:
                newest = await changes.other_than(seen)
                if newest == seen:
                    continue
                seen = newest
                async with self:
                    page = await self.get_state(listing)
                    is_shown = page._seen == newest  # noqa: SLF001 - the classes are one widget
                if not is_shown:
                    yield [listing.refresh, ReputationState.load]


class EmailListsWatch(rx.State):
    """Runs as long as a list is open in a tab whose changes no entry of the audit log tells."""

    if TYPE_CHECKING:
        project_id: str

    @guarded(Access.PROJECT_ADMIN, background=True, supersedes=True)
    async def watch(self, viewer: Viewer) -> AsyncIterator[object]:
        """Read the list again whenever somebody, or the provider of domains, has changed it."""
        path, seen = self.router.url.path, None
        is_drafts = path == paths.email_drafts(viewer.tenancy.project_id)
        read = drafts.newest_change if is_drafts else read_domains
        async with watching(viewer.installation, read, viewer.tenancy.id) as changes:
            while self.router.url.path == path:
                newest = await changes.other_than(seen)
                if newest == seen:
                    continue
                if seen is not None:
                    yield DraftsState.refresh if is_drafts else EmailDomainsState.refresh
                seen = newest


def read_domains(session: Session, *, tenancy_id: uuid.UUID) -> tuple[object, ...]:
    """The sending domains and where they stand."""
    views = managed_domains.list_all(session, tenancy_id=tenancy_id)
    return tuple((view["domain_id"], view["status"]) for view in views)


def listing_at(path: str, project_id: str) -> type[MailList]:
    """The list on the page at a path."""
    if path.startswith(paths.email_drafts(project_id)):
        return DraftMailsState
    return SourceMailsState if path.startswith(f"{paths.emails(project_id)}/") else EmailsState
