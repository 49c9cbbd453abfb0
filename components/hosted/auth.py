"""The sign-in, sign-up and sign-out pages.

They hold everything that a project may have switched on; its style sheet hides the rest (`services/hosted_look.py`), so
that the page is right before any script ran and nothing moves when it becomes live.
"""

import reflex as rx
from reflex.event import EventType
from reflex.experimental.client_state import ClientStateVar

from components import ui
from components.hosted.frame import hosted_page, working
from components.hosted.links import new_password_fields
from components.hosted.second_factor import progress
from components.hosted.ways_in import passkey_button, providers, separator
from components.ui import say, tokens
from hexclave_app.pages import routes
from state.hosted import challenge
from state.hosted.credentials import CodeState, SignInState, SignUpState
from state.hosted.project import HostedState

_METHOD = ClientStateVar.create("sign_in_method", default="code")
_PANEL = "sign-in-panel"


def sign_in() -> rx.Component:
    """Return the sign-in page."""
    return hosted_page(
        rx.cond(
            CodeState.sent_to,
            _code_entry(),
            rx.vstack(
                _heading(
                    say("sign-in"),
                    say("no-account-yet"),
                    say("sign-up"),
                    HostedState.sign_up_href,
                    class_name="hx-open",
                ),
                _problem(SignInState.error),
                providers(),
                passkey_button(),
                separator(),
                _sign_in_form(),
                _no_method(),
                spacing="4",
                class_name="hx-sign-in",
            ),
        )
    )


def sign_up() -> rx.Component:
    """Return the sign-up page."""
    return hosted_page(
        rx.cond(
            CodeState.sent_to,
            _code_entry(),
            rx.box(
                rx.vstack(
                    _heading(
                        say("create-your-account"), say("already-have-one"), say("sign-in"), HostedState.sign_in_href
                    ),
                    _problem(SignUpState.error),
                    providers(),
                    separator(),
                    _sign_up_form(),
                    _no_method(),
                    spacing="4",
                    class_name="hx-open hx-sign-up",
                ),
                rx.box(
                    ui.message_card(
                        say("sign-ups-closed"),
                        say("sign-ups-closed-text"),
                        secondary=ui.link_button(say("start-page"), routes.HOME, kind="secondary"),
                        primary=ui.link_button(say("sign-in"), HostedState.sign_in_href),
                    ),
                    class_name="hx-closed",
                ),
            ),
        )
    )


def sign_out() -> rx.Component:
    """Return the page that ends the session."""
    return hosted_page(
        rx.cond(
            ~HostedState.is_loaded | HostedState.is_signed_in,
            working(say("signing-out")),
            ui.message_card(
                say("signed-out"),
                say("see-you-soon"),
                tone="success",
                primary=ui.link_button(say("sign-in"), routes.SIGN_IN),
            ),
        )
    )


def provider_check() -> rx.Component:
    """Return the page between a provider's link and the provider, where the operator wants to see no robots."""
    return hosted_page(
        rx.vstack(
            rx.heading(say("one-moment"), as_="h1", size="6", text_align="center"),
            working(say("checking-visitor")),
            rx.box(id=challenge.PLACE),
            rx.link(say("cancel"), href=HostedState.sign_in_href, size="2", underline="always"),
            spacing="4",
            align="center",
            width="100%",
        )
    )


def _heading(
    title: rx.Var[str], question: rx.Var[str], answer: rx.Var[str], href: rx.Var[str] | str, *, class_name: str = ""
) -> rx.Component:
    return rx.vstack(
        rx.heading(title, as_="h1", size="6", text_align="center"),
        rx.text(
            question,
            " ",
            rx.link(answer, href=href, underline="always"),
            size="2",
            color=tokens.TEXT_MUTED,
            class_name=class_name,
        ),
        spacing="2",
        align="center",
        width="100%",
    )


def _problem(error: str | rx.Var[str]) -> rx.Component:
    return rx.cond(error, ui.callout(error, tone="danger"))


def _tabs() -> rx.Component:
    return rx.fragment(
        _METHOD,
        rx.box(
            _tab("code", say("method-code")),
            _tab("password", say("password")),
            role="tablist",
            aria_label=say("how-to-sign-in"),
            class_name="hx-tabs",
            display="grid",
            grid_template_columns="1fr 1fr",
            gap="var(--space-1)",
            padding="var(--space-1)",
            background=rx.color("gray", 3),
            border_radius="var(--radius-4)",
            width="100%",
        ),
    )


