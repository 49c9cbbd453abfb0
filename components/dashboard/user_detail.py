"""The page about one user."""

from typing import Final

import reflex as rx

from components import ui
from components.dashboard import lists
from components.dashboard.impersonation import impersonation_dialog
from components.dashboard.saving import WATCHED, staged_form
from components.dashboard.shell import project_page
from components.dashboard.team_picker import team_picker
from components.dashboard.user_access import (
    account_dialog,
    account_edit_dialog,
    accounts_section,
    channel_dialog,
    channel_mail_dialog,
    channels_section,
    methods_section,
    password_dialog,
    permissions_section,
)
from components.dashboard.user_history import activity_section, mails_section
from components.dashboard.user_sessions import keys_section, sessions_section
from components.ui import tokens, words
from state.dashboard import paths
from state.dashboard.impersonation import ImpersonationState
from state.dashboard.shell import ShellState
from state.dashboard.team_picker import ADD_USER, TeamPickerState
from state.dashboard.user_detail import METADATA, RestrictUserState, UserDetailState
from state.dashboard.user_facts import NamedRow
from state.dashboard.user_questions import TICKED, UserQuestionState

_TABS: Final = (
    ("profile", words("user-tab-profile")),
    ("sign-in", words("user-tab-sign-in")),
    ("access", words("user-tab-access")),
    ("sessions", words("user-tab-sessions")),
    ("keys", words("user-tab-keys")),
    ("mails", words("user-tab-mails")),
    ("activity", words("user-tab-activity")),
    ("metadata", words("user-tab-metadata")),
)
_ONE_AT_A_TIME: Final = {"&[data-state=inactive]": {"display": "none"}}
_METADATA_HINTS: Final = {
    "client_metadata": words("user-client-metadata-hint"),
    "client_read_only_metadata": words("user-client-read-only-metadata-hint"),
    "server_metadata": words("user-server-metadata-hint"),
}


def page() -> rx.Component:
    """Return one user with everything that administrators may do."""
    return project_page(
        lists.loaded(
            _content(),
            error=UserDetailState.error,
            is_loading=UserDetailState.is_loading,
            on_retry=UserDetailState.load,
            skeleton=lists.cards_skeleton(words("user-title")),
        ),
        channel_dialog(),
        account_dialog(),
        account_edit_dialog(),
        password_dialog(),
        impersonation_dialog(),
        _restrict_dialog(),
        _questions(),
        channel_mail_dialog(),
        team_picker(),
        here="users",
        title=words("user-title"),
        parent=(words("users-title"), paths.users),
    )


def _content() -> rx.Component:
    parts = (
        _profile(),
        _sign_in(),
        _access(),
        sessions_section(),
        keys_section(),
        mails_section(),
        activity_section(),
        _metadata(),
    )
    return rx.vstack(
        _head(),
        _restriction_banner(),
        rx.tabs.root(
            rx.tabs.list(*[rx.tabs.trigger(label, value=value) for value, label in _TABS], wrap="wrap"),
            *[
                # All stay mounted: what was typed under one tab is there when somebody comes back from another.
                rx.tabs.content(part, value=value, padding_top="var(--space-4)", force_mount=True, style=_ONE_AT_A_TIME)
                for (value, _), part in zip(_TABS, parts, strict=True)
            ],
            value=UserDetailState.tab,
            on_change=UserDetailState.choose_tab,
            width="100%",
        ),
        spacing="4",
        width="100%",
    )


def _head() -> rx.Component:
    facts = UserDetailState.facts
    badges = rx.hstack(
        rx.cond(
            facts.email,
            rx.cond(
                facts.is_email_verified,
                ui.badge(words("user-verified"), tone="success"),
                ui.badge(words("user-not-verified")),
            ),
        ),
        rx.cond(facts.is_anonymous, ui.badge(words("user-anonymous"))),
        rx.cond(facts.restriction, ui.badge(words("user-restricted"), tone="warning")),
        spacing="2",
        wrap="wrap",
    )
    return rx.hstack(
        ui.avatar(facts.initials, image=facts.image, size="5"),
        rx.vstack(
            rx.heading(facts.name, as_="h2", size="5", overflow_wrap="anywhere"),
            rx.text(facts.email, size="2", color=tokens.TEXT_MUTED, overflow_wrap="anywhere"),
            badges,
            spacing="1",
            flex="1 1 12rem",
            min_width="0",
        ),
        rx.hstack(
            ui.button(
                words("user-impersonate"),
                kind="secondary",
                icon="venetian_mask",
                on_click=ImpersonationState.toggle(True),
            ),
            ui.button(
                words("user-delete"), kind="danger", icon="trash_2", on_click=UserQuestionState.ask("user", facts.id)
            ),
            wrap="wrap",
        ),
        align="center",
        wrap="wrap",
        spacing="4",
        width="100%",
    )


def _restriction_banner() -> rx.Component:
    facts = UserDetailState.facts
    details = rx.vstack(
        rx.text(facts.restriction, size="2", weight="medium"),
        rx.text(facts.way_out, size="2"),
        rx.cond(facts.public_reason, rx.text(words("user-reads", text=facts.public_reason), size="2")),
        rx.cond(
            facts.private_details, rx.text(words("user-administrators-read", text=facts.private_details), size="2")
        ),
        spacing="1",
    )
    return rx.cond(
        facts.restriction,
        rx.callout.root(
            rx.callout.icon(ui.icon("triangle_alert")),
            rx.callout.text(details, as_="div"),
            color_scheme="amber",
            size="1",
            width="100%",
            role="status",
        ),
    )


