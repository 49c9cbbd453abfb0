"""Choosing a picture of oneself or of a team, and the part of it that is seen."""

from typing import Any

import reflex as rx
from reflex.event import EventType

from components import ui
from components.ui import say


class PictureCutter(rx.Component):
    """Opens the browser's choice of files, then the dialog (`assets/picture_cutter.js`); its child is the button."""

    library = "$/public/picture_cutter.js"
    tag = "PictureCutter"

    labels: rx.Var[dict[str, str]]

    @classmethod
    def get_event_triggers(cls) -> dict[str, Any]:
        """What it hands over: a data URL, or an empty text."""
        return {**super().get_event_triggers(), "on_picture": rx.event.passthrough_event_spec(str)}


def picture_button(on_picture: EventType[str]) -> rx.Component:
    """Return the button that lets people choose a picture."""
    labels = {
        "title": say("cut-picture"),
        "hint": say("cut-picture-hint"),
        "zoom": say("zoom"),
        "cancel": say("cancel"),
        "save": say("save"),
    }
    return PictureCutter.create(
        ui.button(say("choose-picture"), kind="secondary"), labels=labels, on_picture=on_picture
    )
