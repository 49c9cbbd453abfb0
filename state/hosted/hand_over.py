"""Going back to an app on another domain: with a code that only it can exchange for the session (contract 08, 1.4)."""

from urllib.parse import parse_qsl, urlsplit

from sqlmodel import Session

from hexclave_app.services.oauth import cross_domain, exchange
from hexclave_app.services.oauth.cross_domain import HandOver
from hexclave_app.services.oauth.hand_off import AFTER_CALLBACK, CHALLENGE, STATE, asked
from hexclave_app.services.sessions import SignInContext
from models.base import utc_now
from state.base import Viewer
from state.hosted.typed import login_token


async def address_of(viewer: Viewer, cookie_header: str, target: str) -> str:
    """Where to go on a trusted other domain: the target itself, or with a code if the app asked for the session."""
    query = dict(parse_qsl(urlsplit(target).query))
    state, challenge = asked(query, STATE), asked(query, CHALLENGE)
    token = login_token(viewer, cookie_header)
    if not state or not challenge or not token:
        return target
    to = HandOver(
        redirect_uri=target,
        state=state,
        code_challenge=challenge,
        after_callback_redirect_url=asked(query, AFTER_CALLBACK) or None,
    )
    return await viewer.installation.db.run(_hand_over, viewer, token, to)


def _hand_over(session: Session, viewer: Viewer, token: str, to: HandOver) -> str:
    context = SignInContext(viewer.installation, viewer.host_tenancy, viewer.end_user, utc_now(), viewer.address)
    found = exchange.find_session(session, context, refresh_token=token)
    return cross_domain.hand_over(
        session,
        context,
        user_id=viewer.signed_in.id,
        session_id=found.id if found is not None else None,
        refresh_token=token,
        to=to,
    )
