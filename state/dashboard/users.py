"""The table of a project's users: search, filter, order, pages, and new rows as people sign up."""

import json
import uuid
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

import reflex as rx
from sqlmodel import Session

from hexclave_app import errors
from hexclave_app.languages.speaking import say
from hexclave_app.services.tenancies import TenancySnapshot
from hexclave_app.services.users import listing
from hexclave_app.services.users.listing import Count, Order, UserPage, UserQuery
from hexclave_app.services.users.records import UserRecord
from models import Tenancy
from models.base import utc_now
from state.base import Access, Viewer, guarded
from state.dashboard import paths
from state.dashboard.paging import PagedState
from state.dashboard.wording import ago, exact, initials, provider_name, users_counted

PAGE_ROWS: Final = 25
ACTIONS_ID: Final = "actions-of-"  # and the id of a user: the element that opens the menu of a row
SORTS: Final[dict[str, tuple[str, Order, bool]]] = {
    "newest": (say("users-newest"), Order.SIGNED_UP_AT, True),
    "oldest": (say("users-oldest"), Order.SIGNED_UP_AT, False),
    "recently-active": (say("users-recently-active"), Order.LAST_ACTIVE_AT, True),
    "long-inactive": (say("users-long-inactive"), Order.LAST_ACTIVE_AT, False),
}
FILTERS: Final[dict[str, tuple[str, UserQuery]]] = {
    "users": (say("users-all"), UserQuery(includes_restricted=True)),
    "complete": (say("users-without-restricted"), UserQuery()),
    "everyone": (say("users-with-anonymous"), UserQuery(includes_restricted=True, includes_anonymous=True)),
    "anonymous": (say("users-only-anonymous"), UserQuery(includes_anonymous=True, only_anonymous=True)),
}
DEFAULT_SORT: Final = "newest"
DEFAULT_FILTER: Final = "users"
_MAX_SEARCH_CHARS: Final = 200


@dataclass(frozen=True)
class UserRow:
    """A user as the table shows it."""

    id: str
    name: str
    initials: str
    image: str
    email: str
    is_verified: bool
    methods: str
    signed_up: str
    signed_up_exactly: str
    last_active: str
    last_active_exactly: str
    restriction: str
    is_anonymous: bool


class UsersState(PagedState, rx.State):
    """One page of users, and the way it was asked for."""

    rows: list[UserRow] = []
    total: str = ""
    search: str = ""
    sort: str = DEFAULT_SORT
    shown: str = DEFAULT_FILTER
    opened: int = 0
    """Grows with every opening of the page, so that the search field takes the value of the URL."""
    _seen_number: int = -1

    @rx.var
    def is_narrowed(self) -> bool:
        """Whether a search or a filter may hide users."""
        return self.search != "" or self.shown != DEFAULT_FILTER

    @guarded(Access.PROJECT_ADMIN, supersedes=True)
    async def load(self, viewer: Viewer) -> AsyncIterator[object]:
        """Show what the URL asks for."""
        asked = self.router.url.query_parameters
        self.search = asked.get("query", "")[:_MAX_SEARCH_CHARS]
        self.sort = asked.get("sort", "") if asked.get("sort", "") in SORTS else DEFAULT_SORT
        self.shown = asked.get("show", "") if asked.get("show", "") in FILTERS else DEFAULT_FILTER
        self._cursors = [asked["cursor"]] if asked.get("cursor") else []
        self.is_loading, self.error = True, ""
        self.opened += 1
        yield None
        await self._read(viewer)

    @guarded(Access.PROJECT_ADMIN, supersedes=True)
    async def retry(self, viewer: Viewer) -> AsyncIterator[object]:
        """Try again after a failure."""
        self.is_loading, self.error = True, ""
        yield None
        await self._read(viewer)

    @guarded(Access.PROJECT_ADMIN, supersedes=True)
    async def change_search(self, viewer: Viewer, text: str) -> object:
        """Search as the viewer types."""
        self.search = str(text).strip()[:_MAX_SEARCH_CHARS]
        return await self._restart(viewer)

    @guarded(Access.PROJECT_ADMIN, supersedes=True)
    async def change_sort(self, viewer: Viewer, sort: str) -> object:
        """Order the users differently."""
        self.sort = sort if sort in SORTS else DEFAULT_SORT
        return await self._restart(viewer)

    @guarded(Access.PROJECT_ADMIN, supersedes=True)
    async def change_filter(self, viewer: Viewer, shown: str) -> object:
        """Show other kinds of users."""
        self.shown = shown if shown in FILTERS else DEFAULT_FILTER
        return await self._restart(viewer)

    async def _turn(self, viewer: Viewer) -> object:
        await self._read(viewer)
        return _show_in_address(paths.with_query(self.router.url.path, self._asked()))

    def _asked(self) -> dict[str, str]:
        return {
            "query": self.search,
            "sort": self.sort if self.sort != DEFAULT_SORT else "",
            "show": self.shown if self.shown != DEFAULT_FILTER else "",
            "cursor": self._cursor(),
        }

    async def _read(self, viewer: Viewer) -> None:
        _, order, descending = SORTS[self.sort]
        query = replace(
            FILTERS[self.shown][1],
            search=self.search,
            order=order,
            descending=descending,
            cursor=_parse_cursor(self._cursor()),
            limit=PAGE_ROWS,
        )
        number, page, total = await viewer.installation.db.scan(_read_page, tenancy=viewer.tenancy, query=query)
        now = utc_now()
        self.rows = [_row(record, viewer.tenancy, now) for record in page.items]
        self.total = users_counted(total.number, is_exact=total.is_exact)
        self._seen_number = number
        self._has_read(page.next_cursor)


