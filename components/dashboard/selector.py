"""The choice of a project for a link that names none."""

import reflex as rx

from components import ui
from components.dashboard import lists
from components.dashboard.shell import plain_page
from components.ui import words
from state.dashboard import paths
from state.dashboard.selector import Choice, SelectorState


def page() -> rx.Component:
    """Return the projects to choose from."""
    return plain_page(
        rx.cond(
            SelectorState.error,
            ui.error_state(SelectorState.error, on_retry=SelectorState.load),
            rx.cond(
                SelectorState.is_loading,
                rx.center(rx.spinner(size="3"), rx.text(words("projects-loading"), role="status"), spacing="3"),
                rx.el.nav(
                    rx.vstack(rx.foreach(SelectorState.choices, _choice), spacing="3", width="100%"),
                    aria_label=words("projects-choose-title"),
                    style={"width": "100%", "max_width": "36rem"},
                ),
            ),
        ),
        title=words("projects-choose-title"),
        text=words("projects-choose-text"),
        action=ui.link_button(words("projects-new"), paths.NEW_PROJECT, kind="secondary"),
    )


def _choice(one: rx.vars.ObjectVar[Choice]) -> rx.Component:
    return lists.link_card(
        rx.hstack(
            ui.avatar(one.initials),
            rx.text(one.name, title=one.name, weight="medium", overflow_wrap="anywhere", style=lists.TWO_LINES),
            align="center",
            spacing="3",
        ),
        href=one.href,
        width="100%",
    )
