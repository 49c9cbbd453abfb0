"""The tabs about oneself: name, picture, leaving."""

import reflex as rx
from reflex.event import EventType

from components import ui
from components.ui import say, tokens
from hexclave_app.pages import routes
from state.hosted.account.profile import LeavingState, ProfileState
from state.hosted.account.shell import AccountState

# The browser cuts a square out of the middle and makes it small; what it cannot read becomes an empty text.
_PICK = """new Promise((done) => {
  const input = Object.assign(document.createElement('input'), { type: 'file', accept: 'image/*' });
  input.onchange = async () => {
    try {
      const image = await createImageBitmap(input.files[0]);
      const side = Math.min(image.width, image.height);
      const canvas = Object.assign(document.createElement('canvas'), { width: 256, height: 256 });
      const x = (image.width - side) / 2, y = (image.height - side) / 2;
      canvas.getContext('2d').drawImage(image, x, y, side, side, 0, 0, 256, 256);
      done(canvas.toDataURL('image/jpeg', 0.85));
    } catch { done(''); }
  };
  input.click();
})"""


def pick_image(callback: EventType[str]) -> object:
    """Return the event that lets people choose a picture and hands it to the callback."""
    return rx.call_script(_PICK, callback=callback)


def profile_tab() -> rx.Component:
    """Return the tab of name and picture."""
    return rx.fragment(
        ui.section(
            say("profile"),
            rx.hstack(
                ui.avatar(ProfileState.initials, image=ProfileState.image, size="6", radius="full"),
                rx.vstack(
                    ui.button(say("choose-picture"), kind="secondary", on_click=pick_image(ProfileState.save_image)),
                    rx.cond(
                        ProfileState.image,
                        ui.button(say("remove-picture"), kind="quiet", on_click=ProfileState.remove_image),
                    ),
                    spacing="3",
                ),
                spacing="5",
                align="center",
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
