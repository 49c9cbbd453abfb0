"""Pages that every project has on its own host, the dashboard's project included."""

import reflex as rx

from components.hosted import auth, links, problems, second_factor, steps
from components.hosted.account import frame
from components.ui import say
from hexclave_app.pages import routes
from state.hosted.account.shell import AccountState
from state.hosted.challenge import ChallengeState
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
    (routes.FORGOT_PASSWORD, say("forgot-password-title"), links.forgot_password, ForgotPasswordState.load),
    (routes.PASSWORD_RESET, say("new-password"), links.password_reset, PasswordResetState.load),
    (routes.MAGIC_LINK, say("sign-in"), links.magic_link, MagicLinkState.load),
    (routes.EMAIL_VERIFICATION, say("verify-email-title"), links.email_verification, EmailVerificationState.load),
    (routes.MFA, say("two-step-sign-in"), second_factor.mfa, MfaState.load),
    (routes.PROVIDER_CHECK, say("one-moment"), auth.provider_check, ChallengeState.begin_for_provider),
    (routes.ERROR, say("error"), problems.error, ErrorPageState.load),
    (routes.ONBOARDING, say("finish-account-title"), steps.onboarding, OnboardingState.load),
    (routes.TEAM_INVITATION, say("team-invitation"), steps.team_invitation, TeamInvitationState.load),
    (routes.TEAM_CREATION, say("create-a-team"), steps.team_creation, TeamCreationState.load),
    (routes.CLI_AUTH, say("cli-title"), steps.cli_auth, CliAuthState.load),
    (routes.ACCOUNT_SETTINGS, say("account-settings"), frame.account_settings, AccountState.load),
    (routes.HANDLER_ANY, say("page-not-found"), problems.alias, AliasState.resolve),
)


def register(app: rx.App) -> None:
    """Add the hosted pages; each has its own static route, so that its HTML is complete before any script ran."""
    fresh = [HostedState.load_auth_page, CodeState.begin_anew, PasskeySignInState.begin_anew]
    app.add_page(auth.sign_in, route=routes.SIGN_IN, title=say("sign-in"), on_load=[*fresh, SignInState.begin_anew])
    app.add_page(auth.sign_up, route=routes.SIGN_UP, title=say("sign-up"), on_load=[*fresh, SignUpState.begin_anew])
    app.add_page(auth.sign_out, route=routes.SIGN_OUT, title=say("sign-out"), on_load=HostedState.load_sign_out)
    for route, title, page, on_load in _PAGES:
        app.add_page(page, route=route, title=title, on_load=[HostedState.load_page, on_load])
