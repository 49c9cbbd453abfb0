"""The guided tour of a project: where it stands is kept in the browser, and it never comes back by itself."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

import reflex as rx

from hexclave_app.services.tenancies import TenancySnapshot
from state.base import Access, Viewer, guarded
from state.dashboard import paths
from state.dashboard.shell import app_id_of, closed_apps

STEPS: Final[tuple[tuple[str, Callable[[str], str]], ...]] = (
    ("overview", paths.overview),
    ("users", paths.users),
    ("teams", paths.teams),
    ("emails", paths.emails),
)
"""Where it leads: name of the page, address. Pages of apps that the project has not installed are left out."""

_OVER: Final = "over"


class TourState(rx.State):
    """The tour of this browser."""

    if TYPE_CHECKING:
        project_id: str

    tour_step: str = rx.LocalStorage("", name="hexclave-tour")
    """A step while the tour is on, and what says that it is over; nothing before it was offered."""

    @rx.var
    def step(self) -> str:
        """The step that is shown on its page."""
        return _known(str(self.tour_step))

    @rx.var
    def is_offered(self) -> bool:
        """Whether somebody who has not seen it yet is asked."""
        return str(self.tour_step) != _OVER and not _known(str(self.tour_step))

    @guarded(Access.PROJECT_ADMIN)
    async def start(self, viewer: Viewer) -> object:
        """Begin on the overview, at whatever page one is."""
        return self._show(viewer.tenancy, STEPS[0][0])

    @guarded(Access.PROJECT_ADMIN)
    async def move_on(self, viewer: Viewer) -> object:
        """Go to the next page; after the last one the tour is over."""
        return self._show(viewer.tenancy, self._beside(viewer.tenancy, 1))

    @guarded(Access.PROJECT_ADMIN)
    async def go_back(self, viewer: Viewer) -> object:
        """Go to the page before; from the first one nowhere."""
        before = self._beside(viewer.tenancy, -1)
        return self._show(viewer.tenancy, before) if before else None

    @guarded(Access.DASHBOARD)
    async def end(self, _viewer: Viewer) -> None:
        """Leave the tour, or do not even begin it."""
        self.tour_step = _OVER

    def _beside(self, tenancy: TenancySnapshot, distance: int) -> str:
        closed = closed_apps(tenancy.config)
        here = [name for name, _ in STEPS].index(self.step) if self.step else -1
        # A step whose app was taken away meanwhile still has its place.
        way = STEPS[here + 1 :] if distance > 0 else STEPS[max(here, 0) - 1 :: -1] if here > 0 else ()
        return next((name for name, address in way if app_id_of(address) not in closed), "")

    def _show(self, tenancy: TenancySnapshot, step: str) -> object:
        self.tour_step = step or _OVER
        address = dict(STEPS).get(step)
        return rx.redirect(address(tenancy.project_id)) if address is not None else None


def _known(kept: str) -> str:
    """What the browser has kept, if it is a step."""
    return kept if kept in dict(STEPS) else ""
