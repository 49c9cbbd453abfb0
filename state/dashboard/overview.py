"""The overview of a project: users, sign-ups and mails over a span of days, each block read by itself."""

import csv
import io
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, timedelta
from typing import TYPE_CHECKING, Any, Final

import plotly.graph_objects as go  # type: ignore[import-untyped]  # plotly comes without types
import reflex as rx
from sqlmodel import Session

from hexclave_app.errors import StatusError
from hexclave_app.installation import Installation
from hexclave_app.languages.dates import country_name
from hexclave_app.languages.speaking import say
from hexclave_app.services import project_keys
from hexclave_app.services.emails import statistics as mail_statistics
from hexclave_app.services.emails.statistics import MailFigures
from hexclave_app.services.tenancies import KeyKind, TenancySnapshot
from hexclave_app.services.users import listing, statistics
from hexclave_app.services.users.listing import Order, UserQuery
from hexclave_app.services.users.statistics import Days, Share, UserFigures
from models.base import utc_now
from state.base import Access, Viewer, guarded
from state.dashboard import overview_charts, paths, reveal
from state.dashboard.email_lists import MailRow, Part, mail_rows, parts_of
from state.dashboard.forms import typed
from state.dashboard.new_project import NEVER
from state.dashboard.overview_charts import MAILS, SIGN_UPS, USERS, Change, Day, Place, change, map_step, written
from state.dashboard.reveal import Snippets, snippets_of
from state.dashboard.users_filters import method_label
from state.dashboard.wording import ago, exact, grouped, initials

RANGES: Final = {"7": 7, "30": 30, "90": 90, "365": 365}
ALL: Final = "all"
CUSTOM: Final = "custom"
DEFAULT_RANGE: Final = "30"
_MAX_DAYS: Final = 3_660  # ten years: further back nobody looks day by day
_DAILY: Final = 92  # more days than this are shown by weeks
_WEEKLY: Final = 731  # and more than this by months
_LIVE_USERS: Final = 5_000  # more users than this are not counted at every sign-up
_RECENT: Final = 6
_RANKED: Final = 8
_PLACEHOLDERS = {KeyKind.CLIENT: "pck_…", KeyKind.SERVER: "ssk_…"}


@dataclass(frozen=True)
class Newcomer:
    """Somebody who signed up lately."""

    id: str
    name: str
    initials: str
    image: str
    email: str
    when: str
    when_exactly: str


@dataclass(frozen=True)
class Rank:
    """One bar of a ranked list."""

    label: str
    count: str
    share: str
    """Of all users, in words."""
    width: str
    """Beside the longest bar, in percent."""
    address: str
    id: str = ""


