"""Every path of the product's pages, once; builders stand beside the paths that take arguments."""

from typing import Final

from state.dashboard import paths

HOME: Final = "/"
NOT_FOUND: Final = "404"  # Reflex's name for the page of unknown paths
DESIGN: Final = "/design"  # development only
SIGN_IN: Final = "/handler/sign-in"
SIGN_UP: Final = "/handler/sign-up"
SIGN_OUT: Final = "/handler/sign-out"
FORGOT_PASSWORD: Final = "/handler/forgot-password"  # noqa: S105 - a path
PASSWORD_RESET: Final = "/handler/password-reset"  # noqa: S105 - a path
MAGIC_LINK: Final = "/handler/magic-link-callback"
EMAIL_VERIFICATION: Final = "/handler/email-verification"
MFA: Final = "/handler/mfa"
ERROR: Final = "/handler/error"
ONBOARDING: Final = "/handler/onboarding"
TEAM_INVITATION: Final = "/handler/team-invitation"
TEAM_CREATION: Final = "/handler/team-creation"
CLI_AUTH: Final = "/handler/cli-auth-confirm"
ACCOUNT_SETTINGS: Final = "/handler/account-settings"
OAUTH_START: Final = "/auth/session/oauth/start"  # answered by the API
OAUTH_BORROW: Final = "/auth/session/oauth/borrow"  # answered by the API
OAUTH_CALLBACK: Final = "/handler/oauth-callback"  # answered by the API
PROVIDER_CHECK: Final = "/handler/provider-check"
EMBED_RETURN: Final = "/handler/embed-return"
HANDLER_ANY: Final = "/handler/[[...splat]]"

EMBED_SIGN_IN: Final = "/embed/sign-in"
EMBED_SIGN_UP: Final = "/embed/sign-up"
EMBED_USER_BUTTON: Final = "/embed/user-button"
EMBED_TEAM_SWITCHER: Final = "/embed/team-switcher"
EMBED_ACCOUNT_SETTINGS: Final = "/embed/account-settings"
EMBED_FORGOT_PASSWORD: Final = "/embed/forgot-password"  # noqa: S105 - a path
EMBED_PASSWORD_RESET: Final = "/embed/password-reset"  # noqa: S105 - a path
EMBED_MAGIC_LINK: Final = "/embed/magic-link-callback"
EMBED_EMAIL_VERIFICATION: Final = "/embed/email-verification"
EMBED_ONBOARDING: Final = "/embed/onboarding"
EMBED_TEAM_INVITATION: Final = "/embed/team-invitation"
EMBED_TEAM_CREATION: Final = "/embed/team-creation"
EMBED_OAUTH_BUTTONS: Final = "/embed/oauth-buttons"
EMBED_OPEN: Final = "/embed/open"  # answered by the API

PROJECTS: Final = paths.PROJECTS
NEW_PROJECT: Final = paths.NEW_PROJECT
PROJECT_SELECTOR: Final = paths.SELECTOR
_PROJECT_ID: Final = "[project_id]"
PROJECT: Final = paths.overview(_PROJECT_ID)
PROJECT_SETUP: Final = paths.setup(_PROJECT_ID)
PROJECT_USERS: Final = paths.users(_PROJECT_ID)
PROJECT_USER: Final = paths.user(_PROJECT_ID, "[opened_user]")
PROJECT_TEAMS: Final = paths.teams(_PROJECT_ID)
PROJECT_TEAM: Final = paths.team(_PROJECT_ID, "[opened_team]")
TEAM_SETTINGS: Final = paths.team_settings(_PROJECT_ID)
PROJECT_ONBOARDING: Final = paths.onboarding(_PROJECT_ID)
PROJECT_AUTH_METHODS: Final = paths.auth_methods(_PROJECT_ID)
PROJECT_PERMISSIONS: Final = paths.project_permissions(_PROJECT_ID)
TEAM_PERMISSIONS: Final = paths.team_permissions(_PROJECT_ID)
AUDIT_LOG: Final = paths.audit_log(_PROJECT_ID)
SIGN_UP_RULES: Final = paths.sign_up_rules(_PROJECT_ID)
API_KEYS: Final = paths.api_keys(_PROJECT_ID)
APPS: Final = paths.apps(_PROJECT_ID)
PROJECT_APP: Final = paths.app(_PROJECT_ID, "[opened_app]")
EXPERT_MODE: Final = paths.expert_mode(_PROJECT_ID)
PROJECT_KEYS: Final = paths.keys(_PROJECT_ID)
PROJECT_DOMAINS: Final = paths.domains(_PROJECT_ID)
PROJECT_SETTINGS: Final = paths.settings(_PROJECT_ID)
PROJECT_EMAILS: Final = paths.emails(_PROJECT_ID)
PROJECT_EMAIL_SOURCE: Final = paths.email_source(_PROJECT_ID, "[opened_source]")
PROJECT_EMAILS_OVERVIEW: Final = paths.emails_overview(_PROJECT_ID)
PROJECT_EMAIL_OUTBOX: Final = paths.email_outbox(_PROJECT_ID)
PROJECT_EMAIL: Final = paths.email(_PROJECT_ID, "[opened_mail]")
PROJECT_EMAIL_TEMPLATE: Final = paths.email_template(_PROJECT_ID, "[opened_template]")
PROJECT_EMAIL_THEME: Final = paths.email_theme(_PROJECT_ID, "[opened_theme]")
PROJECT_EMAIL_DRAFT: Final = paths.email_draft(_PROJECT_ID, "[opened_draft]")
PROJECT_EMAIL_TEMPLATES: Final = paths.email_templates(_PROJECT_ID)
PROJECT_EMAIL_THEMES: Final = paths.email_themes(_PROJECT_ID)
PROJECT_EMAIL_DRAFTS: Final = paths.email_drafts(_PROJECT_ID)
PROJECT_EMAIL_SUPPRESSIONS: Final = paths.email_suppressions(_PROJECT_ID)
PROJECT_EMAIL_DOMAINS: Final = paths.email_domains(_PROJECT_ID)
PROJECT_EMAIL_SETTINGS: Final = paths.email_settings(_PROJECT_ID)
