"""The settings of a project."""

import reflex as rx

from components import ui
from components.dashboard import lists
from components.dashboard.config_source import config_source
from components.dashboard.logos import logos
from components.dashboard.saving import staged_bar, staged_switch, staged_text
from components.dashboard.shell import project_page
from components.ui import tokens, words, words_around
from state.dashboard.settings import DeleteProjectState, SettingsState, TransferState
from state.dashboard.shell import TeamChoice


def page() -> rx.Component:
    """Return the general settings of the open project."""
    return project_page(
        lists.loaded(
            _sections(),
            error=SettingsState.error,
            is_loading=SettingsState.is_loading,
            on_retry=SettingsState.load,
            skeleton=rx.box(lists.cards_skeleton(words("settings-title")), width="100%", max_width="48rem"),
        ),
        staged_bar(SettingsState),
        here="settings",
        title=words("settings-title"),
    )


def _sections() -> rx.Component:
    return rx.vstack(
        _details(),
        _identity(),
        logos(),
        config_source(),
        _limits(),
        _production(),
        _transfer(),
        rx.cond(SettingsState.can_be_deleted, _deletion()),
        spacing="5",
        width="100%",
        max_width="48rem",
    )


def _details() -> rx.Component:
    return ui.section(
        words("settings-details"),
        staged_text(SettingsState, "project_name", words("settings-name"), required=True),
        staged_text(SettingsState, "description", words("settings-description")),
    )


def _identity() -> rx.Component:
    return ui.section(
        words("settings-addresses"),
        _named(words("settings-id"), ui.copy_value(SettingsState.id, label=words("settings-copied-id"))),
        _named(
            words("settings-hosted"), ui.copy_value(SettingsState.hosted_url, label=words("settings-copied-hosted"))
        ),
        rx.foreach(SettingsState.key_urls, _key_url),
        text=words("settings-addresses-text"),
    )


def _key_url(entry: rx.vars.ArrayVar[tuple[str, str]]) -> rx.Component:
    label = words("settings-key-url", whom=entry[0])
    return _named(label, ui.copy_value(entry[1], label=words("settings-copied-key-url")))


def _named(label: str | rx.Var[str], value: rx.Component) -> rx.Component:
    return rx.vstack(rx.text(label, size="2", weight="medium"), value, spacing="1", width="100%")


def _limits() -> rx.Component:
    return ui.section(
        words("settings-limits"),
        rx.cond(
            ui.has_items(SettingsState.limits),
            rx.foreach(SettingsState.limits, _limit),
            ui.callout(words("settings-no-limits"), tone="warning"),
        ),
        text=words("settings-limits-text"),
    )


def _limit(entry: rx.vars.ArrayVar[tuple[str, str]]) -> rx.Component:
    return _named(entry[0], rx.text(entry[1], size="2"))


def _production() -> rx.Component:
    has_problems = ui.has_items(SettingsState.production_problems)
    return ui.section(
        words("settings-production"),
        staged_switch(
            SettingsState,
            "production",
            words("settings-production"),
            words("settings-production-text"),
            element="production-mode",
            disabled=has_problems & ui.none_of(SettingsState.switches["production"]),
        ),
        rx.cond(
            has_problems,
            rx.vstack(
                rx.text(words("settings-production-problems"), size="2", color=tokens.TEXT_MUTED),
                rx.el.ul(
                    rx.foreach(SettingsState.production_problems, _problem),
                    margin="0",
                    padding_left="var(--space-5)",
                    list_style="disc",
                ),
                spacing="2",
            ),
        ),
    )


def _problem(entry: rx.vars.ArrayVar[tuple[str, str]]) -> rx.Component:
    return rx.el.li(
        rx.text(entry[0], " ", rx.link(words("settings-production-fix"), href=entry[1], underline="always"), size="2")
    )


def _transfer() -> rx.Component:
    others = rx.fragment(rx.foreach(SettingsState.teams, _team))
    return ui.section(
        words("settings-owner"),
        rx.text(words_around("settings-owned-by", team=rx.text.strong(SettingsState.owner)), size="2"),
        rx.hstack(
            rx.box(
                ui.select_field(
                    words("settings-new-owner"),
                    others,
                    name="new-owner",
                    value=TransferState.team,
                    on_change=TransferState.choose,
                ),
                flex="1 1 14rem",
            ),
            ui.button(
                words("settings-transfer"),
                kind="secondary",
                size="3",
                disabled=TransferState.team == "",
                on_click=TransferState.toggle(True),
            ),
            align="end",
            wrap="wrap",
            spacing="3",
            width="100%",
        ),
        ui.question(
            words("settings-transfer-question"),
            words("settings-transfer-text"),
            confirm_label=words("settings-transfer-confirm"),
            is_open=TransferState.is_asking,
            on_confirm=TransferState.transfer,
            on_cancel=TransferState.toggle(False),
        ),
        text=words("settings-owner-text"),
    )


def _team(team: rx.vars.ObjectVar[TeamChoice]) -> rx.Component:
    return rx.cond(team.name == SettingsState.owner, rx.fragment(), rx.select.item(team.name, value=team.id))


def _deletion() -> rx.Component:
    return ui.section(
        words("settings-deletion"),
        rx.hstack(
            ui.button(
                words("settings-delete"), kind="danger", icon="trash_2", on_click=DeleteProjectState.toggle(True)
            ),
        ),
        _delete_dialog(),
        text=words("settings-deletion-text"),
    )


def _delete_dialog() -> rx.Component:
    return ui.typed_question(
        words("settings-deletion-question"),
        words_around("settings-deletion-confirm", project=rx.text.strong(SettingsState.name)),
        label=words("settings-deletion-name"),
        confirm_label=words("settings-delete-for-ever"),
        error=DeleteProjectState.error,
        is_open=DeleteProjectState.is_open,
        on_submit=DeleteProjectState.delete,
        on_cancel=DeleteProjectState.toggle(False),
    )
