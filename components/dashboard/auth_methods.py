"""How people sign in and sign up."""

from typing import Any

import reflex as rx

from components import ui
from components.dashboard import lists
from components.dashboard.auth_providers import mark_of, provider_dialog, provider_tiles, remove_question
from components.dashboard.onboarding import verification_switch
from components.dashboard.pushed import pushed_notice
from components.dashboard.saving import staged_bar, staged_switch
from components.dashboard.shell import Address, project_page
from components.dashboard.sign_in_preview import sign_in_preview
from components.hosted.marks import BRANDS
from components.ui import tokens, words, words_around
from state.dashboard import paths
from state.dashboard.auth_methods import STRATEGIES, AuthMethodsState, ProviderDialogState, ProviderRow
from state.dashboard.shell import ShellState


def page() -> rx.Component:
    """Return the ways to sign in, the providers and the rules of sign-up."""
    return project_page(
        pushed_notice(AuthMethodsState),
        lists.loaded(
            rx.vstack(
                rx.grid(
                    rx.vstack(_methods(), _providers(), spacing="5", width="100%", min_width="0"),
                    _preview(),
                    columns=rx.breakpoints(initial="1", lg="2"),
                    spacing="5",
                    width="100%",
                ),
                _sign_up(),
                _deletion(),
                spacing="5",
                width="100%",
            ),
            error=AuthMethodsState.error,
            is_loading=AuthMethodsState.is_loading,
            on_retry=AuthMethodsState.load,
            skeleton=lists.cards_skeleton(words("auth-methods-title")),
        ),
        provider_tiles(),
        provider_dialog(),
        remove_question(),
        staged_bar(AuthMethodsState),
        here="auth-methods",
        title=words("auth-methods-title"),
        text=words("auth-methods-text"),
        action=ui.link_button(
            words("auth-methods-open-page"), AuthMethodsState.sign_in_url, kind="secondary", opens_new_tab=True
        ),
    )


def _preview() -> rx.Component:
    offered: Any = AuthMethodsState.signs_in_with  # the type checker sees the value of a var
    switches = AuthMethodsState.switches
    return rx.box(
        ui.section(
            words("auth-methods-preview"),
            sign_in_preview(
                AuthMethodsState.project_name,
                password=switches["password"],
                code=switches["otp"],
                passkey=switches["passkey"],
                providers={kind: offered.contains(kind) for kind in BRANDS},
            ),
            text=words("auth-methods-preview-text"),
        ),
        min_width="0",
    )


def _switch(name: str, label: str, text: str) -> rx.Component:
    return staged_switch(AuthMethodsState, name, label, text, element=f"auth-{name}")


def _methods() -> rx.Component:
    return ui.section(
        words("auth-methods-methods"),
        _switch("password", words("auth-methods-password"), words("auth-methods-password-text")),
        _switch("otp", words("auth-methods-otp"), words("auth-methods-otp-text")),
        _switch("passkey", words("auth-methods-passkey"), words("auth-methods-passkey-text")),
    )


def _providers() -> rx.Component:
    add = ui.button(
        words("auth-methods-add-provider"),
        kind="secondary",
        icon="plus",
        on_click=AuthMethodsState.toggle_adding(True),
    )
    return ui.section(
        words("auth-methods-providers"),
        lists.card_table(
            (
                words("auth-methods-column-provider"),
                words("auth-methods-column-keys"),
                words("auth-methods-column-uses"),
                "",
            ),
            AuthMethodsState.rows,
            _provider_row,
            caption=words("auth-methods-providers"),
            empty=words("auth-methods-no-providers"),
        ),
        action=add,
    )


def _provider_row(row: rx.vars.ObjectVar[ProviderRow]) -> rx.Component:
    keys = rx.cond(
        row.is_shared,
        rx.tooltip(
            rx.box(ui.badge(words("auth-methods-keys-shared"), tone="warning"), tab_index=0),
            content=words("auth-methods-shared-text"),
        ),
        ui.badge(words("auth-methods-keys-own"), tone="success"),
    )
    uses = rx.hstack(
        rx.cond(row.allows_sign_in, ui.badge(words("auth-methods-for-sign-in"), tone="success"), rx.fragment()),
        rx.cond(row.allows_connected, ui.badge(words("auth-methods-for-connected"), tone="info"), rx.fragment()),
        wrap="wrap",
        spacing="1",
    )
    menu = lists.row_menu(
        words("common-actions-for", name=row.name),
        rx.menu.item(
            ui.icon("settings_2"), words("auth-methods-configure"), on_select=ProviderDialogState.open_for(row.id)
        ),
        rx.menu.separator(),
        rx.menu.item(
            ui.icon("trash_2"),
            words("auth-methods-remove"),
            color_scheme="red",
            on_select=AuthMethodsState.ask_to_remove(row.id),
        ),
    )
    return lists.table_row(
        row.id,
        rx.hstack(
            mark_of(row.id),
            rx.text(row.name, size="2", weight="medium", white_space="nowrap"),
            align="center",
            spacing="2",
        ),
        rx.table.cell(keys),
        rx.table.cell(uses),
        lists.actions_cell(menu),
    )


def _sign_up() -> rx.Component:
    return ui.section(
        words("auth-methods-sign-up"),
        _switch("sign_up", words("auth-methods-sign-up-switch"), words("auth-methods-sign-up-text")),
        verification_switch(AuthMethodsState),
        ui.select_field(
            words("auth-methods-strategy"),
            list(STRATEGIES.items()),
            name="merge-strategy",
            value=AuthMethodsState.texts["strategy"],
            on_change=lambda strategy: AuthMethodsState.choose("strategy", strategy),
        ),
        rx.text(
            words_around("auth-methods-see-rules", page=_link(words("auth-methods-rules"), paths.sign_up_rules)),
            " ",
            words_around("auth-methods-see-limits", page=_link(words("auth-methods-limits"), paths.settings)),
            size="2",
            color=tokens.TEXT_MUTED,
        ),
    )


def _link(label: str, address: Address) -> rx.Component:
    return rx.link(label, href=address(ShellState.project.id), underline="always")


def _deletion() -> rx.Component:
    return ui.section(
        words("auth-methods-deletion"),
        _switch("self_deletion", words("auth-methods-deletion-switch"), words("auth-methods-deletion-text")),
    )
