"""The editor of one sign-up rule."""

import reflex as rx

from components import ui
from components.dashboard import lists
from components.ui import tokens, words
from state.dashboard.rule_conditions import FIELDS
from state.dashboard.rule_editor import ACTIONS, ClauseRow, GroupRow, RuleEditorState

_EXAMPLE = 'emailDomain in ["example.com"] && riskScores.bot < 50'
_JOINTS = (("all", words("sign-up-rules-all")), ("any", words("sign-up-rules-any")))
_MODES = (("picture", words("sign-up-rules-builder")), ("text", words("sign-up-rules-expression")))


def editor_dialog() -> rx.Component:
    """Return the editor, which shows the condition as a picture or as its text."""
    is_new = RuleEditorState.rule_id == ""
    form = rx.form(
        rx.vstack(
            ui.text_field(
                words("sign-up-rules-name"), name="rule_name", default_value=RuleEditorState.name, auto_complete="off"
            ),
            _mode(),
            rx.cond(RuleEditorState.is_drawn, _picture(), _text()),
            rx.cond(RuleEditorState.problem, ui.callout(RuleEditorState.problem, tone="danger")),
            _trial(),
            _replay(),
            ui.select_field(
                words("sign-up-rules-action"),
                list(ACTIONS.items()),
                name="rule-action",
                value=RuleEditorState.action,
                on_change=RuleEditorState.choose_action,
            ),
            ui.text_field(
                words("sign-up-rules-message"),
                name="rule_message",
                default_value=RuleEditorState.message,
                hint=words("sign-up-rules-message-hint"),
                auto_complete="off",
            ),
            ui.checkbox(words("sign-up-rules-enabled"), name="rule_enabled", default_checked=RuleEditorState.is_on),
            rx.cond(RuleEditorState.error, ui.callout(RuleEditorState.error, tone="danger")),
            rx.hstack(
                rx.dialog.close(ui.button(words("common-cancel"), kind="secondary")),
                ui.button(words("common-save"), type="submit"),
                justify="end",
                width="100%",
            ),
            spacing="4",
            width="0",  # as wide as there is room, and never wider for the sake of a long choice
            min_width="100%",
        ),
        on_submit=RuleEditorState.submit,
        custom_attrs={"noValidate": True},
    )
    return rx.dialog.root(
        rx.dialog.content(
            rx.dialog.title(rx.cond(is_new, words("sign-up-rules-create-title"), words("sign-up-rules-edit-title"))),
            form,
            max_width="46rem",
            aria_describedby=None,
        ),
        open=RuleEditorState.is_open,
        on_open_change=RuleEditorState.toggle,
    )


def _mode() -> rx.Component:
    not_drawn = ui.callout(words("sign-up-rules-not-drawn"), tone="info")
    return rx.vstack(
        rx.segmented_control.root(
            *[rx.segmented_control.item(label, value=value) for value, label in _MODES],
            value=rx.cond(RuleEditorState.is_drawn, "picture", "text"),
            on_change=RuleEditorState.show,
        ),
        rx.cond(RuleEditorState.has_picture, rx.fragment(), not_drawn),
        spacing="3",
        width="100%",
    )


def _text() -> rx.Component:
    return rx.box(
        ui.text_area(
            words("sign-up-rules-condition"),
            name="rule_condition",
            key=ui.text_of("text-", RuleEditorState.text_version),
            default_value=RuleEditorState.text,
            on_change=RuleEditorState.change_text.debounce(300),
            hint=words("sign-up-rules-condition-hint", example=_EXAMPLE),
            is_code=True,
            rows="4",
        ),
        width="100%",
    )


def _picture() -> rx.Component:
    joint = rx.cond(
        ui.has_several(RuleEditorState.groups),
        ui.select_box(
            words("sign-up-rules-groups-joint"),
            _JOINTS,
            name="rule-joint",
            value=RuleEditorState.joint,
            on_change=RuleEditorState.choose_joint,
        ),
    )
    return rx.vstack(
        joint,
        rx.foreach(RuleEditorState.groups, _group),
        ui.button(
            words("sign-up-rules-add-group"), kind="quiet", icon="plus", size="1", on_click=RuleEditorState.add_group
        ),
        rx.cond(RuleEditorState.text, lists.code(RuleEditorState.text, color=tokens.TEXT_MUTED)),
        spacing="3",
        width="100%",
    )


