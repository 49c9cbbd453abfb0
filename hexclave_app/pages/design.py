"""All pieces of the design system on one page, for the people who build pages."""

import reflex as rx

from components import ui
from state.dashboard.permission_graph import NODE_HEIGHT, NODE_WIDTH
from state.design import DesignState

_PLACES = [
    {"id": one, "label": one, "users": "1 user", "step": step, "address": "/design"}
    for step, one in enumerate(("AU", "BR", "IN", "DE", "SG"), start=1)
]
_COLUMNS = ("Name", "Status", "Joined")


def page() -> rx.Component:
    """Show every piece in every face."""
    return ui.page_shell(
        ui.page_header(
            "Design system", "Every piece that pages are built from.", action=ui.button("Create", icon="plus")
        ),
        rx.grid(_buttons(), _form(), columns=rx.breakpoints(initial="1", md="2"), spacing="5", width="100%"),
        _feedback(),
        _figures(),
        rx.grid(_choices(), _code(), columns=rx.breakpoints(initial="1", md="2"), spacing="5", width="100%"),
        _tables(),
        _dialogs(),
    )


def _buttons() -> rx.Component:
    return ui.section(
        "Buttons",
        rx.hstack(
            ui.button("Primary", icon="check"),
            ui.button("Secondary", kind="secondary"),
            ui.button("Quiet", kind="quiet"),
            ui.button("Delete", kind="danger", icon="trash_2"),
            ui.icon_button("ellipsis", "More actions"),
            spacing="4",
            align="center",
            wrap="wrap",
        ),
        rx.hstack(
            ui.button("Pending", pending=True),
            ui.button("Disabled", disabled=True),
            ui.link_button("A link", "/", kind="secondary"),
            ui.toggle_button("All (12)", is_on=True),
            ui.toggle_button("Installed (3)", is_on=False),
            spacing="4",
            align="center",
            wrap="wrap",
        ),
        rx.hstack(
            ui.button("Press me", kind="secondary", on_click=DesignState.press),
            rx.text("Pressed: ", DesignState.presses, size="2", role="status"),
            align="center",
            spacing="3",
        ),
    )


def _form() -> rx.Component:
    return ui.section(
        "Form",
        ui.submit_form(
            ui.text_field("E-mail", name="email", type="email", auto_complete="email", hint="We never share it."),
            ui.password_field("Password", name="password", error=DesignState.error, auto_complete="new-password"),
            ui.button("Save", type="submit", width="100%", size="3"),
            on_submit=DesignState.submit,
        ),
    )


def _feedback() -> rx.Component:
    return ui.section(
        "Feedback",
        rx.hstack(
            ui.badge("Draft"),
            ui.badge("Invited", tone="info"),
            ui.badge("Active", tone="success"),
            ui.badge("Restricted", tone="warning"),
            ui.badge("Revoked", tone="danger"),
            spacing="2",
            wrap="wrap",
        ),
        ui.callout("Your changes are visible to everybody in the team."),
        ui.callout("The connection was lost; nothing was saved.", tone="danger"),
        ui.message_card(
            "Check your inbox",
            "If there is an account with this address, we have sent a link to it.",
            tone="success",
            secondary=ui.button("Back", kind="secondary"),
            primary=ui.button("Open mail"),
        ),
    )


def _figures() -> rx.Component:
    return rx.fragment(
        rx.grid(
            ui.stat("users", "Users", "1,024"),
            ui.stat("activity", "Active in the last 24 hours", "", is_loading=True),
            columns=rx.breakpoints(initial="1", sm="2"),
            spacing="4",
            width="100%",
        ),
        ui.section("Chart", ui.day_chart(DesignState.chart, label="Sign-ups per day: seven days, rising")),
        ui.section("Map", ui.world_map(_PLACES, rx.text("Beside it stands a list."), label="Users by country")),
        ui.section("Containment", ui.containment(DesignState.nodes)),
        ui.section("Order", ui.reorder(_ordered(), on_put=DesignState.put, on_move=DesignState.move)),
        ui.section(
            "Permission graph",
            ui.permission_graph(
                DesignState.drawing.nodes,
                DesignState.drawing.edges,
                width=DesignState.drawing.width,
                height=DesignState.drawing.height,
                node_width=NODE_WIDTH,
                node_height=NODE_HEIGHT,
            ),
        ),
    )


