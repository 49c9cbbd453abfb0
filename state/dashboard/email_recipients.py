"""Whom an e-mail goes to: everybody, or users that are searched and ticked; the choice outlives searches and pages."""

import re
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

import reflex as rx
from sqlmodel import Session, col, func, select

from hexclave_app.languages.speaking import say
from hexclave_app.services.contact_channels import find_for_auth, normalise_email
from hexclave_app.services.users import listing
from hexclave_app.services.users.listing import UserQuery
from hexclave_app.services.users.records import UserRecord
from models import ContactChannel, User
from models.contact_channels import EMAIL
from state.base import Access, Viewer, guarded
from state.dashboard.paging import PagedState

EVERYBODY: Final = "all"
SOME_USERS: Final = "some"
PAGE_ROWS: Final = 10
MAX_CHOSEN: Final = 1_000
MAX_ADDRESSES: Final = 100
_SHOWN_CHOSEN: Final = 12
_MAX_SEARCH_CHARS: Final = 200
_MAX_TYPED_CHARS: Final = 20_000
_SEPARATORS: Final = re.compile(r"[\s,;]+")


@dataclass(frozen=True)
class Candidate:
    """A user who can be ticked."""

    id: str
    name: str
    email: str
    is_chosen: bool = False


class RecipientsState(PagedState, rx.State):
    """The choice of recipients; one dialog or draft at a time uses it."""

    to: str = SOME_USERS
    search: str = ""
    candidates: list[Candidate] = []
    chosen: list[Candidate] = []
    """The first of those who are chosen."""
    number: int = 0
    """How many are chosen."""
    everybody: int = 0
    """How many users the project has."""
    typed_addresses: str = ""
    problem: str = ""
    round: int = 0
    """Grows whenever the fields must be empty again."""
    _chosen: dict[str, Candidate] = {}

    @rx.var
    def has_more(self) -> bool:
        """Whether more are chosen than are shown by name."""
        return self.number > len(self.chosen)

    @guarded(Access.PROJECT_ADMIN)
    async def begin(self, viewer: Viewer) -> None:
        """Choose nobody yet."""
        self.to, self.search, self.problem, self.typed_addresses = SOME_USERS, "", "", ""
        self._cursors, self._chosen = [], {}
        self.round += 1
        self.everybody = await viewer.installation.db.scan(_count_users, tenancy_id=viewer.tenancy.id)
        await self._read(viewer)

    @guarded(Access.PROJECT_ADMIN)
    async def choose_kind(self, _viewer: Viewer, to: str) -> None:
        """Send to everybody, or to those who are ticked."""
        self.to, self.problem = (EVERYBODY if to == EVERYBODY else SOME_USERS), ""

    @guarded(Access.PROJECT_ADMIN, supersedes=True)
    async def change_search(self, viewer: Viewer, text: str) -> None:
        """Show the users who match; who is ticked stays so."""
        self.search, self._cursors = str(text).replace("\x00", "").strip()[:_MAX_SEARCH_CHARS], []
        await self._read(viewer)

    @guarded(Access.PROJECT_ADMIN)
    async def tick(self, _viewer: Viewer, user_id: str, is_ticked: bool) -> None:
        """Choose one of the users who are shown, or no longer."""
        known = [one for one in (*self.candidates, *self._chosen.values()) if one.id == user_id][:1]
        if is_ticked is True:
            self._add(known)
        else:
            self._chosen = {key: one for key, one in self._chosen.items() if key != user_id}
            self._mark()

    @guarded(Access.PROJECT_ADMIN)
    async def tick_page(self, _viewer: Viewer) -> None:
        """Choose all users of the page that is shown."""
        self._add(self.candidates)

    @guarded(Access.PROJECT_ADMIN)
    async def clear(self, _viewer: Viewer) -> None:
        """Choose nobody."""
        self._chosen = {}
        self._mark()

    @guarded(Access.PROJECT_ADMIN)
    async def type_addresses(self, _viewer: Viewer, text: str) -> None:
        """Note the addresses that were typed or pasted."""
        self.typed_addresses = str(text)[:_MAX_TYPED_CHARS]

    @guarded(Access.PROJECT_ADMIN)
    async def add_addresses(self, viewer: Viewer) -> None:
        """Choose the users of the typed addresses, when all of them are users."""
        split = _SEPARATORS.split(self.typed_addresses)
        addresses = list(dict.fromkeys(normalise_email(address) for address in split if address))
        if not 0 < len(addresses) <= MAX_ADDRESSES:
            self.problem = say("emails-recipients-count", most=MAX_ADDRESSES)
            return
        found = await viewer.installation.db.scan(_users_of, tenancy_id=viewer.tenancy.id, emails=addresses)
        missing = next((address for address in addresses if address not in found), "")
        if missing:
            self.problem = say("emails-recipients-unknown", address=missing)
            return
        self._add(found.values())
        self.typed_addresses = ""
        self.round += 1

    def _add(self, users: Iterable[Candidate]) -> None:
        chosen = self._chosen | {one.id: one for one in users}
        if len(chosen) > MAX_CHOSEN:
            self.problem = say("emails-recipients-too-many", most=MAX_CHOSEN)
            return
        self._chosen, self.problem = chosen, ""
        self._mark()

    def _mark(self) -> None:
        self.candidates = [replace(one, is_chosen=one.id in self._chosen) for one in self.candidates]
        self.number = len(self._chosen)
        self.chosen = list(self._chosen.values())[:_SHOWN_CHOSEN]

    async def _read(self, viewer: Viewer) -> None:
        cursor = self._cursor()
        query = UserQuery(
            search=self.search,
            includes_restricted=True,
            descending=True,
            cursor=uuid.UUID(cursor) if cursor else None,
            limit=PAGE_ROWS,
        )
        page = await viewer.installation.db.scan(listing.list_page, tenancy=viewer.tenancy, query=query)
        self.candidates = [_candidate(record) for record in page.items]
        self._has_read(page.next_cursor)
        self._mark()


def user_ids_of(picker: RecipientsState) -> list[str] | None:
    """The ids of those who are chosen; None for everybody."""
    return None if picker.to == EVERYBODY else list(picker._chosen)  # noqa: SLF001 - this module is one widget


def _candidate(record: UserRecord) -> Candidate:
    email = record.primary_email or ""
    return Candidate(str(record.id), record.display_name or email or say("common-no-name"), email)


def _count_users(session: Session, *, tenancy_id: uuid.UUID) -> int:
    return session.exec(select(func.count()).select_from(User).where(col(User.tenancy_id) == tenancy_id)).one()


def _users_of(session: Session, *, tenancy_id: uuid.UUID, emails: Sequence[str]) -> dict[str, Candidate]:
    found: dict[str, Candidate] = {}
    for email in emails:
        user = _user_of(session, tenancy_id=tenancy_id, email=email)
        if user is not None:
            found[email] = Candidate(str(user.id), user.display_name or email, email)
    return found


def _user_of(session: Session, *, tenancy_id: uuid.UUID, email: str) -> User | None:
    """The user whose primary address this is, or who signs in with it."""
    channel = session.exec(
        select(ContactChannel).where(
            col(ContactChannel.tenancy_id) == tenancy_id,
            col(ContactChannel.type) == EMAIL,
            col(ContactChannel.value) == normalise_email(email),
            col(ContactChannel.is_primary).is_(True),
        )
    ).first() or find_for_auth(session, tenancy_id=tenancy_id, email=email)
    return session.get(User, {"tenancy_id": tenancy_id, "id": channel.user_id}) if channel is not None else None
