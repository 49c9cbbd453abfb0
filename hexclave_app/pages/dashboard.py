"""The dashboard's pages; those about one project come first, because their routes are dynamic."""

import reflex as rx

from components.dashboard import (
    app_page,
    apps,
    audit_log,
    auth_methods,
    domains,
    email_domains,
    email_drafts,
    email_overview,
    email_settings,
    email_suppressions,
    email_templates,
    email_themes,
    emails,
    expert_mode,
    keys,
    new_project,
    onboarding,
    overview,
    permissions,
    projects,
    selector,
    settings,
    setup,
    sign_up_rules,
    team_detail,
    team_settings,
    teams,
    user_detail,
    users,
)
from components.ui import words
from hexclave_app.pages import routes
from state.dashboard.app_page import AppPageState
from state.dashboard.apps import ApiKeysAppState, AppsState
from state.dashboard.audit_log import AuditLogState
from state.dashboard.auth_methods import AuthMethodsState
from state.dashboard.config_source import ConfigSourceState
from state.dashboard.domains import DomainsState
from state.dashboard.email_domains import EmailDomainsState
from state.dashboard.email_drafts import DraftsState
from state.dashboard.email_edit import MailEditState
from state.dashboard.email_reputation import ReputationState
from state.dashboard.email_settings import EmailSettingsState
from state.dashboard.email_source_mails import SourceMailsState
from state.dashboard.email_suppressions import SuppressionsState
from state.dashboard.email_templates import TemplatesState
from state.dashboard.email_themes import ThemesState
from state.dashboard.email_watch import EmailListsWatch, EmailsWatch
from state.dashboard.emails import EmailsState
from state.dashboard.expert_mode import ExpertModeState
from state.dashboard.impersonation import ImpersonationState
from state.dashboard.key_requirement import KeyRequirementState
from state.dashboard.keys import KeysState
from state.dashboard.live import LiveState
from state.dashboard.logos import LogosState
from state.dashboard.new_project import NewProjectState
from state.dashboard.onboarding import OnboardingState
from state.dashboard.overview import OverviewState
from state.dashboard.permissions import PermissionsState
from state.dashboard.projects import ProjectsState
from state.dashboard.selector import SelectorState
from state.dashboard.settings import SettingsState
from state.dashboard.setup import SetupState
from state.dashboard.shell import ShellState
from state.dashboard.sign_up_rules import SignUpRulesState
from state.dashboard.team_detail import TeamDetailState
from state.dashboard.team_settings import TeamSettingsState
from state.dashboard.teams import CreateTeamState, TeamsState
from state.dashboard.user_changes import CreateUserState
from state.dashboard.user_detail import UserDetailState
from state.dashboard.users import UsersState
from state.dashboard.users_watch import UsersWatch

