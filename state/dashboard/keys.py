"""The key sets of a project: list, create, revoke."""

import uuid
from collections.abc import AsyncIterator, Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

import reflex as rx

from hexclave_app.errors import ApiKeyNotFound, StatusError
from hexclave_app.languages.speaking import say
from hexclave_app.services import project_keys
from hexclave_app.services.tenancies import KeyKind
from models import ProjectKeySet
from models.base import utc_now
from state.base import Access, Viewer, guarded
from state.dashboard import reveal
from state.dashboard.new_project import NEVER
from state.dashboard.wording import ago, expiry

LIFETIMES: Final[dict[str, tuple[str, timedelta]]] = {
    "1": (say("keys-lifetime-days", days=1), timedelta(days=1)),
    "7": (say("keys-lifetime-days", days=7), timedelta(days=7)),
    "30": (say("keys-lifetime-days", days=30), timedelta(days=30)),
    "90": (say("keys-lifetime-days", days=90), timedelta(days=90)),
    "365": (say("keys-lifetime-days", days=365), timedelta(days=365)),
    "never": (say("keys-lifetime-never"), NEVER),
}
KINDS: Final[dict[str, KeyKind]] = {"client": KeyKind.CLIENT, "server": KeyKind.SERVER, "admin": KeyKind.ADMIN}
STATUSES: Final = {
    "valid": say("keys-status-valid"),
    "expired": say("keys-status-expired"),
    "revoked": say("keys-status-revoked"),
    "all": say("keys-status-all"),
}
_MAX_DESCRIPTION_CHARS: Final = 200


@dataclass(frozen=True)
class KeySetRow:
    """A key set as the table shows it; of each key the last characters."""

    id: str
    description: str
    status: str
    client: str
    server: str
    admin: str
    used: str
    expires: str
    created: str


class KeysState(rx.State):
    """The table of key sets."""

    if TYPE_CHECKING:
        project_id: str

    is_loading: bool = True
    error: str = ""
    rows: list[KeySetRow] = []
    has_any: bool = False
    search: str = ""
    status: str = "valid"
    opened: int = 0
    """Grows with every opening of the page, so that the search field is empty again."""
    revoking_id: str = ""
    revoking_name: str = ""

    @guarded(Access.PROJECT_ADMIN, supersedes=True)
    async def load(self, viewer: Viewer) -> AsyncIterator[object]:
        """Read the sets anew."""
        self.is_loading, self.error, self.revoking_id = True, "", ""
        self.search, self.status = "", "valid"
        self.opened += 1
        yield None
        await self._read(viewer)

    @guarded(Access.PROJECT_ADMIN)
    async def refresh(self, viewer: Viewer) -> None:
        """Read the sets again without hiding what is shown."""
        await self._read(viewer)

    @guarded(Access.PROJECT_ADMIN, supersedes=True)
    async def change_search(self, viewer: Viewer, text: str) -> None:
        """Show the sets whose description or last characters have these letters."""
        self.search = str(text).strip()
        await self._read(viewer)

    @guarded(Access.PROJECT_ADMIN)
    async def choose_status(self, viewer: Viewer, status: str) -> None:
        """Show the sets that work, those that do not, or all."""
        if status not in STATUSES:
            raise StatusError(400, say("common-no-choice"))
        self.status = status
        await self._read(viewer)

    @guarded(Access.PROJECT_ADMIN)
    async def ask_to_revoke(self, _viewer: Viewer, key_set_id: str) -> None:
        """Open the question for one set."""
        found = [row for row in self.rows if row.id == key_set_id]
        self.revoking_id, self.revoking_name = (found[0].id, found[0].description) if found else ("", "")

    @guarded(Access.PROJECT_ADMIN)
    async def stop_asking(self, _viewer: Viewer) -> None:
        """Close the question."""
        self.revoking_id = ""

    @guarded(Access.PROJECT_ADMIN)
    async def revoke(self, viewer: Viewer) -> object:
        """Revoke the set that was asked about, from the next request on."""
        key_set_id, self.revoking_id = parse_id(self.revoking_id), ""
        await viewer.installation.db.run(
            project_keys.revoke, project_id=viewer.tenancy.project_id, key_set_id=key_set_id, now=utc_now()
        )
        await self._read(viewer)
        return rx.toast.success(say("keys-revoked-notice"))

    async def _read(self, viewer: Viewer) -> None:
        sets = await viewer.installation.db.scan(project_keys.list_all, project_id=viewer.tenancy.project_id)
        now = utc_now()
        # Valid ones first, each group newest first, as the service returns them.
        rows = [_row(one, now) for one in sorted(sets, key=lambda one: not one.is_valid(now))]
        self.has_any = bool(rows)
        self.rows = [row for row in rows if self.status in ("all", row.status) and _has(row, self.search.lower())]
        self.is_loading = False


