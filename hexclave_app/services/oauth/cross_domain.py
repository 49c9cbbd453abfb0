"""Handing the current session to another domain of the project (contract 03, section 10.6)."""

import uuid
from dataclasses import dataclass

from sqlmodel import Session

from hexclave_app.errors import StatusError
from hexclave_app.services.oauth import clients, exchange
from hexclave_app.services.oauth.exchange import Grant
from hexclave_app.services.sessions import SignInContext


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOver:
    """Where the session goes, and how the other domain proves that it asked for it."""

    redirect_uri: str
    state: str
    code_challenge: str
    after_callback_redirect_url: str | None


def hand_over(
    session: Session,
    context: SignInContext,
    *,
    user_id: uuid.UUID,
    session_id: uuid.UUID | None,
    refresh_token: str | None,
    to: HandOver,
) -> str:
    """The redirect to the other domain, with a code whose exchange returns this very session."""
    if session_id is None or refresh_token is None:
        raise StatusError(400, "The access token and the refresh token of one session are required.")
    found = exchange.find_session(session, context, refresh_token=refresh_token)
    if found is None or found.id != session_id or found.user_id != user_id:
        raise StatusError(401, "The refresh token is not that of the current session.")
    for url in (to.redirect_uri, to.after_callback_redirect_url):
        if url is not None:
            clients.require_target(url, tenancy=context.tenancy, settings=context.installation.settings)
    grant = Grant(
        user_id=user_id,
        redirect_uri=to.redirect_uri,
        code_challenge=to.code_challenge,
        after_callback_redirect_url=to.after_callback_redirect_url,
        refresh_token=refresh_token,
    )
    code = exchange.issue(session, context, grant)
    return clients.with_query(to.redirect_uri, {"code": code, "state": to.state})
