"""The root of an origin: on the dashboard's host it leads on, on a project's host it is the hosted start page."""

import reflex as rx

from hexclave_app.services import internal_project
from models.projects import INTERNAL_PROJECT_ID
from state.base import Access, Viewer, guarded
from state.dashboard import paths
from state.hosted.project import HostedState
from state.hosted.returns import lead_on


class HomeState(rx.State):
    """Decides whose start page stands at `/`."""

    error: str = ""

    @guarded(Access.VISITOR)
    async def enter(self, viewer: Viewer) -> object:
        """Send dashboard people to their projects or to sign-in; hand hosted origins to the hosted pages."""
        self.error = ""
        if viewer.host_tenancy.project_id != INTERNAL_PROJECT_ID:
            return HostedState.load_home
        if viewer.user is not None:
            return lead_on(self, paths.PROJECTS)
        has_administrator = await viewer.installation.db.read(internal_project.has_administrator)
        return rx.redirect(paths.SIGN_IN if has_administrator else paths.SIGN_UP, replace=True)
