"""The command palette: pages, actions, apps, projects, users, teams and mails by a few letters, the best first."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Final

import orjson
import reflex as rx
from sqlmodel import Session

from hexclave_app.config.apps import APPS, AppStage
from hexclave_app.languages.speaking import say
from hexclave_app.services import team_listing
from hexclave_app.services.emails.outbox import Narrowed
from hexclave_app.services.team_listing import TeamQuery
from hexclave_app.services.tenancies import TenancySnapshot
from hexclave_app.services.users import listing
from hexclave_app.services.users.listing import Order, UserQuery
from models.base import utc_now
from state.base import Access, Viewer, guarded
from state.dashboard import paths
from state.dashboard.email_lists import mail_rows
from state.dashboard.shell import ProjectLink, ShellState, app_id_of, closed_apps

_RECORDS: Final = 5  # of each kind: enough to choose from, few enough to look at
_MIN_RECORD_CHARS: Final = 2
_MAX_QUERY_CHARS: Final = 100
_RECENT: Final = 6
_MAIL_APP: Final = "emails"
# How well a text fits what was typed; whatever the database has found fits somewhere in the record.
_SAME, _BEGINS, _WORD_BEGINS, _CONTAINS, _RECORD, _LETTERS, _OTHER_WORDS = 100, 80, 60, 50, 45, 20, 15

PLACES: Final = (
    (say("palette-overview"), say("palette-overview-words"), paths.overview),
    (say("palette-users"), say("palette-users-words"), paths.users),
    (say("palette-teams"), say("palette-teams-words"), paths.teams),
    (say("palette-team-settings"), say("palette-team-settings-words"), paths.team_settings),
    (say("palette-auth-methods"), say("palette-auth-methods-words"), paths.auth_methods),
    (say("palette-onboarding"), say("palette-onboarding-words"), paths.onboarding),
    (say("palette-sign-up-rules"), say("palette-sign-up-rules-words"), paths.sign_up_rules),
    (say("palette-project-permissions"), say("palette-permissions-words"), paths.project_permissions),
    (say("palette-team-permissions"), say("palette-permissions-words"), paths.team_permissions),
    (say("palette-api-keys"), say("palette-api-keys-words"), paths.api_keys),
    (say("palette-emails"), say("palette-emails-words"), paths.emails),
    (say("palette-email-drafts"), say("palette-email-drafts-words"), paths.email_drafts),
    (say("palette-email-templates"), say("palette-email-templates-words"), paths.email_templates),
    (say("palette-email-themes"), say("palette-email-themes-words"), paths.email_themes),
    (say("palette-email-suppressions"), say("palette-email-suppressions-words"), paths.email_suppressions),
    (say("palette-audit-log"), say("palette-audit-log-words"), paths.audit_log),
    (say("palette-apps"), say("palette-apps-words"), paths.apps),
    (say("palette-settings"), say("palette-settings-words"), paths.settings),
    (say("palette-keys"), say("palette-keys-words"), paths.keys),
    (say("palette-domains"), say("palette-domains-words"), paths.domains),
    (say("palette-email-domains"), say("palette-email-domains-words"), paths.email_domains),
    (say("palette-email-settings"), say("palette-email-settings-words"), paths.email_settings),
)
"""Pages of a project: name, further words to find them by, address."""


ACTIONS: Final = (
    (say("palette-create-user"), say("palette-create-user-words"), paths.users),
    (say("palette-create-team"), say("palette-create-team-words"), paths.teams),
    (say("palette-create-keys"), say("palette-create-keys-words"), paths.keys),
)
"""Dialogs that a page opens with when its address says `create=true`."""


@dataclass(frozen=True)
class Hit:
    """A place to go to."""

    key: str
    kind: str
    label: str
    hint: str
    address: str


class PaletteState(rx.State):
    """The open palette."""

    if TYPE_CHECKING:
        project_id: str

    is_open: bool = False
    hits: list[Hit] = []
    recent_hits: str = rx.LocalStorage("[]", name="hexclave-palette-recent")
    """What was opened last in this browser, in all projects."""

    @guarded(Access.PROJECT_ADMIN)
    async def toggle(self, viewer: Viewer, is_open: bool) -> None:
        """Open the palette with what was opened last and every page, or close it."""
        self.is_open = is_open is True
        self.hits = self._recent(viewer) + await self._places(viewer, "") if self.is_open else []

    @guarded(Access.PROJECT_ADMIN, supersedes=True)
    async def change_query(self, viewer: Viewer, text: str) -> None:
        """Show what fits the typed letters, the best first."""
        query = str(text).strip()[:_MAX_QUERY_CHARS]
        if not query:
            self.hits = self._recent(viewer) + await self._places(viewer, "")
            return
        hits = await self._places(viewer, query)
        if len(query) >= _MIN_RECORD_CHARS:
            hits += await viewer.installation.db.scan(_records, viewer, query=query)
        self.hits = sorted(hits, key=lambda hit: -_fit(hit, query))

    @guarded(Access.PROJECT_ADMIN)
    async def choose(self, viewer: Viewer, key: str) -> None:
        """Close the palette, and remember what was chosen; the link itself leads there."""
        chosen = [hit for hit in self.hits if hit.key == key]
        self.is_open = False
        if not chosen:
            return
        others = [hit for hit in _kept(str(self.recent_hits)) if hit.address != chosen[0].address]
        mine = [hit for hit in others if _is_in(hit, viewer.tenancy.project_id)][: _RECENT - 1]
        elsewhere = [hit for hit in others if not _is_in(hit, viewer.tenancy.project_id)][:_RECENT]
        self.recent_hits = orjson.dumps([asdict(hit) for hit in (*chosen, *mine, *elsewhere)]).decode()

    def _recent(self, viewer: Viewer) -> list[Hit]:
        """What was opened last in this project."""
        kept = _kept(str(self.recent_hits))
        return [
            Hit(f"recent-{hit.key}", hit.kind, hit.label, say("palette-recent"), hit.address)
            for hit in kept
            if _is_in(hit, viewer.tenancy.project_id)
        ][:_RECENT]

    async def _places(self, viewer: Viewer, query: str) -> list[Hit]:
        projects = (await self.get_state(ShellState)).projects
        return places(viewer.tenancy, projects, query)


def places(tenancy: TenancySnapshot, projects: Sequence[ProjectLink], query: str) -> list[Hit]:
    """Pages and actions of installed apps, other apps, and projects, that fit the query."""
    project_id, closed = tenancy.project_id, closed_apps(tenancy.config)
    found = [
        Hit(f"page-{label}", "page", label, "", address(project_id))
        for label, words, address in PLACES
        if _fits(query, label, words) and app_id_of(address) not in closed
    ]
    found += [
        Hit(f"action-{label}", "action", label, say("palette-an-action"), f"{address(project_id)}?create=true")
        for label, words, address in ACTIONS
        if _fits(query, label, words) and app_id_of(address) not in closed
    ]
    found += [
        Hit(f"app-{app.id}", "app", app.display_name, say("palette-an-app"), paths.app(project_id, app.id))
        for app in APPS
        if app.id in closed and app.parent is None and app.stage is not AppStage.ALPHA
        if _fits(query, app.display_name, app.subtitle)
    ]
    found += [
        Hit(f"project-{one.id}", "project", one.name, say("palette-a-project"), paths.overview(one.id))
        for one in projects
        if one.id != project_id and _fits(query, one.name)
    ]
    if _fits(query, say("palette-new-project"), say("palette-new-project-words")):
        found.append(Hit("new-project", "action", say("palette-new-project"), "", paths.NEW_PROJECT))
    return found


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


def _fits(query: str, label: str, words: str = "") -> bool:
    return not query or _fit_of(query.lower(), label.lower(), words.lower()) > 0


def _fit(hit: Hit, query: str) -> int:
    """How well a hit fits: what it is called counts most, then what stands beside it."""
    fit = _fit_of(query.lower(), hit.label.lower(), hit.hint.lower())
    is_same_address = hit.hint.lower() == query.lower() or hit.address.endswith(query.lower())
    if is_same_address:
        return _SAME
    return max(fit, _RECORD) if hit.kind in ("user", "team", "mail") else max(fit, _OTHER_WORDS)


def _fit_of(query: str, label: str, words: str) -> int:
    if label == query:
        return _SAME
    if label.startswith(query):
        return _BEGINS
    if any(word.startswith(query) for word in label.replace("-", " ").split()):
        return _WORD_BEGINS
    if query in label:
        return _CONTAINS
    if query in words:
        return _OTHER_WORDS
    rest = iter(label)
    return _LETTERS if len(query) >= _MIN_RECORD_CHARS and all(letter in rest for letter in query) else 0


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


def _is_in(hit: Hit, project_id: str) -> bool:
    place = paths.overview(project_id)
    return hit.address == place or hit.address.startswith((f"{place}/", f"{place}?"))
