"""The fields that ask which app a link shall lead to."""

from typing import Any

import reflex as rx

from components import ui
from components.ui import words
from state.dashboard.app_targets import LOCALHOST, Target


def target_fields(
    label: str, targets: list[Target], *, chosen: str, on_choose: Any
) -> tuple[rx.Component, rx.Component]:
    """Return the choice, and where on a developer's machine the app is."""
    options = rx.fragment(rx.foreach(targets, lambda one: rx.select.item(one.label, value=one.id)))
    local = rx.vstack(
        ui.text_field(words("user-mail-port"), name="target_port", default_value="3000", input_mode="numeric"),
        ui.text_field(words("user-mail-path"), name="target_path", default_value="/handler"),
        spacing="4",
        width="100%",
    )
    return (
        ui.select_field(label, options, name="link_target", value=chosen, on_change=on_choose),
        rx.cond(rx.Var.create(chosen) == LOCALHOST, local),
    )
