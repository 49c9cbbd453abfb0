"""Sign-up rules: the list, the tester and the editor."""

import reflex as rx

from components import ui
from components.dashboard import lists
from components.dashboard.pushed import pushed_notice
from components.dashboard.rule_editor import editor_dialog
from components.dashboard.rule_history import action_badge, history_dialog, sparkline
from components.dashboard.saving import staged_bar
from components.dashboard.shell import project_page
from components.ui import tokens, words, words_around
from state.dashboard.rule_editor import RuleEditorState
from state.dashboard.rule_history import METHODS, RuleHistoryState
from state.dashboard.rule_settings import DEFAULT_ACTION, DEFAULT_ACTIONS, SWITCH
from state.dashboard.sign_up_rules import RuleRow, RuleTesterState, SignUpRulesState, Verdict

_COLUMNS = (
    words("sign-up-rules-column-rule"),
    words("sign-up-rules-column-action"),
    words("sign-up-rules-column-recent"),
    words("sign-up-rules-column-on"),
    "",
)


def page() -> rx.Component:
    """Return the rules in their order, with what happens when none decides."""
    table = lists.page_table(
        _COLUMNS,
        SignUpRulesState.rows,
        _row,
        caption=words("sign-up-rules-title"),
        empty=_empty(),
        only_wide=_COLUMNS[2:3],
    )
    ordered = ui.reorder(table, on_put=SignUpRulesState.put, on_move=SignUpRulesState.move)
    return project_page(
        pushed_notice(SignUpRulesState),
        lists.loaded(
            rx.vstack(ordered, _default(), _tester(), spacing="5", width="100%"),
            error=SignUpRulesState.error,
            is_loading=SignUpRulesState.is_loading,
            on_retry=SignUpRulesState.load,
            skeleton=ui.table_skeleton(_COLUMNS, caption=words("sign-up-rules-loading")),
        ),
        rx.box(SignUpRulesState.moved, role="status", style=tokens.HIDDEN_FROM_SIGHT),
        editor_dialog(),
        history_dialog(),
        _question(),
        staged_bar(SignUpRulesState),
        here="sign-up-rules",
        title=words("sign-up-rules-title"),
        text=words("sign-up-rules-text"),
        action=ui.button(words("sign-up-rules-create"), icon="plus", on_click=RuleEditorState.open_for("")),
    )


def _row(row: rx.vars.ObjectVar[RuleRow]) -> rx.Component:
    has_order = ui.has_several(SignUpRulesState.rows)
    name = rx.hstack(
        rx.cond(has_order, ui.grip(row.id, words("sign-up-rules-grip", rule=row.name)), rx.fragment()),
        rx.vstack(
            lists.strong(row.name),
            rx.cond(row.condition, lists.code(row.condition, color=tokens.TEXT_MUTED), rx.fragment()),
            spacing="1",
            min_width="0",
        ),
        align="center",
        spacing="3",
    )
    switch = rx.switch(
        checked=row.is_on,
        on_change=lambda is_on: SignUpRulesState.switch(ui.text_of(SWITCH, row.id), is_on),
        aria_label=words("sign-up-rules-is-on", rule=row.name),
    )
    return lists.table_row(
        row.id,
        name,
        rx.table.cell(action_badge(row.action)),
        ui.wide_cell(sparkline(row)),
        rx.table.cell(switch),
        lists.actions_cell(_menu(row)),
    )


def _menu(row: rx.vars.ObjectVar[RuleRow]) -> rx.Component:
    return lists.row_menu(
        words("common-actions-for", name=row.name),
        rx.menu.item(ui.icon("pencil"), words("sign-up-rules-edit"), on_select=RuleEditorState.open_for(row.id)),
        rx.menu.item(
            ui.icon("history"), words("sign-up-rules-history-item"), on_select=RuleHistoryState.open_for(row.id)
        ),
        rx.cond(
            row.is_first,
            rx.fragment(),
            rx.menu.item(ui.icon("arrow_up"), words("sign-up-rules-up"), on_select=SignUpRulesState.move(row.id, True)),
        ),
        rx.cond(
            row.is_last,
            rx.fragment(),
            rx.menu.item(
                ui.icon("arrow_down"), words("sign-up-rules-down"), on_select=SignUpRulesState.move(row.id, False)
            ),
        ),
        rx.menu.separator(),
        rx.menu.item(
            ui.icon("trash_2"),
            words("sign-up-rules-delete"),
            color_scheme="red",
            on_select=SignUpRulesState.ask_to_delete(row.id),
        ),
    )