class OverviewState(rx.State):
    """The figures of the open project."""

    if TYPE_CHECKING:
        project_id: str

    is_loading: bool = True
    error: str = ""
    problem: str = ""
    range: str = DEFAULT_RANGE
    first_day: str = ""
    last_day: str = ""
    span: str = ""
    chart_name: str = SIGN_UPS
    total: str = ""
    active_day: str = ""
    active_month: str = ""
    sign_ups: Change = Change()
    growth: Change = Change()
    mails: Change = Change()
    days: list[Day] = []
    has_users: bool = False
    newcomers: list[Newcomer] = []
    recent_mails: list[MailRow] = []
    methods: list[Rank] = []
    countries: list[Rank] = []
    more_countries: list[Rank] = []
    places: list[Place] = []
    countries_known: str = ""
    most_in_country: str = ""
    delivery: list[Part] = []
    bounce_rate: str = ""
    click_rate: str = ""
    guide: Snippets = Snippets()
    is_custom_open: bool = False
    _user_count: int = 0

    def _error_field(self, _error: Exception) -> str:
        return "problem" if self.is_custom_open else "error"

    @rx.var
    def summary(self) -> str:
        """The sign-ups in one sentence."""
        if not self.days:
            return ""
        best = max(self.days, key=lambda day: day.sign_ups)
        total = sum(day.sign_ups for day in self.days)
        return say(
            "overview-summary",
            count=total,
            number=grouped(total),
            span=self.span,
            day=best.label,
            most=grouped(best.sign_ups),
        )

    @rx.var
    def chart(self) -> go.Figure:
        """The chosen chart; the page adds the colours of the theme."""
        charts: Mapping[str, Callable[[Sequence[Day]], go.Figure]] = {
            USERS: overview_charts.user_chart,
            MAILS: overview_charts.mail_chart,
        }
        return charts.get(self.chart_name, overview_charts.sign_up_chart)(self.days)

    @guarded(Access.PROJECT_ADMIN, supersedes=True)
    async def load(self, viewer: Viewer) -> AsyncIterator[object]:
        """Count everything anew, for the days that the address asks for."""
        asked = self.router.url.query_parameters
        self.is_loading, self.error, self.problem, self.is_custom_open = True, "", "", False
        self.range = asked["range"] if asked.get("range") in (*RANGES, ALL) else DEFAULT_RANGE
        self.first_day = self.last_day = ""
        if _day(asked.get("from", "")) and _day(asked.get("to", "")):
            self.range, self.first_day, self.last_day = CUSTOM, asked["from"], asked["to"]
        yield None
        async for update in self._count(viewer):
            yield update

    @guarded(Access.PROJECT_ADMIN, supersedes=True)
    async def refresh(self, viewer: Viewer) -> AsyncIterator[object]:
        """Count again without hiding what is shown."""
        async for update in self._count(viewer):
            yield update

    @guarded(Access.PROJECT_ADMIN, supersedes=True)
    async def follow(self, viewer: Viewer) -> AsyncIterator[object]:
        """Count again because something has changed; in large projects that is for the button."""
        if self._user_count > _LIVE_USERS:
            return
        async for update in self._count(viewer):
            yield update

    @guarded(Access.PROJECT_ADMIN, supersedes=True)
    async def choose_range(self, viewer: Viewer, chosen: str | list[str]) -> AsyncIterator[object]:
        """Show other days; for days of one's own, ask which."""
        if chosen == CUSTOM:
            self.is_custom_open, self.problem = True, ""
            return
        self.range = str(chosen) if chosen in (*RANGES, ALL) else DEFAULT_RANGE
        async for update in self._count(viewer):
            yield update
        yield paths.show_in_address(self, {"range": self.range if self.range != DEFAULT_RANGE else ""})

    @guarded(Access.PROJECT_ADMIN)
    async def toggle_custom(self, _viewer: Viewer, is_open: bool) -> None:
        """Open the dialog that asks for days, or close it."""
        self.is_custom_open, self.problem = is_open is True, ""

    @guarded(Access.PROJECT_ADMIN, supersedes=True)
    async def choose_days(self, viewer: Viewer, form: dict[str, Any]) -> AsyncIterator[object]:
        """Show days of one's own."""
        first, last = _day(typed(form, "first_day")), _day(typed(form, "last_day"))
        if first is None or last is None or not first <= last <= _today() or (last - first).days >= _MAX_DAYS:
            raise StatusError(400, say("overview-days-wrong"))
        self.range, self.first_day, self.last_day = CUSTOM, first.isoformat(), last.isoformat()
        self.is_custom_open = False
        async for update in self._count(viewer):
            yield update
        yield paths.show_in_address(self, {"from": self.first_day, "to": self.last_day})

    @guarded(Access.PROJECT_ADMIN)
    async def choose_chart(self, _viewer: Viewer, name: str) -> None:
        """Show another chart."""
        self.chart_name = name if name in (SIGN_UPS, USERS, MAILS) else SIGN_UPS

    @guarded(Access.PROJECT_ADMIN)
    async def download(self, viewer: Viewer) -> object:
        """Download the numbers behind the charts."""
        text = io.StringIO(newline="")
        table = csv.writer(text)
        table.writerow(("from", "sign_ups", "users", "mails_delivered", "mails_waiting", "mails_failed"))
        table.writerows(
            (day.date, day.sign_ups, day.users, day.delivered, day.waiting, day.failed) for day in self.days
        )
        return rx.download(data=text.getvalue(), filename=f"{viewer.tenancy.project_id}-overview.csv")

    @guarded(Access.PROJECT_ADMIN)
    async def create_keys(self, viewer: Viewer) -> None:
        """Make a key set for the guide, whose keys are shown this once."""
        created = await viewer.installation.db.run(
            project_keys.create,
            project_id=viewer.tenancy.project_id,
            description=say("overview-keys-description"),
            expires_at=utc_now() + NEVER,
            kinds=(KeyKind.CLIENT, KeyKind.SERVER),
        )
        reveal.show(await self.get_state(reveal.RevealState), created, settings=viewer.installation.settings)

    async def _count(self, viewer: Viewer) -> AsyncIterator[object]:
        """Show block after block: the page need not wait for the slowest one."""
        db, tenancy = viewer.installation.db, viewer.tenancy
        self.guide = snippets_of(tenancy.project_id, _PLACEHOLDERS, origin=viewer.installation.settings.origin)
        days = await db.scan(_asked_days, tenancy=tenancy, chosen=self.range, first=self.first_day, last=self.last_day)
        users = await db.scan(statistics.figures, tenancy=tenancy, days=days, now=utc_now())
        mails = await db.scan(mail_statistics.figures, tenancy=tenancy, days=days)
        self._show_figures(users, mails, days)
        self.error, self.is_loading = "", False
        yield None
        read = await db.scan(_read_lists, installation=viewer.installation, tenancy=tenancy)
        self.newcomers, self.recent_mails = read
        yield None
        ways, places = await db.scan(_read_ranks, tenancy=tenancy)
        ranked = _ranks(ways, users.total, lambda one: (method_label(one), _users(tenancy, "method", one)))
        self.methods = ranked[:_RANKED]
        self._show_countries(places, tenancy, users.total)

    def _show_countries(self, shares: Sequence[Share], tenancy: TenancySnapshot, total: int) -> None:
        ranks = _ranks(shares, total, lambda one: (country_name(one), _users(tenancy, "country", one)))
        self.countries, self.more_countries = ranks[:_RANKED], ranks[_RANKED:]
        most = max((share.count for share in shares), default=0)
        self.places = [
            Place(one.id, rank.label, _share(one.count, rank.share), map_step(one.count, most), rank.address)
            for one, rank in zip(shares, ranks, strict=True)
        ]
        known = sum(share.count for share in shares)
        self.countries_known = say("overview-countries-known", number=grouped(known), total=grouped(total))
        self.most_in_country = grouped(most)

    def _show_figures(self, users: UserFigures, mails: MailFigures, days: Days) -> None:
        self.span = say("overview-span", first=written(days.first), last=written(days.last))
        self.total, self.has_users, self._user_count = grouped(users.total), users.total > 0, users.total
        self.active_day, self.active_month = grouped(users.active_last_day), grouped(users.active_last_month)
        number = sum(one.count for one in users.sign_ups)
        is_all = self.range == ALL  # nothing was before
        self.sign_ups = change(number, 0 if is_all else users.sign_ups_before)
        self.growth = change(users.total_at_end, 0 if is_all else users.total_at_end - number)
        self.mails = change(mails.total, 0 if is_all else mails.before)
        self.days = _in_steps(_days(users, mails))
        self.delivery = parts_of(mails.counts)
        bounced = sum(mails.counts[outcome] for outcome in mail_statistics.REFUSED)
        finished = bounced + mails.counts[mail_statistics.SENT]
        self.bounce_rate, self.click_rate = _percent(bounced, finished), _percent(mails.clicked, finished)


