"""The settings of a project."""

import reflex as rx

from components import ui
from components.dashboard.shell import project_page
from components.ui import tokens
from state.dashboard.settings import DeleteProjectState, SettingsState, TransferState
from state.dashboard.shell import TeamChoice


def page() -> rx.Component:
    """Return the general settings of the open project."""
    return project_page(
        rx.cond(
            SettingsState.error,
            ui.error_state(SettingsState.error, on_retry=SettingsState.load),
            rx.cond(SettingsState.is_loading, _skeleton(), _sections()),
        ),
        here="settings",
        title="Project settings",
    )


def _sections() -> rx.Component:
    return rx.vstack(
        _details(),
        _identity(),
        _sign_in(),
        _limits(),
        _production(),
        _transfer(),
        rx.cond(SettingsState.can_be_deleted, _deletion()),
        spacing="5",
        width="100%",
        max_width="48rem",
    )


def _skeleton() -> rx.Component:
    cards = [rx.skeleton(rx.box(height="12rem", width="100%"), width="100%", max_width="48rem") for _ in range(3)]
    return rx.vstack(
        *cards, spacing="5", width="100%", role="status", aria_busy="true", aria_label="Project settings, loading"
    )


def _details() -> rx.Component:
    return ui.section(
        "Details",
        ui.submit_form(
            ui.text_field(
                "Name",
                name="project_name",
                default_value=SettingsState.name,
                error=SettingsState.name_error,
                required=True,
            ),
            ui.text_field("Description", name="description", default_value=SettingsState.description),
            rx.hstack(ui.button("Save", type="submit"), justify="end", width="100%"),
            on_submit=SettingsState.save_details,
        ),
    )


def _identity() -> rx.Component:
    return ui.section(
        "Addresses",
        _named("Project id", ui.copy_value(SettingsState.id, label="project id")),
        _named("Hosted pages", ui.copy_value(SettingsState.hosted_url, label="address of the hosted pages")),
        rx.foreach(SettingsState.key_urls, _key_url),
        text="What servers need to check the access tokens of your users.",
    )


def _key_url(entry: rx.vars.ArrayVar[tuple[str, str]]) -> rx.Component:
    label = ui.text_of("JWKS URL: ", entry[0])
    return _named(label, ui.copy_value(entry[1], label="JWKS URL"))


def _named(label: str | rx.Var[str], value: rx.Component) -> rx.Component:
    return rx.vstack(rx.text(label, size="2", weight="medium"), value, spacing="1", width="100%")


def _sign_in() -> rx.Component:
    return ui.section(
        "Sign-in",
        rx.cond(
            SettingsState.is_pushed,
            ui.callout("These settings come from a pushed configuration. Change it there.", tone="warning"),
        ),
        ui.switch_row(
            "New users may sign up",
            "When off, only you and your servers create users.",
            name="allow-sign-up",
            checked=SettingsState.allows_sign_up,
            disabled=SettingsState.is_pushed,
            on_change=lambda is_on: SettingsState.switch("sign_up", is_on),
        ),
        ui.switch_row(
            "E-mail and password",
            "Users sign in with an e-mail address and a password.",
            name="allow-password",
            checked=SettingsState.allows_password,
            disabled=SettingsState.is_pushed,
            on_change=lambda is_on: SettingsState.switch("password", is_on),
        ),
    )


def _limits() -> rx.Component:
    return ui.section(
        "Limits",
        rx.cond(
            ui.has_items(SettingsState.limits),
            rx.foreach(SettingsState.limits, _limit),
            ui.callout("All limits are switched off. That is for load tests only.", tone="warning"),
        ),
        text="What protects accounts from guessing and mailboxes from floods. The operator of the server sets them.",
    )


def _limit(entry: rx.vars.ArrayVar[tuple[str, str]]) -> rx.Component:
    return _named(entry[0], rx.text(entry[1], size="2"))


def _production() -> rx.Component:
    has_problems = ui.has_items(SettingsState.production_problems)
    return ui.section(
        "Production mode",
        ui.switch_row(
            "Production mode",
            "Says that the project is safe to be used by real people.",
            name="production-mode",
            checked=SettingsState.is_production,
            disabled=has_problems & ui.none_of(SettingsState.is_production),
            on_change=SettingsState.switch_production,
        ),
        rx.cond(
            has_problems,
            rx.vstack(
                rx.text("Solve these first:", size="2", color=tokens.TEXT_MUTED),
                rx.el.ul(
                    rx.foreach(SettingsState.production_problems, _problem),
                    margin="0",
                    padding_left="var(--space-5)",
                    list_style="disc",
                ),
                spacing="2",
            ),
        ),
    )


def _problem(entry: rx.vars.ArrayVar[tuple[str, str]]) -> rx.Component:
    return rx.el.li(rx.text(entry[0], " ", rx.link("Fix it", href=entry[1], underline="always"), size="2"))


def _transfer() -> rx.Component:
    others = rx.fragment(rx.foreach(SettingsState.teams, _team))
    return ui.section(
        "Owner",
        rx.text("Owned by ", rx.text.strong(SettingsState.owner), size="2"),
        rx.hstack(
            rx.box(
                ui.select_field(
                    "New owner team",
                    others,
                    name="new-owner",
                    value=TransferState.team,
                    on_change=TransferState.choose,
                ),
                flex="1 1 14rem",
            ),
            ui.button(
                "Transfer",
                kind="secondary",
                size="3",
                disabled=TransferState.team == "",
                on_click=TransferState.toggle(True),
            ),
            align="end",
            wrap="wrap",
            spacing="3",
            width="100%",
        ),
        ui.question(
            "Transfer this project?",
            "Members of the new owner team will manage it. You lose access unless you are one of them.",
            confirm_label="Transfer",
            is_open=TransferState.is_asking,
            on_confirm=TransferState.transfer,
            on_cancel=TransferState.toggle(False),
        ),
        text="Only administrators of the present owner team can transfer the project.",
    )


def _team(team: rx.vars.ObjectVar[TeamChoice]) -> rx.Component:
    return rx.cond(team.name == SettingsState.owner, rx.fragment(), rx.select.item(team.name, value=team.id))


def _deletion() -> rx.Component:
    return ui.section(
        "Delete this project",
        rx.hstack(
            ui.button("Delete project", kind="danger", icon="trash_2", on_click=DeleteProjectState.toggle(True)),
        ),
        _delete_dialog(),
        text="Deletes the project with all its users, teams and keys. This cannot be undone.",
    )


def _delete_dialog() -> rx.Component:
    return rx.alert_dialog.root(
        rx.alert_dialog.content(
            rx.alert_dialog.title("Delete this project?"),
            rx.alert_dialog.description(
                "All users, teams and keys go with it, and nobody can bring them back. Type ",
                rx.text.strong(SettingsState.name),
                " to confirm.",
                size="2",
                color=tokens.TEXT_MUTED,
                margin_bottom="var(--space-4)",
            ),
            ui.submit_form(
                ui.text_field(
                    "Name of the project", name="confirmation", error=DeleteProjectState.error, auto_complete="off"
                ),
                rx.hstack(
                    ui.button("Cancel", kind="secondary", on_click=DeleteProjectState.toggle(False)),
                    ui.button("Delete for ever", kind="danger", type="submit"),
                    justify="end",
                    width="100%",
                ),
                on_submit=DeleteProjectState.delete,
            ),
            max_width=tokens.DIALOG_WIDTH,
            on_escape_key_down=DeleteProjectState.toggle(False),
        ),
        open=DeleteProjectState.is_open,
    )
