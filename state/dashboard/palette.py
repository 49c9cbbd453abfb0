"""The command palette: pages, projects, users and teams by a few letters."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import reflex as rx
from sqlmodel import Session

from hexclave_app.services import team_listing
from hexclave_app.services.team_listing import TeamQuery
from hexclave_app.services.users import listing
from hexclave_app.services.users.listing import UserQuery
from state.base import Access, Viewer, guarded
from state.dashboard import paths
from state.dashboard.shell import ProjectLink, ShellState

_RECORDS: Final = 5  # of each kind: enough to choose from, few enough to look at
_MIN_RECORD_CHARS: Final = 2
_MAX_QUERY_CHARS: Final = 100

PLACES: Final = (
    ("Overview", "numbers chart sign-ups start", paths.overview),
    ("Users", "people accounts create import export", paths.users),
    ("Teams", "groups members", paths.teams),
    ("Team settings", "creation personal team", paths.team_settings),
    ("Auth methods", "sign-in password passkey oauth provider google github", paths.auth_methods),
    ("Onboarding", "require verification restricted", paths.onboarding),
    ("Sign-up rules", "fraud block allow condition cel", paths.sign_up_rules),
    ("Project permissions", "rbac roles rights explain", paths.project_permissions),
    ("Team permissions", "rbac roles rights explain", paths.team_permissions),
    ("API keys", "user keys team keys", paths.api_keys),
    ("E-mails", "sent outbox mail", paths.emails),
    ("E-mail drafts", "write send broadcast mail", paths.email_drafts),
    ("E-mail templates", "designs texts mail", paths.email_templates),
    ("E-mail themes", "designs look colours frame mail", paths.email_themes),
    ("Suppressed addresses", "bounces unsubscribe block list spam mail", paths.email_suppressions),
    ("Audit log", "history changes who", paths.audit_log),
    ("Apps", "catalogue install", paths.apps),
    ("Project settings", "name description production transfer delete jwks limits", paths.settings),
    ("Project keys", "secret publishable server admin key", paths.keys),
    ("Trusted domains", "redirect localhost url", paths.domains),
    ("Sending domains", "managed dns spf dkim dmarc resend mail", paths.email_domains),
    ("E-mail settings", "smtp sender server mail", paths.email_settings),
)
"""Pages of a project: name, further words to find them by, address."""


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

    @guarded(Access.PROJECT_ADMIN)
    async def toggle(self, viewer: Viewer, is_open: bool) -> None:
        """Open the palette with every page, or close it."""
        self.is_open = is_open is True
        self.hits = await self._places(viewer, "") if self.is_open else []

    @guarded(Access.PROJECT_ADMIN, supersedes=True)
    async def change_query(self, viewer: Viewer, text: str) -> None:
        """Show what fits the typed letters: pages and projects first, then people and teams."""
        query = str(text).strip()[:_MAX_QUERY_CHARS]
        hits = await self._places(viewer, query)
        if len(query) >= _MIN_RECORD_CHARS:
            hits += await viewer.installation.db.scan(_records, viewer, query=query)
        self.hits = hits

    async def _places(self, viewer: Viewer, query: str) -> list[Hit]:
        projects = (await self.get_state(ShellState)).projects
        return places(viewer.tenancy.project_id, projects, query)


def places(project_id: str, projects: Sequence[ProjectLink], query: str) -> list[Hit]:
    """Pages and projects whose name or words contain the query."""
    wanted = query.lower()
    found = [
        Hit(f"page-{label}", "page", label, "", address(project_id))
        for label, words, address in PLACES
        if wanted in f"{label} {words}".lower()
    ]
    found += [
        Hit(f"project-{one.id}", "project", one.name, "Project", paths.overview(one.id))
        for one in projects
        if one.id != project_id and wanted in one.name.lower()
    ]
    if wanted in "new project create":
        found.append(Hit("new-project", "page", "New project", "", paths.NEW_PROJECT))
    return found


def _records(session: Session, viewer: Viewer, *, query: str) -> list[Hit]:
    tenancy, project_id = viewer.tenancy, viewer.tenancy.project_id
    users = listing.list_page(
        session, tenancy=tenancy, query=UserQuery(search=query, includes_restricted=True, limit=_RECORDS)
    )
    found = [
        Hit(
            f"user-{one.id}",
            "user",
            one.display_name or one.primary_email or "No name",
            one.primary_email or "User",
            paths.user(project_id, str(one.id)),
        )
        for one in users.items
    ]
    teams = team_listing.list_page(session, tenancy_id=tenancy.id, query=TeamQuery(search=query, limit=_RECORDS))
    return found + [
        Hit(f"team-{one.id}", "team", one.display_name, "Team", paths.team(project_id, str(one.id)))
        for one in teams.items
    ]
