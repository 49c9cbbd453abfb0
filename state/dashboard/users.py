"""The table of a project's users: search, filter, order, pages, and new rows as people sign up."""

import uuid
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

import reflex as rx
from sqlmodel import Session

from hexclave_app import errors
from hexclave_app.languages.speaking import say
from hexclave_app.services.tenancies import TenancySnapshot
from hexclave_app.services.users import listing
from hexclave_app.services.users.filters import OWN_METHODS
from hexclave_app.services.users.listing import Count, Order, UserPage, UserQuery
from hexclave_app.services.users.records import UserRecord
from models import Team, Tenancy
from models.base import utc_now
from state.base import Access, Viewer, guarded
from state.dashboard import paths, users_filters
from state.dashboard.paging import PagedState
from state.dashboard.users_filters import ANY, Chip
from state.dashboard.wording import ago, exact, initials, provider_name, users_counted

PAGE_SIZES: Final = (10, 25, 50, 100)
PAGE_ROWS: Final = 25
MAX_PAGE_ROWS: Final = max(PAGE_SIZES)
ACTIONS_ID: Final = "actions-of-"  # and the id of a user: the element that opens the menu of a row
DEFAULT_SORT: Final = "newest"
DEFAULT_FILTER: Final = "users"
_MAX_SEARCH_CHARS: Final = 200
SORTS: Final[dict[str, tuple[str, Order, bool]]] = {
    DEFAULT_SORT: (say("users-newest"), Order.SIGNED_UP_AT, True),
    "oldest": (say("users-oldest"), Order.SIGNED_UP_AT, False),
    "recently-active": (say("users-recently-active"), Order.LAST_ACTIVE_AT, True),
    "long-inactive": (say("users-long-inactive"), Order.LAST_ACTIVE_AT, False),
}
FILTERS: Final[dict[str, tuple[str, UserQuery]]] = {
    DEFAULT_FILTER: (say("users-all"), UserQuery(includes_restricted=True)),
    "complete": (say("users-without-restricted"), UserQuery()),
    "everyone": (say("users-with-anonymous"), UserQuery(includes_restricted=True, includes_anonymous=True)),
    "anonymous": (say("users-only-anonymous"), UserQuery(includes_anonymous=True, only_anonymous=True)),
}
# How the address says it: a parameter and its value.
_SORT_PARAMETERS: Final = {
    "oldest": ("signedUpOrder", "asc"),
    "recently-active": ("lastActiveOrder", "desc"),
    "long-inactive": ("lastActiveOrder", "asc"),
}
_FILTER_PARAMETERS: Final = {
    "anonymous": ("onlyAnonymous", "true"),
    "everyone": ("includeAnonymous", "true"),
    "complete": ("includeRestricted", "false"),
}


@dataclass(frozen=True)
class UserRow:
    """A user as the table shows it."""

    id: str
    short_id: str
    name: str
    initials: str
    image: str
    email: str
    is_verified: bool
    methods: str
    has_mfa: bool
    country: str
    signed_up: str
    signed_up_exactly: str
    last_active: str
    last_active_exactly: str
    restriction: str
    is_anonymous: bool


@dataclass(frozen=True)
class MethodChoice:
    """A way to sign in that the table can be narrowed by."""

    id: str
    name: str


