"""Accounts of the dashboard for the invited, even where nobody else may sign up.

The code in the mailed link proves two things: a member has invited this address, and whoever opens the link reads its
mail. So the account is made for exactly this address, verified, and becomes a member in the same transaction.
"""

from sqlmodel import Session

from hexclave_app import errors
from hexclave_app.security.password_threads import hash_password
from hexclave_app.security.passwords import check_chosen_password
from hexclave_app.services import code_redemption, contact_channels, limits, sign_up, team_invitations
from hexclave_app.services.code_redemption import SubmittedCode
from hexclave_app.services.password_auth import require_enabled
from hexclave_app.services.sessions import SessionTokens, SignInContext
from hexclave_app.services.sign_in import SignInResult, start_session, unwrap
from hexclave_app.services.sign_up_rules import Outcome, SignUpFacts
from hexclave_app.services.users.creation import UserCreateData
from models import VerificationCodeType
from models.projects import INTERNAL_PROJECT_ID


async def offered_address(context: SignInContext, *, code: str) -> str | None:
    """The address that a valid code makes an account for; None when it has one, or accounts are not made this way."""
    tenancy, db = context.tenancy, context.installation.db
    if tenancy.project_id != INTERNAL_PROJECT_ID or not tenancy.config.auth.password.allow_sign_in:
        return None
    email = await db.read(_invited_address, await _submit(context, code))
    taken = await db.read(contact_channels.find_for_auth, tenancy_id=tenancy.id, email=email)
    return email if taken is None else None


async def sign_up_invited(context: SignInContext, *, code: str, password: str) -> SessionTokens:
    """Create the invited account, make it a member, and sign it in."""
    tenancy, installation = context.tenancy, context.installation
    if tenancy.project_id != INTERNAL_PROJECT_ID:
        raise errors.SignUpNotEnabled
    require_enabled(tenancy)
    submitted = await _submit(context, code)
    email = await installation.db.read(_invited_address, submitted)
    check_chosen_password(password, refuses_common=installation.settings.refuse_common_passwords, email=email)
    await limits.sign_up(context)
    facts = SignUpFacts.about(context.end_user, email=email, auth_method="password")
    outcome = await installation.db.run(sign_up.apply_rules, context, facts)
    if not outcome.should_allow:
        raise errors.SignUpRejected
    data = UserCreateData(
        primary_email=email,
        primary_email_verified=True,
        primary_email_auth_enabled=True,
        password_hash=await hash_password(password),
    )
    return unwrap(await installation.db.run(_register, context, submitted, data=data, outcome=outcome)).tokens


def _register(
    session: Session, context: SignInContext, submitted: SubmittedCode, *, data: UserCreateData, outcome: Outcome
) -> SignInResult:
    code_redemption.require_valid(session, submitted)
    user = sign_up.register(session, context, data=data, anonymous_user_id=None, outcome=outcome)
    seats = context.installation.settings.dashboard_seats
    team_invitations.join_invited(session, submitted, tenancy=context.tenancy, user_id=user.id, seats=seats)
    return start_session(session, context, user_id=user.id, is_new_user=True)


def _invited_address(session: Session, submitted: SubmittedCode) -> str:
    return str(code_redemption.require_valid(session, submitted).method["email"])


async def _submit(context: SignInContext, code: str) -> SubmittedCode:
    return await code_redemption.submit(
        context.installation.db,
        tenancy_id=context.tenancy.id,
        type=VerificationCodeType.TEAM_INVITATION,
        code=code,
        now=context.now,
    )
