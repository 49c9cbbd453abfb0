"""Questions before something about one user ends for good."""

import uuid
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Final

import reflex as rx
from sqlmodel import Session

from hexclave_app.errors import ApiKeyNotFound
from hexclave_app.languages.speaking import say
from hexclave_app.security.api_keys import KeyOwner
from hexclave_app.services import api_keys, contact_channel_changes, sessions, teams
from hexclave_app.services.oauth import linked_accounts
from hexclave_app.services.users import deletion, updates
from models.base import utc_now
from state.base import Access, Viewer, guarded
from state.dashboard import paths, unsaved
from state.dashboard.forms import known_id
from state.dashboard.user_detail import UserDetailState, change_user, opened_user

TICKED: Final = ("user", "key")
"""What is asked with a box to tick."""
_End = Callable[[Viewer, uuid.UUID, str], Awaitable[None]]


class UserQuestionState(rx.State):
    """What is about to end."""

    if TYPE_CHECKING:
        project_id: str
        opened_user: str

    kind: str = ""
    target: str = ""
    title: str = ""
    text: str = ""
    confirm_label: str = ""

    def _forget(self) -> None:
        self.kind = ""

    @guarded(Access.PROJECT_ADMIN)
    async def ask(self, _viewer: Viewer, kind: str, target: str) -> None:
        """Open the question; unknown kinds ask nothing."""
        if kind in QUESTIONS:
            self.kind, self.target = kind, str(target)
            self.title, self.text, self.confirm_label = QUESTIONS[kind]

    @guarded(Access.PROJECT_ADMIN)
    async def stop_asking(self, _viewer: Viewer) -> None:
        """Close the question."""
        self.kind = ""

    @guarded(Access.PROJECT_ADMIN)
    async def confirm(self, viewer: Viewer) -> object:
        """Do what was asked."""
        kind, self.kind = self.kind, ""
        if kind not in _ENDS:
            return None
        await _ENDS[kind](viewer, opened_user(self), self.target)
        if kind == "user":
            leave = rx.redirect(paths.users(viewer.tenancy.project_id))
            return [rx.toast.success(say("user-deleted")), unsaved.guard(False), leave]
        return [rx.toast.success(say("common-done-notice")), UserDetailState.refresh]


QUESTIONS: Final[dict[str, tuple[str, str, str]]] = {
    "user": (
        say("user-deletion"),
        say("user-deletion-text"),
        say("user-deletion-confirm"),
    ),
    "totp": (
        say("user-totp-removal"),
        say("user-totp-removal-text"),
        say("user-totp-removal-confirm"),
    ),
    "passkey": (say("user-passkey-removal"), say("user-passkey-removal-text"), say("user-passkey-removal-confirm")),
    "channel": (
        say("user-channel-deletion"),
        say("user-channel-deletion-text"),
        say("user-channel-deletion-confirm"),
    ),
    "account": (
        say("user-account-detachment"),
        say("user-account-detachment-text"),
        say("user-account-detachment-confirm"),
    ),
    "membership": (say("user-leave-team"), say("user-leave-team-text"), say("user-leave-team-confirm")),
    "session": (say("user-session-end"), say("user-session-end-text"), say("user-session-end-confirm")),
    "sessions": (say("user-sessions-end"), say("user-sessions-end-text"), say("user-sessions-end-confirm")),
    "key": (say("user-key-revocation"), say("user-key-revocation-text"), say("user-key-revocation-confirm")),
}


async def _delete_user(viewer: Viewer, user_id: uuid.UUID, _target: str) -> None:
    await viewer.installation.db.run(deletion.delete, tenancy_id=viewer.tenancy.id, user_id=user_id)


async def _remove_totp(viewer: Viewer, user_id: uuid.UUID, _target: str) -> None:
    await change_user(viewer, user_id, {"totp_secret": None})


async def _remove_passkey(viewer: Viewer, user_id: uuid.UUID, _target: str) -> None:
    await change_user(viewer, user_id, {"passkey_auth_enabled": False})


async def _delete_channel(viewer: Viewer, user_id: uuid.UUID, target: str) -> None:
    channel_id = known_id(target, say("user-channel-gone"))
    await viewer.installation.db.run(
        contact_channel_changes.delete, tenancy_id=viewer.tenancy.id, user_id=user_id, channel_id=channel_id
    )


async def _detach_account(viewer: Viewer, user_id: uuid.UUID, target: str) -> None:
    account_id = known_id(target, say("user-account-gone"))
    await viewer.installation.db.run(
        linked_accounts.delete, tenancy=viewer.tenancy, user_id=user_id, account_row_id=account_id
    )


async def _leave_team(viewer: Viewer, user_id: uuid.UUID, target: str) -> None:
    team_id = known_id(target, say("users-no-such-team"))
    await viewer.installation.db.run(
        teams.remove_member, tenancy_id=viewer.tenancy.id, team_id=team_id, user_id=user_id
    )


async def _end_session(viewer: Viewer, user_id: uuid.UUID, target: str) -> None:
    await viewer.installation.db.run(
        sessions.revoke,
        tenancy_id=viewer.tenancy.id,
        session_id=known_id(target, say("user-session-gone")),
        current_session_id=None,
        owner_id=user_id,
    )


async def _end_sessions(viewer: Viewer, user_id: uuid.UUID, _target: str) -> None:
    await viewer.installation.db.run(updates.revoke_sessions, tenancy_id=viewer.tenancy.id, user_id=user_id)


async def _revoke_key(viewer: Viewer, user_id: uuid.UUID, target: str) -> None:
    owner = api_keys.Owner(KeyOwner.USER, user_id)
    key_id = known_id(target, say("user-key-gone"))
    await viewer.installation.db.run(revoke_key_of, tenancy_id=viewer.tenancy.id, owner=owner, key_id=key_id)


def revoke_key_of(session: Session, *, tenancy_id: uuid.UUID, owner: api_keys.Owner, key_id: uuid.UUID) -> None:
    """Revoke a key of exactly this owner; raises API_KEY_NOT_FOUND for those of others."""
    row = api_keys.get(session, tenancy_id=tenancy_id, key_id=key_id, kind=owner.kind)
    if api_keys.owner_of(row) != owner:
        raise ApiKeyNotFound
    api_keys.revoke(session, row, now=utc_now())


_ENDS: Final[dict[str, _End]] = {
    "user": _delete_user,
    "totp": _remove_totp,
    "passkey": _remove_passkey,
    "channel": _delete_channel,
    "account": _detach_account,
    "membership": _leave_team,
    "session": _end_session,
    "sessions": _end_sessions,
    "key": _revoke_key,
}
