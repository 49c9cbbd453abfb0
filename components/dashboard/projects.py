"""The list of projects."""

import reflex as rx

from components import ui
from components.dashboard import lists, owner_team
from components.dashboard.shell import plain_page
from components.ui import tokens, words
from components.ui.icons import icon
from state.dashboard import paths
from state.dashboard.projects import BY_NAME, NEWEST, ProjectCard, ProjectGroup, ProjectsState


def page() -> rx.Component:
    """Return the projects of the viewer's teams."""
    return plain_page(
        rx.cond(
            ProjectsState.error,
            ui.error_state(ProjectsState.error, on_retry=ProjectsState.load),
            rx.cond(
                ProjectsState.is_loading,
                _skeleton(),
                rx.cond(ui.has_items(ProjectsState.cards), _list(), _empty()),
            ),
        ),
        owner_team.dialog(),
        title=words("projects-title"),
        text=words("projects-text"),
        action=ui.link_button(words("projects-new"), paths.NEW_PROJECT),
    )


def _list() -> rx.Component:
    search = rx.input(
        rx.input.slot(icon("search")),
        placeholder=words("projects-search-hint"),
        aria_label=words("projects-search"),
        type="search",
        default_value=ProjectsState.search,
        on_change=ProjectsState.change_search.debounce(200),
        flex="1",
        max_width="22rem",
    )
    order = ui.select_box(
        words("projects-order"),
        ((NEWEST, words("projects-newest")), (BY_NAME, words("projects-by-name"))),
        name="project-order",
        value=ProjectsState.order,
        on_change=ProjectsState.change_order,
    )
    return rx.vstack(
        rx.hstack(search, order, width="100%", wrap="wrap", spacing="3"),
        rx.cond(
            ui.has_items(ProjectsState.groups),
            rx.vstack(rx.foreach(ProjectsState.groups, _group), spacing="6", width="100%"),
            ui.table_empty(
                ui.empty_state(words("projects-none-found"), words("projects-none-found-text"), icon="search_x")
            ),
        ),
        spacing="5",
        width="100%",
    )


def _group(group: rx.vars.ObjectVar[ProjectGroup]) -> rx.Component:
    return rx.el.section(
        rx.hstack(
            rx.heading(group.team, as_="h2", size="3", color=tokens.TEXT_MUTED, overflow_wrap="anywhere"),
            owner_team.gear(group.id, group.team),
            align="center",
            spacing="3",
            margin_bottom="var(--space-3)",
        ),
        rx.cond(
            ui.has_items(group.cards.to(list[ProjectCard])),
            _grid(rx.foreach(group.cards.to(list[ProjectCard]), _card)),
            rx.text(words("projects-team-none"), size="2", color=tokens.TEXT_MUTED),
        ),
        width="100%",
    )


def _card(card: rx.vars.ObjectVar[ProjectCard]) -> rx.Component:
    return lists.link_card(
        rx.vstack(
            rx.hstack(
                ui.avatar(card.initials),
                rx.heading(
                    card.name,
                    as_="h3",
                    size="3",
                    title=card.name,
                    overflow_wrap="anywhere",
                    min_width="0",
                    style=lists.TWO_LINES,
                ),
                align="center",
                spacing="3",
            ),
            rx.text(
                rx.cond(card.description, card.description, words("projects-no-description")),
                size="2",
                color=tokens.TEXT_MUTED,
                title=card.description,
                overflow_wrap="anywhere",
                style=lists.TWO_LINES,
            ),
            rx.spacer(),
            rx.hstack(
                rx.cond(
                    card.users,
                    rx.hstack(
                        icon("users", size=14),
                        rx.text(card.users, size="1", white_space="nowrap"),
                        align="center",
                        spacing="1",
                    ),
                    rx.skeleton(rx.text(words("projects-users-unknown"), size="1")),
                ),
                rx.cond(card.is_set_up, rx.fragment(), ui.badge(words("projects-not-set-up"), tone="warning")),
                rx.spacer(),
                rx.text(card.age, size="1", text_align="end"),
                color=tokens.TEXT_MUTED,
                width="100%",
            ),
            spacing="3",
            height="100%",
        ),
        href=card.href,
        min_height="9rem",
    )


def _grid(*cards: rx.Component) -> rx.Component:
    columns = rx.breakpoints(initial="1", sm="2", md="3", lg="4")
    return rx.grid(*cards, columns=columns, spacing="4", width="100%")


def _skeleton() -> rx.Component:
    return rx.box(
        _grid(*[rx.skeleton(rx.box(height="9rem")) for _ in range(3)]),
        aria_busy="true",
        aria_label=words("projects-loading"),
        role="status",
        width="100%",
    )


def _empty() -> rx.Component:
    nothing = ui.table_empty(
        ui.empty_state(
            words("projects-none"),
            words("projects-none-text"),
            icon="folder_plus",
            action=ui.link_button(words("projects-create"), paths.NEW_PROJECT),
        )
    )
    return rx.vstack(nothing, rx.foreach(ProjectsState.groups, _group), spacing="5", width="100%")
