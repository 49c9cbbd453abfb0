"""Every address of the dashboard, once; `hexclave_app.pages.routes` makes route patterns of the same functions."""

import json
from typing import Final
from urllib.parse import quote, urlencode

import reflex as rx

PROJECTS: Final = "/projects"
NEW_PROJECT: Final = "/new-project"
ANY_PROJECT: Final = "-selector-"  # in the place of a project: whoever follows the link chooses one
SELECTOR: Final = f"{PROJECTS}/{ANY_PROJECT}"
SIGN_IN: Final = "/handler/sign-in"
SIGN_UP: Final = "/handler/sign-up"
WANTED_PAGE: Final = "page"
ACCOUNT: Final = "/handler/account-settings"
SHOW_TEAMS: Final = "teams"  # of the list of projects: shown even without any, for the people of the teams
OWN_TEAMS: Final = f"{PROJECTS}?{SHOW_TEAMS}=true"
CREATE: Final = "create"  # of lists: the dialog that adds to them is open
IMPERSONATE: Final = "impersonate"


def choice(path: str, query: str) -> str:
    """Where the project is chosen for a link that names none."""
    page = path.removeprefix(SELECTOR) + (f"?{query}" if query else "")
    return f"{SELECTOR}?{urlencode({'page': page})}"


def overview(project_id: str) -> str:
    """The start page of a project."""
    return f"{PROJECTS}/{project_id}"


def setup(project_id: str) -> str:
    """The wizard of a new project."""
    return f"{PROJECTS}/{project_id}/setup"


def users(project_id: str) -> str:
    """The users of a project."""
    return f"{PROJECTS}/{project_id}/users"


def user(project_id: str, user_id: str) -> str:
    """One user of a project."""
    return f"{users(project_id)}/{user_id}"


def impersonation(project_id: str, user_id: str) -> str:
    """The page of a user with the dialog that acts as that user."""
    return f"{user(project_id, user_id)}?{IMPERSONATE}=true"


def teams(project_id: str) -> str:
    """The teams of a project."""
    return f"{PROJECTS}/{project_id}/teams"


def team(project_id: str, team_id: str) -> str:
    """One team of a project."""
    return f"{teams(project_id)}/{team_id}"


def team_settings(project_id: str) -> str:
    """Who creates teams, and when."""
    return f"{PROJECTS}/{project_id}/team-settings"


def onboarding(project_id: str) -> str:
    """What new users must do before they count."""
    return f"{PROJECTS}/{project_id}/onboarding"


def auth_methods(project_id: str) -> str:
    """How people sign in and sign up."""
    return f"{PROJECTS}/{project_id}/auth-methods"


def project_permissions(project_id: str) -> str:
    """The permissions that users have in the whole project."""
    return f"{PROJECTS}/{project_id}/project-permissions"


def team_permissions(project_id: str) -> str:
    """The permissions that members have in their teams."""
    return f"{PROJECTS}/{project_id}/team-permissions"


def audit_log(project_id: str) -> str:
    """Who changed what."""
    return f"{PROJECTS}/{project_id}/audit-log"


def sign_up_rules(project_id: str) -> str:
    """Who may open an account."""
    return f"{PROJECTS}/{project_id}/sign-up-rules"


def api_keys(project_id: str) -> str:
    """The switches of API keys."""
    return f"{PROJECTS}/{project_id}/api-keys-app"


def apps(project_id: str) -> str:
    """The catalogue of apps."""
    return f"{PROJECTS}/{project_id}/apps"


def app(project_id: str, app_id: str, *, wanted: str = "") -> str:
    """One app of the catalogue; it leads on to the page that was wanted (its path within the project)."""
    return with_query(f"{apps(project_id)}/{app_id}", {WANTED_PAGE: wanted})


def expert_mode(project_id: str) -> str:
    """The stored configuration as text."""
    return f"{PROJECTS}/{project_id}/expert-mode"


def keys(project_id: str) -> str:
    """The key sets of a project."""
    return f"{PROJECTS}/{project_id}/project-keys"


def domains(project_id: str) -> str:
    """The trusted domains of a project."""
    return f"{PROJECTS}/{project_id}/domains"


def settings(project_id: str) -> str:
    """The settings of a project."""
    return f"{PROJECTS}/{project_id}/project-settings"


def emails(project_id: str) -> str:
    """The sent e-mails of a project."""
    return f"{PROJECTS}/{project_id}/email-sent"


def email_source(project_id: str, source: str) -> str:
    """The sent e-mails of one template, one draft, or of neither."""
    return f"{emails(project_id)}/{source}"


def emails_overview(project_id: str) -> str:
    """The e-mail app of a project at a glance."""
    return f"{PROJECTS}/{project_id}/emails"


def email_outbox(project_id: str) -> str:
    """The sent e-mails under their other address."""
    return f"{PROJECTS}/{project_id}/email-outbox"


def email(project_id: str, mail_id: str) -> str:
    """One sent e-mail."""
    return f"{PROJECTS}/{project_id}/email-viewer/{mail_id}"


def email_templates(project_id: str) -> str:
    """The e-mail templates of a project."""
    return f"{PROJECTS}/{project_id}/email-templates"


def email_template(project_id: str, template_id: str) -> str:
    """One e-mail template."""
    return f"{email_templates(project_id)}/{template_id}"


def email_theme(project_id: str, theme_id: str) -> str:
    """One e-mail theme."""
    return f"{email_themes(project_id)}/{theme_id}"


def email_themes(project_id: str) -> str:
    """The e-mail themes of a project."""
    return f"{PROJECTS}/{project_id}/email-themes"


def email_drafts(project_id: str) -> str:
    """The e-mail drafts of a project."""
    return f"{PROJECTS}/{project_id}/email-drafts"


def email_draft(project_id: str, draft_id: str, step: str = "") -> str:
    """One step of one draft."""
    return with_query(f"{email_drafts(project_id)}/{draft_id}", {"step": step})


def email_suppressions(project_id: str) -> str:
    """The addresses that a project sends no e-mails to."""
    return f"{PROJECTS}/{project_id}/email-suppressions"


def email_domains(project_id: str) -> str:
    """The domains that a project sends e-mails from."""
    return f"{PROJECTS}/{project_id}/email-domains"


def email_settings(project_id: str) -> str:
    """The e-mail server and theme of a project."""
    return f"{PROJECTS}/{project_id}/email-settings"


def sign_in(return_to: str) -> str:
    """The sign-in page that leads back to a path."""
    return f"{SIGN_IN}?after_auth_return_to={quote(return_to, safe='')}"


def with_query(path: str, values: dict[str, str]) -> str:
    """A path with the parameters that have a value."""
    given = {name: value for name, value in values.items() if value}
    return f"{path}?{urlencode(given)}" if given else path


def show_in_address(state: rx.State, values: dict[str, str]) -> object:
    """Write into the address what a page shows, without a navigation: that would load the whole page again."""
    path = json.dumps(with_query(state.router.url.path, values))
    return rx.call_script(f"window.history.replaceState(window.history.state, '', {path})")