class UsersState(PagedState, rx.State):
    """One page of users, and the way it was asked for."""

    rows: list[UserRow] = []
    total: str = ""
    search: str = ""
    sort: str = DEFAULT_SORT
    shown: str = DEFAULT_FILTER
    page_size: str = str(PAGE_ROWS)
    narrowed: dict[str, str] = {}
    """The filters that are on, by their names in the address."""
    chips: list[Chip] = []
    methods: list[MethodChoice] = []
    opened: int = 0
    """Grows with every opening of the page, so that the search field takes the value of the URL."""
    _seen_number: int = -1

    @rx.var
    def is_narrowed(self) -> bool:
        """Whether a search or a filter may hide users."""
        return self.search != "" or self.shown != DEFAULT_FILTER or bool(self.narrowed)

    @guarded(Access.PROJECT_ADMIN, supersedes=True)
    async def load(self, viewer: Viewer) -> AsyncIterator[object]:
        """Show what the URL asks for."""
        asked = self.router.url.query_parameters
        self.search = asked.get("search", "")[:_MAX_SEARCH_CHARS]
        self.sort = _asked(asked, _SORT_PARAMETERS, DEFAULT_SORT)
        self.shown = _asked(asked, _FILTER_PARAMETERS, DEFAULT_FILTER)
        self.page_size = _page_size(asked.get("pageSize", ""))
        self.narrowed = users_filters.taken(asked, viewer.tenancy)
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

    @guarded(Access.PROJECT_ADMIN, supersedes=True)
    async def change_page_size(self, viewer: Viewer, size: str) -> object:
        """Show more or fewer users at once."""
        self.page_size = _page_size(size)
        return await self._restart(viewer)

    @guarded(Access.PROJECT_ADMIN, supersedes=True)
    async def narrow(self, viewer: Viewer, name: str, value: str) -> object:
        """Set one filter, or take it away; what means nothing is taken as "any"."""
        values = {**self.narrowed, str(name): "" if value == ANY else str(value)}
        self.narrowed = users_filters.taken(values, viewer.tenancy)
        return await self._restart(viewer)

    @guarded(Access.PROJECT_ADMIN, supersedes=True)
    async def show_everybody(self, viewer: Viewer) -> object:
        """Show everybody again."""
        self.search, self.shown, self.narrowed = "", DEFAULT_FILTER, {}
        self.opened += 1
        return await self._restart(viewer)

    async def _turn(self, viewer: Viewer) -> object:
        await self._read(viewer)
        return paths.show_in_address(self, {**parameters_of(self), "cursor": self._cursor()})

    async def _read(self, viewer: Viewer) -> None:
        query = replace(query_of(self), cursor=_parse_cursor(self._cursor()), limit=int(self.page_size))
        read = await viewer.installation.db.scan(_read_page, tenancy=viewer.tenancy, query=query)
        now = utc_now()
        self.rows = [_row(record, viewer.tenancy, now) for record in read.page.items]
        self.total = users_counted(read.total.number, is_exact=read.total.is_exact)
        self.chips = users_filters.chips(self.narrowed, team_name=read.team_name)
        ways = (*OWN_METHODS, *sorted(viewer.tenancy.config.auth.oauth.providers))
        self.methods = [MethodChoice(one, users_filters.method_label(one)) for one in ways]
        self._seen_number = read.last_number
        self._has_read(read.page.next_cursor)


def query_of(table: UsersState) -> UserQuery:
    """What the table shows, on all its pages together."""
    _, order, descending = SORTS[table.sort]
    return replace(
        FILTERS[table.shown][1],
        search=table.search,
        team_id=users_filters.team_id(table.narrowed),
        narrowed=users_filters.user_filter(table.narrowed),
        order=order,
        descending=descending,
    )


def parameters_of(table: UsersState) -> dict[str, str]:
    """What the table shows, as the address says it."""
    chosen = (_SORT_PARAMETERS.get(table.sort), _FILTER_PARAMETERS.get(table.shown))
    return {
        "search": table.search,
        **dict(pair for pair in chosen if pair is not None),
        **table.narrowed,
        "pageSize": table.page_size if table.page_size != str(PAGE_ROWS) else "",
    }


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


@dataclass(frozen=True)
class _Read:
    """One reading of the database."""

    last_number: int
    page: UserPage
    total: Count
    team_name: str


def _read_page(session: Session, *, tenancy: TenancySnapshot, query: UserQuery) -> _Read:
    number = last_user_number(session, tenancy_id=tenancy.id)
    team = session.get(Team, {"tenancy_id": tenancy.id, "id": query.team_id}) if query.team_id is not None else None
    page, total = listing.list_page_and_count(session, tenancy=tenancy, query=query)
    return _Read(number, page, total, team.display_name if team is not None else say("users-no-such-team"))


def _asked(given: Mapping[str, str], parameters: Mapping[str, tuple[str, str]], default: str) -> str:
    """What a parameter of the address asks for; the default where nothing fits."""
    fitting = (choice for choice, (name, value) in parameters.items() if given.get(name) == value)
    return next(fitting, default)


def _page_size(text: object) -> str:
    return str(text) if str(text) in {str(size) for size in PAGE_SIZES} else str(PAGE_ROWS)


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
        short_id=f"{str(record.id)[:8]}…",
        name=name or (say("common-anonymous-visitor") if record.is_anonymous else say("common-no-name")),
        initials=initials(name or record.primary_email or ""),
        image=record.profile_image_url or "",
        email=record.primary_email or "",
        is_verified=record.primary_email_verified,
        methods=", ".join(_methods(record)),
        has_mfa=record.requires_totp_mfa,
        country=record.country_code or "",
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
