"""What a tab says that was opened before an upgrade of the server."""

import reflex as rx

from components import ui
from components.ui import say, tokens, words
from components.ui.tokens import Tone
from state.page_versions import PageVersionState


class VersionNotice(rx.Component):
    """Shows the child that fits how outdated the tab is, if any, beside the page, which is its last child."""

    library = "$/public/version_notice.js"
    tag = "VersionNotice"

    newest: rx.Var[str]
    is_left_behind: rx.Var[bool]


def version_notice() -> rx.Component:
    """Return what stands around every page."""
    return VersionNotice.create(
        _notice(words("shell-updated"), tone="info"),
        _notice(words("shell-left-behind"), tone="warning"),
        _notice(say("page-updated"), tone="warning"),
        newest=PageVersionState.newest,
        is_left_behind=PageVersionState.is_left_behind,
    )


def _notice(text: str | rx.Var[str], *, tone: Tone) -> rx.Component:
    # The script of the component hears the buttons: it needs no server that understands the page.
    buttons = rx.hstack(
        ui.button(say("reload"), size="1", custom_attrs={"data-reload": ""}),
        ui.button(say("close"), kind="secondary", size="1", custom_attrs={"data-dismiss": ""}),
    )
    return rx.flex(
        rx.hstack(
            ui.icon(tokens.TONE_ICONS[tone], size=18, color=rx.color(tokens.tone_color(tone), 11), flex_shrink="0"),
            rx.text(text, size="2"),
            align="center",
            flex="1 1 15rem",
        ),
        buttons,
        role="alert" if tone == "warning" else "status",
        align="center",
        justify="end",
        wrap="wrap",
        spacing="3",
        padding="var(--space-3) var(--space-4)",
        background=tokens.SURFACE,
        border_radius="var(--radius-4)",
        box_shadow="var(--shadow-5)",
        position="fixed",
        bottom="var(--space-4)",
        inset_inline="var(--space-4)",
        max_width="40rem",
        margin_x="auto",
        z_index="10",
    )
