"""The lists of the overview: who came, what was mailed, how people sign in, from where."""

from typing import Any, Final

import reflex as rx

from components import ui
from components.dashboard import lists
from components.dashboard.email_lists import outcome_bar
from components.dashboard.email_viewer import mail_status
from components.dashboard.rail import where_installed
from components.ui import tokens, words
from state.dashboard import paths
from state.dashboard.email_lists import MailRow
from state.dashboard.overview import Newcomer, OverviewState, Rank
from state.dashboard.shell import ShellState, app_id_of

_QUICK: Final = (
    ("lock_keyhole", words("shell-auth-methods"), paths.auth_methods),
    ("list_checks", words("shell-sign-up-rules"), paths.sign_up_rules),
    ("users_round", words("shell-teams"), paths.teams),
    ("shield", words("shell-project-permissions"), paths.project_permissions),
    ("key_square", words("shell-api-keys"), paths.api_keys),
    ("mail", words("shell-emails"), paths.emails),
    ("layout_grid", words("shell-apps"), paths.apps),
)


def recent_sign_ups() -> rx.Component:
    """Return who signed up last."""
    return ui.section(
        words("overview-newcomers"),
        rx.cond(
            ui.has_items(OverviewState.newcomers),
            _list(rx.foreach(OverviewState.newcomers, _newcomer), words("overview-newcomers")),
            _nothing(words("overview-no-newcomers")),
        ),
        action=rx.link(words("overview-all-users"), href=paths.users(ShellState.project.id), size="2"),
    )


def recent_mails() -> rx.Component:
    """Return the newest mails."""
    card = ui.section(
        words("overview-recent-mails"),
        rx.cond(
            ui.has_items(OverviewState.recent_mails),
            _list(rx.foreach(OverviewState.recent_mails, _mail), words("overview-recent-mails")),
            _nothing(words("overview-no-mails")),
        ),
        action=rx.link(words("overview-all-mails"), href=paths.emails(ShellState.project.id), size="2"),
    )
    return where_installed({"emails"}, card)


def delivery() -> rx.Component:
    """Return what became of the mails."""
    rates = rx.hstack(
        lists.fact(words("overview-bounce-rate"), rx.text(OverviewState.bounce_rate, size="2")),
        lists.fact(words("overview-click-rate"), rx.text(OverviewState.click_rate, size="2")),
        spacing="6",
        wrap="wrap",
    )
    card = ui.section(words("overview-delivery"), outcome_bar(OverviewState.delivery), rates, text=OverviewState.span)
    return where_installed({"emails"}, card)


def ranks(title: str, rows: Any, *, empty: str) -> rx.Component:
    """Return a ranked list whose bars are beside the longest one."""
    return ui.section(title, rx.cond(ui.has_items(rows), _list(rx.foreach(rows, _rank), title), _nothing(empty)))


def countries() -> rx.Component:
    """Return where users are: on a map, and in a list that says the same to everybody."""
    listed = rx.vstack(
        _list(rx.foreach(OverviewState.countries, _country), words("overview-countries")),
        rx.cond(
            ui.has_items(OverviewState.more_countries),
            ui.disclosure(
                words("overview-more-countries", count=ui.count_of(OverviewState.more_countries)),
                _list(rx.foreach(OverviewState.more_countries, _country), words("overview-countries")),
            ),
        ),
        _scale(),
        spacing="3",
        width="100%",
        min_width="0",
    )
    empty = rx.vstack(
        _nothing(words("overview-no-countries")),
        rx.text(words("overview-no-countries-text"), size="2", color=tokens.TEXT_MUTED),
        spacing="1",
    )
    drawn = ui.world_map(OverviewState.places, listed, label=words("overview-map"))
    has_any = ui.has_items(OverviewState.places)
    return ui.section(
        words("overview-countries"),
        rx.cond(has_any, drawn, empty),
        text=rx.cond(has_any, OverviewState.countries_known, ""),
    )


def _scale() -> rx.Component:
    """The colours of the map, from one user to the most."""
    colours = [
        rx.box(background=rx.color("accent", shade), width="var(--space-5)", height="var(--space-2)")
        for shade in ui.MAP_STEPS
    ]
    return rx.hstack(
        rx.text("1", size="1", color=tokens.TEXT_MUTED),
        rx.hstack(*colours, spacing="0", border_radius="var(--radius-2)", overflow="hidden"),
        rx.text(OverviewState.most_in_country, size="1", color=tokens.TEXT_MUTED),
        rx.text(words("overview-users"), size="1", color=tokens.TEXT_MUTED),
        align="center",
        spacing="2",
        aria_hidden=True,
    )


