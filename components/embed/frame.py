"""What stands around every embedded part: nothing to see, and the connection to the page around."""

from collections.abc import Callable
from typing import Any, Final

import reflex as rx

from components import ui
from components.hosted.frame import surrounded_by
from components.ui import say, tokens
from hexclave_app.pages import routes
from state import frames
from state.embed.frame import EmbedState
from state.embed.teams import TeamSwitcherState
from state.frames import FrameState
from state.hosted.project import HostedState

PART_ID: Final = "embedded-part"
# The part shows the ground of the page around. The theme's own rule is more specific than any style of an element.
_CSS: Final = """
html, body, .radix-themes { background: transparent !important; min-height: 0 !important; }
#embedded-part { background: var(--hx-ground, transparent); color: var(--gray-12); border-radius: var(--radius-4); }
"""


class Frame(rx.Component):
    """The frame's half of the protocol (`assets/embed_frame.js`); draws nothing."""

    library = "$/public/embed_frame.js"
    tag = "Frame"

    stage: rx.Var[str]
    ticket: rx.Var[str]

    @classmethod
    def get_event_triggers(cls) -> dict[str, Any]:
        """What the frame tells the server."""
        return {
            **super().get_event_triggers(),
            "on_meet": rx.event.passthrough_event_spec(dict[str, Any]),
            "on_follow": rx.event.passthrough_event_spec(str),
            "on_sign_out": rx.event.no_args_event_spec,
            "on_team": rx.event.passthrough_event_spec(str),
        }


def embedded(page: Callable[[], rx.Component]) -> Callable[[], rx.Component]:
    """Return the embedded form of a hosted page."""

    def part() -> rx.Component:
        with surrounded_by(_bare):
            return page()

    return part


def embedded_part(*children: rx.Component, **style: Any) -> rx.Component:
    """Return a part that fills the frame; what it cannot show it says."""
    return rx.fragment(
        rx.el.style(_CSS),
        Frame.create(
            stage=FrameState.stage,
            ticket=FrameState.ticket,
            on_meet=EmbedState.meet,
            on_follow=EmbedState.follow,
            on_sign_out=EmbedState.sign_out,
            on_team=TeamSwitcherState.choose,
        ),
        rx.el.main(
            rx.match(
                FrameState.stage,
                (frames.SIGNED_OUT, _signed_out()),
                (frames.SIGNED_IN, _signed_in()),
                (frames.SECOND_STEP, _second_step()),
                (frames.REFUSED, _refused()),
                (frames.ALONE, _alone()),
                rx.fragment(*children),
            ),
            id=PART_ID,
            style={"padding": "var(--space-1)", "box_sizing": "border-box", **style},
        ),
    )


def _bare(*children: rx.Component, header: rx.Component | None = None, **_options: str) -> rx.Component:
    del header  # the page around has a name of its own
    return embedded_part(
        rx.box(*children, width="100%", max_width=tokens.FORM_WIDTH, margin_x="auto", padding_y="var(--space-2)")
    )


def _signed_in() -> rx.Component:
    return ui.message_card(
        say("part-signed-in"),
        HostedState.email,
        tone="success",
        secondary=ui.button(say("sign-out"), kind="secondary", on_click=EmbedState.sign_out),
        primary=ui.link_button(say("account-settings"), routes.ACCOUNT_SETTINGS),
    )


def _signed_out() -> rx.Component:
    return ui.message_card(
        say("part-sign-in-first"),
        say("part-sign-in-first-text"),
        primary=ui.link_button(say("sign-in"), routes.SIGN_IN),
    )


def _second_step() -> rx.Component:
    return ui.message_card(
        say("part-second-step"),
        say("part-second-step-text"),
        tone="info",
        primary=ui.link_button(say("part-continue-in-window"), FrameState.second_step, opens_new_tab=True),
    )


def _refused() -> rx.Component:
    return ui.message_card(
        say("part-refused"),
        say("part-refused-text"),
        tone="warning",
    )


def _alone() -> rx.Component:
    return ui.message_card(
        say("part-alone"),
        say("part-alone-text"),
        primary=ui.link_button(say("sign-in"), routes.SIGN_IN),
    )
