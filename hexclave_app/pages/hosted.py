"""Pages that every project has on its own host, the dashboard's project included."""

import reflex as rx

from components.hosted import auth
from hexclave_app.pages import routes
from state.hosted.project import HostedState


def register(app: rx.App) -> None:
    """Add the hosted pages; each has its own static route, so that its HTML is complete before any script ran."""
    app.add_page(auth.sign_in, route=routes.SIGN_IN, title="Sign in", on_load=HostedState.load_auth_page)
    app.add_page(auth.sign_up, route=routes.SIGN_UP, title="Sign up", on_load=HostedState.load_auth_page)
    app.add_page(auth.sign_out, route=routes.SIGN_OUT, title="Sign out", on_load=HostedState.load_sign_out)
