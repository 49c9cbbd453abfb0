"""Sign-up rules: the list, the tester and the editor."""

import reflex as rx

from components import ui
from components.dashboard import lists
from components.dashboard.rule_editor import editor_dialog
from components.dashboard.shell import project_page
from components.ui import tokens
from state.dashboard.rule_editor import RuleEditorState
from state.dashboard.sign_up_rules import METHODS, RuleRow, RuleTesterState, SignUpRulesState, Verdict

_COLUMNS = ("Rule", "Action", "Last 48 hours", "On", "")


def page() -> rx.Component:
    """Return the rules in their order, with what happens when none decides."""
    table = lists.page_table(
        _COLUMNS, SignUpRulesState.rows, _row, caption="Sign-up rules", empty=_empty(), only_wide=("Last 48 hours",)
    )
    return project_page(
        lists.loaded(
            rx.vstack(table, _default(), _tester(), spacing="5", width="100%"),
            error=SignUpRulesState.error,
            is_loading=SignUpRulesState.is_loading,
            on_retry=SignUpRulesState.load,
            skeleton=ui.table_skeleton(_COLUMNS, caption="Sign-up rules, loading"),
        ),
        editor_dialog(),
        _question(),
        here="sign-up-rules",
        title="Sign-up rules",
        text="Tried from top to bottom when somebody signs up, until one allows or rejects.",
        action=ui.button("Create rule", icon="plus", on_click=RuleEditorState.open_for("")),
    )


def _row(row: rx.vars.ObjectVar[RuleRow]) -> rx.Component:
    action = rx.match(
        row.action,
        ("allow", ui.badge("Allow", tone="success")),
        ("reject", ui.badge("Reject", tone="danger")),
        ("restrict", ui.badge("Restrict", tone="warning")),
        ui.badge("Count", tone="info"),
    )
    name = rx.vstack(
        lists.strong(row.name),
        rx.cond(row.condition, lists.code(row.condition, color=tokens.TEXT_MUTED), rx.fragment()),
        spacing="1",
    )
    counted = ui.text_of(row.recent, " (", row.all_time, " in all)")
    switch = rx.switch(
        checked=row.is_on,
        on_change=lambda is_on: SignUpRulesState.switch(row.id, is_on),
        aria_label=ui.text_of(row.name, " is on"),
    )
    return lists.table_row(
        row.id,
        name,
        rx.table.cell(action),
        ui.wide_cell(rx.text(counted, size="2", white_space="nowrap")),
        rx.table.cell(switch),
        lists.actions_cell(_menu(row)),
    )


def _menu(row: rx.vars.ObjectVar[RuleRow]) -> rx.Component:
    return lists.row_menu(
        ui.text_of("Actions for ", row.name),
        rx.menu.item(ui.icon("pencil"), "Edit", on_select=RuleEditorState.open_for(row.id)),
        rx.cond(
            row.is_first,
            rx.fragment(),
            rx.menu.item(ui.icon("arrow_up"), "Move up", on_select=SignUpRulesState.move(row.id, True)),
        ),
        rx.cond(
            row.is_last,
            rx.fragment(),
            rx.menu.item(ui.icon("arrow_down"), "Move down", on_select=SignUpRulesState.move(row.id, False)),
        ),
        rx.menu.separator(),
        rx.menu.item(
            ui.icon("trash_2"), "Delete …", color_scheme="red", on_select=SignUpRulesState.ask_to_delete(row.id)
        ),
    )


def _empty() -> rx.Component:
    return ui.empty_state(
        "No rules yet",
        "Rules keep abusive sign-ups out, for instance by domain, country or risk score.",
        icon="list_checks",
        action=ui.button("Create rule", on_click=RuleEditorState.open_for("")),
    )


def _default() -> rx.Component:
    return ui.section(
        "When no rule decides",
        ui.select_field(
            "The sign-up is",
            [("allow", "Allowed"), ("reject", "Rejected")],
            name="default-action",
            value=SignUpRulesState.default_action,
            on_change=SignUpRulesState.choose_default,
        ),
    )


def _tester() -> rx.Component:
    fields = rx.grid(
        ui.text_field("E-mail", name="test_email", type="email", auto_complete="off"),
        ui.select_field("Way to sign up", METHODS, name="test_method", default_value="password"),
        ui.text_field("OAuth provider", name="test_provider", hint="Such as github", auto_complete="off"),
        ui.text_field("Country", name="test_country", hint="Such as GB", max_length=2, auto_complete="off"),
        ui.text_field("Risk score: bot", name="test_bot", default_value="0"),
        ui.text_field("Risk score: free-trial abuse", name="test_abuse", default_value="0"),
        columns=rx.breakpoints(initial="1", sm="2", md="3"),
        spacing="4",
        width="100%",
    )
    return ui.section(
        "Try the rules",
        ui.submit_form(
            fields,
            rx.cond(RuleTesterState.error, ui.callout(RuleTesterState.error, tone="danger")),
            rx.box(rx.cond(RuleTesterState.decision, _outcome()), aria_live="polite", width="100%"),
            rx.hstack(ui.button("Try", type="submit", kind="secondary"), justify="end", width="100%"),
            on_submit=RuleTesterState.submit,
        ),
        text="Imagine somebody who signs up. Nothing is written.",
    )


def _outcome() -> rx.Component:
    tone = rx.cond(
        RuleTesterState.is_allowed,
        ui.badge(RuleTesterState.decision, tone="success"),
        ui.badge(RuleTesterState.decision, tone="danger"),
    )
    restricted = ui.badge(ui.text_of("Restricted by ", RuleTesterState.restricted_by), tone="warning")
    return rx.vstack(
        rx.hstack(tone, rx.cond(RuleTesterState.restricted_by, restricted), wrap="wrap"),
        rx.el.ol(rx.foreach(RuleTesterState.verdicts, _verdict), margin="0", padding_left="var(--space-5)"),
        spacing="2",
    )


def _verdict(one: rx.vars.ObjectVar[Verdict]) -> rx.Component:
    return rx.el.li(
        rx.text(
            rx.text.strong(one.name), " ", one.status, rx.cond(one.error, ui.text_of(": ", one.error), ""), size="2"
        )
    )


def _question() -> rx.Component:
    return ui.question(
        "Delete this rule?",
        "Sign-ups are no longer tried by it. Its numbers stay in the statistics.",
        confirm_label="Delete rule",
        is_open=SignUpRulesState.deleting_id != "",
        on_confirm=SignUpRulesState.delete,
        on_cancel=SignUpRulesState.stop_asking,
    )