_MAILS = [MailEditState.load, ReputationState.load, EmailsWatch.watch]
_SETTINGS = [SettingsState.load, LogosState.load, ConfigSourceState.load, LiveState.watch]
_PERMISSIONS = [PermissionsState.load, LiveState.watch]
_PAGES = (
    (routes.PROJECT, words("tab-overview"), overview.page, [OverviewState.load, LiveState.watch]),
    (routes.PROJECT_SETUP, words("tab-set-up"), setup.page, [SetupState.load]),
    (routes.PROJECT_USERS, words("tab-users"), users.page, [UsersState.load, CreateUserState.load, UsersWatch.watch]),
    (
        routes.PROJECT_USER,
        words("tab-user"),
        user_detail.page,
        [UserDetailState.load, ImpersonationState.load, LiveState.watch],
    ),
    (routes.PROJECT_EMAIL_SOURCE, words("tab-sent-e-mails"), emails.source_page, [SourceMailsState.load, *_MAILS]),
    (routes.PROJECT_EMAIL, words("tab-e-mail"), emails.page, [EmailsState.load, *_MAILS]),
    (
        routes.PROJECT_EMAILS_OVERVIEW,
        words("tab-e-mails"),
        email_overview.page,
        [EmailSettingsState.load, EmailsState.load, *_MAILS],
    ),
    (routes.PROJECT_EMAIL_OUTBOX, words("tab-e-mails"), emails.page, [EmailsState.load, *_MAILS]),
    (routes.PROJECT_EMAILS, words("tab-e-mails"), emails.page, [EmailsState.load, *_MAILS]),
    (
        routes.PROJECT_EMAIL_TEMPLATE,
        words("tab-e-mail-template"),
        email_templates.page,
        [TemplatesState.load, LiveState.watch],
    ),
    (routes.PROJECT_EMAIL_THEME, words("tab-e-mail-theme"), email_themes.page, [ThemesState.load, LiveState.watch]),
    (routes.PROJECT_EMAIL_DRAFT, words("tab-e-mail-draft"), email_drafts.page, [DraftsState.load, *_MAILS]),
    (
        routes.PROJECT_EMAIL_TEMPLATES,
        words("tab-e-mail-templates"),
        email_templates.page,
        [TemplatesState.load, LiveState.watch],
    ),
    (routes.PROJECT_EMAIL_THEMES, words("tab-e-mail-themes"), email_themes.page, [ThemesState.load, LiveState.watch]),
    (
        routes.PROJECT_EMAIL_DRAFTS,
        words("tab-e-mail-drafts"),
        email_drafts.page,
        [DraftsState.load, EmailListsWatch.watch],
    ),
    (
        routes.PROJECT_EMAIL_SUPPRESSIONS,
        words("tab-suppressed-addresses"),
        email_suppressions.page,
        [SuppressionsState.load, LiveState.watch],
    ),
    (
        routes.PROJECT_EMAIL_DOMAINS,
        words("tab-sending-domains"),
        email_domains.page,
        [EmailDomainsState.load, EmailListsWatch.watch],
    ),
    (
        routes.PROJECT_EMAIL_SETTINGS,
        words("tab-e-mail-settings"),
        email_settings.page,
        [EmailSettingsState.load, LiveState.watch],
    ),
    (routes.PROJECT_TEAM, words("tab-team"), team_detail.page, [TeamDetailState.load, LiveState.watch]),
    (routes.PROJECT_TEAMS, words("tab-teams"), teams.page, [TeamsState.load, CreateTeamState.load, LiveState.watch]),
    (routes.TEAM_SETTINGS, words("tab-team-settings"), team_settings.page, [TeamSettingsState.load, LiveState.watch]),
    (routes.PROJECT_ONBOARDING, words("tab-onboarding"), onboarding.page, [OnboardingState.load, LiveState.watch]),
    (
        routes.PROJECT_AUTH_METHODS,
        words("tab-auth-methods"),
        auth_methods.page,
        [AuthMethodsState.load, LiveState.watch],
    ),
    (routes.PROJECT_PERMISSIONS, words("tab-project-permissions"), permissions.project_permissions_page, _PERMISSIONS),
    (routes.TEAM_PERMISSIONS, words("tab-team-permissions"), permissions.team_permissions_page, _PERMISSIONS),
    (routes.SIGN_UP_RULES, words("tab-sign-up-rules"), sign_up_rules.page, [SignUpRulesState.load, LiveState.watch]),
    (routes.API_KEYS, words("tab-api-keys"), apps.api_keys_page, [ApiKeysAppState.load, LiveState.watch]),
    (routes.PROJECT_APP, words("tab-app"), app_page.page, [AppPageState.load, LiveState.watch]),
    (routes.APPS, words("tab-apps"), apps.catalogue_page, [AppsState.load, LiveState.watch]),
    (routes.AUDIT_LOG, words("tab-audit-log"), audit_log.page, [AuditLogState.load, LiveState.watch]),
    (routes.EXPERT_MODE, words("expert-mode-title"), expert_mode.page, [ExpertModeState.load, LiveState.watch]),
    (
        routes.PROJECT_KEYS,
        words("tab-project-keys"),
        keys.page,
        [KeysState.load, KeyRequirementState.load, LiveState.watch],
    ),
    (routes.PROJECT_DOMAINS, words("tab-trusted-domains"), domains.page, [DomainsState.load, LiveState.watch]),
    (routes.PROJECT_SETTINGS, words("tab-project-settings"), settings.page, _SETTINGS),
    (routes.PROJECT_SELECTOR, words("projects-choose-title"), selector.page, [SelectorState.load]),
    (routes.PROJECTS, words("projects-title"), projects.page, [ProjectsState.load]),
    (routes.NEW_PROJECT, words("new-project-title"), new_project.page, [NewProjectState.load]),
)


def register(app: rx.App) -> None:
    """Add the dashboard; `ShellState.enter` comes first everywhere and sends strangers to sign-in."""
    for route, title, page, on_load in _PAGES:
        app.add_page(page, route=route, title=f"{title} · Hexclave", on_load=[ShellState.enter, *on_load])
