"""What another member of the open team may do there."""

import uuid
from dataclasses import dataclass
from typing import Any, Final

import reflex as rx
from sqlmodel import Session

from hexclave_app.languages.speaking import say
from hexclave_app.services import permissions, team_access, team_delegation, team_profiles
from hexclave_app.services.permission_definitions import Definition
from hexclave_app.services.permissions import TEAM_SCOPE
from state.base import Access, Updates, Viewer, guarded
from state.hosted.typed import caller_of, known_id

_MEANINGS: Final = {
    "$delete_team": "permission-delete-team",
    "$invite_members": "permission-invite-members",
    "$manage_api_keys": "permission-manage-api-keys",
    "$read_members": "permission-read-members",
    "$remove_members": "permission-remove-members",
    "$update_team": "permission-update-team",
}
FIELD: Final = "permission-"


@dataclass(frozen=True)
class PermissionChoice:
    """A permission that may be handed on."""

    id: str
    field: str
    label: str
    is_on: bool
    role: str
    """What the member has that contains it; empty when nothing else does."""


class MemberPermissionsState(rx.State):
    """The dialog of one member."""

    user_id: str = ""
    name: str = ""
    choices: list[PermissionChoice] = []
    error: str = ""
    is_saving: bool = False
    _team_id: str = ""

    def _error_field(self, _error: Exception) -> str:
        self.is_saving = False
        return "error" if self.user_id else ""

    @guarded(Access.SIGNED_IN, frameable=False)
    async def open(self, viewer: Viewer, team_id: str, user_id: str) -> None:
        """Show what a member of a team of one's own may do."""
        team, member = known_id(team_id), known_id(user_id)
        seen = await viewer.installation.db.read(_look, viewer, team, member)
        self.name, self.choices = seen
        self._team_id, self.user_id, self.error, self.is_saving = str(team), str(member), "", False

    @guarded(Access.SIGNED_IN)
    async def close(self, _viewer: Viewer, _is_open: bool = False) -> None:
        """Change nothing."""
        self.user_id, self.choices = "", []

    @guarded(Access.SIGNED_IN, frameable=False)
    async def submit(self, viewer: Viewer, form: dict[str, Any]) -> Updates:
        """Hand on and take back."""
        self.error, self.is_saving = "", True
        yield
        wanted = {one.id for one in self.choices if form.get(one.field)}
        await viewer.installation.db.run(
            _change, viewer, known_id(self._team_id), known_id(self.user_id), wanted=wanted
        )
        self.user_id, self.choices, self.is_saving = "", [], False
        yield rx.toast.success(say("permissions-saved"))


def _look(
    session: Session, viewer: Viewer, team_id: uuid.UUID, user_id: uuid.UUID
) -> tuple[str, list[PermissionChoice]]:
    caller, config = caller_of(viewer), viewer.host_tenancy.config
    team_access.require(session, caller, team_id=team_id, needs=(team_delegation.NEEDED,))
    profile = team_profiles.get(session, tenancy_id=viewer.host_tenancy.id, team_id=team_id, user_id=user_id)
    direct = team_delegation.direct_of(session, caller, team_id=team_id, user_id=user_id)
    choices = []
    for place, one in enumerate(team_delegation.delegable(session, caller, team_id=team_id)):
        way = permissions.chain(config, direct - {one.id}, one.id, TEAM_SCOPE)
        choices.append(
            PermissionChoice(one.id, f"{FIELD}{place}", _meaning(one), one.id in direct, way[0] if way else "")
        )
    return profile.display_name or say("no-name"), choices


def _change(session: Session, viewer: Viewer, team_id: uuid.UUID, user_id: uuid.UUID, *, wanted: set[str]) -> None:
    team_delegation.change(session, caller_of(viewer), team_id=team_id, user_id=user_id, wanted=wanted)


def _meaning(permission: Definition) -> str:
    key = _MEANINGS.get(permission.id)
    return say(key) if key is not None else permission.description or permission.id
