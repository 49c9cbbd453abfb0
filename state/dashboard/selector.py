"""Which project a link is meant for that names none: `/projects/-selector-/<page>` (contract 08, section 4.1).

`ShellState.enter` leads those links here, because the router takes the word for the id of a project.
"""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from urllib.parse import quote, unquote

import reflex as rx

from state.base import Access, Viewer, guarded
from state.dashboard import paths
from state.dashboard.shell import owned_projects
from state.dashboard.wording import initials


@dataclass(frozen=True)
class Choice:
    """The same page in one of the projects."""

    name: str
    initials: str
    href: str


class SelectorState(rx.State):
    """The projects to choose from."""

    is_loading: bool = True
    error: str = ""
    choices: list[Choice] = []

    @guarded(Access.DASHBOARD, supersedes=True)
    async def load(self, viewer: Viewer) -> AsyncIterator[object]:
        """Show the projects; one leads on at once, none to its creation."""
        self.is_loading, self.error, self.choices = True, "", []
        yield None
        views = await viewer.installation.db.scan(
            owned_projects,
            installation=viewer.installation,
            internal_tenancy_id=viewer.host_tenancy.id,
            user_id=viewer.signed_in.id,
        )
        rest = self._rest()
        found = [(str(view["display_name"]), paths.overview(str(view["id"])) + rest) for view in views]
        if len(found) > 1:
            self.choices = [Choice(name, initials(name), href) for name, href in found]
            self.is_loading = False
            return
        yield rx.redirect(found[0][1] if found else paths.NEW_PROJECT, replace=True)

    def _rest(self) -> str:
        """What follows the project in the link; every part stays one part of a path of ours."""
        path, _, query = self.router.url.query_parameters.get("page", "").partition("?")
        parts = [unquote(part) for part in path.split("/")]
        kept = "".join(f"/{quote(part, safe='')}" for part in parts if part not in ("", ".", ".."))
        return kept + (f"?{query}" if query else "")