def last_user_number(session: Session, *, tenancy_id: uuid.UUID) -> int:
    """A number that grows with every new user: one keyed read."""
    tenancy = session.get(Tenancy, tenancy_id)
    return tenancy.last_user_seq if tenancy is not None else -1


def parse_user_id(text: object) -> uuid.UUID:
    """The id of a user as the browser sent it; a text that is none names no user of this project."""
    try:
        return uuid.UUID(str(text))
    except ValueError:
        raise errors.UserNotFound from None


def _read_page(session: Session, *, tenancy: TenancySnapshot, query: UserQuery) -> tuple[int, UserPage, Count]:
    number = last_user_number(session, tenancy_id=tenancy.id)
    return number, *listing.list_page_and_count(session, tenancy=tenancy, query=query)


def _parse_cursor(text: str) -> uuid.UUID | None:
    if not text:
        return None
    try:
        return uuid.UUID(text)
    except ValueError:
        return uuid.UUID(int=0)  # nobody's id: the page is empty, as with a cursor of a deleted user


def _row(record: UserRecord, tenancy: TenancySnapshot, now: datetime) -> UserRow:
    name = record.display_name or ""
    reason = record.restricted_reason(tenancy.config)
    reasons = {"email_not_verified": say("users-unverified"), "restricted_by_administrator": say("users-restricted")}
    return UserRow(
        id=str(record.id),
        name=name or (say("common-anonymous-visitor") if record.is_anonymous else say("common-no-name")),
        initials=initials(name or record.primary_email or ""),
        image=record.profile_image_url or "",
        email=record.primary_email or "",
        is_verified=record.primary_email_verified,
        methods=", ".join(_methods(record)),
        signed_up=ago(record.signed_up_at, now),
        signed_up_exactly=exact(record.signed_up_at),
        last_active=ago(record.last_active_at, now),
        last_active_exactly=exact(record.last_active_at),
        restriction=reasons.get(reason or "", ""),
        is_anonymous=record.is_anonymous,
    )


def _methods(record: UserRecord) -> list[str]:
    own = {
        say("users-signs-in-password"): record.has_password,
        say("users-signs-in-otp"): record.has_otp,
        say("users-signs-in-passkey"): record.has_passkey,
    }
    named = [provider_name(account.provider_config_id) for account in record.oauth_accounts]
    return [name for name, is_on in own.items() if is_on] + named


def _show_in_address(path: str) -> object:
    # The address changes without a navigation: that would load the whole page again for every typed letter.
    return rx.call_script(f"window.history.replaceState(window.history.state, '', {json.dumps(path)})")