def _asked_days(session: Session, *, tenancy: TenancySnapshot, chosen: str, first: str, last: str) -> Days:
    today, begins, ends = _today(), _day(first), _day(last)
    if chosen == CUSTOM and begins is not None and ends is not None:
        ends = min(ends, today)
        return Days(max(min(begins, ends), ends - timedelta(days=_MAX_DAYS - 1)), ends)
    if chosen == ALL:
        oldest = statistics.first_day(session, tenancy=tenancy, today=today)
        return Days(max(min(oldest, today), today - timedelta(days=_MAX_DAYS - 1)), today)
    return Days(today - timedelta(days=RANGES.get(chosen, RANGES[DEFAULT_RANGE]) - 1), today)


def _read_lists(
    session: Session, *, installation: Installation, tenancy: TenancySnapshot
) -> tuple[list[Newcomer], list[MailRow]]:
    query = UserQuery(includes_restricted=True, order=Order.SIGNED_UP_AT, descending=True, limit=_RECENT)
    page, now = listing.list_page(session, tenancy=tenancy, query=query), utc_now()
    newcomers = [
        Newcomer(
            id=str(one.id),
            name=one.display_name or one.primary_email or say("common-no-name"),
            initials=initials(one.display_name or one.primary_email or ""),
            image=one.profile_image_url or "",
            email=one.primary_email or "",
            when=ago(one.signed_up_at, now),
            when_exactly=exact(one.signed_up_at),
        )
        for one in page.items
    ]
    return newcomers, mail_rows(session, installation=installation, tenancy=tenancy, limit=_RECENT, now=now)[0]


