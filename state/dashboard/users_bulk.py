"""Doing something with many users at once: restrict, delete, export."""

import asyncio
import tempfile
import uuid
from collections.abc import AsyncIterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

import reflex as rx
from sqlmodel import Session

from hexclave_app.errors import StatusError, UserNotFound
from hexclave_app.installation import Installation
from hexclave_app.languages.speaking import say
from hexclave_app.services.bulk.exporting import export_users
from hexclave_app.services.users import deletion, listing, updates
from hexclave_app.services.users.listing import UserQuery
from models.base import utc_now
from state.base import Access, Viewer, guarded
from state.dashboard.users import PAGE_ROWS, UsersState, parse_user_id
from state.dashboard.wording import grouped

MAX_EXPORTED: Final = 5_000  # the file travels over the page's socket; more is for `hexclave export`


class UserSelectionState(rx.State):
    """The ticked users of the shown page."""

    if TYPE_CHECKING:
        project_id: str

    selected: list[str] = []
    is_asking: bool = False
    is_exporting: bool = False

    def _forget(self) -> None:
        self.selected, self.is_asking, self.is_exporting = [], False, False

    def _error_field(self, _error: Exception) -> str:
        self.is_exporting = False
        return ""

    @rx.var
    def summary(self) -> str:
        """How many are ticked."""
        return say("users-chosen", count=len(self.selected))

    @guarded(Access.PROJECT_ADMIN)
    async def tick(self, _viewer: Viewer, user_id: str, is_on: bool) -> None:
        """Choose a user, or leave it."""
        kept = [one for one in self.selected if one != user_id]
        self.selected = [*kept, str(user_id)][-PAGE_ROWS:] if is_on is True else kept

    @guarded(Access.PROJECT_ADMIN)
    async def tick_page(self, _viewer: Viewer) -> None:
        """Choose everybody on this page."""
        self.selected = [row.id for row in (await self.get_state(UsersState)).rows]

    @guarded(Access.PROJECT_ADMIN)
    async def clear(self, _viewer: Viewer) -> None:
        """Choose nobody."""
        self._forget()

    @guarded(Access.PROJECT_ADMIN)
    async def ask(self, _viewer: Viewer, is_asking: bool) -> None:
        """Open the question before the chosen users are deleted, or close it."""
        self.is_asking = is_asking is True and bool(self.selected)

    @guarded(Access.PROJECT_ADMIN)
    async def delete(self, viewer: Viewer) -> object:
        """Delete the chosen users, all of them or none; those who are gone already do not count."""
        ids = [parse_user_id(one) for one in self.selected]
        number = await viewer.installation.db.run(_delete, viewer, user_ids=ids)
        self._forget()
        return [rx.toast.success(say("users-deleted", count=number)), UsersState.refresh]

    @guarded(Access.PROJECT_ADMIN)
    async def restrict(self, viewer: Viewer, is_restricted: bool) -> object:
        """Restrict the chosen users, or lift what administrators restricted."""
        ids = [parse_user_id(one) for one in self.selected]
        number = await viewer.installation.db.run(_restrict, viewer, user_ids=ids, is_restricted=is_restricted is True)
        self._forget()
        return [rx.toast.success(say("users-changed", count=number)), UsersState.refresh]

    @guarded(Access.PROJECT_ADMIN)
    async def export(self, viewer: Viewer) -> AsyncIterator[object]:
        """Download all users as CSV, without secrets; the importing command reads it."""
        everybody = UserQuery(includes_restricted=True, includes_anonymous=True)
        total = await viewer.installation.db.scan(listing.count, tenancy=viewer.tenancy, query=everybody)
        if total.number > MAX_EXPORTED or not total.is_exact:
            raise StatusError(400, say("users-export-too-many", most=grouped(MAX_EXPORTED)))
        self.is_exporting = True
        yield None
        project_id = viewer.tenancy.project_id
        data = await asyncio.to_thread(_exported, viewer.installation, project_id)
        self.is_exporting = False
        yield rx.download(data=data, filename=f"users-{utc_now().date().isoformat()}.csv")


def _exported(installation: Installation, project_id: str) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "users.csv"
        export_users(installation, project_id=project_id, path=path, with_secrets=False, on_batch=lambda _count: None)
        return path.read_bytes()


def _delete(session: Session, viewer: Viewer, *, user_ids: Sequence[uuid.UUID]) -> int:
    number = 0
    for user_id in user_ids:
        try:
            deletion.delete(session, tenancy_id=viewer.tenancy.id, user_id=user_id)
        except UserNotFound:
            continue
        number += 1
    return number


def _restrict(session: Session, viewer: Viewer, *, user_ids: Sequence[uuid.UUID], is_restricted: bool) -> int:
    changes: dict[str, object] = {"restricted_by_admin": is_restricted}
    if is_restricted:
        changes["restricted_by_admin_private_details"] = say("users-restricted-together")
    number = 0
    for user_id in user_ids:
        try:
            updates.update(
                session,
                installation=viewer.installation,
                tenancy=viewer.tenancy,
                user_id=user_id,
                changes=changes,
                now=utc_now(),
            )
        except UserNotFound:
            continue
        number += 1
    return number
