"""Parts of hosted pages that other pages have inside, and the page on which their windows end."""

import reflex as rx

from components.embed import menus, parts
from components.embed.frame import embedded
from components.hosted import auth, links, steps
from components.ui import say
from hexclave_app.pages import routes
from state.embed.frame import EmbedState
from state.embed.returning import EmbedReturnState
from state.hosted.project import HostedState

_PARTS = (
    (routes.EMBED_SIGN_IN, say("sign-in"), embedded(auth.sign_in)),
    (routes.EMBED_SIGN_UP, say("sign-up"), embedded(auth.sign_up)),
    (routes.EMBED_OAUTH_BUTTONS, say("providers-title"), parts.oauth_buttons),
    (routes.EMBED_USER_BUTTON, say("account"), menus.user_button),
    (routes.EMBED_TEAM_SWITCHER, say("teams"), menus.team_switcher),
    (routes.EMBED_ACCOUNT_SETTINGS, say("account-settings"), parts.account_settings),
    (routes.EMBED_FORGOT_PASSWORD, say("forgot-password-title"), embedded(links.forgot_password)),
    (routes.EMBED_PASSWORD_RESET, say("new-password"), embedded(links.password_reset)),
    (routes.EMBED_MAGIC_LINK, say("sign-in"), embedded(links.magic_link)),
    (routes.EMBED_EMAIL_VERIFICATION, say("verify-email-title"), embedded(links.email_verification)),
    (routes.EMBED_ONBOARDING, say("finish-account-title"), embedded(steps.onboarding)),
    (routes.EMBED_TEAM_INVITATION, say("team-invitation"), embedded(steps.team_invitation)),
    (routes.EMBED_TEAM_CREATION, say("create-a-team"), embedded(steps.team_creation)),
)


def register(app: rx.App) -> None:
    """Add the parts; what they show, they show once the page around has introduced itself."""
    for route, title, part in _PARTS:
        app.add_page(part, route=route, title=title, on_load=EmbedState.open)
    app.add_page(
        parts.embed_return,
        route=routes.EMBED_RETURN,
        title=say("part-going-back"),
        on_load=[HostedState.load_page, EmbedReturnState.load],
    )
