"""The entry, composition only: the Reflex app with the REST API dispatched in front of it."""

import reflex as rx
from starlette.types import ASGIApp

from components import ui
from components.dashboard.page_opening import page_opening
from components.dashboard.version_notice import version_notice
from hexclave_app import frontend, kept_tabs
from hexclave_app.api import create_api
from hexclave_app.dispatch import FramedSockets, PageHeaders, PathDispatch, PrerenderedPages, SameOriginSockets
from hexclave_app.pages import registry
from hexclave_app.same_origin import FORGETFUL_FRAMES
from hexclave_app.services.embedding.framing import frame_ancestors_for
from hexclave_app.spoken_pages import SpokenPages
from hexclave_app.workers import emails, housekeeping
from state.open_tabs import GoOn
from state.page_versions import TellVersion

# Some of the hosted pages' paths are answers of the API: they need no script, and some of them set a cookie.
API_PREFIXES = (
    "/api/",
    "/auth/session/",
    "/downloads/",
    "/embed/demo",
    "/embed/open",
    "/embed/session",
    "/handler/oauth-callback",
    "/handler/project.css",
    "/health",
)


class HexclaveApp(rx.App):
    """Reflex plus the REST API: API paths never enter Reflex, so they keep their own CORS and errors."""

    def __call__(self) -> ASGIApp:
        """Return the ASGI application that serves everything on one port."""
        pages = SpokenPages(PrerenderedPages(super().__call__(), frontend.INDEX.parent))
        return PathDispatch(
            api=create_api(),
            prefixes=API_PREFIXES,
            otherwise=SameOriginSockets(FramedSockets(PageHeaders(pages, frame_ancestors_for))),
        )


# The look of the host's project, in time for the first paint (components/hosted, services/hosted_look.py).
app = HexclaveApp(
    stylesheets=["/typeface.css", "/toasts.css"],
    head_components=[
        rx.el.script(FORGETFUL_FRAMES),
        rx.el.script(ui.EARLY_INPUT),
        rx.el.script(ui.CODE_ENTRY),
        rx.el.script(ui.FOCUS_BACK),
        rx.el.link(rel="stylesheet", href="/handler/project.css"),
        ui.messages_script(),
    ],
    toaster=ui.toaster(),
)
app.app_wraps[5, "Overlay"] = lambda _is_stateful: ui.connection_notice()  # in the place of Reflex's own
app.app_wraps[4, "EarlyInput"] = lambda _is_stateful: ui.early_input()
app.app_wraps[3, "PageOpening"] = lambda _is_stateful: page_opening()
app.app_wraps[2, "VersionNotice"] = lambda _is_stateful: version_notice()
app.add_middleware(TellVersion(frontend.version()))  # before the next one, which would take up what is left alone
app.add_middleware(GoOn())
registry.register(app)
app.register_lifespan_task(kept_tabs.keep)
app.register_lifespan_task(housekeeping.run)
app.register_lifespan_task(emails.run)
