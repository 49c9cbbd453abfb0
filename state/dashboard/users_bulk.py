"""Doing something with many users at once: restrict, verify, add to a team, delete."""

import uuid
from collections.abc import Sequence
from typing import TYPE_CHECKING

import reflex as rx
from sqlmodel import Session

from hexclave_app.errors import UserNotFound
from hexclave_app.languages.speaking import say
from hexclave_app.services import teams
from hexclave_app.services.users import deletion, records, updates
from models.base import utc_now
from state.base import Access, Viewer, guarded
from state.dashboard.forms import known_id
from state.dashboard.users import MAX_PAGE_ROWS, UsersState, parse_user_id


class UserSelectionState(rx.State):
    """The ticked users of the shown page."""

    if TYPE_CHECKING:
        project_id: str

    selected: list[str] = []
    is_asking: bool = False

    def _forget(self) -> None:
        self.selected, self.is_asking = [], False

    @rx.var
    def summary(self) -> str:
        """How many are ticked."""
        return say("users-chosen", count=len(self.selected))

    @guarded(Access.PROJECT_ADMIN)
    async def tick(self, _viewer: Viewer, user_id: str, is_on: bool) -> None:
        """Choose a user, or leave it."""
        kept = [one for one in self.selected if one != user_id]
        self.selected = [*kept, str(user_id)][-MAX_PAGE_ROWS:] if is_on is True else kept

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
        number = await viewer.installation.db.run(_delete, viewer, user_ids=chosen_ids(self))
        self._forget()
        return [rx.toast.success(say("users-deleted", count=number)), UsersState.refresh]

    @guarded(Access.PROJECT_ADMIN)
    async def restrict(self, viewer: Viewer, is_restricted: bool) -> object:
        """Restrict the chosen users, or lift what administrators restricted."""
        number = await viewer.installation.db.run(
            _restrict, viewer, user_ids=chosen_ids(self), is_restricted=is_restricted is True
        )
        return self._changed(number)

    @guarded(Access.PROJECT_ADMIN)
    async def verify(self, viewer: Viewer) -> object:
        """Mark the primary addresses of the chosen users as verified; who has none is left as is."""
        number = await viewer.installation.db.run(_verify, viewer, user_ids=chosen_ids(self))
        return self._changed(number)

    @guarded(Access.PROJECT_ADMIN)
    async def add_to_team(self, viewer: Viewer, team_id: str) -> object:
        """Make the chosen users members of a team; who is one already stays one."""
        team = known_id(team_id, say("users-no-such-team"))
        number = await viewer.installation.db.run(_add_to_team, viewer, user_ids=chosen_ids(self), team_id=team)
        return self._changed(number)

    def _changed(self, number: int) -> object:
        self._forget()
        return [rx.toast.success(say("users-changed", count=number)), UsersState.refresh]


def chosen_ids(selection: UserSelectionState) -> list[uuid.UUID]:
    """The ids of the ticked users, as far as they are ids; whether they are users of this project the services say."""
    return [parse_user_id(one) for one in selection.selected]


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
    return sum(_change(session, viewer, user_id, changes) for user_id in user_ids)


def _verify(session: Session, viewer: Viewer, *, user_ids: Sequence[uuid.UUID]) -> int:
    number = 0
    for user_id in user_ids:
        record = records.find(session, tenancy_id=viewer.tenancy.id, user_id=user_id)
        if record is not None and record.primary_email is not None and not record.primary_email_verified:
            number += _change(session, viewer, user_id, {"primary_email_verified": True})
    return number


def _add_to_team(session: Session, viewer: Viewer, *, user_ids: Sequence[uuid.UUID], team_id: uuid.UUID) -> int:
    teams.get(session, tenancy_id=viewer.tenancy.id, team_id=team_id)
    number = 0
    for user_id in user_ids:
        if records.find(session, tenancy_id=viewer.tenancy.id, user_id=user_id) is not None:
            number += teams.join(session, tenancy=viewer.tenancy, team_id=team_id, user_id=user_id)
    return number


def _change(session: Session, viewer: Viewer, user_id: uuid.UUID, changes: updates.UserChanges) -> bool:
    """Change one user as the API would; False for somebody who is not there any more."""
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
        return False
    return True
