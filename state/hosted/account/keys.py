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
ANY_STATUS: Final = "any"
STATUSES: Final = ("valid", "expired", "revoked")
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
    created: str


class AccountKeysState(rx.State):
    """The keys of the open tab."""

    is_loading: bool = True
    is_allowed: bool = False
    rows: list[KeyRow] = []
    """What search and filter leave, the valid ones first."""
    count: int = 0
    status: str = ANY_STATUS
    is_creating: bool = False
    is_saving: bool = False
    description_error: str = ""
    shown_key: str = ""
    """A new key; it is known until its dialog closes."""
    is_stored: bool = False
    asked_id: str = ""
    asked_description: str = ""
    is_sure: bool = False
    _team_id: str = ""
    _search: str = ""

    def _error_field(self, _error: Exception) -> str:
        """What goes wrong while a key is made is told in its form, everything else in a toast."""
        self.is_saving = False
        return "description_error" if self.is_creating else ""

    @guarded(Access.SIGNED_IN)
    async def load(self, viewer: Viewer, team_id: str) -> None:
        """Show the keys of a team, or one's own."""
        self._team_id, self.rows, self.count, self.shown_key, self.description_error = team_id, [], 0, "", ""
        self._search, self.status, self.is_creating, self.is_saving, self.asked_id = "", ANY_STATUS, False, False, ""
        kind = KeyOwner.TEAM if team_id else KeyOwner.USER
        switches = viewer.host_tenancy.config.api_keys.enabled
        self.is_allowed = switches.team if kind is KeyOwner.TEAM else switches.user
        if self.is_allowed and team_id:
            self.is_allowed = await viewer.installation.db.read(_is_manager, viewer, self._owner(viewer))
        if self.is_allowed:
            await self._reload(viewer)
        self.is_loading = False

    @guarded(Access.SIGNED_IN)
    async def find(self, viewer: Viewer, text: str) -> None:
        """Show the keys whose description or last characters fit."""
        self._search = str(text)[:_MAX_DESCRIPTION]
        await self._reload(viewer)

    @guarded(Access.SIGNED_IN)
    async def filter(self, viewer: Viewer, status: str) -> None:
        """Show the keys of a status, or all of them."""
        self.status = status if status in STATUSES else ANY_STATUS
        await self._reload(viewer)

    @guarded(Access.SIGNED_IN)
    async def open_form(self, _viewer: Viewer, is_open: bool) -> None:
        """Ask what the new key is for, or do not."""
        self.is_creating, self.description_error = is_open is True, ""

    @guarded(Access.SIGNED_IN)
    async def create(self, viewer: Viewer, form: dict[str, Any]) -> Updates:
        """Make a key and show it, once."""
        description = str(form.get("description") or "").strip()[:_MAX_DESCRIPTION]
        self.description_error = "" if description else say("key-without-purpose")
        if self.description_error:
            yield rx.set_focus("description")
            return
        self.is_saving = True
        yield
        days = LIFETIMES.get(str(form.get("lifetime")), LIFETIMES[_DEFAULT_LIFETIME])
        lifetime = timedelta(days=_NEVER_DAYS if days is None else days)
        self.shown_key = await viewer.installation.db.run(
            _create, viewer, self._owner(viewer), description=description, expires_at=utc_now() + lifetime
        )
        self.is_saving, self.is_creating, self.is_stored = False, False, False
        await self._reload(viewer)

    @guarded(Access.SIGNED_IN)
    async def confirm_stored(self, _viewer: Viewer, is_stored: bool) -> None:
        """Say that the key is kept somewhere, which lets its dialog close."""
        self.is_stored = is_stored is True

    @guarded(Access.SIGNED_IN)
    async def hide_key(self, _viewer: Viewer) -> None:
        """Forget the key: the person has stored it."""
        if self.is_stored:
            self.shown_key = ""

    @guarded(Access.SIGNED_IN, frameable=False)
    async def ask_to_revoke(self, _viewer: Viewer, key_id: str) -> None:
        """Ask before a key ends."""
        row = next((one for one in self.rows if one.id == key_id), None)
        if row is None:
            raise Refused(say("key-gone"))
        self.asked_id, self.asked_description, self.is_sure = row.id, row.description, False

    @guarded(Access.SIGNED_IN)
    async def be_sure(self, _viewer: Viewer, is_sure: bool) -> None:
        """Tick that the consequences are understood."""
        self.is_sure = is_sure is True

    @guarded(Access.SIGNED_IN)
    async def stop_asking(self, _viewer: Viewer) -> None:
        """Keep the key."""
        self.asked_id, self.is_sure = "", False

    @guarded(Access.SIGNED_IN, frameable=False)
    async def revoke(self, viewer: Viewer) -> Updates:
        """End the key for good."""
        if not self.asked_id or not self.is_sure:
            return
        key_id, self.asked_id, self.is_sure = self.asked_id, "", False
        await viewer.installation.db.run(_revoke, viewer, self._owner(viewer), key_id=key_id)
        await self._reload(viewer)
        yield rx.toast.success(say("key-revoked"))

    async def _reload(self, viewer: Viewer) -> None:
        found = await viewer.installation.db.read(_list, viewer, self._owner(viewer))
        self.count, wanted = len(found), self._search.strip().casefold()
        rows = [
            row
            for row in map(_row, found)
            if self.status in (ANY_STATUS, row.status)
            and (wanted in row.description.casefold() or wanted in row.last_four.casefold())
        ]
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
    return KeyRow(
        id=str(key.id),
        description=key.description,
        status=status,
        last_four=f"•••• {key.last_four}",
        expires="–" if key.revoked_at else expires,
        created=day(key.created_at),
    )
