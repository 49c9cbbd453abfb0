"""Creating a project, and its keys afterwards."""

import reflex as rx

from components import ui
from components.dashboard.reveal import revealed_keys
from components.dashboard.shell import plain_page
from components.ui import words
from state.dashboard import paths
from state.dashboard.new_project import NEW_TEAM, NewProjectState
from state.dashboard.reveal import RevealState
from state.dashboard.shell import TeamChoice


def page() -> rx.Component:
    """Return the form, or what it made."""
    return rx.cond(NewProjectState.created_name, _created(), _form_page())


def _form_page() -> rx.Component:
    return plain_page(
        rx.cond(
            NewProjectState.is_first,
            rx.text(
                words("new-project-first"),
                " ",
                rx.link(words("new-project-teams"), href=paths.OWN_TEAMS),
                size="2",
            ),
        ),
        ui.card(_form(), max_width="36rem"),
        title=words("new-project-title"),
        text=words("new-project-text"),
    )


def _form() -> rx.Component:
    options = rx.fragment(
        rx.foreach(NewProjectState.teams, _team),
        rx.select.item(words("new-project-team-new"), value=NEW_TEAM),
    )
    return ui.submit_form(
        rx.cond(NewProjectState.error, ui.callout(NewProjectState.error, tone="danger")),
        ui.text_field(
            words("new-project-name"),
            name="name",
            default_value=NewProjectState.name,
            error=NewProjectState.name_error,
            hint=words("new-project-name-hint"),
            auto_complete="off",
            auto_focus=True,
            required=True,
        ),
        ui.select_field(
            words("new-project-team"),
            options,
            name="team",
            hint=words("new-project-team-hint"),
            value=NewProjectState.team,
            on_change=NewProjectState.choose_team,
        ),
        rx.cond(
            NewProjectState.team == NEW_TEAM,
            ui.text_field(
                words("new-project-team-name"),
                name="team_name",
                error=NewProjectState.team_error,
                auto_complete="off",
            ),
        ),
        ui.callout(words("new-project-open")),
        rx.hstack(
            ui.link_button(words("new-project-cancel"), paths.PROJECTS, kind="secondary", size="3"),
            ui.button(words("new-project-create"), type="submit", size="3", pending=NewProjectState.is_saving),
            justify="end",
            wrap="wrap",
            width="100%",
        ),
        on_submit=NewProjectState.submit,
    )


def _team(team: rx.vars.ObjectVar[TeamChoice]) -> rx.Component:
    return rx.select.item(team.name, value=team.id)


def _created() -> rx.Component:
    return plain_page(
        rx.cond(
            ui.has_items(RevealState.keys),
            ui.section(words("new-project-keys"), revealed_keys()),
            ui.callout(words("new-project-keys-shown")),
        ),
        ui.section(
            words("new-project-next"),
            rx.hstack(
                ui.link_button(words("new-project-set-up"), NewProjectState.setup_path),
                ui.link_button(
                    words("new-project-sign-up-page"),
                    NewProjectState.hosted_sign_up_url,
                    kind="secondary",
                    opens_new_tab=True,
                ),
                wrap="wrap",
                spacing="3",
            ),
            text=words("new-project-next-text"),
        ),
        title=NewProjectState.created_name,
        text=words("new-project-ready"),
    )
