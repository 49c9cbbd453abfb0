"""The preview of a mail beside the editor of its source: on screens of several widths, and with texts to change."""

from typing import Any, Final

import reflex as rx

from components import ui
from components.ui import tokens, words
from state.dashboard.email_sources import SourceEditor

_MODULE: Final = "$/public/mail_frames.js"
_HEIGHT: Final = 576  # px
# Name, words, width of the screen in px, colour scheme.
_SCREENS: Final = (
    ("desktop", words("emails-editor-view-desktop"), 1024, "light"),
    ("tablet", words("emails-editor-view-tablet"), 768, "light"),
    ("phone", words("emails-editor-view-phone"), 375, "light"),
    ("dark", words("emails-editor-view-dark"), 1024, "dark"),
)


def _told_text(place: rx.Var[str], text: rx.Var[str]) -> tuple[rx.Var[str], rx.Var[str]]:
    return place, text


class DeviceFrame(rx.Component):
    """A mail as on a screen of some width; nothing runs in it."""

    library = _MODULE
    tag = "DeviceFrame"

    html: rx.Var[str]
    title: rx.Var[str]
    screen: rx.Var[int]
    height: rx.Var[int]
    scheme: rx.Var[str]


class TextFrame(rx.Component):
    """A mail whose marked texts are changed where they stand; no script of the mail runs in it."""

    library = _MODULE
    tag = "TextFrame"

    html: rx.Var[str]
    title: rx.Var[str]
    label: rx.Var[str]
    height: rx.Var[int]

    @classmethod
    def get_event_triggers(cls) -> dict[str, Any]:
        """A text that was changed, with its place, and a click on something else."""
        return {
            **super().get_event_triggers(),
            "on_text": _told_text,
            "on_fixed": rx.event.no_args_event_spec,
        }


def preview_frames(state: type[SourceEditor], *, title: str) -> rx.Component:
    """Return subject and message as readers see them."""
    views = [("texts", words("emails-editor-view-texts")), *((name, label) for name, label, *_ in _SCREENS)]
    return ui.card(
        rx.vstack(
            rx.text(_subject(state.subject), size="2", weight="medium", overflow_wrap="anywhere"),
            rx.tabs.root(
                rx.tabs.list(*[rx.tabs.trigger(label, value=value) for value, label in views]),
                rx.tabs.content(_texts(state, title), value="texts", padding_top="var(--space-3)"),
                *_screens(state.preview, state.preview_dark, title),
                default_value="texts",
                width="100%",
            ),
            spacing="3",
            width="100%",
        ),
        min_width="0",
    )


def _subject(subject: Any) -> str | rx.Var[str]:  # the type checker sees the value of a var
    return words("emails-editor-subject", subject=subject)


def _texts(state: type[SourceEditor], title: str) -> rx.Component:
    frame = TextFrame.create(
        html=state.preview_marked,
        title=title,
        label=words("emails-editor-text"),
        height=_HEIGHT,
        on_text=state.edit_text,
        on_fixed=state.explain_fixed,
        key=ui.text_of(state.frame_round),
    )
    return rx.vstack(
        rx.text(words("emails-editor-texts", number=rx.Var.create(state.texts)), size="2", color=tokens.TEXT_MUTED),
        rx.cond(state.text_note, ui.callout(state.text_note, tone="warning")),
        _framed(frame),
        spacing="3",
        width="100%",
    )


def device_frames(html: str | rx.Var[str], dark_html: str | rx.Var[str], *, title: str) -> rx.Component:
    """Return a mail as on screens of several widths."""
    return rx.tabs.root(
        rx.tabs.list(*[rx.tabs.trigger(label, value=name) for name, label, *_ in _SCREENS]),
        *_screens(html, dark_html, title),
        default_value=_SCREENS[0][0],
        width="100%",
    )


def _screens(html: str | rx.Var[str], dark_html: str | rx.Var[str], title: str) -> list[rx.Component]:
    contents = []
    for name, _, width, scheme in _SCREENS:
        shown = dark_html if scheme == "dark" else html
        frame = DeviceFrame.create(html=shown, title=title, screen=width, height=_HEIGHT, scheme=scheme)
        contents.append(rx.tabs.content(_framed(frame), value=name, padding_top="var(--space-3)"))
    return contents


def _framed(frame: rx.Component) -> rx.Component:
    return rx.box(
        frame, width="100%", overflow="hidden", border=f"1px solid {tokens.BORDER}", border_radius="var(--radius-3)"
    )