class CreateKeysState(rx.State):
    """The dialog that creates a key set."""

    if TYPE_CHECKING:
        project_id: str

    is_open: bool = False
    is_saving: bool = False
    error: str = ""

    def _error_field(self, _error: Exception) -> str:
        self.is_saving = False
        return "error"

    @guarded(Access.PROJECT_ADMIN)
    async def toggle(self, _viewer: Viewer, is_open: bool) -> None:
        """Open an empty dialog, or close it."""
        self.is_open, self.error, self.is_saving = is_open is True, "", False

    @guarded(Access.PROJECT_ADMIN)
    async def submit(self, viewer: Viewer, form: dict[str, Any]) -> AsyncIterator[object]:
        """Create the set and show its keys this once."""
        kinds = [kind for name, kind in KINDS.items() if form.get(name)]
        self.error = _problem(form, kinds)
        if self.error:
            return
        self.is_saving = True
        yield None
        created = await viewer.installation.db.run(
            project_keys.create,
            project_id=viewer.tenancy.project_id,
            description=str(form["description"]).strip(),
            expires_at=utc_now() + LIFETIMES[str(form["lifetime"])][1],
            kinds=kinds,
        )
        reveal.show(await self.get_state(reveal.RevealState), created, settings=viewer.installation.settings)
        self.is_open = self.is_saving = False
        yield KeysState.refresh


def parse_id(text: str) -> uuid.UUID:
    """The id of a key set; a text that is none names no set of this project."""
    try:
        return uuid.UUID(text)
    except ValueError:
        raise ApiKeyNotFound from None


def description_problem(description: object) -> str:
    """What is wrong with a description; no text when nothing is."""
    if not isinstance(description, str) or not description.strip():
        return say("keys-description-missing")
    too_long = len(description) > _MAX_DESCRIPTION_CHARS
    return say("keys-description-too-long", most=_MAX_DESCRIPTION_CHARS) if too_long else ""


def _problem(form: dict[str, Any], kinds: Collection[KeyKind]) -> str:
    problem = description_problem(form.get("description"))
    if problem:
        return problem
    if form.get("lifetime") not in LIFETIMES:
        return say("keys-lifetime-missing")
    return "" if kinds else say("keys-kinds-missing")


def _row(one: ProjectKeySet, now: datetime) -> KeySetRow:
    invalid = "expired" if one.expires_at <= now else "revoked"
    return KeySetRow(
        id=str(one.id),
        description=one.description,
        status="valid" if one.is_valid(now) else invalid,
        client=_tail("pck", one.publishable_client_key_last_four),
        server=_tail("ssk", one.secret_server_key_last_four),
        admin=_tail("sak", one.super_secret_admin_key_last_four),
        used=ago(one.last_used_at, now) if one.last_used_at is not None else say("keys-never-used"),
        expires=expiry(one.expires_at, now),
        created=ago(one.created_at, now),
    )


def _has(row: KeySetRow, letters: str) -> bool:
    return any(letters in text.lower() for text in (row.description, row.client, row.server, row.admin))


def _tail(prefix: str, last_four: str | None) -> str:
    return f"{prefix}_…{last_four}" if last_four else ""
