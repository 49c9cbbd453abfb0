"""Pages that every project has on its own host, the dashboard's project included."""

import reflex as rx

from components.hosted import auth, links, problems, second_factor, steps
from components.hosted.account import frame
from hexclave_app.pages import routes
from state.hosted.account.shell import AccountState
from state.hosted.command_line import CliAuthState
from state.hosted.credentials import CodeState, SignInState, SignUpState
from state.hosted.invitations import TeamCreationState, TeamInvitationState
from state.hosted.links import EmailVerificationState, ForgotPasswordState, MagicLinkState, PasswordResetState
from state.hosted.onboarding import OnboardingState
from state.hosted.passkeys import PasskeySignInState
from state.hosted.problems import AliasState, ErrorPageState
from state.hosted.project import HostedState
from state.hosted.second_factor import MfaState

_PAGES = (
    (routes.FORGOT_PASSWORD, "Forgot password", links.forgot_password, ForgotPasswordState.load),
    (routes.PASSWORD_RESET, "New password", links.password_reset, PasswordResetState.load),
    (routes.MAGIC_LINK, "Sign in", links.magic_link, MagicLinkState.load),
    (routes.EMAIL_VERIFICATION, "Verify e-mail", links.email_verification, EmailVerificationState.load),
    (routes.MFA, "Two-step sign-in", second_factor.mfa, MfaState.load),
    (routes.ERROR, "Error", problems.error, ErrorPageState.load),
    (routes.ONBOARDING, "Finish your account", steps.onboarding, OnboardingState.load),
    (routes.TEAM_INVITATION, "Team invitation", steps.team_invitation, TeamInvitationState.load),
    (routes.TEAM_CREATION, "Create a team", steps.team_creation, TeamCreationState.load),
    (routes.CLI_AUTH, "Authorize a command line", steps.cli_auth, CliAuthState.load),
    (routes.ACCOUNT_SETTINGS, "Account settings", frame.account_settings, AccountState.load),
    (routes.HANDLER_ANY, "Page not found", problems.alias, AliasState.resolve),
)


def register(app: rx.App) -> None:
    """Add the hosted pages; each has its own static route, so that its HTML is complete before any script ran."""
    fresh = [HostedState.load_auth_page, CodeState.begin_anew, PasskeySignInState.begin_anew]
    app.add_page(auth.sign_in, route=routes.SIGN_IN, title="Sign in", on_load=[*fresh, SignInState.begin_anew])
    app.add_page(auth.sign_up, route=routes.SIGN_UP, title="Sign up", on_load=[*fresh, SignUpState.begin_anew])
    app.add_page(auth.sign_out, route=routes.SIGN_OUT, title="Sign out", on_load=HostedState.load_sign_out)
    for route, title, page, on_load in _PAGES:
        app.add_page(page, route=route, title=title, on_load=[HostedState.load_page, on_load])
