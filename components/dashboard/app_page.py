"""The page of one app."""

import reflex as rx

from components import ui
from components.dashboard import lists
from components.dashboard.app_marks import app_mark
from components.dashboard.app_switches import switch_questions
from components.dashboard.pushed import pushed_notice
from components.dashboard.shell import project_page
from components.ui import tokens, words, words_around
from state.dashboard import paths
from state.dashboard.app_page import AppLink, AppPageState


def page() -> rx.Component:
    """Return what the opened app is for, its pages and its switch."""
    return project_page(
        lists.loaded(
            rx.vstack(
                pushed_notice(AppPageState),
                rx.cond(
                    AppPageState.wanted,
                    ui.callout(words("apps-wanted", app=AppPageState.app.name), tone="warning"),
                ),
                _head(),
                _about(),
                _pages(),
                spacing="5",
                width="100%",
                max_width="48rem",
            ),
            error=AppPageState.error,
            is_loading=AppPageState.is_loading,
            on_retry=AppPageState.load,
            skeleton=rx.box(lists.cards_skeleton(words("tab-app")), width="100%", max_width="48rem"),
        ),
        switch_questions(AppPageState),
        here="apps",
        title=rx.cond(AppPageState.app.name, AppPageState.app.name, words("tab-app")),
        parent=(words("apps-title"), paths.apps),
    )


def _head() -> rx.Component:
    app = AppPageState.app
    state = rx.cond(
        AppPageState.is_on,
        ui.badge(words("apps-state-on"), tone="success"),
        ui.badge(words("apps-state-off")),
    )
    about = rx.vstack(
        rx.text(app.subtitle, size="3", weight="medium"),
        rx.hstack(
            state,
            rx.cond(app.is_beta, ui.badge(words("apps-beta"), tone="info"), rx.fragment()),
            rx.cond(app.is_built, rx.fragment(), ui.badge(words("apps-not-built"), tone="warning")),
            wrap="wrap",
            spacing="2",
        ),
        spacing="2",
        flex="1 1 14rem",
        min_width="0",
    )
    return ui.card(
        rx.hstack(app_mark(app.id, size=28), about, _actions(), align="center", wrap="wrap", spacing="4", width="100%"),
        padding="var(--space-5)",
    )


def _actions() -> rx.Component:
    app = AppPageState.app
    opens = ui.link_button(words("apps-open-page"), AppPageState.first_page)
    disable = ui.button(
        words("apps-disable"),
        kind="secondary",
        on_click=AppPageState.switch(app.id, False),
    )
    enable = ui.button(words("apps-enable"), icon="plus", on_click=AppPageState.switch(app.id, True))
    switch = rx.cond(AppPageState.is_on, disable, enable)
    return rx.hstack(
        rx.cond(AppPageState.parent.name, rx.fragment(), switch),
        rx.cond(ui.all_of(AppPageState.is_on, app.is_built), opens, rx.fragment()),
        wrap="wrap",
        spacing="3",
    )


def _about() -> rx.Component:
    app = AppPageState.app
    part = rx.text(
        words_around("apps-part", parent=_link(AppPageState.parent)),
        size="2",
    )
    return ui.section(
        words("apps-about"),
        rx.text(app.about, size="2"),
        rx.cond(AppPageState.parent.name, part, rx.fragment()),
        rx.cond(
            ui.has_items(AppPageState.parts), lists.fact(words("apps-parts"), rx.foreach(AppPageState.parts, _link))
        ),
        lists.fact(
            words("apps-tags"),
            rx.hstack(rx.foreach(app.tags, lambda tag: rx.badge(tag, color_scheme="gray")), wrap="wrap", spacing="2"),
        ),
    )


def _pages() -> rx.Component:
    return ui.section(
        words("apps-pages"),
        rx.cond(
            ui.has_items(AppPageState.pages),
            rx.vstack(
                rx.cond(
                    AppPageState.is_on,
                    rx.fragment(),
                    rx.text(words("apps-pages-closed"), size="2", color=tokens.TEXT_MUTED),
                ),
                rx.el.ul(rx.foreach(AppPageState.pages, _page), padding_left="var(--space-5)", margin="0"),
                spacing="3",
            ),
            ui.callout(words("apps-no-pages")),
        ),
    )


def _page(one: rx.vars.ObjectVar[AppLink]) -> rx.Component:
    name = rx.cond(AppPageState.is_on, _link(one), rx.text(one.name, size="2"))
    return rx.el.li(name, list_style="disc", padding_y="var(--space-1)")


def _link(one: AppLink | rx.vars.ObjectVar[AppLink]) -> rx.Component:
    return rx.link(one.name, href=one.address, size="2", underline="always")