def _read_ranks(session: Session, *, tenancy: TenancySnapshot) -> tuple[list[Share], list[Share]]:
    return statistics.methods(session, tenancy=tenancy), statistics.countries(session, tenancy=tenancy)


def _ranks(shares: Sequence[Share], total: int, told: Callable[[str], tuple[str, str]]) -> list[Rank]:
    most = max((share.count for share in shares), default=1)
    ranks = []
    for share in shares:
        label, address = told(share.id)
        width = f"{100 * share.count / most:.1f}%"
        ranks.append(Rank(label, grouped(share.count), _percent(share.count, total), width, address, share.id))
    return ranks


def _share(count: int, share: str) -> str:
    return say("overview-map-users", count=count, number=grouped(count), share=share)


def _days(users: UserFigures, mails: MailFigures) -> list[Day]:
    number = users.total_at_end - sum(one.count for one in users.sign_ups)
    found = []
    for one, mail in zip(users.sign_ups, mails.days, strict=True):
        number += one.count
        label = written(one.day)
        found.append(Day(one.day.isoformat(), label, one.count, number, mail.delivered, mail.waiting, mail.failed))
    return found


def _in_steps(days: list[Day]) -> list[Day]:
    """Days, weeks from Monday on, or months, whatever can still be told apart."""
    if len(days) <= _DAILY:
        return days
    steps: dict[date, list[Day]] = {}
    for day in days:
        one = date.fromisoformat(day.date)
        is_weekly = len(days) <= _WEEKLY
        steps.setdefault(one - timedelta(days=one.weekday()) if is_weekly else one.replace(day=1), []).append(day)
    return [_together(step) for step in steps.values()]


def _together(days: Sequence[Day]) -> Day:
    first, last = days[0], days[-1]
    return Day(
        date=first.date,
        label=say("overview-span", first=first.label, last=last.label) if last != first else first.label,
        sign_ups=sum(day.sign_ups for day in days),
        users=last.users,
        delivered=sum(day.delivered for day in days),
        waiting=sum(day.waiting for day in days),
        failed=sum(day.failed for day in days),
        last_date=last.date,
    )


def _users(tenancy: TenancySnapshot, name: str, value: str) -> str:
    return paths.with_query(paths.users(tenancy.project_id), {name: value})


def _percent(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f} %" if whole else "–"


def _today() -> date:
    return utc_now().astimezone(UTC).date()


def _day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if 1970 <= day.year < 9999 else None
