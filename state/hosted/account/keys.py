"""API keys of one's own, or of a team."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

import reflex as rx
from sqlmodel import Session

from hexclave_app.languages.dates import day
from hexclave_app.languages.speaking import say
from hexclave_app.security.api_keys import KeyOwner
from hexclave_app.services import api_keys
from hexclave_app.services.api_keys import Owner
from models import ApiKey
from models.base import utc_now
from state.base import Access, Refused, Updates, Viewer, guarded
from state.hosted.typed import caller_of, known_id

LIFETIMES: Final[dict[str, int | None]] = {"1": 1, "7": 7, "30": 30, "90": 90, "365": 365, "never": None}
"""Days by the value of the choice."""
_DEFAULT_LIFETIME = "30"
_NEVER_DAYS = 200 * 365
_FAR_YEARS = 100  # an expiry beyond this was meant as "never"
_MAX_DESCRIPTION = 200  # characters


@dataclass(frozen=True)
class KeyRow:
    """A key as the table shows it."""

    id: str
    description: str
    status: str
    last_four: str
    expires: str


class AccountKeysState(rx.State):
    """The keys of the open tab."""

    is_loading: bool = True
    is_allowed: bool = False
    rows: list[KeyRow] = []
    shown_key: str = ""
    description_error: str = ""
    _team_id: str = ""

    @guarded(Access.SIGNED_IN)
    async def load(self, viewer: Viewer, team_id: str) -> None:
        """Show the keys of a team, or one's own."""
        self._team_id, self.rows, self.shown_key, self.description_error = team_id, [], "", ""
        kind = KeyOwner.TEAM if team_id else KeyOwner.USER
        switches = viewer.host_tenancy.config.api_keys.enabled
        self.is_allowed = switches.team if kind is KeyOwner.TEAM else switches.user
        if self.is_allowed and team_id:
            self.is_allowed = await viewer.installation.db.read(_is_manager, viewer, self._owner(viewer))
        if self.is_allowed:
            await self._reload(viewer)
        self.is_loading = False

    @guarded(Access.SIGNED_IN)
    async def create(self, viewer: Viewer, form: dict[str, Any]) -> Updates:
        """Make a key and show it, once."""
        description = str(form.get("description") or "").strip()[:_MAX_DESCRIPTION]
        self.description_error = "" if description else say("key-without-purpose")
        if self.description_error:
            yield rx.set_focus("description")
            return
        days = LIFETIMES.get(str(form.get("lifetime")), LIFETIMES[_DEFAULT_LIFETIME])
        lifetime = timedelta(days=_NEVER_DAYS if days is None else days)
        made = await viewer.installation.db.run(
            _create, viewer, self._owner(viewer), description=description, expires_at=utc_now() + lifetime
        )
        self.shown_key = made
        await self._reload(viewer)

    @guarded(Access.SIGNED_IN)
    async def hide_key(self, _viewer: Viewer) -> None:
        """Forget the key: the person has stored it."""
        self.shown_key = ""

    @guarded(Access.SIGNED_IN, frameable=False)
    async def revoke(self, viewer: Viewer, key_id: str) -> Updates:
        """End a key for good."""
        await viewer.installation.db.run(_revoke, viewer, self._owner(viewer), key_id=key_id)
        await self._reload(viewer)
        yield rx.toast.success(say("key-revoked"))

    async def _reload(self, viewer: Viewer) -> None:
        found = await viewer.installation.db.read(_list, viewer, self._owner(viewer))
        rows = [_row(key) for key in found]
        self.rows = sorted(rows, key=lambda row: row.status != "valid")

    def _owner(self, viewer: Viewer) -> Owner:
        if self._team_id:
            return Owner(KeyOwner.TEAM, known_id(self._team_id))
        return Owner(KeyOwner.USER, viewer.signed_in.id)


def _is_manager(session: Session, viewer: Viewer, owner: Owner) -> bool:
    return api_keys.is_manager(session, caller_of(viewer), owner)


def _check(session: Session, viewer: Viewer, owner: Owner) -> None:
    api_keys.require_enabled(viewer.host_tenancy, owner.kind)
    api_keys.require_manager(session, caller_of(viewer), owner)


def _create(session: Session, viewer: Viewer, owner: Owner, *, description: str, expires_at: datetime) -> str:
    _check(session, viewer, owner)
    made = api_keys.create(
        session, tenancy_id=viewer.host_tenancy.id, owner=owner, description=description, expires_at=expires_at
    )
    return made.value


def _list(session: Session, viewer: Viewer, owner: Owner) -> list[ApiKey]:
    _check(session, viewer, owner)
    return list(api_keys.list_all(session, tenancy_id=viewer.host_tenancy.id, owner=owner))


def _revoke(session: Session, viewer: Viewer, owner: Owner, *, key_id: str) -> None:
    _check(session, viewer, owner)
    row = api_keys.get(session, tenancy_id=viewer.host_tenancy.id, key_id=known_id(key_id), kind=owner.kind)
    if api_keys.owner_of(row) != owner:
        raise Refused(say("key-gone"))
    api_keys.revoke(session, row, now=utc_now())


def _row(key: ApiKey) -> KeyRow:
    now = utc_now()
    status = "revoked" if key.revoked_at else "expired" if api_keys.is_expired(key, now) else "valid"
    is_endless = key.expires_at is None or key.expires_at.year - now.year >= _FAR_YEARS
    expires = say("never") if is_endless or key.expires_at is None else day(key.expires_at)
    return KeyRow(str(key.id), key.description, status, f"•••• {key.last_four}", "–" if key.revoked_at else expires)
