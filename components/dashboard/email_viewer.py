"""The viewer of one mail, which opens above any list of mails."""

from typing import Any, Final

import reflex as rx

from components import ui
from components.dashboard.email_settings import settings_link
from components.ui import tokens, words, words_around
from components.ui.tokens import Tone
from state.dashboard.email_edit import MailEditState
from state.dashboard.email_lists import MailList
from state.dashboard.email_viewer import Moment

_WIDTH: Final = "48rem"
_SANDBOX: Final = " ".join(("allow-popups", "allow-popups-to-escape-sandbox"))  # no scripts, no forms

_MOMENT: Final = {
    "display": "grid",
    "grid_template_columns": "var(--space-3) 1fr",
    "column_gap": "var(--space-3)",
    "position": "relative",
    "padding_bottom": "var(--space-3)",
    "& > .hx-dot": {
        "width": "var(--space-2)",
        "height": "var(--space-2)",
        "border_radius": "50%",
        "margin_top": "var(--space-2)",
        "margin_inline": "auto",
        "z_index": "1",
    },
    "& > :nth-child(n + 3)": {"grid_column": "2"},
    "@media (min-width: 33em)": {
        "grid_template_columns": "var(--space-3) 9rem 1fr",
        "& > :nth-child(3)": {"grid_column": "3"},
        "& > :nth-child(4)": {"grid_column": "2 / -1"},
    },
    "&:not(:last-child)::before": {
        "content": '""',
        "position": "absolute",
        "inset_block": "var(--space-3) calc(-1 * var(--space-2))",
        "inset_inline_start": "calc(var(--space-3) / 2 - 0.5px)",
        "border_inline_start": f"1px solid {tokens.BORDER}",
    },
}

# Status of the contract, words, tone.
_STATUSES: Final[tuple[tuple[str, str, Tone], ...]] = (
    ("paused", words("emails-status-paused"), "warning"),
    ("preparing", words("emails-status-preparing"), "info"),
    ("rendering", words("emails-status-rendering"), "info"),
    ("scheduled", words("emails-status-scheduled"), "info"),
    ("queued", words("emails-status-queued"), "info"),
    ("sending", words("emails-status-sending"), "info"),
    ("sent", words("emails-status-sent"), "success"),
    ("opened", words("emails-status-opened"), "success"),
    ("clicked", words("emails-status-clicked"), "success"),
    ("skipped", words("emails-status-skipped"), "neutral"),
    ("delivery-delayed", words("emails-status-delayed"), "warning"),
    ("marked-as-spam", words("emails-status-spam"), "danger"),
    ("bounced", words("emails-status-bounced"), "danger"),
    ("server-error", words("emails-status-server-error"), "danger"),
    ("render-error", words("emails-status-render-error"), "danger"),
)


def mail_status(status: str | rx.Var[str]) -> rx.Component:
    """Return where a mail stands, as a badge."""
    cases = [(name, ui.badge(label, tone=tone)) for name, label, tone in _STATUSES]
    return rx.match(status, *cases, ui.badge(words("emails-status-unknown")))


def mail_viewer(state: type[MailList], place: str) -> rx.Component:
    """Return the dialog with the opened mail of a list; `place` says which list the editor takes the place of."""
    mail = state.opened
    return rx.dialog.root(
        rx.dialog.content(
            rx.hstack(
                rx.dialog.title(mail.subject, margin="0", size="4", overflow_wrap="anywhere"),
                rx.spacer(),
                rx.dialog.close(ui.icon_button("x", words("emails-viewer-close"))),
                align="center",
                width="100%",
            ),
            rx.vstack(
                rx.hstack(
                    mail_status(mail.status),
                    rx.text(_to(mail.recipient), size="2", color=tokens.TEXT_MUTED, overflow_wrap="anywhere"),
                    align="center",
                    wrap="wrap",
                    spacing="3",
                ),
                rx.cond(mail.problem, ui.callout(mail.problem, tone="warning")),
                rx.cond(mail.status == "server-error", _about_server()),
                rx.cond(mail.is_editable, _actions(state, place)),
                rx.cond(mail.is_waiting, _schedule(state)),
                rx.cond(ui.has_items(state.codes), _values(words("emails-viewer-codes"), state.codes, "code")),
                rx.cond(mail.is_sample, ui.callout(words("emails-viewer-sample"))),
                rx.cond(mail.html, _message(state), rx.text(words("emails-viewer-nothing"), size="2")),
                rx.cond(ui.has_items(state.links), _values(words("emails-viewer-links"), state.links, "link")),
                _timeline(state),
                _facts(words("emails-viewer-details"), state.details),
                spacing="4",
                width="100%",
                margin_top="var(--space-4)",
            ),
            max_width=_WIDTH,
            aria_describedby=None,
        ),
        open=mail.id != "",
        on_open_change=state.close_mail,
    )


def _to(recipient: Any) -> str | rx.Var[str]:  # the type checker sees the value of a var
    return words("emails-viewer-to", recipient=recipient)