def _group(group: rx.vars.ObjectVar[GroupRow]) -> rx.Component:
    joint = rx.cond(
        ui.has_several(group.clauses),
        ui.select_box(
            words("sign-up-rules-clauses-joint"),
            _JOINTS,
            name=ui.text_of("joint-", group.key),
            value=group.joint,
            on_change=lambda value: RuleEditorState.choose_group_joint(group.key, value),
        ),
    )
    return rx.vstack(
        joint,
        rx.foreach(group.clauses, _clause),
        ui.button(
            words("sign-up-rules-add-clause"),
            kind="quiet",
            icon="plus",
            size="1",
            on_click=RuleEditorState.add_clause(group.key),
        ),
        key=group.key,
        spacing="3",
        width="100%",
        padding="var(--space-3)",
        border=f"1px solid {tokens.BORDER}",
        border_radius="var(--radius-4)",
    )


def _clause(one: rx.vars.ObjectVar[ClauseRow]) -> rx.Component:
    operators = rx.fragment(rx.foreach(one.operators, lambda pair: rx.select.item(pair[1], value=pair[0])))
    value = rx.input(
        default_value=one.value,
        aria_label=words("sign-up-rules-value"),
        placeholder=rx.cond(one.operator == "in", words("sign-up-rules-value-hint"), ""),
        on_change=lambda text: RuleEditorState.change_clause(one.key, "value", text).debounce(250),
        flex="1 1 9rem",
    )
    return rx.vstack(
        rx.hstack(
            ui.select_box(
                words("sign-up-rules-field"),
                list(FIELDS.items()),
                name=ui.text_of("field-", one.key),
                value=one.field,
                on_change=lambda value: RuleEditorState.change_clause(one.key, "field", value),
            ),
            ui.select_box(
                words("sign-up-rules-operator"),
                operators,
                name=ui.text_of("operator-", one.key),
                value=one.operator,
                on_change=lambda value: RuleEditorState.change_clause(one.key, "operator", value),
            ),
            value,
            ui.icon_button("x", words("sign-up-rules-remove-clause"), on_click=RuleEditorState.remove_clause(one.key)),
            align="center",
            wrap="wrap",
            spacing="2",
            width="100%",
        ),
        rx.cond(one.problem, rx.text(one.problem, size="1", color=tokens.TEXT_MUTED), rx.fragment()),
        key=one.key,
        spacing="1",
        width="100%",
    )


def _trial() -> rx.Component:
    verdict = rx.match(
        RuleEditorState.verdict,
        ("matches", ui.badge(words("sign-up-rules-trial-matches"), tone="success")),
        ("does not match", ui.badge(words("sign-up-rules-trial-differs"))),
        rx.fragment(),
    )
    return rx.hstack(
        rx.box(
            ui.text_field(
                words("sign-up-rules-trial"),
                name="rule_sample",
                type="email",
                auto_complete="off",
                placeholder=words("sign-up-rules-trial-hint"),
                on_change=RuleEditorState.change_sample.debounce(250),
            ),
            flex="1 1 14rem",
        ),
        rx.box(verdict, aria_live="polite"),
        align="center",
        wrap="wrap",
        spacing="3",
        width="100%",
    )


def _replay() -> rx.Component:
    answer = rx.vstack(
        rx.text(RuleEditorState.replayed, size="2", weight="medium"),
        rx.cond(
            ui.has_items(RuleEditorState.replayed_users),
            rx.el.ul(
                rx.foreach(
                    RuleEditorState.replayed_users,
                    lambda one: rx.el.li(rx.text(one, size="2", overflow_wrap="anywhere")),
                ),
                margin="0",
                padding_left="var(--space-5)",
                list_style="disc",
            ),
        ),
        spacing="2",
        width="100%",
    )
    return rx.vstack(
        rx.text(words("sign-up-rules-replay-text"), size="2", color=tokens.TEXT_MUTED),
        ui.button(words("sign-up-rules-replay"), kind="secondary", icon="history", on_click=RuleEditorState.replay),
        rx.box(rx.cond(RuleEditorState.replayed, answer), aria_live="polite", width="100%"),
        spacing="3",
        width="100%",
    )
