"""Inviting people to sign in (contract 03, section 12)."""

from sqlmodel import Session

from hexclave_app.services import emails, redirects
from hexclave_app.services.sessions import SignInContext


def send(session: Session, context: SignInContext, *, email: str, callback_url: str) -> None:
    """Mail a plain link to the project's pages; it carries no code."""
    redirects.require_trusted(callback_url, tenancy=context.tenancy, settings=context.installation.settings)
    emails.queue(
        session,
        installation=context.installation,
        tenancy=context.tenancy,
        template_id=emails.SIGN_IN_INVITATION,
        recipient=email,
        variables={"signInInvitationLink": callback_url, "teamDisplayName": context.tenancy.display_name},
    )
