"""The dialog that imports users from a file."""

from typing import Final, Literal

import reflex as rx

from components import ui
from components.dashboard import lists
from components.ui import tokens, words
from state.dashboard.users_import import PICK, RejectionRow, UserImportState

_EXAMPLE: Final = """display_name,primary_email,primary_email_verified,primary_email_auth_enabled,password_hash
Ada Lovelace,ada@example.com,true,true,$2b$12$…"""


def import_users_dialog() -> rx.Component:
    """Return the dialog: choose, check, import, result."""
    return rx.dialog.root(
        rx.dialog.content(
            rx.dialog.title(words("import-title")),
            rx.grid(
                rx.cond(UserImportState.error, ui.callout(UserImportState.error, tone="danger")),
                rx.match(
                    UserImportState.step,
                    ("choose", _choose()),
                    (
                        "reading",
                        _busy(words("import-reading", file=UserImportState.file_name), UserImportState.percent),
                    ),
                    ("checking", _busy(words("import-checking", count=UserImportState.lines))),
                    ("checked", _checked()),
                    ("importing", _busy(words("import-importing", count=UserImportState.lines))),
                    ("done", _done()),
                    rx.fragment(),
                ),
                columns="minmax(0, 1fr)",  # code scrolls instead of widening the dialog
                spacing="4",
                width="100%",
            ),
            max_width="40rem",
            aria_describedby=None,
        ),
        open=UserImportState.is_open,
        on_open_change=UserImportState.toggle,
    )


def _choose() -> rx.Component:
    return rx.fragment(
        rx.text(
            words("import-text"),
            size="2",
        ),
        ui.code_snippet(_EXAMPLE, label=words("import-copied-example")),
        _buttons(
            rx.dialog.close(ui.button(words("common-cancel"), kind="secondary")),
            _pick(words("import-choose")),
        ),
    )


def _pick(label: str, *, kind: Literal["primary", "secondary"] = "primary") -> rx.Component:
    return ui.button(label, kind=kind, on_click=rx.call_script(PICK, callback=UserImportState.begin))


def _busy(text: str | rx.Var[str], percent: rx.Var[int] | int | None = None) -> rx.Component:
    bar = rx.progress(aria_label=text) if percent is None else rx.progress(value=percent, aria_label=text)
    return rx.vstack(
        rx.text(text, size="2", role="status"),
        bar,
        rx.text(
            words("import-goes-on"),
            size="1",
            color=tokens.TEXT_MUTED,
        ),
        spacing="3",
        width="100%",
    )


def _checked() -> rx.Component:
    return rx.fragment(
        rx.text(UserImportState.file_name, size="2", weight="medium", overflow_wrap="anywhere"),
        _numbers(words("import-would-be-created")),
        _rejections(),
        _buttons(
            _pick(words("import-choose-another"), kind="secondary"),
            ui.button(
                words("import-submit"),
                disabled=UserImportState.created == 0,
                on_click=UserImportState.start,
            ),
        ),
    )


def _done() -> rx.Component:
    return rx.fragment(
        ui.callout(words("import-finished"), tone="success"),
        _numbers(words("import-created")),
        _rejections(),
        _buttons(rx.dialog.close(ui.button(words("common-close")))),
    )


def _numbers(created: str) -> rx.Component:
    entries = (
        (UserImportState.created, created),
        (UserImportState.skipped, words("import-skipped")),
        (UserImportState.rejected, words("import-rejected")),
    )
    return rx.grid(
        *[
            rx.vstack(
                rx.text(number, size="6", weight="bold"),
                rx.text(label, size="2", color=tokens.TEXT_MUTED),
                spacing="0",
            )
            for number, label in entries
        ],
        columns="3",
        width="100%",
        role="status",
    )


def _rejections() -> rx.Component:
    table = lists.card_table(
        (words("import-column-line"), words("import-column-reason")),
        UserImportState.rejections,
        _rejection,
        caption=words("import-rejected-lines"),
        empty="",
    )
    return rx.cond(
        UserImportState.rejected > 0,
        rx.vstack(
            rx.box(table, max_height="16rem", overflow_y="auto", width="100%"),
            ui.button(
                words("import-download"), kind="quiet", icon="download", on_click=UserImportState.download_report
            ),
            spacing="3",
            width="100%",
        ),
    )


def _rejection(row: rx.vars.ObjectVar[RejectionRow]) -> rx.Component:
    return lists.table_row(row.line, rx.text(row.line, size="2"), lists.cell(row.reason, overflow_wrap="anywhere"))


def _buttons(*buttons: rx.Component) -> rx.Component:
    return rx.hstack(*buttons, justify="end", wrap="wrap", width="100%")
