"""Tabs that stand inside another page: what they know of it, and how they talk to it.

Their socket has no cookies (`hexclave_app/dispatch.py`). Who is signed in, the page around them says with a short-lived
access token; it is looked at on every event and forgotten with the socket. `assets/embed_frame.js` is the other half.
"""

import json
from typing import Any

import reflex as rx
from reflex.event import EventSpec

from hexclave_app.dispatch import FRAME_HEADER

EMBEDDED = "/embed/"


CONNECTING, OPEN, SIGNED_OUT, SIGNED_IN, SECOND_STEP, REFUSED, ALONE = (
    "connecting",
    "open",
    "signed_out",
    "signed_in",
    "second_step",
    "refused",
    "alone",
)


class FrameState(rx.State):
    """What the page around has told, and what the part shows of it."""

    stage: str = CONNECTING
    ticket: str = ""
    """Opens windows for this page (`services/embedding/tickets.py`)."""
    second_step: str = ""
    """Where the window of a second factor begins."""
    _origin: str = ""
    _nonce: str = ""
    _return_url: str = ""
    _mail_pages: dict[str, str] = {}
    """Pages of the page around that mails lead to, by the names of the parts that they have inside."""
    _access_token: str = ""
    _shown_session: str = ""
    """Whose part it is; says only when to show it anew, never who somebody is."""

    def _forget(self) -> None:
        """Know nothing of any page around."""
        self.stage, self.ticket, self.second_step = CONNECTING, "", ""
        self._mail_pages = {}
        self._origin = self._nonce = self._return_url = self._access_token = self._shown_session = ""


def is_framed(state: rx.State) -> bool:
    """Whether the tab stands inside another page."""
    return state.router.headers.raw_headers.get(FRAME_HEADER) == "1"


def is_embedded_page(state: rx.State) -> bool:
    """Whether the page is one that other pages may have inside."""
    return state.router.url.path.startswith(EMBEDDED)


async def access_token_of(state: rx.State) -> str:
    """The token that the page around has given to this tab."""
    return (await state.get_state(FrameState))._access_token  # noqa: SLF001 - public vars go to the browser


def tell_page(kind: str, **data: object) -> EventSpec:
    """Send a message to the page around."""
    return rx.call_script(f"window.hexclaveFrame?.post({_literal(kind)}, {_literal(data)})")


def go_inside(path: str) -> EventSpec:
    """Go to a hosted page: to its embedded form where there is one, else in a window."""
    return rx.call_script(f"window.hexclaveFrame?.go({_literal(path)})")


def open_on_top() -> EventSpec:
    """Open the hosted form of this page in a window."""
    return rx.call_script("window.hexclaveFrame?.openOnTop()")


def ask_for_token() -> EventSpec:
    """Have the page around send a fresh token."""
    return tell_page("session-needed")


def stay_inside(update: Any) -> Any:  # noqa: ANN401 - what a handler yields
    """What a handler asked for, with every step to another page made a step inside the frame."""
    if isinstance(update, list | tuple):
        return [stay_inside(one) for one in update]
    if isinstance(update, EventSpec) and update.handler.fn.__qualname__ == "_redirect":
        path = next(value for name, value in update.args if str(name) == "path")
        return go_inside(json.loads(str(path)))
    return update


def _literal(value: object) -> str:
    return json.dumps(value).replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
