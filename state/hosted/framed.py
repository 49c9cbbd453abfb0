"""How a sign-in ends inside another page: in a one-time code for this page, or in a window for the second factor."""

from datetime import datetime
from urllib.parse import urlencode

import reflex as rx
from reflex.event import EventSpec

from hexclave_app.languages.speaking import say
from hexclave_app.pages import routes
from hexclave_app.services.embedding import sessions, tickets
from hexclave_app.services.embedding.sessions import Parent
from hexclave_app.services.sessions import SessionTokens, SignInContext
from hexclave_app.services.users import locales
from models.base import utc_now
from state import frames
from state.base import Refused, Viewer
from state.frames import FrameState


async def hand_out(state: rx.State, context: SignInContext, tokens: SessionTokens, *, is_new_user: bool) -> EventSpec:
    """Tell the page around the code that it can exchange for the session; the tokens themselves stay here."""
    frame = await _connected(state)
    await context.installation.db.run(locales.remember, tenancy_id=context.tenancy.id, user_id=tokens.user_id)
    code = await context.installation.db.run(
        sessions.issue_code,
        context,
        user_id=tokens.user_id,
        refresh_token=tokens.refresh_token,
        parent=Parent(frame._origin, frame._nonce),  # noqa: SLF001 - public vars go to the browser
    )
    return frames.tell_page("signed-in", code=code, newUser=is_new_user)


async def ask_on_top(state: rx.State, viewer: Viewer, attempt_code: str) -> None:
    """Show the way to the window in which the second factor is asked for."""
    frame = await _connected(state)
    expires_at = utc_now() + tickets.ATTEMPT_LIFETIME
    frame.second_step = window_path(seal_ticket(viewer, frame, expires_at=expires_at, attempt_code=attempt_code))
    frame.stage = frames.SECOND_STEP


def seal_ticket(viewer: Viewer, frame: FrameState, *, expires_at: datetime, attempt_code: str = "") -> str:
    """A ticket for windows that this part opens."""
    ticket = tickets.Ticket(
        origin=frame._origin,  # noqa: SLF001 - public vars go to the browser
        nonce=frame._nonce,  # noqa: SLF001 - public methods of a state are events
        return_url=frame._return_url,  # noqa: SLF001 - public methods of a state are events
        attempt_code=attempt_code,
    )
    return tickets.seal(viewer.installation, viewer.host_tenancy.project_id, ticket, expires_at=expires_at)


def window_path(ticket: str) -> str:
    """Where a window with that ticket begins."""
    return f"{routes.EMBED_OPEN}?{urlencode({'ticket': ticket})}"


async def _connected(state: rx.State) -> FrameState:
    frame = await state.get_state(FrameState)
    if not frame._nonce:  # noqa: SLF001 - public vars go to the browser
        raise Refused(say("part-lost"))
    return frame
