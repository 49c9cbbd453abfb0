"""The frame of every dashboard page: header, sidebar of the open project, main part."""

from collections.abc import Callable
from typing import Any, Final

import reflex as rx

from components import ui
from components.dashboard.palette import palette
from components.ui import tokens, words
from components.ui.icons import icon
from state.dashboard import paths
from state.dashboard.shell import ProjectLink, ShellState, app_id_of

# From 1024 px on the sidebar stands beside the page, below it opens as a dialog.
_ONLY_WIDE: Final = rx.breakpoints(initial="none", md="flex")
_ONLY_NARROW: Final = rx.breakpoints(initial="flex", md="none")

# The apps with their pages: name of the page, icon, text, address.
_PLACES: Final = (
    (
        "",
        (
            ("overview", "layout_dashboard", words("shell-overview"), paths.overview),
            ("users", "users", words("shell-users"), paths.users),
        ),
    ),
    (
        words("shell-group-authentication"),
        (
            ("auth-methods", "lock_keyhole", words("shell-auth-methods"), paths.auth_methods),
            ("sign-up-rules", "list_checks", words("shell-sign-up-rules"), paths.sign_up_rules),
            ("onboarding", "clipboard_check", words("shell-onboarding"), paths.onboarding),
        ),
    ),
    (
        words("shell-group-teams"),
        (
            ("teams", "users_round", words("shell-teams"), paths.teams),
            ("team-settings", "user_cog", words("shell-team-settings"), paths.team_settings),
        ),
    ),
    (
        words("shell-group-access"),
        (
            ("project-permissions", "shield", words("shell-project-permissions"), paths.project_permissions),
            ("team-permissions", "shield_half", words("shell-team-permissions"), paths.team_permissions),
            ("api-keys", "key_square", words("shell-api-keys"), paths.api_keys),
        ),
    ),
    (
        words("shell-group-emails"),
        (
            ("emails", "mail", words("shell-emails"), paths.emails),
            ("email-drafts", "file_pen", words("shell-email-drafts"), paths.email_drafts),
            ("email-templates", "layout_template", words("shell-email-templates"), paths.email_templates),
            ("email-themes", "palette", words("shell-email-themes"), paths.email_themes),
            ("email-suppressions", "mail_x", words("shell-email-suppressions"), paths.email_suppressions),
            ("email-domains", "at_sign", words("shell-email-domains"), paths.email_domains),
            ("email-settings", "send", words("shell-email-settings"), paths.email_settings),
        ),
    ),
    (
        words("shell-group-project"),
        (
            ("apps", "layout_grid", words("shell-apps"), paths.apps),
            ("keys", "key_round", words("shell-keys"), paths.keys),
            ("domains", "globe", words("shell-domains"), paths.domains),
            ("audit-log", "scroll_text", words("shell-audit-log"), paths.audit_log),
            ("settings", "settings", words("shell-settings"), paths.settings),
        ),
    ),
)


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
    return _frame(
        _breadcrumbs(title, parent),
        ui.page_header(title, text, **head),
        *children,
        sidebar=_sidebar(here),
        menu=_drawer(here),
        search=palette(),
    )


def plain_page(*children: rx.Component, title: str, text: str = "", **head: Any) -> rx.Component:
    """Return a page about no single project."""
    return _frame(ui.page_header(title, text, **head), *children)


def _frame(
    *children: rx.Component,
    sidebar: rx.Component | None = None,
    menu: rx.Component | None = None,
    search: rx.Component | None = None,
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
        _header(menu, search),
        rx.flex(sidebar if sidebar is not None else rx.fragment(), main, width="100%"),
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


def _header(menu: rx.Component | None, search: rx.Component | None) -> rx.Component:
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
        search if search is not None else rx.fragment(),
        ui.theme_switch(),
        _account_menu(),
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
        rx.cond(project.is_open, icon("check"), rx.box(width="16px")),
        rx.text(project.name, max_width="16rem", **tokens.ONE_LINE),
        on_select=rx.redirect(paths.overview(project.id)),  # type: ignore[arg-type]  # formatted in the browser
    )


def _account_menu() -> rx.Component:
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


def _sidebar(here: str) -> rx.Component:
    return rx.box(
        _navigation(here),
        display=_ONLY_WIDE,
        flex_shrink="0",
        width=tokens.SIDEBAR_WIDTH,
        height=f"calc(100vh - {tokens.HEADER_HEIGHT})",
        position="sticky",
        top=tokens.HEADER_HEIGHT,
        overflow_y="auto",
        border_right=f"1px solid {tokens.BORDER}",
        background=tokens.SURFACE,
        padding="var(--space-4) var(--space-3)",
    )


def _drawer(here: str) -> rx.Component:
    trigger = rx.icon_button(
        icon("menu", size=18), aria_label=words("shell-menu"), variant="ghost", color_scheme="gray", type="button"
    )
    content = rx.dialog.content(
        rx.hstack(
            rx.dialog.title(words("shell-menu"), size="3", margin="0"),
            rx.spacer(),
            rx.dialog.close(ui.icon_button("x", words("shell-close-menu"))),
            align="center",
            margin_bottom="var(--space-4)",
        ),
        _navigation(here, closes=True),
        aria_describedby=None,
        max_width="20rem",
    )
    return rx.box(rx.dialog.root(rx.dialog.trigger(trigger), content), display=_ONLY_NARROW)


def _navigation(here: str, *, closes: bool = False) -> rx.Component:
    entries: list[rx.Component] = []
    for heading, pages in _PLACES:
        if heading:
            title = rx.text(
                heading,
                size="1",
                weight="medium",
                color=tokens.TEXT_MUTED,
                padding="var(--space-3) 0 0 var(--space-3)",
            )
            entries.append(where_installed({app_id_of(address) for *_, address in pages}, title))
        entries += [where_installed({app_id_of(page[-1])}, _place(*page, here=here, closes=closes)) for page in pages]
    return rx.el.nav(rx.vstack(*entries, spacing="1", width="100%"), aria_label=words("shell-navigation"), width="100%")


def where_installed(apps: set[str], entry: rx.Component) -> rx.Component:
    """Return what leads to pages of apps, where the project has one of them.

    The app without a name is in every project.
    """
    if "" in apps:
        return entry
    closed: Any = ShellState.closed_apps  # the type checker sees the value of a var
    is_closed = ui.all_of(*(closed.contains(app) for app in sorted(apps)))
    return rx.cond(is_closed, rx.fragment(), entry)


def _place(name: str, icon_name: str, label: str, address: Any, *, here: str, closes: bool) -> rx.Component:
    is_here = name == here
    link = rx.link(
        rx.hstack(icon(icon_name, size=17), rx.text(label, size="2"), align="center", spacing="3"),
        href=address(ShellState.project.id),
        underline="none",
        color=tokens.TEXT if is_here else tokens.TEXT_MUTED,
        font_weight="500" if is_here else "400",
        background=rx.color("accent", 3) if is_here else "transparent",
        border_radius="var(--radius-3)",
        padding="var(--space-2) var(--space-3)",
        width="100%",
        display="block",
        custom_attrs={"aria-current": "page"} if is_here else {},
        _hover={"background": rx.color("accent", 3) if is_here else rx.color("gray", 3)},
    )
    return rx.dialog.close(link) if closes else link
