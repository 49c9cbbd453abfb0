"""The questions before an app is switched."""

import reflex as rx

from components import ui
from components.ui import words
from state.dashboard.app_switches import AppSwitchState


def switch_questions(state: type[AppSwitchState]) -> rx.Component:
    """Return the dialogs of a page that switches apps."""
    name = rx.Var.create(state.asked_name).to(str)
    is_asked = rx.Var.create(state.asked_id).to(str) != ""
    kind = rx.Var.create(state.asked_kind).to(str)
    return rx.fragment(
        ui.question(
            words("apps-hide-question", app=name),
            words("apps-hide-text"),
            confirm_label=words("apps-hide-confirm"),
            is_open=ui.all_of(is_asked, kind == "hide"),
            on_confirm=state.confirm,
            on_cancel=state.stop_asking,
        ),
        ui.question(
            words("apps-beta-question", app=name),
            words("apps-beta-text"),
            confirm_label=words("apps-beta-confirm"),
            is_open=ui.all_of(is_asked, kind == "beta"),
            on_confirm=state.confirm,
            on_cancel=state.stop_asking,
        ),
    )
