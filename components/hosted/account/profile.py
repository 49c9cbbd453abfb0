"""The tabs about oneself: name, picture, leaving."""

import reflex as rx

from components import ui
from components.hosted.account.picture import picture_button
from components.ui import say, tokens
from hexclave_app.pages import routes
from state.hosted.account.profile import LeavingState, ProfileState
from state.hosted.account.shell import AccountState


def profile_tab() -> rx.Component:
    """Return the tab of name and picture."""
    return rx.fragment(
        ui.section(
            say("profile"),
            rx.hstack(
                ui.avatar(ProfileState.initials, image=ProfileState.image, size="6", radius="full"),
                rx.vstack(
                    picture_button(ProfileState.save_image),
                    rx.cond(
                        ProfileState.image,
                        ui.button(say("remove-picture"), kind="quiet", on_click=ProfileState.remove_image),
                    ),
                    spacing="3",
                ),
                spacing="5",
                align="center",
                wrap="wrap",
            ),
            ui.submit_form(
                ui.text_field(
                    say("display-name"),
                    name="display_name",
                    key=ProfileState.name,
                    default_value=ProfileState.name,
                    auto_complete="name",
                    error=ProfileState.name_error,
                ),
                ui.button(say("save"), type="submit", pending=ProfileState.is_saving),
                on_submit=ProfileState.save_name,
            ),
        )
    )


def settings_tab() -> rx.Component:
    """Return the tab of signing out and leaving."""
    return rx.vstack(
        ui.section(say("sign-out"), ui.link_button(say("sign-out"), routes.SIGN_OUT, kind="secondary")),
        rx.cond(AccountState.can_delete_account, _danger_zone()),
        ui.question(
            say("delete-account-question"),
            say("delete-account-text"),
            confirm_label=say("delete-my-account"),
            is_open=LeavingState.is_asking,
            on_confirm=LeavingState.delete,
            on_cancel=LeavingState.stop_asking,
        ),
        spacing="5",
        width="100%",
    )


def _danger_zone() -> rx.Component:
    return ui.card(
        rx.el.details(
            rx.el.summary(say("danger-zone"), cursor="pointer", font_weight="600"),
            rx.vstack(
                rx.text(say("delete-account-warning"), size="2", color=tokens.TEXT_MUTED),
                ui.button(say("delete-account"), kind="danger", on_click=LeavingState.ask),
                spacing="3",
                margin_top="var(--space-3)",
            ),
        )
    )
