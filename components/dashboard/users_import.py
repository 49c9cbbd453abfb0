"""The dialog that imports users from a file."""

from typing import Final, Literal

import reflex as rx

from components import ui
from components.dashboard import lists
from components.ui import tokens
from state.dashboard.users_import import PICK, RejectionRow, UserImportState

_EXAMPLE: Final = """display_name,primary_email,primary_email_verified,primary_email_auth_enabled,password_hash
Ada Lovelace,ada@example.com,true,true,$2b$12$…"""


def import_users_dialog() -> rx.Component:
    """Return the dialog: choose, check, import, result."""
    return rx.dialog.root(
        rx.dialog.content(
            rx.dialog.title("Import users"),
            rx.grid(
                rx.cond(UserImportState.error, ui.callout(UserImportState.error, tone="danger")),
                rx.match(
                    UserImportState.step,
                    ("choose", _choose()),
                    ("reading", _busy(ui.text_of("Reading ", UserImportState.file_name), UserImportState.percent)),
                    ("checking", _busy(ui.text_of("Checking: ", UserImportState.lines, " lines so far"))),
                    ("checked", _checked()),
                    ("importing", _busy(ui.text_of("Importing: ", UserImportState.lines, " lines so far"))),
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
            "A CSV file with a header, or one JSON object a line. Columns are the names of the REST API; bcrypt and "
            "argon2 hashes are taken over. Nothing is kept before you have seen what the file would do.",
            size="2",
        ),
        ui.code_snippet(_EXAMPLE, label="Example of a CSV file"),
        _buttons(
            rx.dialog.close(ui.button("Cancel", kind="secondary")),
            _pick("Choose a file"),
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
            "You may close this dialog or leave the page: an import that has begun goes on.",
            size="1",
            color=tokens.TEXT_MUTED,
        ),
        spacing="3",
        width="100%",
    )


def _checked() -> rx.Component:
    return rx.fragment(
        rx.text(UserImportState.file_name, size="2", weight="medium", overflow_wrap="anywhere"),
        _numbers("would be created"),
        _rejections(),
        _buttons(
            _pick("Choose another file", kind="secondary"),
            ui.button(
                "Import",
                disabled=UserImportState.created == 0,
                on_click=UserImportState.start,
            ),
        ),
    )


def _done() -> rx.Component:
    return rx.fragment(
        ui.callout("The import is finished.", tone="success"),
        _numbers("created"),
        _rejections(),
        _buttons(rx.dialog.close(ui.button("Close"))),
    )


def _numbers(created: str) -> rx.Component:
    entries = (
        (UserImportState.created, created),
        (UserImportState.skipped, "already there"),
        (UserImportState.rejected, "rejected"),
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
        ("Line", "Why"), UserImportState.rejections, _rejection, caption="Rejected lines", empty=""
    )
    return rx.cond(
        UserImportState.rejected > 0,
        rx.vstack(
            rx.box(table, max_height="16rem", overflow_y="auto", width="100%"),
            ui.button("Download all reasons", kind="quiet", icon="download", on_click=UserImportState.download_report),
            spacing="3",
            width="100%",
        ),
    )


def _rejection(row: rx.vars.ObjectVar[RejectionRow]) -> rx.Component:
    return lists.table_row(row.line, rx.text(row.line, size="2"), lists.cell(row.reason, overflow_wrap="anywhere"))


def _buttons(*buttons: rx.Component) -> rx.Component:
    return rx.hstack(*buttons, justify="end", wrap="wrap", width="100%")
