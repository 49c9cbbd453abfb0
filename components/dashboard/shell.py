"""The frame of every dashboard page: header, sidebar of the open project, main part."""

from collections.abc import Callable
from typing import Any

import reflex as rx

from components import ui
from components.dashboard.companion import companion, companion_items
from components.dashboard.palette import palette
from components.dashboard.rail import drawer, sidebar
from components.dashboard.tour import ACTION_ID, tour
from components.ui import tokens, words
from components.ui.icons import icon
from state.dashboard import paths
from state.dashboard.shell import ProjectLink, ShellState
from state.dashboard.tour import TourState

Address = Callable[[str], str]
"""A page of a project, by the project's id."""


def project_page(
    *children: rx.Component,
    here: str,
    title: str,
    text: str = "",
    parent: tuple[str, Address] | None = None,
    **head: Any,
) -> rx.Component:
    """Return a page about the open project.

    `here` names its place in the sidebar, `parent` the page above it, `action` stands beside the title.
    """
    if "action" in head:
        head["action"] = rx.box(head["action"], id=ACTION_ID, max_width="100%")
    return _frame(
        _breadcrumbs(title, parent),
        ui.page_header(title, text, **head),
        tour(here),
        *children,
        sidebar=sidebar(here),
        menu=drawer(here),
        about=(rx.menu.item(icon("compass"), words("tour-restart"), on_select=TourState.start),),
        search=palette(words("palette-hint")),
    )


def plain_page(*children: rx.Component, title: str, text: str = "", **head: Any) -> rx.Component:
    """Return a page about no single project."""
    search = palette(words("palette-hint-anywhere"))
    return _frame(ui.page_header(title, text, **head), *children, search=search)


def _frame(
    *children: rx.Component,
    search: rx.Component,
    sidebar: rx.Component | None = None,
    menu: rx.Component | None = None,
    about: tuple[rx.Component, ...] = (),
) -> rx.Component:
    main = rx.el.main(
        rx.cond(ShellState.error, _closed(), rx.vstack(*children, spacing="5", width="100%")),
        id=ui.MAIN_ID,
        tab_index=-1,
        outline="none",
        width="100%",
        min_width="0",
        max_width=tokens.CONTENT_WIDTH,
        margin_x="auto",
        padding=rx.breakpoints(initial="var(--space-4)", sm="var(--space-6)"),
    )
    return rx.box(
        ui.skip_link(),
        ui.unsaved_guard(words("common-leave-unsaved")),
        _header(menu, search, about),
        rx.flex(sidebar if sidebar is not None else rx.fragment(), main, companion(), width="100%"),
        background=tokens.CANVAS,
        min_height="100vh",
    )


def _closed() -> rx.Component:
    return ui.card(
        ui.message_card(
            words("shell-closed"),
            ShellState.error,
            tone="warning",
            primary=ui.link_button(words("shell-all-projects"), paths.PROJECTS),
        ),
        max_width="32rem",
        margin="var(--space-8) auto",
    )


def _header(menu: rx.Component | None, search: rx.Component, about: tuple[rx.Component, ...]) -> rx.Component:
    bar = rx.hstack(
        menu if menu is not None else rx.fragment(),
        rx.link(
            rx.box(ui.brand(), display=rx.breakpoints(initial="none", sm="block")),
            rx.box(_sign(), display=rx.breakpoints(initial="block", sm="none")),
            href=paths.PROJECTS,
            underline="none",
            color="inherit",
            aria_label=words("shell-home"),
        ),
        rx.text("/", color=tokens.BORDER, aria_hidden=True, display=rx.breakpoints(initial="none", sm="block")),
        _switcher(),
        rx.spacer(),
        search,
        ui.theme_switch(),
        _account_menu(about),
        align="center",
        spacing=rx.breakpoints(initial="2", sm="3"),
        height=tokens.HEADER_HEIGHT,
        padding_x="var(--space-4)",
    )
    return rx.el.header(
        bar,
        background=tokens.SURFACE,
        border_bottom=f"1px solid {tokens.BORDER}",
        position="sticky",
        top="0",
        z_index="2",
    )


