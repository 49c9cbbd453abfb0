"""The sidebar of the open project: fixed places, pages of installed apps, and the project's settings at its foot."""

from typing import Any, Final

import reflex as rx

from components import ui
from components.ui import tokens, words
from components.ui.icons import icon
from state.dashboard import paths
from state.dashboard.rail import RailState
from state.dashboard.shell import ShellState, app_id_of

# From 1024 px on the sidebar stands beside the page, below it opens as a dialog.
_ONLY_WIDE: Final = rx.breakpoints(initial="none", md="flex")
_ONLY_NARROW: Final = rx.breakpoints(initial="flex", md="none")

# Places: name of the page, icon, text, address.
_FIXED: Final = (
    ("overview", "layout_dashboard", words("shell-overview"), paths.overview),
    ("users", "users", words("shell-users"), paths.users),
)
# The apps with their pages: name of the page, icon, text, address.
_GROUPS: Final = (
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
)
_FOOT: Final = (
    words("shell-group-project"),
    (
        ("settings", "settings", words("shell-settings"), paths.settings),
        ("keys", "key_round", words("shell-keys"), paths.keys),
        ("domains", "globe", words("shell-domains"), paths.domains),
        ("audit-log", "scroll_text", words("shell-audit-log"), paths.audit_log),
    ),
)
_APPS: Final = ("apps", "layout_grid", words("shell-apps"), paths.apps)
_FIRST_OPEN: Final = "auth-methods"  # the group of this page is open where the page belongs to none


def sidebar(here: str) -> rx.Component:
    """Return the sidebar of wide screens, which folds up to its icons; `here` is the place of the page."""
    is_narrow = RailState.is_narrow
    toggle = rx.button(
        rx.cond(is_narrow, icon("panel_left_open", size=17), icon("panel_left_close", size=17)),
        rx.cond(is_narrow, rx.fragment(), rx.text(words("shell-fold"), size="2")),
        variant="ghost",
        color_scheme="gray",
        type="button",
        aria_label=rx.cond(is_narrow, words("shell-unfold"), words("shell-fold")),
        title=rx.cond(is_narrow, words("shell-unfold"), words("shell-fold")),
        on_click=RailState.toggle,
        margin="0",
        width="100%",
        justify_content=rx.cond(is_narrow, "center", "flex-start"),
        padding="var(--space-2) var(--space-3)",
        gap="var(--space-3)",
    )
    return rx.flex(
        rx.cond(is_narrow, _icons(here), _navigation(here)),
        rx.box(toggle, border_top=f"1px solid {tokens.BORDER}", padding="var(--space-2) var(--space-3)"),
        direction="column",
        display=_ONLY_WIDE,
        flex_shrink="0",
        width=rx.cond(is_narrow, tokens.RAIL_WIDTH, tokens.SIDEBAR_WIDTH),
        height=f"calc(100vh - {tokens.HEADER_HEIGHT})",
        position="sticky",
        top=tokens.HEADER_HEIGHT,
        border_right=f"1px solid {tokens.BORDER}",
        background=tokens.SURFACE,
    )


def drawer(here: str) -> rx.Component:
    """Return the button of narrow screens that opens the same places as a dialog."""
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


def where_installed(apps: set[str], entry: rx.Component) -> rx.Component:
    """Return what leads to pages of apps, where the project has one of them.

    The app without a name is in every project.
    """
    if "" in apps:
        return entry
    closed: Any = ShellState.closed_apps  # the type checker sees the value of a var
    is_closed = ui.all_of(*(closed.contains(app) for app in sorted(apps)))
    return rx.cond(is_closed, rx.fragment(), entry)


def _navigation(here: str, *, closes: bool = False) -> rx.Component:
    told: dict[str, Any] = {"here": here, "closes": closes}
    fixed = [_place(*page, **told) for page in _FIXED]
    groups = [where_installed(_apps_of(pages), _group(title, pages, **told)) for title, pages in _GROUPS]
    foot = rx.vstack(
        _place(*_APPS, **told),
        _group(*_FOOT, **told),
        spacing="1",
        width="100%",
        padding="var(--space-2) var(--space-3)",
        border_top=f"1px solid {tokens.BORDER}",
        flex_shrink="0",
    )
    return rx.el.nav(
        rx.vstack(
            *fixed,
            *groups,
            spacing="1",
            width="100%",
            flex="1",
            min_height="0",
            overflow_y="auto",
            padding="var(--space-4) var(--space-3)",
        ),
        foot,
        aria_label=words("shell-navigation"),
        width="100%",
        flex="1",
        min_height="0",
        display="flex",
        flex_direction="column",
    )


def _group(title: str, pages: Any, *, here: str, closes: bool) -> rx.Component:
    names = [name for name, *_ in pages]
    is_open = here in names or (_FIRST_OPEN in names and not _is_in_group(here))
    entries = [where_installed({app_id_of(page[-1])}, _place(*page, here=here, closes=closes)) for page in pages]
    return ui.disclosure(title, *entries, is_open=is_open)


def _icons(here: str) -> rx.Component:
    """Every place as its icon, one below the other."""
    pages = [*_FIXED, *(page for _, group in _GROUPS for page in group), _APPS, *_FOOT[1]]
    return rx.el.nav(
        rx.vstack(
            *[where_installed({app_id_of(page[-1])}, _sign(*page, here=here)) for page in pages],
            spacing="1",
            align="center",
        ),
        aria_label=words("shell-navigation"),
        flex="1",
        min_height="0",
        overflow_y="auto",
        padding="var(--space-4) var(--space-2)",
    )


def _is_in_group(here: str) -> bool:
    return any(here == name for _, pages in (*_GROUPS, _FOOT) for name, *_ in pages)


def _apps_of(pages: Any) -> set[str]:
    return {app_id_of(address) for *_, address in pages}


def _sign(name: str, icon_name: str, label: str, address: Any, *, here: str) -> rx.Component:
    return rx.link(
        icon(icon_name, size=18),
        href=address(ShellState.project.id),
        aria_label=label,
        title=label,
        padding="var(--space-2)",
        display="flex",
        **_look(is_here=name == here),
    )


def _place(name: str, icon_name: str, label: str, address: Any, *, here: str, closes: bool) -> rx.Component:
    link = rx.link(
        rx.hstack(icon(icon_name, size=17), rx.text(label, size="2"), align="center", spacing="3"),
        href=address(ShellState.project.id),
        font_weight="500" if name == here else "400",
        padding="var(--space-2) var(--space-3)",
        width="100%",
        display="block",
        **_look(is_here=name == here),
    )
    return rx.dialog.close(link) if closes else link


def _look(*, is_here: bool) -> dict[str, Any]:
    return {
        "underline": "none",
        "color": tokens.TEXT if is_here else tokens.TEXT_MUTED,
        "background": rx.color("accent", 3) if is_here else "transparent",
        "border_radius": "var(--radius-3)",
        "custom_attrs": {"aria-current": "page"} if is_here else {},
        "_hover": {"background": rx.color("accent", 3) if is_here else rx.color("gray", 3)},
    }
