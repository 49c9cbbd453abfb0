"""Creating a project, and its keys afterwards."""

import reflex as rx

from components import ui
from components.dashboard.reveal import revealed_keys
from components.dashboard.shell import plain_page
from state.dashboard import paths
from state.dashboard.new_project import NEW_TEAM, NewProjectState
from state.dashboard.reveal import RevealState
from state.dashboard.shell import TeamChoice


def page() -> rx.Component:
    """Return the form, or what it made."""
    return rx.cond(NewProjectState.created_name, _created(), _form_page())


def _form_page() -> rx.Component:
    return plain_page(
        ui.card(_form(), max_width="36rem"),
        title="New project",
        text="One project per product; its users are separate from those of your other projects.",
    )


def _form() -> rx.Component:
    options = rx.fragment(
        rx.foreach(NewProjectState.teams, _team),
        rx.select.item("A new team …", value=NEW_TEAM),
    )
    return ui.submit_form(
        rx.cond(NewProjectState.error, ui.callout(NewProjectState.error, tone="danger")),
        ui.text_field(
            "Name",
            name="name",
            error=NewProjectState.name_error,
            hint="Your users see it on the sign-in pages.",
            auto_complete="off",
            auto_focus=True,
            required=True,
        ),
        ui.select_field(
            "Owner team",
            options,
            name="team",
            hint="Everybody in this team can manage the project.",
            value=NewProjectState.team,
            on_change=NewProjectState.choose_team,
        ),
        rx.cond(
            NewProjectState.team == NEW_TEAM,
            ui.text_field(
                "Name of the new team", name="team_name", error=NewProjectState.team_error, auto_complete="off"
            ),
        ),
        ui.callout("People can sign up with e-mail and password at once. Change that later in the project's settings."),
        rx.hstack(
            ui.link_button("Cancel", paths.PROJECTS, kind="secondary", size="3"),
            ui.button("Create project", type="submit", size="3", pending=NewProjectState.is_saving),
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
            ui.section("Keys", revealed_keys()),
            ui.callout("The keys were shown once. Make new ones under Project keys if you did not keep them."),
        ),
        ui.section(
            "Next",
            rx.hstack(
                ui.link_button("Set the project up", NewProjectState.setup_path),
                ui.link_button(
                    "Open the hosted sign-up page",
                    NewProjectState.hosted_sign_up_url,
                    kind="secondary",
                    opens_new_tab=True,
                ),
                wrap="wrap",
                spacing="3",
            ),
            text="Choose apps, ways to sign in and the look of mails. People can sign up with a password already.",
        ),
        title=NewProjectState.created_name,
        text="The project is ready.",
    )
