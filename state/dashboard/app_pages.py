"""What the catalogue says about each app: what it is for, and which pages it brings."""

from collections.abc import Callable, Mapping
from typing import Final

from hexclave_app.config.apps import App, AppStage, app_of_page
from hexclave_app.languages.speaking import say
from state.dashboard import paths

Address = Callable[[str], str]

ABOUT: Final[Mapping[str, str]] = {
    "authentication": say("apps-about-authentication"),
    "fraud-protection": say("apps-about-fraud-protection"),
    "teams": say("apps-about-teams"),
    "rbac": say("apps-about-rbac"),
    "api-keys": say("apps-about-api-keys"),
    "payments": say("apps-about-payments"),
    "emails": say("apps-about-emails"),
    "data-vault": say("apps-about-data-vault"),
    "webhooks": say("apps-about-webhooks"),
    "launch-checklist": say("apps-about-launch-checklist"),
    "vercel": say("apps-about-vercel"),
    "analytics": say("apps-about-analytics"),
    "session-replays": say("apps-about-session-replays"),
}
PAGES: Final[Mapping[str, tuple[tuple[str, Address], ...]]] = {
    "authentication": (
        (say("tab-auth-methods"), paths.auth_methods),
        (say("tab-users"), paths.users),
        (say("tab-sign-up-rules"), paths.sign_up_rules),
        (say("tab-onboarding"), paths.onboarding),
        (say("tab-trusted-domains"), paths.domains),
    ),
    "fraud-protection": ((say("tab-sign-up-rules"), paths.sign_up_rules),),
    "teams": ((say("tab-teams"), paths.teams), (say("tab-team-settings"), paths.team_settings)),
    "rbac": (
        (say("tab-project-permissions"), paths.project_permissions),
        (say("tab-team-permissions"), paths.team_permissions),
    ),
    "api-keys": ((say("tab-api-keys"), paths.api_keys),),
    "emails": (
        (say("tab-sent-e-mails"), paths.emails),
        (say("tab-e-mail-drafts"), paths.email_drafts),
        (say("tab-e-mail-templates"), paths.email_templates),
        (say("tab-e-mail-themes"), paths.email_themes),
        (say("tab-suppressed-addresses"), paths.email_suppressions),
        (say("tab-sending-domains"), paths.email_domains),
        (say("tab-e-mail-settings"), paths.email_settings),
    ),
}
"""The pages of apps that are built, the one to begin with first; every other app has none yet."""
CATEGORIES: Final[Mapping[str, tuple[str, frozenset[str]]]] = {
    "all": (say("apps-category-all"), frozenset()),
    "installed": (say("apps-category-installed"), frozenset()),
    "authentication": (say("apps-category-authentication"), frozenset({"auth"})),
    "developer": (say("apps-category-developer"), frozenset({"developers"})),
    "integrations": (say("apps-category-integrations"), frozenset({"integration"})),
    "advanced": (say("apps-category-advanced"), frozenset({"expert", "security", "storage", "operations"})),
}
"""The tabs above the catalogue with the tags of their apps (contract 02, section 9)."""


def is_offered(app: App) -> bool:
    """Whether the catalogue has the app: what is not finished anywhere is for developers of the platform."""
    return app.stage is not AppStage.ALPHA


def first_page(app_id: str, project_id: str) -> str:
    """Where an app begins; no text for apps without pages."""
    pages = PAGES.get(app_id, ())
    return pages[0][1](project_id) if pages else ""


def page_of(app: App, project_id: str, wanted: str) -> str:
    """The address of the app's page that somebody wanted; no text for anything that is not one."""
    path, _, query = wanted.partition("?")
    of = app_of_page(path)
    if of is None or of.id != app.switch_id or any(part in ("", ".", "..") for part in path.split("/")):
        return ""
    if "\\" in wanted or not wanted.isprintable():
        return ""
    return f"{paths.overview(project_id)}/{path}" + (f"?{query}" if query else "")
