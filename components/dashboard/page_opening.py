"""What is seen and heard while one page of the dashboard leads to the next."""

import reflex as rx

from components import ui


class PageOpening(rx.Component):
    """A bar while a page is being opened; its title and the focus when it is there."""

    library = "$/public/page_opening.js"
    tag = "PageOpening"

    is_live: rx.Var[bool]
    main_id: rx.Var[str]


def page_opening() -> rx.Component:
    """Return what stands around every page."""
    return PageOpening.create(is_live=rx.State.is_hydrated, main_id=ui.MAIN_ID)
