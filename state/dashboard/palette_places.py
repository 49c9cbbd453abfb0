"""What the command palette finds without asking the database: pages, actions, apps and projects; and what fits best."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

from hexclave_app.config.apps import APPS, AppStage
from hexclave_app.languages.speaking import say
from hexclave_app.services.tenancies import TenancySnapshot
from state.dashboard import paths
from state.dashboard.shell import ProjectLink, app_id_of, closed_apps

MIN_RECORD_CHARS: Final = 2
_MIN_ID_CHARS: Final = 4  # a letter or two stand in every id
_PAGES_ELSEWHERE: Final = 10
# How well a text fits what was typed; whatever the database has found fits somewhere in the record.
_SAME, _BEGINS, _WORD_BEGINS, _CONTAINS, _RECORD, _LETTERS, _OTHER_WORDS = 100, 80, 60, 50, 45, 20, 15

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


ACTIONS: Final = (
    (say("palette-create-user"), say("palette-create-user-words"), paths.users),
    (say("palette-create-team"), say("palette-create-team-words"), paths.teams),
    (say("palette-create-keys"), say("palette-create-keys-words"), paths.keys),
)
"""Dialogs that a page opens with when its address says `create=true`."""


LIGHT: Final = "light"
DARK: Final = "dark"
SYSTEM: Final = "system"
ACCOUNT: Final = "account"
TOUR: Final = "tour"
SIGN_OUT: Final = "sign-out"
COMMANDS: Final = (
    (LIGHT, say("palette-theme-light"), say("palette-theme-words")),
    (DARK, say("palette-theme-dark"), say("palette-theme-words")),
    (SYSTEM, say("palette-theme-system"), say("palette-theme-words")),
    (TOUR, say("tour-restart"), say("palette-tour-words")),
    (ACCOUNT, say("palette-account"), say("palette-account-words")),
    (SIGN_OUT, say("palette-sign-out"), say("palette-sign-out-words")),
)
"""What is done where one is: kind, name, further words."""


@dataclass(frozen=True)
class Hit:
    """A place to go to, or without an address something to do."""

    key: str
    kind: str
    label: str
    hint: str
    address: str


def places(tenancy: TenancySnapshot, projects: Sequence[ProjectLink], query: str) -> list[Hit]:
    """Pages and actions of installed apps, other apps, other projects and commands, that fit the query."""
    project_id, closed = tenancy.project_id, closed_apps(tenancy.config)
    found = [
        Hit(f"page-{label}", "page", label, "", address(project_id))
        for label, words, address in PLACES
        if fits(query, label, words) and app_id_of(address) not in closed
    ]
    found += [
        Hit(f"action-{label}", "action", label, say("palette-an-action"), f"{address(project_id)}?create=true")
        for label, words, address in ACTIONS
        if fits(query, label, words) and app_id_of(address) not in closed
    ]
    found += [
        Hit(f"app-{app.id}", "app", app.display_name, say("palette-an-app"), paths.app(project_id, app.id))
        for app in APPS
        if app.id in closed and app.parent is None and app.stage is not AppStage.ALPHA
        if fits(query, app.display_name, app.subtitle)
    ]
    others = [one for one in projects if one.id != project_id]
    return [*found, *_projects(others, query), *_new_project(query), *_commands(query)]


def places_anywhere(projects: Sequence[ProjectLink], closed: Mapping[str, Collection[str]], query: str) -> list[Hit]:
    """Projects, their pages and commands, that fit the query; `closed` are the apps that each has not installed."""
    pages = islice(_pages_of(projects, closed, query), _PAGES_ELSEWHERE) if query else ()
    commands = [hit for hit in _commands(query) if hit.kind != TOUR]  # leads through a project
    return [*_projects(projects, query), *pages, *_new_project(query), *commands]


def fits(query: str, label: str, words: str = "") -> bool:
    """Whether a text, or one of the words that it may be looked for by, fits what was typed."""
    return not query or _fit_of(query.lower(), label.lower(), words.lower()) > 0


def fit(hit: Hit, query: str) -> int:
    """How well a hit fits: what it is called counts most, then what stands beside it."""
    best = _fit_of(query.lower(), hit.label.lower(), hit.hint.lower())
    is_same_address = hit.hint.lower() == query.lower() or hit.address.endswith(query.lower())
    if is_same_address:
        return _SAME
    return max(best, _RECORD) if hit.kind in ("user", "team", "mail") else max(best, _OTHER_WORDS)


def _projects(projects: Sequence[ProjectLink], query: str) -> list[Hit]:
    return [
        Hit(f"project-{one.id}", "project", one.name, say("palette-a-project"), paths.overview(one.id))
        for one in projects
        if fits(query, one.name, one.id if len(query) >= _MIN_ID_CHARS else "")
    ]


def _pages_of(projects: Sequence[ProjectLink], closed: Mapping[str, Collection[str]], query: str) -> Iterator[Hit]:
    for page, _, address in PLACES:
        for one in projects:
            label = say("palette-page-of", page=page, project=one.name)
            # Either may be typed first.
            if fits(query, label, f"{page} {one.name} {page}") and app_id_of(address) not in closed[one.id]:
                yield Hit(f"page-{page}-{one.id}", "page", label, "", address(one.id))


def _new_project(query: str) -> list[Hit]:
    is_found = fits(query, say("palette-new-project"), say("palette-new-project-words"))
    return [Hit("new-project", "action", say("palette-new-project"), "", paths.NEW_PROJECT)] if is_found else []


def _commands(query: str) -> list[Hit]:
    return [
        Hit(f"do-{kind}", kind, label, say("palette-an-action"), "")
        for kind, label, words in COMMANDS
        if fits(query, label, words)
    ]


def _fit_of(query: str, label: str, words: str) -> int:
    if label == query:
        return _SAME
    if label.startswith(query):
        return _BEGINS
    if any(word.startswith(query) for word in label.replace("-", " ").split()):
        return _WORD_BEGINS
    if query in label:
        return _CONTAINS
    if query in words:
        return _OTHER_WORDS
    rest = iter(label)
    return _LETTERS if len(query) >= MIN_RECORD_CHARS and all(letter in rest for letter in query) else 0