def _tab(method: str, label: rx.Var[str]) -> rx.Component:
    is_chosen = _METHOD.value == method
    return rx.el.button(
        label,
        type="button",
        role="tab",
        id=f"tab-{method}",
        custom_attrs={"aria-selected": rx.cond(is_chosen, "true", "false"), "aria-controls": _PANEL},
        on_click=_METHOD.set_value(method),
        style={
            "min_height": "var(--space-6)",
            "padding": "0 var(--space-1)",
            "border": "0",
            "border_radius": "var(--radius-3)",
            "font": "inherit",
            "font_size": "var(--font-size-2)",
            "font_weight": "500",
            "cursor": "pointer",
            "color": tokens.TEXT,
            "background": rx.cond(is_chosen, tokens.SURFACE, "transparent"),
            "box_shadow": rx.cond(is_chosen, "var(--shadow-1)", "none"),
            "_focus_visible": {"outline": f"2px solid {rx.color('accent', 8)}"},
            f"[data-first-tab={method}] &": {"order": "-1"},  # what a page around this part has asked for
        },
    )


def _method_form(*fields: rx.Component, form: str, on_submit: EventType[()]) -> rx.Component:
    return rx.box(
        _tabs(),
        rx.box(
            ui.submit_form(
                rx.el.input(type="hidden", name="method", value=_METHOD.value, read_only=True),
                *fields,
                rx.box(
                    id=challenge.PLACE,
                    on_mount=challenge.ChallengeState.begin(form),
                    class_name="hx-challenge",
                    style={"&:empty": {"display": "none"}},
                ),
                on_submit=on_submit,
            ),
            id=_PANEL,
            margin_top="var(--space-4)",
        ),
        class_name="hx-form",
        custom_attrs={"data-method": _METHOD.value},
        width="100%",
    )


def _email_field(error: rx.Var[str] | str) -> rx.Component:
    return ui.text_field(
        say("email"),
        name="email",
        type="email",
        auto_complete="email",
        default_value=CodeState.typed_email,
        error=error,
        required=True,
    )


def _submit(label: rx.Var[str], *, pending: bool | rx.Var[bool], class_name: str) -> rx.Component:
    return rx.box(
        ui.button(
            label,
            type="submit",
            size="3",
            width="100%",
            pending=pending,
        ),
        class_name=class_name,
        width="100%",
    )


def _code_hint() -> rx.Component:
    return rx.box(
        rx.text(say("code-hint"), size="1", color=tokens.TEXT_MUTED),
        class_name="hx-code",
    )


def _sign_in_form() -> rx.Component:
    return _method_form(
        _email_field(SignInState.email_error),
        rx.box(
            ui.password_field(
                say("password"),
                name="password",
                auto_complete="current-password",
                error=SignInState.password_error,
                required=True,
                aside=rx.link(say("forgot-password-link"), href=routes.FORGOT_PASSWORD, size="1", underline="always"),
            ),
            class_name="hx-password",
            width="100%",
        ),
        _code_hint(),
        _submit(say("sign-in"), pending=SignInState.is_loading, class_name="hx-password"),
        _submit(say("email-me-a-code"), pending=SignInState.is_loading, class_name="hx-code"),
        form=challenge.SIGN_IN,
        on_submit=SignInState.submit,
    )


def _sign_up_form() -> rx.Component:
    return _method_form(
        _email_field(SignUpState.email_error),
        rx.vstack(
            *new_password_fields(
                say("password"),
                error=SignUpState.password_error,
                repeat_error=SignUpState.repeat_error,
                asks_repeat=SignUpState.asks_repeat,
                on_change=rx.cond(
                    ui.any_of(SignUpState.password_error, SignUpState.repeat_error),
                    SignUpState.edit_password,
                    rx.noop(),
                ),
            ),
            class_name="hx-password",
            spacing="4",
            width="100%",
        ),
        _code_hint(),
        _submit(say("create-account"), pending=SignUpState.is_loading, class_name="hx-password"),
        _submit(say("email-me-a-code"), pending=SignUpState.is_loading, class_name="hx-code"),
        form=challenge.SIGN_UP,
        on_submit=SignUpState.submit,
    )


def _code_entry() -> rx.Component:
    return rx.vstack(
        rx.heading(say("check-your-email"), as_="h1", size="6", text_align="center", width="100%"),
        rx.text(
            ui.sentence("code-sent", email=rx.text.strong(CodeState.sent_to, overflow_wrap="anywhere")),
            size="2",
            color=tokens.TEXT_MUTED,
            text_align="center",
            role="status",
        ),
        ui.code_field(
            say("six-character-code"),
            name="code",
            error=CodeState.error,
            is_numeric=False,
            is_busy=CodeState.is_loading,
            round=CodeState.tries,
            on_change=CodeState.type_code,
        ),
        rx.center(progress(is_checking=CodeState.is_loading), width="100%"),
        rx.hstack(
            ui.button(say("use-another-way"), kind="quiet", on_click=CodeState.cancel),
            ui.button(say("send-a-new-code"), kind="quiet", on_click=CodeState.send_again),
            justify="between",
            wrap="wrap",
            width="100%",
            padding_x="var(--space-2)",
        ),
        spacing="4",
        width="100%",
    )


def _no_method() -> rx.Component:
    return rx.box(
        ui.callout(say("no-method"), tone="danger"),
        class_name="hx-none",
        width="100%",
    )