def quick_access() -> rx.Component:
    """Return the ways to the pages of installed apps."""
    links = [where_installed({app_id_of(address)}, _place(icon, label, address)) for icon, label, address in _QUICK]
    return ui.section(words("overview-quick"), rx.hstack(*links, wrap="wrap", spacing="3"))


def _place(icon: str, label: str, address: Any) -> rx.Component:
    return rx.link(
        rx.hstack(ui.icon(icon, size=16), rx.text(label, size="2"), align="center", spacing="2"),
        href=address(ShellState.project.id),
        underline="none",
        color=tokens.TEXT,
        border=f"1px solid {tokens.BORDER}",
        border_radius="var(--radius-3)",
        padding="var(--space-2) var(--space-3)",
        _hover={"background": rx.color("gray", 3)},
    )


def _list(rows: rx.Component, label: str) -> rx.Component:
    return rx.el.ul(rows, aria_label=label, list_style="none", margin="0", padding="0", width="100%")


def _nothing(text: str) -> rx.Component:
    return rx.cond(
        OverviewState.is_loading, rx.skeleton(rx.box(height="8rem")), rx.text(text, size="2", color=tokens.TEXT_MUTED)
    )


def _newcomer(one: rx.vars.ObjectVar[Newcomer]) -> rx.Component:
    address = paths.user(ShellState.project.id, one.id)  # type: ignore[arg-type]  # formatted in the browser
    who = rx.vstack(
        rx.text(one.name, size="2", weight="medium", **tokens.ONE_LINE, max_width="100%"),
        rx.text(one.email, size="1", color=tokens.TEXT_MUTED, **tokens.ONE_LINE, max_width="100%"),
        spacing="0",
        min_width="0",
        flex="1",
    )
    return _line(one.id, address, ui.avatar(one.initials, image=one.image), who, _when(one.when, one.when_exactly))


def _mail(one: rx.vars.ObjectVar[MailRow]) -> rx.Component:
    address = paths.email(ShellState.project.id, one.id)  # type: ignore[arg-type]  # formatted in the browser
    what = rx.vstack(
        rx.text(one.subject, size="2", weight="medium", **tokens.ONE_LINE, max_width="100%"),
        rx.text(one.recipient, size="1", color=tokens.TEXT_MUTED, **tokens.ONE_LINE, max_width="100%"),
        spacing="0",
        min_width="0",
        flex="1",
    )
    return _line(one.id, address, what, mail_status(one.status), _when(one.when, one.when_exactly))


def _when(text: str | rx.Var[str], exactly: str | rx.Var[str]) -> rx.Component:
    return rx.text(text, title=exactly, size="1", color=tokens.TEXT_MUTED, white_space="nowrap")


def _line(key: str | rx.Var[str], address: str | rx.Var[str], *parts: rx.Component) -> rx.Component:
    return rx.el.li(
        rx.link(
            rx.hstack(*parts, align="center", spacing="3", width="100%", min_width="0"),
            href=address,
            underline="none",
            color=tokens.TEXT,
            display="block",
            padding="var(--space-2)",
            margin_x="calc(-1 * var(--space-2))",
            border_radius="var(--radius-3)",
            _hover={"background": rx.color("gray", 3)},
        ),
        key=key,
    )


def _country(row: rx.vars.ObjectVar[Rank]) -> rx.Component:
    return _ranked(row, custom_attrs={"data-country": row.id})


def _rank(row: rx.vars.ObjectVar[Rank]) -> rx.Component:
    return _ranked(row)


def _ranked(row: rx.vars.ObjectVar[Rank], **props: Any) -> rx.Component:
    bar = rx.box(
        position="absolute",
        inset="0 auto 0 0",
        width=row.width,
        background=rx.color("accent", 3),
        border_radius="var(--radius-2)",
        aria_hidden=True,
    )
    words_of = rx.hstack(
        rx.text(row.label, size="2", **tokens.ONE_LINE),
        rx.spacer(),
        rx.text(row.count, size="2", weight="medium", style={"fontVariantNumeric": "tabular-nums"}),
        rx.text(
            row.share,
            size="1",
            color=tokens.TEXT_MUTED,
            min_width="3.5rem",
            text_align="end",
            style={"fontVariantNumeric": "tabular-nums"},
        ),
        align="center",
        spacing="3",
        position="relative",
        padding="var(--space-1) var(--space-2)",
    )
    return rx.el.li(
        rx.link(
            bar,
            words_of,
            href=row.address,
            underline="none",
            color=tokens.TEXT,
            display="block",
            position="relative",
            border_radius="var(--radius-2)",
            _hover={"background": rx.color("gray", 3)},
        ),
        key=row.label,
        margin_bottom="var(--space-1)",
        **props,
    )
