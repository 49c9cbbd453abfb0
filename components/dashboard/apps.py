"""The catalogue of apps, and the page of the API keys app."""

import reflex as rx

from components import ui
from components.dashboard import lists
from components.dashboard.app_marks import app_mark
from components.dashboard.app_switches import switch_questions
from components.dashboard.pushed import pushed_notice
from components.dashboard.saving import staged_bar, staged_switch
from components.dashboard.shell import project_page
from components.ui import tokens, words, words_around
from state.dashboard import paths
from state.dashboard.apps import ApiKeysAppState, AppCard, AppsState, CategoryTab
from state.dashboard.shell import ShellState


def catalogue_page() -> rx.Component:
    """Return all apps with their switches."""
    cards = rx.grid(
        rx.foreach(AppsState.cards, _card),
        columns=rx.breakpoints(initial="1", sm="2", lg="3"),
        spacing="4",
        width="100%",
    )
    nothing = ui.table_empty(ui.empty_state(words("apps-none-found"), words("apps-none-found-text"), icon="search_x"))
    return project_page(
        pushed_notice(AppsState),
        _bar(),
        lists.loaded(
            rx.vstack(
                _categories(),
                rx.cond(ui.has_items(AppsState.cards), cards, nothing),
                spacing="4",
                width="100%",
            ),
            error=AppsState.error,
            is_loading=AppsState.is_loading,
            on_retry=AppsState.load,
            skeleton=lists.cards_skeleton(words("apps-title")),
        ),
        switch_questions(AppsState),
        here="apps",
        title=words("apps-title"),
        text=words("apps-text"),
    )


def _bar() -> rx.Component:
    search = lists.search(
        words("apps-search"),
        words("apps-search-hint"),
        opened=AppsState.opened,
        on_change=AppsState.change_search.debounce(150),
        max_length=100,
        flex="1 1 14rem",
    )
    counted = rx.text(
        words("apps-installed", count=AppsState.installed), size="2", color=tokens.TEXT_MUTED, role="status"
    )
    return rx.hstack(search, rx.spacer(), counted, align="center", wrap="wrap", spacing="3", width="100%")


def _categories() -> rx.Component:
    return rx.flex(
        rx.foreach(AppsState.categories, _category),
        role="group",
        aria_label=words("apps-categories"),
        wrap="wrap",
        gap="var(--space-2)",
    )


def _category(tab: rx.vars.ObjectVar[CategoryTab]) -> rx.Component:
    is_here = tab.id == AppsState.category
    return ui.toggle_button(
        words("apps-category-counted", category=tab.name, count=tab.count),
        is_on=is_here,
        on_click=AppsState.choose_category(tab.id),
    )


def _card(card: rx.vars.ObjectVar[AppCard]) -> rx.Component:
    switch = rx.switch(
        checked=card.is_on,
        on_change=lambda is_on: AppsState.switch(card.id, is_on),
        aria_label=words("apps-is-installed", app=card.name),
    )
    part = rx.text(words("apps-part-of", app=card.part_of), size="1", color=tokens.TEXT_MUTED)
    name = rx.heading(
        rx.link(card.name, href=card.address, color=tokens.TEXT, underline="hover"), as_="h2", size="3", min_width="0"
    )
    opens = rx.link(words("apps-open", app=card.name), href=card.opens, size="2", underline="always")
    return ui.card(
        rx.vstack(
            rx.hstack(
                app_mark(card.id),
                name,
                rx.cond(card.is_beta, ui.badge(words("apps-beta"), tone="info"), rx.fragment()),
                rx.spacer(),
                rx.cond(card.part_of, part, switch),
                align="center",
                spacing="3",
                width="100%",
            ),
            rx.text(card.text, size="2"),
            rx.text(card.tags, size="1", color=tokens.TEXT_MUTED),
            rx.cond(
                card.is_built,
                rx.cond(card.is_on, opens),
                rx.text(words("apps-not-built"), size="1", color=tokens.TEXT_MUTED),
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
        words("api-keys-owners"),
        _switch("user", words("api-keys-users"), words("api-keys-users-text")),
        _switch("team", words("api-keys-teams"), words("api-keys-teams-text")),
        text=words("api-keys-owners-text"),
    )
    about = ui.section(
        words("api-keys-about"),
        rx.text(
            words("api-keys-about-keys"),
            size="2",
        ),
        rx.text(words("api-keys-about-dashboard"), size="2"),
        rx.text(
            words_around(
                "api-keys-about-project",
                page=rx.link(words("keys-title"), href=paths.keys(ShellState.project.id), underline="always"),
            ),
            size="2",
        ),
    )
    return project_page(
        pushed_notice(ApiKeysAppState),
        lists.loaded(
            rx.vstack(switches, about, spacing="5", width="100%"),
            error=ApiKeysAppState.error,
            is_loading=ApiKeysAppState.is_loading,
            on_retry=ApiKeysAppState.load,
            skeleton=lists.cards_skeleton(words("api-keys-title"), 2),
        ),
        staged_bar(ApiKeysAppState),
        here="api-keys",
        title=words("api-keys-title"),
        text=words("api-keys-text"),
    )


def _switch(owner: str, label: str, text: str) -> rx.Component:
    return staged_switch(ApiKeysAppState, owner, label, text, element=f"keys-of-{owner}")
