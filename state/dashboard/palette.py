"""The command palette: pages, projects, users and teams by a few letters."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import reflex as rx
from sqlmodel import Session

from hexclave_app.languages.speaking import say
from hexclave_app.services import team_listing
from hexclave_app.services.team_listing import TeamQuery
from hexclave_app.services.tenancies import TenancySnapshot
from hexclave_app.services.users import listing
from hexclave_app.services.users.listing import UserQuery
from state.base import Access, Viewer, guarded
from state.dashboard import paths
from state.dashboard.shell import ProjectLink, ShellState, app_id_of, closed_apps

_RECORDS: Final = 5  # of each kind: enough to choose from, few enough to look at
_MIN_RECORD_CHARS: Final = 2
_MAX_QUERY_CHARS: Final = 100

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
        return places(viewer.tenancy, projects, query)


def places(tenancy: TenancySnapshot, projects: Sequence[ProjectLink], query: str) -> list[Hit]:
    """Pages of installed apps, and projects, whose name or words contain the query."""
    wanted, project_id, closed = query.lower(), tenancy.project_id, closed_apps(tenancy.config)
    found = [
        Hit(f"page-{label}", "page", label, "", address(project_id))
        for label, words, address in PLACES
        if wanted in f"{label} {words}".lower() and app_id_of(address) not in closed
    ]
    found += [
        Hit(f"project-{one.id}", "project", one.name, say("palette-a-project"), paths.overview(one.id))
        for one in projects
        if one.id != project_id and wanted in one.name.lower()
    ]
    if wanted in say("palette-new-project-words"):
        found.append(Hit("new-project", "page", say("palette-new-project"), "", paths.NEW_PROJECT))
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
            one.display_name or one.primary_email or say("common-no-name"),
            one.primary_email or say("palette-a-user"),
            paths.user(project_id, str(one.id)),
        )
        for one in users.items
    ]
    teams = team_listing.list_page(session, tenancy_id=tenancy.id, query=TeamQuery(search=query, limit=_RECORDS))
    return found + [
        Hit(f"team-{one.id}", "team", one.display_name, say("palette-a-team"), paths.team(project_id, str(one.id)))
        for one in teams.items
    ]
