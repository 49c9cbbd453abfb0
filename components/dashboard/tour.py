"""The guided tour: an offer on the overview, and a card beside what each step speaks of."""

from typing import Any, Final

import reflex as rx

from components import ui
from components.ui import tokens, words
from state.dashboard.shell import ShellState, app_id_of
from state.dashboard.tour import STEPS, TourState

ACTION_ID: Final = "page-action"  # what stands beside the title of a page
_FIRST, _LAST = STEPS[0][0], STEPS[-1][0]
_TEXTS: Final = {
    "overview": (words("tour-overview-title"), words("tour-overview-text")),
    "users": (words("tour-users-title"), words("tour-users-text")),
    "teams": (words("tour-teams-title"), words("tour-teams-text")),
    "emails": (words("tour-emails-title"), words("tour-emails-text")),
}
_TITLE_ID: Final = "tour-title"
_TEXT_ID: Final = "tour-text"


class TourStep(rx.Component):
    """Puts its children beside the first of the targets, on the page with that path."""

    library = "$/public/tour.js"
    tag = "TourStep"

    path: rx.Var[str]
    targets: rx.Var[list[str]]
    labelled_by: rx.Var[str]
    described_by: rx.Var[str]


def tour(here: str) -> rx.Component:
    """Return the step of a page, where it is one of the tour's; on the first one the offer, too."""
    addresses = dict(STEPS)
    if here not in addresses:
        return rx.fragment()
    card = TourStep.create(
        _card(here),
        path=addresses[here](ShellState.project.id),
        targets=[f"#{ACTION_ID} > *", "h1"],
        labelled_by=_TITLE_ID,
        described_by=_TEXT_ID,
        key=here,
    )
    shown = rx.cond(ui.all_of(ShellState.is_loaded, TourState.step == here), card)
    return rx.fragment(_offer(), shown) if here == _FIRST else shown


def _offer() -> rx.Component:
    offer = rx.flex(
        ui.icon("compass", size=20, color=rx.color("accent", 11), flex_shrink="0"),
        rx.box(
            rx.heading(words("tour-offer-title"), as_="h2", size="3"),
            rx.text(words("tour-offer-text"), size="2", color=tokens.TEXT_MUTED),
            flex="1 1 14rem",
        ),
        rx.hstack(
            ui.button(words("tour-decline"), kind="secondary", on_click=TourState.end),
            ui.button(words("tour-start"), on_click=TourState.start),
            wrap="wrap",
        ),
        align="center",
        wrap="wrap",
        spacing="3",
    )
    is_shown = ui.all_of(ShellState.is_loaded, ShellState.project.id != "", TourState.is_offered)
    return rx.cond(is_shown, ui.card(offer, padding="var(--space-4)"))


def _card(here: str) -> rx.Component:
    title, text = _TEXTS[here]
    ahead = words("tour-finish") if here == _LAST else words("tour-next")
    buttons = rx.hstack(
        ui.button(words("tour-skip"), kind="quiet", size="2", on_click=TourState.end, **_named("skip")),
        rx.spacer(),
        ui.button(words("tour-back"), kind="secondary", on_click=TourState.go_back, **_named("back"))
        if here != _FIRST
        else rx.fragment(),
        ui.button(ahead, on_click=TourState.move_on, **_named("next")),
        align="center",
        width="100%",
        wrap="wrap",
    )
    return ui.card(
        rx.vstack(
            rx.text(words("tour-progress", number=_number(here), count=_count()), size="1", color=tokens.TEXT_MUTED),
            rx.heading(title, as_="h2", size="3", id=_TITLE_ID),
            rx.text(text, size="2", id=_TEXT_ID),
            buttons,
            spacing="2",
        ),
        padding="var(--space-4)",
        box_shadow="var(--shadow-5)",
    )


def _named(name: str) -> dict[str, Any]:
    return {"custom_attrs": {"data-tour": name}}


def _number(here: str) -> Any:
    names = [name for name, _ in STEPS]
    return _installed(names[: names.index(here)]) + 1


def _count() -> Any:
    return _installed([name for name, _ in STEPS])


def _installed(names: list[str]) -> Any:
    """How many of the steps the project has."""
    addresses, closed = dict(STEPS), ShellState.closed_apps
    count: Any = rx.Var.create(0)
    for name in names:
        count = count + rx.cond(closed.contains(app_id_of(addresses[name])), 0, 1).to(int)  # type: ignore[attr-defined]  # the type checker sees the value of a var
    return count
