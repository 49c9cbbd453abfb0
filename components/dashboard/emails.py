"""Sent mails: one by one or by what they were made from; the inbox of an installation without a mail server."""

from typing import Final

import reflex as rx

from components import ui
from components.dashboard import lists
from components.dashboard.email_lists import COLUMNS, mail_list, or_editor, outcome_bar, outcome_card
from components.dashboard.email_reputation import reputation_card
from components.dashboard.email_sending import send_button, send_dialog
from components.dashboard.shell import project_page
from components.ui import tokens, words
from state.dashboard import paths
from state.dashboard.email_source_mails import SourceMailsState
from state.dashboard.emails import BY_SOURCE, ONE_BY_ONE, EmailsState, GroupRow

_GROUP_COLUMNS: Final = (
    words("emails-groups-column-source"),
    words("emails-groups-column-recipients"),
    words("emails-groups-column-outcome"),
    words("emails-groups-column-newest"),
)
_ONLY_WIDE: Final = _GROUP_COLUMNS[3:]
_VIEWS: Final = ((ONE_BY_ONE, words("emails-view-list")), (BY_SOURCE, words("emails-view-groups")))


def page() -> rx.Component:
    """Return the sent mails of the open project."""
    return project_page(
        lists.loaded(
            or_editor(_sent()),
            error=EmailsState.error,
            is_loading=EmailsState.is_loading,
            on_retry=EmailsState.load,
            skeleton=ui.table_skeleton(COLUMNS, caption=words("emails-loading")),
        ),
        send_dialog(),
        here="emails",
        title=words("emails-title"),
        text=words("emails-text"),
        action=send_button(),
    )


def source_page() -> rx.Component:
    """Return the sent mails of one template, or of none."""
    state = SourceMailsState
    listed = rx.vstack(
        rx.hstack(
            rx.heading(state.title, as_="h2", size="4", overflow_wrap="anywhere"),
            ui.badge(state.kind),
            align="center",
            wrap="wrap",
            spacing="3",
        ),
        outcome_card(state.parts),
        reputation_card(),
        mail_list(state, place="source", caption=words("emails-source-title")),
        spacing="5",
        width="100%",
    )
    return project_page(
        lists.loaded(
            or_editor(listed),
            error=state.error,
            is_loading=state.is_loading,
            on_retry=state.load,
            skeleton=ui.table_skeleton(COLUMNS, caption=words("emails-source-loading")),
        ),
        here="emails",
        title=words("emails-source-title"),
        text=words("emails-source-text"),
        parent=(words("emails-title"), paths.emails),
    )


def _sent() -> rx.Component:
    return rx.vstack(
        rx.cond(EmailsState.uses_inbox, ui.callout(words("emails-inbox-note"))),
        reputation_card(),
        rx.hstack(
            rx.segmented_control.root(
                *[rx.segmented_control.item(label, value=value) for value, label in _VIEWS],
                value=EmailsState.view,
                on_change=EmailsState.change_view,
                aria_label=words("emails-view"),
                size=rx.breakpoints(initial="1", sm="2"),
            ),
            rx.spacer(),
            rx.text(EmailsState.waiting_text, size="2", color=tokens.TEXT_MUTED, role="status"),
            align="center",
            wrap="wrap",
            spacing="3",
            width="100%",
        ),
        rx.cond(
            EmailsState.view == BY_SOURCE,
            _groups(),
            mail_list(EmailsState, place="all", caption=words("emails-title")),
        ),
        spacing="5",
        width="100%",
    )


def _groups() -> rx.Component:
    empty = ui.empty_state(words("emails-none"), words("emails-none-text"), icon="mail")
    return rx.vstack(
        lists.page_table(
            _GROUP_COLUMNS,
            EmailsState.groups,
            _group,
            caption=words("emails-groups"),
            empty=empty,
            only_wide=_ONLY_WIDE,
        ),
        rx.cond(EmailsState.has_all_groups, rx.fragment(), ui.callout(words("emails-groups-cut"))),
        spacing="4",
        width="100%",
    )


def _group(row: rx.vars.ObjectVar[GroupRow]) -> rx.Component:
    name = rx.vstack(
        lists.row_link(row.name, row.address),
        rx.text(row.kind, size="1", color=tokens.TEXT_MUTED),
        spacing="1",
        width="100%",
    )
    return lists.linked_row(
        row.source,
        rx.table.row_header_cell(name),
        lists.cell(row.recipients),
        rx.table.cell(outcome_bar(row.parts), min_width=rx.breakpoints(initial="0", sm="14rem", lg="18rem")),
        ui.wide_cell(rx.text(row.when, size="2", white_space="nowrap")),
    )