def _profile() -> rx.Component:
    facts = UserDetailState.facts
    known = rx.grid(
        lists.fact(words("user-id"), ui.copy_value(facts.id, label=words("user-copied-id"))),
        lists.fact(words("user-signed-up"), rx.text(facts.signed_up, size="2")),
        lists.fact(words("user-active"), rx.text(facts.last_active, size="2")),
        columns=rx.breakpoints(initial="1", md="3"),
        spacing="4",
        width="100%",
    )
    form = staged_form(
        rx.grid(
            ui.text_field(
                words("user-name"),
                name="display_name",
                default_value=facts.display_name,
                auto_complete="off",
                **WATCHED,
            ),
            ui.text_field(
                words("user-country"),
                name="country",
                default_value=facts.country,
                hint=words("user-country-hint"),
                max_length=2,
                auto_complete="off",
                **WATCHED,
            ),
            ui.text_field(words("user-risk-bot"), name="risk_bot", default_value=facts.risk_bot, **WATCHED),
            ui.text_field(words("user-risk-abuse"), name="risk_abuse", default_value=facts.risk_abuse, **WATCHED),
            columns=rx.breakpoints(initial="1", md="2"),
            spacing="4",
            width="100%",
        ),
        on_submit=UserDetailState.save_profile,
    )
    return rx.vstack(ui.section(words("user-profile"), known, form), _restriction(), spacing="4", width="100%")


def _restriction() -> rx.Component:
    is_on = UserDetailState.facts.is_restricted_by_admin
    return ui.section(
        words("user-restriction"),
        rx.hstack(
            ui.button(
                rx.cond(is_on, words("user-change-reason"), words("user-restrict")),
                kind="secondary",
                icon="ban",
                on_click=RestrictUserState.toggle(True),
            ),
            rx.cond(is_on, ui.button(words("user-lift"), kind="secondary", on_click=RestrictUserState.lift)),
            wrap="wrap",
        ),
        text=words("user-restriction-text"),
    )


def _sign_in() -> rx.Component:
    return rx.vstack(methods_section(), channels_section(), accounts_section(), spacing="4", width="100%")


def _access() -> rx.Component:
    teams = ui.section(
        words("user-teams"),
        lists.card_table(
            (words("user-column-team"), words("user-column-team-created"), ""),
            UserDetailState.teams,
            _team_row,
            caption=words("user-teams"),
            empty=words("user-no-teams"),
        ),
        action=ui.button(
            words("user-add-to-team"), kind="secondary", icon="plus", on_click=TeamPickerState.ask(ADD_USER)
        ),
    )
    return rx.vstack(teams, permissions_section(), spacing="4", width="100%")


def _team_row(row: rx.vars.ObjectVar[NamedRow]) -> rx.Component:
    address = paths.team(ShellState.project.id, row.id)  # type: ignore[arg-type]  # formatted in the browser
    return lists.table_row(
        row.id,
        rx.link(row.name, href=address, size="2", weight="medium", color=tokens.TEXT, overflow_wrap="anywhere"),
        lists.cell(row.since, white_space="nowrap"),
        lists.actions_cell(
            ui.copy_button(row.id, label=words("user-copied-team-id")),
            ui.button(
                words("user-remove-from-team"),
                kind="secondary",
                size="1",
                aria_label=words("user-remove-from-team-of", team=row.name),
                on_click=UserQuestionState.ask("membership", row.id),
            ),
        ),
    )


def metadata_fields(*values: str | rx.Var[str]) -> list[rx.Component]:
    """Return the editors of the three metadata objects."""
    return [
        ui.text_area(
            label, name=name, default_value=value, hint=_METADATA_HINTS[name], is_code=True, rows="6", **WATCHED
        )
        for (name, label), value in zip(METADATA.items(), values, strict=True)
    ]


def _metadata() -> rx.Component:
    facts = UserDetailState.facts
    return ui.section(
        words("user-metadata"),
        staged_form(
            *metadata_fields(facts.client_metadata, facts.client_read_only_metadata, facts.server_metadata),
            on_submit=UserDetailState.save_metadata,
        ),
        text=words("user-metadata-text"),
    )


def _restrict_dialog() -> rx.Component:
    facts = UserDetailState.facts
    return ui.form_dialog(
        words("user-restrict-title"),
        ui.text_area(
            words("user-public-reason"),
            name="public_reason",
            default_value=facts.public_reason,
            hint=words("user-public-reason-hint"),
        ),
        ui.text_area(
            words("user-private-details"),
            name="private_details",
            default_value=facts.private_details,
            hint=words("user-private-details-hint"),
        ),
        submit_label=words("user-restrict-submit"),
        is_open=RestrictUserState.is_open,
        error=RestrictUserState.error,
        on_submit=RestrictUserState.submit,
        on_open_change=RestrictUserState.toggle,
    )


def _questions() -> rx.Component:
    is_ticked = ui.any_of(*(UserQuestionState.kind == kind for kind in TICKED))
    box, can_confirm = ui.tick_box("end-user", words("users-deletion-tick"))
    texts = (UserQuestionState.title, UserQuestionState.text)
    asked = {
        "confirm_label": UserQuestionState.confirm_label,
        "on_confirm": UserQuestionState.confirm,
        "on_cancel": UserQuestionState.stop_asking,
    }
    return rx.fragment(
        ui.question(*texts, is_open=ui.all_of(UserQuestionState.kind != "", ui.none_of(is_ticked)), **asked),
        ui.question(*texts, box, is_open=is_ticked, can_confirm=can_confirm, **asked),
    )