def _choices() -> rx.Component:
    options = (("newest", "Newest first"), ("name", "By name"))
    return ui.section(
        "Choices",
        ui.switch_row("New users may sign up", "Changes apply at once.", name="design-switch", default_checked=True),
        ui.checkbox("The address is verified", name="design-checkbox"),
        ui.select_field("Order", options, name="design-select", default_value="newest"),
        rx.hstack(ui.select_box("Which users", options, name="design-filter"), ui.avatar("AL"), align="center"),
        ui.text_area("Why", name="design-text"),
    )


def _code() -> rx.Component:
    return ui.section(
        "Code",
        ui.code_snippet("npm install @stackframe/js", label="Installation"),
        ui.copy_value("6f1c2a9e-0000-4000-8000-000000000000", label="project id"),
        rx.hstack(ui.copy_button("text", label="text"), rx.text("copies without showing", size="2"), align="center"),
        ui.differences(DesignState.lines, label="What changes"),
        ui.code_field("Code", name="design-code", error="", round=0),
        ui.disclosure("Opens and closes", rx.text("without a script", size="2")),
    )


def _ordered() -> rx.Component:
    def row(name: rx.Var[str]) -> rx.Component:
        head = rx.hstack(ui.grip(name, ui.text_of("Move ", name)), rx.text(name, size="2"), align="center")
        return rx.table.row(rx.table.row_header_cell(head), key=name)

    return ui.data_table(("Name",), rx.foreach(DesignState.order, row), caption="Rows to put in order")


def _dialogs() -> rx.Component:
    form = ui.form_dialog(
        "Create a user",
        ui.text_field("Name", name="design-name"),
        submit_label="Create user",
        is_open=DesignState.has_form,
        on_submit=DesignState.close,
        on_open_change=DesignState.toggle_form,
    )
    box, is_ticked = ui.tick_box("design-tick", "I know that their data is gone")
    question = ui.question(
        "Delete this user?",
        "They are signed out everywhere and cannot be brought back.",
        box,
        confirm_label="Delete user",
        is_open=DesignState.has_question,
        on_confirm=DesignState.close,
        on_cancel=DesignState.close,
        can_confirm=is_ticked,
    )
    worst = ui.typed_question(
        "Delete this project?",
        "Everything in it goes. Type Engine to confirm.",
        label="Name of the project",
        confirm_label="Delete for ever",
        error="",
        is_open=DesignState.has_worst,
        on_submit=DesignState.close,
        on_cancel=DesignState.close,
    )
    return ui.section(
        "Dialogs",
        rx.hstack(
            ui.button("A form", kind="secondary", on_click=DesignState.open_form),
            ui.button("A question", kind="danger", on_click=DesignState.ask),
            ui.button("The worst question", kind="danger", on_click=DesignState.ask_the_worst),
            ui.button("A notice", kind="quiet", on_click=rx.toast.info("Saved.")),
            wrap="wrap",
        ),
        form,
        question,
        worst,
    )


def _tables() -> rx.Component:
    rows = rx.table.row(
        rx.table.row_header_cell("Ada Lovelace"),
        rx.table.cell(ui.badge("Active", tone="success")),
        rx.table.cell("10 December"),
    )
    return rx.grid(
        ui.section("Rows", ui.data_table(_COLUMNS, rows, caption="People")),
        ui.section("Loading", ui.table_skeleton(_COLUMNS, caption="People, loading")),
        ui.section(
            "Empty",
            ui.table_empty(
                ui.empty_state(
                    "No people yet", "Invite somebody to see them here.", icon="users", action=ui.button("Invite")
                )
            ),
        ),
        ui.section("Failed", ui.error_state("The list could not be loaded.", on_retry=DesignState.press)),
        columns=rx.breakpoints(initial="1", md="2"),
        spacing="5",
        width="100%",
    )