def _sign() -> rx.Component:
    return rx.center(
        icon("hexagon", size=18, color="var(--accent-contrast)"),
        background=tokens.ACCENT,
        border_radius="var(--radius-3)",
        padding="var(--space-1)",
    )


def _switcher() -> rx.Component:
    name = rx.cond(ShellState.project.name, ShellState.project.name, words("shell-choose-project"))
    trigger = rx.button(
        rx.text(name, max_width=rx.breakpoints(initial="5rem", sm="16rem"), **tokens.ONE_LINE),
        icon("chevrons_up_down", size=14),
        variant="ghost",
        color_scheme="gray",
        aria_label=words("shell-open-project", project=name),
        type="button",
    )
    return rx.menu.root(
        rx.menu.trigger(trigger),
        rx.menu.content(
            rx.foreach(ShellState.projects, _switch_item),
            rx.menu.separator(),
            rx.menu.item(icon("layout_grid"), words("shell-all-projects"), on_select=rx.redirect(paths.PROJECTS)),
            rx.menu.item(icon("plus"), words("shell-new-project"), on_select=rx.redirect(paths.NEW_PROJECT)),
            max_height="24rem",
        ),
    )


def _switch_item(project: rx.vars.ObjectVar[ProjectLink]) -> rx.Component:
    return rx.menu.item(
        ui.avatar(project.initials, size="1"),
        rx.text(project.name, max_width="16rem", **tokens.ONE_LINE),
        rx.cond(project.is_open, icon("check"), rx.fragment()),
        on_select=rx.redirect(paths.overview(project.id)),  # type: ignore[arg-type]  # formatted in the browser
    )


def _account_menu(about: tuple[rx.Component, ...]) -> rx.Component:
    trigger = rx.button(
        ui.avatar(ShellState.account.initials, image=ShellState.account.image, size="1"),
        variant="ghost",
        color_scheme="gray",
        aria_label=words(
            "shell-account", initials=ShellState.account.initials
        ),  # what is written on it is part of its name
        type="button",
    )
    return rx.menu.root(
        rx.menu.trigger(trigger),
        rx.menu.content(
            rx.vstack(
                rx.text(ShellState.account.name, weight="medium", size="2"),
                rx.text(ShellState.account.email, size="1", color=tokens.TEXT_MUTED),
                spacing="0",
                padding="var(--space-2) var(--space-3)",
            ),
            rx.menu.separator(),
            rx.menu.item(icon("user_cog"), words("shell-account-settings"), on_select=ShellState.open_account),
            *about,
            *companion_items(),
            rx.menu.item(icon("log_out"), words("shell-sign-out"), on_select=ShellState.sign_out),
        ),
    )


def _breadcrumbs(title: str, parent: tuple[str, Address] | None) -> rx.Component:
    above = []
    if parent is not None:
        label, address = parent
        above = [rx.el.li(rx.link(label, href=address(ShellState.project.id), color_scheme="gray", size="2"))]
    entries = (
        rx.el.li(rx.link(words("shell-projects"), href=paths.PROJECTS, color_scheme="gray", size="2")),
        rx.el.li(
            rx.link(
                rx.cond(ShellState.project.name, ShellState.project.name, "…"),
                href=paths.overview(ShellState.project.id),
                color_scheme="gray",
                size="2",
            )
        ),
        *above,
        rx.el.li(rx.text(title, size="2", color=tokens.TEXT_MUTED), custom_attrs={"aria-current": "page"}),
    )
    parts: list[rx.Component] = [entries[0]]
    for entry in entries[1:]:
        parts += [rx.el.li(icon("chevron_right", size=14, color=tokens.TEXT_MUTED), aria_hidden=True), entry]
    return rx.el.nav(
        rx.el.ol(
            *parts,
            display="flex",
            flex_wrap="wrap",
            align_items="center",
            gap="var(--space-2)",
            list_style="none",
            padding="0",
            margin="0",
        ),
        aria_label=words("shell-breadcrumbs"),
    )