def _empty() -> rx.Component:
    return ui.empty_state(
        words("sign-up-rules-none"),
        words("sign-up-rules-none-text"),
        icon="list_checks",
        action=ui.button(words("sign-up-rules-create"), on_click=RuleEditorState.open_for("")),
    )


def _default() -> rx.Component:
    return ui.section(
        words("sign-up-rules-default"),
        ui.select_field(
            words("sign-up-rules-default-action"),
            list(DEFAULT_ACTIONS.items()),
            name="default-action",
            value=SignUpRulesState.texts[DEFAULT_ACTION],
            on_change=lambda action: SignUpRulesState.choose(DEFAULT_ACTION, action),
        ),
    )


def _tester() -> rx.Component:
    fields = rx.grid(
        ui.text_field(words("sign-up-rules-test-email"), name="test_email", type="email", auto_complete="off"),
        ui.select_field(
            words("sign-up-rules-test-method"), list(METHODS.items()), name="test_method", default_value="password"
        ),
        ui.text_field(
            words("sign-up-rules-test-provider"),
            name="test_provider",
            hint=words("sign-up-rules-test-provider-hint"),
            auto_complete="off",
        ),
        ui.text_field(
            words("sign-up-rules-test-country"),
            name="test_country",
            hint=words("sign-up-rules-test-country-hint"),
            max_length=2,
            auto_complete="off",
        ),
        ui.text_field(words("sign-up-rules-test-bot"), name="test_bot", default_value="0"),
        ui.text_field(words("sign-up-rules-test-abuse"), name="test_abuse", default_value="0"),
        columns=rx.breakpoints(initial="1", sm="2", md="3"),
        spacing="4",
        width="100%",
    )
    return ui.section(
        words("sign-up-rules-test"),
        ui.submit_form(
            fields,
            rx.cond(RuleTesterState.error, ui.callout(RuleTesterState.error, tone="danger")),
            rx.box(rx.cond(RuleTesterState.decision, _outcome()), aria_live="polite", width="100%"),
            rx.hstack(
                ui.button(words("sign-up-rules-test-submit"), type="submit", kind="secondary"),
                justify="end",
                width="100%",
            ),
            on_submit=RuleTesterState.submit,
        ),
        text=words("sign-up-rules-test-text"),
    )


def _outcome() -> rx.Component:
    tone = rx.cond(
        RuleTesterState.is_allowed,
        ui.badge(RuleTesterState.decision, tone="success"),
        ui.badge(RuleTesterState.decision, tone="danger"),
    )
    restricted = ui.badge(words("sign-up-rules-restricted-by", rule=RuleTesterState.restricted_by), tone="warning")
    return rx.vstack(
        rx.hstack(tone, rx.cond(RuleTesterState.restricted_by, restricted), wrap="wrap"),
        rx.el.ol(rx.foreach(RuleTesterState.verdicts, _verdict), margin="0", padding_left="var(--space-5)"),
        rx.el.details(
            rx.el.summary(words("sign-up-rules-context"), font_size="var(--font-size-2)", cursor="pointer"),
            rx.box(
                ui.code_snippet(RuleTesterState.context, label=words("sign-up-rules-context")),
                padding_top="var(--space-2)",
            ),
            style={"width": "100%"},
        ),
        spacing="3",
        width="100%",
    )


def _verdict(one: rx.vars.ObjectVar[Verdict]) -> rx.Component:
    name = rx.text.strong(one.name)
    says = rx.cond(
        one.error,
        words_around("sign-up-rules-verdict-error", rule=name, says=one.status, error=one.error),
        words_around("sign-up-rules-verdict", rule=name, says=one.status),
    )
    return rx.el.li(rx.text(says, size="2"))


def _question() -> rx.Component:
    return ui.question(
        words("sign-up-rules-deletion"),
        words("sign-up-rules-deletion-text"),
        confirm_label=words("sign-up-rules-deletion-confirm"),
        is_open=SignUpRulesState.deleting_id != "",
        on_confirm=SignUpRulesState.delete,
        on_cancel=SignUpRulesState.stop_asking,
    )
