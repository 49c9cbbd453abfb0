"""The frame of hosted pages: the project's sign and name above one card."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

import reflex as rx

from components import ui
from components.ui import say
from state.hosted.project import HostedState

Surroundings = Callable[..., rx.Component]
_SURROUNDINGS: ContextVar[Surroundings] = ContextVar("surroundings", default=ui.centered_page)


@contextmanager
def surrounded_by(surroundings: Surroundings) -> Iterator[None]:
    """Have the hosted pages that are made meanwhile stand in something else than a page of their own."""
    before = _SURROUNDINGS.set(surroundings)
    try:
        yield
    finally:
        _SURROUNDINGS.reset(before)


def hosted_page(*children: rx.Component, **options: str) -> rx.Component:
    """Return a hosted page; on a host without a project it says so instead."""
    return ui.ReadingDirection.create(
        _SURROUNDINGS.get()(
            rx.cond(
                HostedState.error,
                ui.message_card(
                    say("page-not-available"),
                    HostedState.error,
                    tone="warning",
                    primary=ui.link_button(say("reload"), ""),
                ),
                rx.fragment(*children),
            ),
            header=project_name(),
            footer=ui.language_switch(),
            **options,
        )
    )


def project_name() -> rx.Component:
    """Return sign and name; the project's style sheet shows both before the page is live, in the same place."""
    return rx.vstack(
        rx.box(
            class_name="hx-logo",
            width="3rem",
            height="3rem",
            background_size="contain",
            background_position="center",
            background_repeat="no-repeat",
        ),
        rx.text(
            HostedState.project_name,
            class_name="hx-name",
            weight="bold",
            size="5",
            text_align="center",
            overflow_wrap="anywhere",
            hyphens="auto",
            min_height="var(--line-height-5)",
        ),
        spacing="2",
        align="center",
    )


def working(text: rx.Var[str]) -> rx.Component:
    """Return what a page shows while it waits for the server."""
    return rx.center(rx.spinner(size="3"), rx.text(text, role="status"), spacing="3", min_height="6rem")
