"""The audit log of a project: who changed what, when, and from where."""

import uuid
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import reflex as rx
from sqlmodel import Session

from hexclave_app.languages.speaking import say
from hexclave_app.services.audit import listing
from hexclave_app.services.audit.actors import ActorType
from hexclave_app.services.audit.listing import AuditQuery
from hexclave_app.services.users import records
from models import AuditEntry
from models.base import JsonValue, utc_now
from state.base import Access, Viewer, guarded
from state.dashboard.forms import json_text
from state.dashboard.paging import PagedState
from state.dashboard.wording import ago, exact

PAGE_ROWS: Final = 50
NOUNS: Final = (
    ("", say("audit-log-of-all")),
    ("user", say("audit-log-of-users")),
    ("contact_channel", say("audit-log-of-channels")),
    ("oauth_account", say("audit-log-of-accounts")),
    ("passkey", say("audit-log-of-passkeys")),
    ("recovery_code", say("audit-log-of-recovery-codes")),
    ("session", say("audit-log-of-sessions")),
    ("api_key", say("audit-log-of-api-keys")),
    ("team", say("audit-log-of-teams")),
    ("team_membership", say("audit-log-of-memberships")),
    ("team_invitation", say("audit-log-of-invitations")),
    ("team_permission", say("audit-log-of-team-permissions")),
    ("project_permission", say("audit-log-of-project-permissions")),
    ("email_suppression", say("audit-log-of-suppressions")),
    ("email_draft", say("audit-log-of-drafts")),
    ("config", say("audit-log-of-config")),
    ("project", say("audit-log-of-project")),
    ("project_key_set", say("audit-log-of-keys")),
)
_MAX_SEARCH_CHARS: Final = 100


@dataclass(frozen=True)
class Change:
    """One property before and after."""

    name: str
    before: str
    after: str


@dataclass(frozen=True)
class EntryRow:
    """An entry as the log shows it."""

    seq: str
    at: str
    at_exactly: str
    action: str
    words: str
    """The action as people read it."""
    actor: str
    address: str
    target: str
    changes: list[Change]


class AuditLogState(PagedState, rx.State):
    """One page of the log, newest first."""

    rows: list[EntryRow] = []
    noun: str = ""
    search: str = ""
    opened: int = 0
    """Grows with every opening of the page, so that the search field is empty again."""

    @guarded(Access.PROJECT_ADMIN, supersedes=True)
    async def load(self, viewer: Viewer) -> AsyncIterator[object]:
        """Show the newest entries; `?target=` in the address narrows them to one thing."""
        self.is_loading, self.error = True, ""
        self.noun, self._cursors = "", []
        self.search = self.router.url.query_parameters.get("target", "")[:_MAX_SEARCH_CHARS]
        self.opened += 1
        yield None
        await self._read(viewer)

    @guarded(Access.PROJECT_ADMIN, supersedes=True)
    async def change_noun(self, viewer: Viewer, noun: str) -> None:
        """Show the entries about one kind of thing."""
        self.noun = noun if noun in dict(NOUNS) else ""
        await self._restart(viewer)

    @guarded(Access.PROJECT_ADMIN, supersedes=True)
    async def change_search(self, viewer: Viewer, text: str) -> None:
        """Show the entries about one id: of what changed, of whom it concerns, or of who did it."""
        self.search = str(text).strip()[:_MAX_SEARCH_CHARS]
        await self._restart(viewer)

    async def _read(self, viewer: Viewer) -> None:
        before = int(self._cursor()) if self._cursors else None
        self.rows, cursor = await viewer.installation.db.scan(
            _read_log, viewer, noun=self.noun, search=self.search, before_seq=before
        )
        self._has_read(cursor)


def differences(before: JsonValue, after: JsonValue) -> list[Change]:
    """What changed, one property at a time; the rest of what an entry says stays as it is."""
    old = before if isinstance(before, dict) else ({} if before is None else {"value": before})
    new = after if isinstance(after, dict) else ({} if after is None else {"value": after})
    return [Change(name, _shown(old.get(name)), _shown(new.get(name))) for name in sorted({*old, *new})]


def _read_log(
    session: Session, viewer: Viewer, *, noun: str, search: str, before_seq: int | None
) -> tuple[list[EntryRow], int | None]:
    tenancy_id = viewer.tenancy.id
    for field in ("user_id", "target_id", "actor_id") if search else ("target_id",):
        query = AuditQuery(limit=PAGE_ROWS, before_seq=before_seq, action=noun, **{field: search})
        page = listing.list_page(session, tenancy_id=tenancy_id, query=query)
        if page.items:
            break
    return rows_of(session, viewer, page.items, utc_now()), page.next_cursor


def rows_of(session: Session, viewer: Viewer, entries: Sequence[AuditEntry], now: datetime) -> list[EntryRow]:
    """Entries of the viewer's project as they are shown."""
    names = _actor_names(session, viewer, entries)
    return [_row(entry, names, now) for entry in entries]


def _actor_names(session: Session, viewer: Viewer, entries: Sequence[AuditEntry]) -> dict[str, str]:
    names = {}
    for entry in entries:
        if entry.actor_id is None or entry.actor_id in names:
            continue
        is_dashboard = entry.actor_type == ActorType.DASHBOARD_USER.value
        where = viewer.host_tenancy.id if is_dashboard else viewer.tenancy.id
        names[entry.actor_id] = _name(session, where, entry.actor_id)
    return names


def _name(session: Session, tenancy_id: uuid.UUID, text: str) -> str:
    try:
        user_id = uuid.UUID(text)
    except ValueError:
        return text
    found = records.find(session, tenancy_id=tenancy_id, user_id=user_id)
    return (found.display_name or found.primary_email or text) if found is not None else text


def _row(entry: AuditEntry, names: dict[str, str], now: datetime) -> EntryRow:
    kind = say("audit-log-kind", kind=entry.actor_type)
    return EntryRow(
        seq=str(entry.seq),
        at=ago(entry.at, now),
        at_exactly=exact(entry.at),
        action=entry.action,
        words=entry.action.replace(".", " ").replace("_", " ").capitalize(),
        actor=say("audit-log-actor", name=names.get(entry.actor_id, entry.actor_id), kind=kind)
        if entry.actor_id
        else kind,
        address=entry.address or "",
        target=entry.target_id,
        changes=differences(entry.before, entry.after),
    )


def _shown(value: JsonValue) -> str:
    if value is None:
        return "–"
    return value if isinstance(value, str) else json_text(value)
