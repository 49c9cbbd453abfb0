"""OAuth providers: choosing one, configuring it, taking it away."""

import reflex as rx

from components import ui
from components.dashboard import lists
from components.hosted.marks import BRANDS, brand_mark
from components.ui import tokens, words, words_around
from state.dashboard.auth_methods import AuthMethodsState, ProviderDialogState


def mark_of(provider: str | rx.Var[str]) -> rx.Component:
    """Return the mark of a provider that only the browser knows."""
    return rx.match(provider, *[(kind, brand_mark(kind)) for kind in BRANDS], ui.icon("key_round"))


def provider_tiles() -> rx.Component:
    """Return the dialog with the providers that the project does not have yet."""
    search = rx.input(
        rx.input.slot(ui.icon("search")),
        placeholder=words("auth-methods-provider-search"),
        aria_label=words("auth-methods-provider-search"),
        type="search",
        on_change=AuthMethodsState.search_provider.debounce(150),
        width="100%",
    )
    tiles = rx.grid(
        rx.foreach(AuthMethodsState.addable, _tile),
        columns=rx.breakpoints(initial="1", xs="2", sm="3"),
        spacing="3",
        width="100%",
    )
    nothing = rx.text(words("auth-methods-no-such-provider"), size="2", color=tokens.TEXT_MUTED)
    return rx.dialog.root(
        rx.dialog.content(
            rx.dialog.title(words("auth-methods-add-provider")),
            rx.vstack(
                search,
                rx.box(
                    rx.cond(ui.has_items(AuthMethodsState.addable), tiles, nothing), aria_live="polite", width="100%"
                ),
                rx.hstack(
                    rx.dialog.close(ui.button(words("common-cancel"), kind="secondary")), justify="end", width="100%"
                ),
                spacing="4",
                width="100%",
            ),
            max_width="36rem",
            aria_describedby=None,
        ),
        open=AuthMethodsState.is_adding,
        on_open_change=AuthMethodsState.toggle_adding,
    )


def _tile(one: rx.vars.ArrayVar[tuple[str, str]]) -> rx.Component:
    return rx.button(
        mark_of(one[0]),
        one[1],
        type="button",
        variant="surface",
        color_scheme="gray",
        high_contrast=True,
        size="3",
        width="100%",
        justify="start",
        on_click=ProviderDialogState.open_for(one[0]),
    )


def provider_dialog() -> rx.Component:
    """Return the dialog that configures one provider."""
    shared = ui.switch_row(
        words("auth-methods-shared"),
        words("auth-methods-shared-text"),
        name="provider-shared",
        checked=ProviderDialogState.is_shared,
        on_change=ProviderDialogState.share,
    )
    return ui.form_dialog(
        words("auth-methods-sign-in-with", provider=ProviderDialogState.name),
        lists.fact(
            words("auth-methods-callback"),
            ui.copy_value(ProviderDialogState.callback_url, label=words("auth-methods-copied-callback")),
        ),
        _where_keys_are(),
        rx.cond(ProviderDialogState.can_be_shared, shared),
        rx.cond(ProviderDialogState.is_shared, rx.fragment(), _own_keys()),
        ui.checkbox(
            words("auth-methods-use-for-sign-in"),
            name="provider_sign_in",
            default_checked=ProviderDialogState.allows_sign_in,
        ),
        ui.checkbox(
            words("auth-methods-use-for-connected"),
            name="provider_connected",
            default_checked=ProviderDialogState.allows_connected,
        ),
        submit_label=words("common-save"),
        is_open=ProviderDialogState.is_open,
        error=ProviderDialogState.error,
        on_submit=ProviderDialogState.submit,
        on_open_change=ProviderDialogState.toggle,
    )


def remove_question() -> rx.Component:
    """Return the question before a provider goes."""
    box, is_ticked = ui.tick_box("provider-removal-tick", words("auth-methods-removal-tick"))
    return ui.question(
        words("auth-methods-removal"),
        words("auth-methods-removal-text"),
        box,
        confirm_label=words("auth-methods-removal-confirm"),
        is_open=AuthMethodsState.removing_id != "",
        on_confirm=AuthMethodsState.remove,
        on_cancel=AuthMethodsState.stop_asking,
        can_confirm=is_ticked,
    )


def _own_keys() -> rx.Component:
    return rx.vstack(
        ui.text_field(
            rx.cond(
                ProviderDialogState.id == "apple", words("auth-methods-service-id"), words("auth-methods-client-id")
            ),
            name="provider_client_id",
            default_value=ProviderDialogState.client_id,
            auto_complete="off",
        ),
        ui.password_field(
            words("auth-methods-client-secret"),
            name="provider_client_secret",
            auto_complete="new-password",
            placeholder=rx.cond(ProviderDialogState.has_secret, words("auth-methods-secret-stored"), ""),
        ),
        rx.cond(
            ProviderDialogState.extra_label,
            ui.text_field(
                ProviderDialogState.extra_label,
                name="provider_extra",
                default_value=ProviderDialogState.extra_value,
                auto_complete="off",
            ),
        ),
        spacing="4",
        width="100%",
    )


def _where_keys_are() -> rx.Component:
    return rx.fragment(
        rx.cond(
            ProviderDialogState.keys_url,
            rx.text(
                words_around(
                    "auth-methods-get-keys",
                    page=rx.link(
                        ProviderDialogState.name,
                        href=ProviderDialogState.keys_url,
                        is_external=True,
                        underline="always",
                    ),
                ),
                size="2",
            ),
        ),
        rx.cond(ProviderDialogState.id == "github", ui.callout(words("auth-methods-github-note"))),
    )
