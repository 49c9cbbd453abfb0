"""The audit log."""

import reflex as rx

from components import ui
from components.dashboard import lists
from components.dashboard.shell import project_page
from components.ui import tokens, words
from state.dashboard.audit_log import NOUNS, AuditLogState, Change, EntryRow

_COLUMNS = (
    words("audit-log-column-when"),
    words("audit-log-column-action"),
    words("audit-log-column-by"),
    words("audit-log-column-about"),
    "",
)
_ALL = "everything"  # a select cannot have an empty value


def page() -> rx.Component:
    """Return who changed what."""
    table = lists.page_table(_COLUMNS, AuditLogState.rows, _row, caption=words("audit-log-title"), empty=_empty())
    pages = lists.paging(AuditLogState, back=words("audit-log-newer"), forth=words("audit-log-older"))
    return project_page(
        _bar(),
        lists.loaded(
            rx.vstack(table, pages, spacing="4", width="100%"),
            error=AuditLogState.error,
            is_loading=AuditLogState.is_loading,
            on_retry=AuditLogState.load,
            skeleton=ui.table_skeleton(_COLUMNS, caption=words("audit-log-loading")),
        ),
        here="audit-log",
        title=words("audit-log-title"),
        text=words("audit-log-text"),
    )


def _bar() -> rx.Component:
    search = lists.search(
        words("audit-log-search"),
        words("audit-log-search-hint"),
        opened=AuditLogState.opened,
        on_change=AuditLogState.change_search.debounce(250),
        max_length=100,
        default_value=AuditLogState.search,
        flex="1 1 14rem",
    )
    kinds = ui.select_box(
        words("audit-log-about"),
        [(value or _ALL, label) for value, label in NOUNS],
        name="audit-noun",
        value=rx.cond(AuditLogState.noun, AuditLogState.noun, _ALL),
        on_change=AuditLogState.change_noun,
    )
    return rx.hstack(search, kinds, align="center", wrap="wrap", spacing="3", width="100%")


def _row(row: rx.vars.ObjectVar[EntryRow]) -> rx.Component:
    actor = rx.vstack(
        rx.text(row.actor, size="2", overflow_wrap="anywhere"),
        rx.cond(row.address, rx.text(row.address, size="1", color=tokens.TEXT_MUTED), rx.fragment()),
        spacing="0",
        min_width="8rem",  # the table scrolls where there is no room; letters in a column are no name
    )
    return lists.table_row(
        row.seq,
        rx.text(row.at, title=row.at_exactly, size="2", white_space="nowrap"),
        rx.table.cell(lists.code(row.action, white_space="nowrap")),
        rx.table.cell(actor),
        rx.table.cell(lists.code(row.target, min_width="10rem", max_width="12rem")),
        lists.actions_cell(rx.cond(ui.has_items(row.changes), entry_details(row), rx.fragment())),
    )


def entry_details(row: rx.vars.ObjectVar[EntryRow]) -> rx.Component:
    """Return the button that shows what an entry of the log changed."""
    changes = ui.data_table(
        (words("audit-log-column-property"), words("audit-log-column-before"), words("audit-log-column-after")),
        rx.foreach(row.changes, _change),
        caption=words("audit-log-changes"),
    )
    return rx.dialog.root(
        rx.dialog.trigger(
            ui.button(
                words("audit-log-details"),
                kind="secondary",
                size="1",
                aria_label=words("audit-log-details-of", action=row.action),
            )
        ),
        rx.dialog.content(
            rx.dialog.title(row.action),
            rx.dialog.description(
                words("audit-log-at-by", at=row.at_exactly, actor=row.actor),
                size="2",
                margin_bottom="var(--space-3)",
                overflow_wrap="anywhere",
            ),
            changes,
            rx.hstack(
                rx.dialog.close(ui.button(words("common-close"), kind="secondary")),
                justify="end",
                margin_top="var(--space-4)",
            ),
            max_width="44rem",
        ),
    )


def _change(change: rx.vars.ObjectVar[Change]) -> rx.Component:
    return rx.table.row(
        rx.table.row_header_cell(lists.code(change.name)),
        rx.table.cell(lists.code(change.before, white_space="pre-wrap")),
        rx.table.cell(lists.code(change.after, white_space="pre-wrap")),
        key=change.name,
    )


def _empty() -> rx.Component:
    return ui.empty_state(words("audit-log-none"), words("audit-log-none-text"), icon="scroll_text")
