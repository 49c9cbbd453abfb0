"""How often a sign-up rule matched, and whom."""

from typing import Final

import reflex as rx

from components import ui
from components.dashboard import lists
from components.ui import tokens, words
from state.dashboard.rule_history import MatchRow, RuleHistoryState
from state.dashboard.sign_up_rules import BARS_HEIGHT, BARS_WIDTH, RuleRow

_COLUMNS: Final = (
    words("sign-up-rules-history-when"),
    words("sign-up-rules-history-who"),
    words("sign-up-rules-history-how"),
    words("sign-up-rules-history-what"),
)


def action_badge(action: str | rx.Var[str]) -> rx.Component:
    """Return what a rule does, as a badge."""
    return rx.match(
        action,
        ("allow", ui.badge(words("sign-up-rules-allow"), tone="success")),
        ("reject", ui.badge(words("sign-up-rules-reject"), tone="danger")),
        ("restrict", ui.badge(words("sign-up-rules-restrict"), tone="warning")),
        ui.badge(words("sign-up-rules-count"), tone="info"),
    )


def sparkline(row: rx.vars.ObjectVar[RuleRow]) -> rx.Component:
    """Return the matches of the last 48 hours as a picture with their number; it opens the history."""
    picture = rx.el.svg(
        rx.el.path(d=f"M0 {BARS_HEIGHT}h{BARS_WIDTH}", stroke=tokens.BORDER, stroke_width="1"),
        rx.el.path(d=row.bars, stroke=rx.color("indigo", 9), stroke_width="1.5"),
        view_box=f"0 0 {BARS_WIDTH} {BARS_HEIGHT}",
        height=str(BARS_HEIGHT),
        fill="none",
        custom_attrs={"aria-hidden": "true", "preserveAspectRatio": "none"},
        style={"flex": "1 1 2rem", "width": "2rem", "maxWidth": f"{BARS_WIDTH}px"},
    )
    return rx.button(
        picture,
        rx.text(words("sign-up-rules-counted", recent=row.recent, all=row.all_time), size="2", white_space="nowrap"),
        type="button",
        variant="ghost",
        color_scheme="gray",
        high_contrast=True,
        aria_label=words("sign-up-rules-open-history", rule=row.name, recent=row.recent),
        on_click=RuleHistoryState.open_for(row.id),
    )


def history_dialog() -> rx.Component:
    """Return the dialog with the matches of one rule."""
    table = ui.data_table(
        _COLUMNS,
        rx.foreach(RuleHistoryState.rows, _row),
        caption=words("sign-up-rules-history", rule=RuleHistoryState.name),
    )
    more = rx.hstack(
        ui.button(words("sign-up-rules-history-more"), kind="secondary", on_click=RuleHistoryState.show_more),
        justify="center",
        width="100%",
    )
    found = rx.vstack(table, rx.cond(RuleHistoryState.has_more, more), spacing="4", width="100%")
    nobody = rx.text(words("sign-up-rules-history-none"), size="2", color=tokens.TEXT_MUTED)
    return rx.dialog.root(
        rx.dialog.content(
            rx.dialog.title(words("sign-up-rules-history", rule=RuleHistoryState.name), overflow_wrap="anywhere"),
            rx.dialog.description(words("sign-up-rules-history-text"), size="2", color=tokens.TEXT_MUTED),
            rx.box(
                lists.loaded(
                    rx.cond(ui.has_items(RuleHistoryState.rows), found, nobody),
                    error=RuleHistoryState.error,
                    is_loading=RuleHistoryState.is_loading,
                    on_retry=RuleHistoryState.reload,
                    skeleton=ui.table_skeleton(_COLUMNS, caption=words("sign-up-rules-history-loading")),
                ),
                role="region",
                aria_label=words("sign-up-rules-history", rule=RuleHistoryState.name),
                tab_index=0,  # it scrolls, so the keyboard must reach it
                margin_y="var(--space-4)",
                max_height="60vh",
                overflow_y="auto",
                width="0",  # as wide as there is room, and never wider for the sake of a long address
                min_width="100%",
            ),
            rx.hstack(rx.dialog.close(ui.button(words("common-close"), kind="secondary")), justify="end"),
            max_width="46rem",
        ),
        open=RuleHistoryState.is_open,
        on_open_change=RuleHistoryState.toggle,
    )


def _row(row: rx.vars.ObjectVar[MatchRow]) -> rx.Component:
    return lists.table_row(
        row.id,
        rx.text(row.at, size="2", white_space="nowrap"),
        lists.cell(row.email, overflow_wrap="anywhere"),
        lists.cell(row.method),
        rx.table.cell(action_badge(row.action)),
    )
