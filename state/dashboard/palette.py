"""The command palette: pages, actions, apps, projects, users, teams and mails by a few letters, the best first.

On pages about no project it finds projects, their pages and actions, by the same rules.
"""

from dataclasses import asdict
from typing import TYPE_CHECKING, Final

import orjson
import reflex as rx
from sqlmodel import Session

from hexclave_app.languages.speaking import say
from hexclave_app.services import team_listing
from hexclave_app.services.emails.outbox import Narrowed
from hexclave_app.services.team_listing import TeamQuery
from hexclave_app.services.users import listing
from hexclave_app.services.users.listing import Order, UserQuery
from models.base import utc_now
from models.projects import DEFAULT_BRANCH_ID
from state.base import Access, Viewer, guarded, resolve_viewer
from state.dashboard import paths
from state.dashboard.email_lists import mail_rows
from state.dashboard.palette_places import ACCOUNT, MIN_RECORD_CHARS, SIGN_OUT, TOUR, Hit, fit, places, places_anywhere
from state.dashboard.shell import ShellState, app_id_of, closed_apps
from state.dashboard.tour import TourState

_RECORDS: Final = 5  # of each kind: enough to choose from, few enough to look at
_MAX_QUERY_CHARS: Final = 100
_RECENT: Final = 6
_MAIL_APP: Final = "emails"
_DONE: Final = {ACCOUNT: ShellState.open_account, SIGN_OUT: ShellState.sign_out, TOUR: TourState.start}
"""What the server has a part in; the theme belongs to the browser."""


class PaletteState(rx.State):
    """The open palette."""

    if TYPE_CHECKING:
        project_id: str

    is_open: bool = False
    hits: list[Hit] = []
    recent_hits: str = rx.LocalStorage("[]", name="hexclave-palette-recent")
    """What was opened last in this browser, in all projects."""

    @guarded(Access.DASHBOARD)
    async def toggle(self, viewer: Viewer, is_open: bool) -> None:
        """Open the palette with what was opened last and every page, or close it."""
        self.is_open = is_open is True
        self.hits = await self._offered(await self._here(viewer)) if self.is_open else []

    @guarded(Access.DASHBOARD, supersedes=True)
    async def change_query(self, viewer: Viewer, text: str) -> None:
        """Show what fits the typed letters, the best first."""
        viewer, query = await self._here(viewer), str(text).strip()[:_MAX_QUERY_CHARS]
        if not query:
            self.hits = await self._offered(viewer)
            return
        hits = await self._places(viewer, query)
        if viewer.managed is not None and len(query) >= MIN_RECORD_CHARS:
            hits += await viewer.installation.db.scan(_records, viewer, query=query)
        self.hits = sorted(hits, key=lambda hit: -fit(hit, query))

    @guarded(Access.DASHBOARD)
    async def choose(self, viewer: Viewer, key: str) -> object:
        """Close the palette, and remember the chosen place, where the link itself leads; or do what was chosen."""
        chosen = [hit for hit in self.hits if hit.key == key]
        self.is_open = False
        if not chosen:
            return None
        if not chosen[0].address:
            return _DONE.get(chosen[0].kind)
        others = [hit for hit in _kept(str(self.recent_hits)) if hit.address != chosen[0].address]
        here = await self._here(viewer)
        mine = [hit for hit in others if _belongs(hit, here)][: _RECENT - 1]
        elsewhere = [hit for hit in others if not _belongs(hit, here)][:_RECENT]
        self.recent_hits = orjson.dumps([asdict(hit) for hit in (*chosen, *mine, *elsewhere)]).decode()
        return None

    async def _here(self, viewer: Viewer) -> Viewer:
        """The viewer with the project that the page is about, if there is one; refused where it is not theirs."""
        return await resolve_viewer(self, Access.PROJECT_ADMIN) if self.project_id else viewer

    async def _offered(self, viewer: Viewer) -> list[Hit]:
        """What was opened last here, and then everything."""
        everything = await self._places(viewer, "")
        mine = {hit.address for hit in everything}
        recent = [
            Hit(f"recent-{hit.key}", hit.kind, hit.label, say("palette-recent"), hit.address)
            for hit in _kept(str(self.recent_hits))
            # Without a project only its own projects are offered again: pages of several would not say whose they are.
            if _belongs(hit, viewer) and (viewer.managed is not None or hit.address in mine)
        ]
        return recent[:_RECENT] + everything

    async def _places(self, viewer: Viewer, query: str) -> list[Hit]:
        projects = (await self.get_state(ShellState)).projects
        if viewer.managed is not None:
            return places(viewer.managed, projects, query)
        # Were read with the projects. One that is not kept any more offers every page, and the page itself says it.
        kept = {one.id: viewer.installation.tenancies.peek(one.id, DEFAULT_BRANCH_ID) for one in projects}
        closed = {id_: closed_apps(one.config) if one is not None else [] for id_, one in kept.items()}
        return places_anywhere(projects, closed, query)


def _records(session: Session, viewer: Viewer, *, query: str) -> list[Hit]:
    tenancy, project_id = viewer.tenancy, viewer.tenancy.project_id
    lately = UserQuery(
        search=query, includes_restricted=True, order=Order.LAST_ACTIVE_AT, descending=True, limit=_RECORDS
    )
    users = listing.list_page(session, tenancy=tenancy, query=lately)
    found = [
        Hit(
            f"user-{one.id}",
            "user",
            one.display_name or one.primary_email or say("common-no-name"),
            one.primary_email or say("palette-a-user"),
            paths.user(project_id, str(one.id)),
        )
        for one in users.items
    ]
    closed = closed_apps(tenancy.config)
    if app_id_of(paths.teams) not in closed:
        teams = team_listing.list_page(
            session, tenancy_id=tenancy.id, query=TeamQuery(search=query, descending=True, limit=_RECORDS)
        )
        found += [
            Hit(f"team-{one.id}", "team", one.display_name, say("palette-a-team"), paths.team(project_id, str(one.id)))
            for one in teams.items
        ]
    return found if _MAIL_APP in closed else found + _mails(session, viewer, query)


def _mails(session: Session, viewer: Viewer, query: str) -> list[Hit]:
    rows, _ = mail_rows(
        session,
        installation=viewer.installation,
        tenancy=viewer.tenancy,
        narrowed=Narrowed(search=query),
        limit=_RECORDS,
        now=utc_now(),
    )
    project_id = viewer.tenancy.project_id
    return [Hit(f"mail-{row.id}", "mail", row.subject, row.recipient, paths.email(project_id, row.id)) for row in rows]


def _kept(text: str) -> list[Hit]:
    """What the browser has kept; addresses lead nowhere but to pages of ours."""
    try:
        given = orjson.loads(text)
    except orjson.JSONDecodeError:
        return []
    names = ("key", "kind", "label", "hint", "address")
    rows = [one for one in given if isinstance(one, dict)] if isinstance(given, list) else []
    hits = [Hit(*(str(one.get(name, ""))[:500] for name in names)) for one in rows]
    return [hit for hit in hits if hit.address.startswith(f"{paths.PROJECTS}/")]


def _belongs(hit: Hit, viewer: Viewer) -> bool:
    """Whether a place is one of the project that the viewer is at; without one, whether it is a project itself."""
    if viewer.managed is None:
        return hit.kind == "project"
    place = paths.overview(viewer.managed.project_id)
    return hit.address == place or hit.address.startswith((f"{place}/", f"{place}?"))
