"""The catalogue of apps, and the page of the API keys app."""

import reflex as rx

from components import ui
from components.dashboard import lists
from components.dashboard.shell import project_page
from components.ui import tokens
from state.dashboard.apps import ApiKeysAppState, AppCard, AppsState


def catalogue_page() -> rx.Component:
    """Return all apps with their switches."""
    cards = rx.grid(
        rx.foreach(AppsState.cards, _card),
        columns=rx.breakpoints(initial="1", sm="2", lg="3"),
        spacing="4",
        width="100%",
    )
    nothing = ui.table_empty(ui.empty_state("Nothing found", "No app matches this search.", icon="search_x"))
    return project_page(
        _bar(),
        lists.loaded(
            rx.cond(ui.has_items(AppsState.cards), cards, nothing),
            error=AppsState.error,
            is_loading=AppsState.is_loading,
            on_retry=AppsState.load,
            skeleton=lists.cards_skeleton("Apps"),
        ),
        here="apps",
        title="Apps",
        text="What this project uses. Switching an app off hides it; its data stays.",
    )


def _bar() -> rx.Component:
    search = rx.input(
        rx.input.slot(ui.icon("search")),
        key=ui.text_of(AppsState.opened),
        placeholder="Name or purpose",
        aria_label="Search apps",
        type="search",
        max_length=100,
        on_change=AppsState.change_search.debounce(150),
        flex="1 1 14rem",
        max_width="24rem",
    )
    counted = rx.text(AppsState.installed, " installed", size="2", color=tokens.TEXT_MUTED, role="status")
    return rx.hstack(search, rx.spacer(), counted, align="center", wrap="wrap", spacing="3", width="100%")


def _card(card: rx.vars.ObjectVar[AppCard]) -> rx.Component:
    switch = rx.switch(
        checked=card.is_on,
        disabled=AppsState.is_pushed,
        on_change=lambda is_on: AppsState.switch(card.id, is_on),
        aria_label=ui.text_of(card.name, " is installed"),
    )
    part = rx.text("Part of ", card.part_of, size="1", color=tokens.TEXT_MUTED)
    return ui.card(
        rx.vstack(
            rx.hstack(
                rx.heading(card.name, as_="h2", size="3"),
                rx.cond(card.is_beta, ui.badge("Beta", tone="info"), rx.fragment()),
                rx.spacer(),
                rx.cond(card.part_of, part, switch),
                align="center",
                width="100%",
            ),
            rx.text(card.text, size="2"),
            rx.text(card.tags, size="1", color=tokens.TEXT_MUTED),
            rx.cond(
                card.is_on & (card.address != ""),
                rx.link("Open ", card.name, href=card.address, size="2", underline="always"),
                rx.fragment(),
            ),
            spacing="2",
            width="100%",
        ),
        padding="var(--space-4)",
        key=card.id,
    )


def api_keys_page() -> rx.Component:
    """Return who may have API keys."""
    switches = ui.section(
        "Who may have keys",
        _switch("user", "Users", "Users make keys for their own programs.", ApiKeysAppState.for_users),
        _switch("team", "Teams", "Members with $manage_api_keys make keys for a team.", ApiKeysAppState.for_teams),
        text="Changes apply at once. While a switch is off, existing keys of that kind do not work.",
    )
    about = ui.section(
        "How it works",
        rx.text(
            "Your application shows a page where people make and revoke keys; a key is shown once and kept as a hash. "
            "Your servers ask whose key a request carries, and whether it still works. Keys that turn up in public "
            "code are revoked when a scanner reports them.",
            size="2",
        ),
        rx.text("You see and revoke the keys of a user or a team on their pages.", size="2"),
    )
    return project_page(
        lists.loaded(
            rx.vstack(switches, about, spacing="5", width="100%"),
            error=ApiKeysAppState.error,
            is_loading=ApiKeysAppState.is_loading,
            on_retry=ApiKeysAppState.load,
            skeleton=lists.cards_skeleton("API keys", 2),
        ),
        here="api-keys",
        title="API keys",
        text="Keys that your users and teams hand to their programs.",
    )


def _switch(owner: str, label: str, text: str, is_on: bool) -> rx.Component:
    return ui.switch_row(
        label,
        text,
        name=f"keys-of-{owner}",
        checked=is_on,
        disabled=ApiKeysAppState.is_pushed,
        on_change=lambda is_ticked: ApiKeysAppState.switch(owner, is_ticked),
    )
