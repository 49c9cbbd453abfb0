"""Choosing whom an e-mail goes to."""

import reflex as rx

from components import ui
from components.dashboard import lists
from components.ui import tokens, words
from state.dashboard.email_recipients import EVERYBODY, SOME_USERS, Candidate, RecipientsState


def recipient_picker() -> rx.Component:
    """Return the choice between everybody and users that are ticked."""
    state = RecipientsState
    return rx.vstack(
        ui.select_field(
            words("emails-recipients-to"),
            [(SOME_USERS, words("emails-recipients-some")), (EVERYBODY, words("emails-recipients-all"))],
            name="recipients-kind",
            value=state.to,
            on_change=state.choose_kind,
        ),
        rx.cond(
            state.to == EVERYBODY,
            rx.text(words("emails-recipients-all-text", number=RecipientsState.everybody), size="2"),
            _some(),
        ),
        spacing="4",
        width="100%",
    )


def _some() -> rx.Component:
    state = RecipientsState
    return rx.vstack(
        lists.search(
            words("emails-recipients-search"),
            words("emails-recipients-search-hint"),
            opened=state.round,
            on_change=state.change_search.debounce(250),
            max_length=200,
            width="100%",
        ),
        rx.cond(
            ui.has_items(state.candidates),
            rx.vstack(
                rx.foreach(state.candidates, _candidate),
                role="group",
                aria_label=words("emails-recipients-found"),
                spacing="2",
                width="100%",
            ),
            rx.text(words("emails-recipients-none"), size="2", color=tokens.TEXT_MUTED, role="status"),
        ),
        lists.paging(state, back=words("emails-recipients-previous"), forth=words("emails-recipients-next")),
        _chosen(),
        rx.cond(state.problem, ui.callout(state.problem, tone="danger")),
        _addresses(),
        spacing="4",
        width="100%",
    )


def _candidate(user: rx.vars.ObjectVar[Candidate]) -> rx.Component:
    address = rx.cond(user.email, user.email, words("emails-recipients-without-address"))
    return rx.el.label(
        rx.checkbox(
            checked=user.is_chosen,
            on_change=lambda is_ticked: RecipientsState.tick(user.id, is_ticked),
            custom_attrs={"aria-label": words("emails-recipients-choose", name=user.name)},
        ),
        rx.vstack(
            rx.text(user.name, size="2", weight="medium", overflow_wrap="anywhere"),
            rx.text(address, size="1", color=tokens.TEXT_MUTED, overflow_wrap="anywhere"),
            spacing="0",
            min_width="0",
        ),
        key=user.id,
        display="flex",
        align_items="center",
        gap="var(--space-3)",
        width="100%",
    )


def _chosen() -> rx.Component:
    state = RecipientsState
    return rx.vstack(
        rx.hstack(
            rx.text(words("emails-recipients-number", number=RecipientsState.number), size="2", role="status"),
            rx.spacer(),
            ui.button(
                words("emails-recipients-tick-page"), kind="secondary", size="1", on_click=RecipientsState.tick_page
            ),
            rx.cond(
                state.number > 0,
                ui.button(words("emails-recipients-clear"), kind="secondary", size="1", on_click=state.clear),
            ),
            align="center",
            wrap="wrap",
            spacing="3",
            width="100%",
        ),
        rx.cond(
            state.number > 0,
            rx.hstack(
                rx.foreach(state.chosen, _chip),
                rx.cond(
                    state.has_more,
                    rx.text(words("emails-recipients-more"), size="1", color=tokens.TEXT_MUTED),
                ),
                role="group",
                aria_label=words("emails-recipients-chosen"),
                align="center",
                wrap="wrap",
                spacing="2",
            ),
        ),
        spacing="3",
        width="100%",
    )


def _chip(user: rx.vars.ObjectVar[Candidate]) -> rx.Component:
    return rx.button(
        rx.text(user.name, max_width="12rem", **tokens.ONE_LINE),
        ui.icon("x", size=12),
        key=user.id,
        type="button",
        size="1",
        variant="surface",
        color_scheme="gray",
        radius="full",
        aria_label=words("emails-recipients-remove", name=user.name),
        on_click=RecipientsState.tick(user.id, False),
    )


def _addresses() -> rx.Component:
    return rx.vstack(
        ui.text_area(
            words("emails-recipients-addresses"),
            name="recipient-addresses",
            rows="2",
            hint=words("emails-recipients-addresses-hint"),
            key=ui.text_of("addresses-", RecipientsState.round),
            on_blur=RecipientsState.type_addresses,
        ),
        rx.hstack(
            ui.button(words("emails-recipients-add"), kind="secondary", on_click=RecipientsState.add_addresses),
            justify="end",
            width="100%",
        ),
        spacing="2",
        width="100%",
    )