def _actions(state: type[MailList], place: str) -> rx.Component:
    pausing = rx.cond(
        state.opened.is_paused,
        ui.button(words("emails-resume"), kind="secondary", icon="play", on_click=state.pause(False)),
        ui.button(words("emails-pause"), kind="secondary", icon="pause", on_click=state.pause(True)),
    )
    again = ui.button(words("emails-again"), kind="secondary", icon="rotate_cw", on_click=state.ask("again"))
    editing = MailEditState.open_mail(state.opened.id, place)
    return rx.hstack(
        rx.cond(state.opened.has_failed, again, pausing),
        ui.button(words("emails-edit"), kind="secondary", icon="pencil", on_click=editing),
        ui.button(words("emails-cancel"), kind="danger", icon="ban", on_click=state.ask("cancel")),
        ui.question(
            words("emails-cancel-title"),
            words("emails-cancel-text"),
            confirm_label=words("emails-cancel"),
            is_open=state.asking == "cancel",
            on_confirm=state.cancel,
            on_cancel=state.ask(""),
        ),
        ui.question(
            words("emails-again-title"),
            words("emails-again-text"),
            confirm_label=words("emails-again"),
            is_open=state.asking == "again",
            on_confirm=state.send_again,
            on_cancel=state.ask(""),
        ),
        wrap="wrap",
        spacing="3",
    )


def _schedule(state: type[MailList]) -> rx.Component:
    return ui.submit_form(
        rx.hstack(
            ui.text_field(
                words("emails-send-at"),
                name="send_at",
                type="datetime-local",
                default_value=state.opened.send_at,
                key=state.opened.send_at,
                error=state.schedule_error,
                hint=words("emails-send-at-hint"),
                auto_complete="off",
                size="2",
            ),
            ui.button(words("emails-change-time"), type="submit", kind="secondary", margin_top="var(--space-5)"),
            align="start",
            spacing="3",
            width="100%",
        ),
        on_submit=state.reschedule,
    )


def _message(state: type[MailList]) -> rx.Component:
    """The mail in a frame of its own, in which nothing runs and from which only links lead out, to new tabs."""
    frame = rx.el.iframe(
        title=words("emails-viewer-frame"),
        src_doc=state.opened.html,
        sandbox=_SANDBOX,
        referrer_policy="no-referrer",
        width="100%",
        style={
            "height": "26rem",
            "border": f"1px solid {tokens.BORDER}",
            "borderRadius": "var(--radius-3)",
            "background": "white",
        },
    )
    plain = rx.el.pre(
        state.opened.text,
        tab_index=0,
        aria_label=words("emails-viewer-plain-label"),
        role="region",
        white_space="pre-wrap",
        overflow_wrap="anywhere",
        font_family=tokens.CODE_FONT,
        font_size="var(--font-size-1)",
        margin="0",
    )
    return rx.tabs.root(
        rx.tabs.list(
            rx.tabs.trigger(words("emails-viewer-message"), value="html"),
            rx.tabs.trigger(words("emails-viewer-plain"), value="text"),
        ),
        rx.tabs.content(frame, value="html", padding_top="var(--space-3)"),
        rx.tabs.content(plain, value="text", padding_top="var(--space-3)"),
        default_value="html",
        width="100%",
    )


def _values(title: str, values: list[str], kind: str) -> rx.Component:
    label = words("emails-viewer-code") if kind == "code" else words("emails-viewer-link")
    return rx.vstack(
        rx.heading(title, as_="h2", size="2"),
        rx.foreach(values, lambda value: ui.copy_value(value, label=label)),
        spacing="2",
        width="100%",
    )


def _about_server() -> rx.Component:
    return rx.text(words_around("emails-viewer-about-server", settings=settings_link()), size="2")


def _timeline(state: type[MailList]) -> rx.Component:
    return rx.vstack(
        rx.heading(words("emails-viewer-timeline"), as_="h2", size="2"),
        rx.el.ol(rx.foreach(state.timeline, _moment), list_style="none", padding="0", margin="0", width="100%"),
        spacing="2",
        width="100%",
    )


def _moment(moment: rx.vars.ObjectVar[Moment]) -> rx.Component:
    """One moment: a dot, and a line to the next one."""
    colour = rx.match(
        moment.tone,
        ("good", "var(--green-9)"),
        ("bad", "var(--red-9)"),
        ("coming", "var(--gray-7)"),
        "var(--accent-9)",
    )
    return rx.el.li(
        rx.box(class_name="hx-dot", background=colour, aria_hidden=True),
        rx.text(moment.name, size="2", weight="medium"),
        rx.text(moment.when, size="2", color=tokens.TEXT_MUTED, style={"fontVariantNumeric": "tabular-nums"}),
        rx.cond(moment.note, rx.text(moment.note, size="1", color=tokens.TEXT_MUTED, overflow_wrap="anywhere")),
        style=_MOMENT,
    )


def _facts(title: str, facts: list[tuple[str, str]]) -> rx.Component:
    return rx.vstack(
        rx.heading(title, as_="h2", size="2"),
        rx.el.dl(
            rx.foreach(facts, _fact),
            display="grid",
            grid_template_columns="auto 1fr",
            gap="var(--space-1) var(--space-4)",
            margin="0",
        ),
        spacing="2",
        width="100%",
    )


def _fact(entry: rx.vars.ArrayVar[tuple[str, str]]) -> rx.Component:
    return rx.fragment(
        rx.el.dt(rx.text(entry[0], size="2", color=tokens.TEXT_MUTED)),
        rx.el.dd(rx.text(entry[1], size="2", overflow_wrap="anywhere"), margin="0"),
    )
