"""The wizard that sets a new project up."""

import reflex as rx

from components import ui
from components.dashboard import lists
from components.dashboard.shell import project_page
from components.dashboard.sign_in_preview import sign_in_preview
from components.ui import tokens, words
from state.dashboard.setup import METHOD_LABELS, STEP_ID, AppChoice, SetupState, StepRow, ThemeChoice


def page() -> rx.Component:
    """Return the step that the project waits for."""
    return project_page(
        lists.loaded(
            rx.vstack(
                _steps(),
                rx.cond(SetupState.problem, ui.callout(SetupState.problem, tone="danger")),
                rx.match(
                    SetupState.step,
                    ("config_choice", _start()),
                    ("apps_selection", _apps()),
                    ("auth_setup", _sign_in()),
                    ("email_theme_setup", _themes()),
                    ("welcome", _ready()),
                    rx.fragment(),
                ),
                _buttons(),
                spacing="5",
                width="100%",
            ),
            error=SetupState.error,
            is_loading=SetupState.is_loading,
            on_retry=SetupState.load,
            skeleton=lists.cards_skeleton(words("setup-title"), 1),
        ),
        here="setup",
        title=words("setup-title"),
        text=words("setup-text"),
        action=ui.button(words("setup-skip"), kind="quiet", on_click=SetupState.skip),
    )


def _steps() -> rx.Component:
    return rx.el.nav(
        rx.el.ol(
            rx.foreach(SetupState.steps, _step),
            display="flex",
            flex_wrap="wrap",
            gap="var(--space-2)",
            list_style="none",
            margin="0",
            padding="0",
        ),
        aria_label=words("setup-steps"),
    )


def _step(row: rx.vars.ObjectVar[StepRow]) -> rx.Component:
    return rx.el.li(
        rx.button(
            row.label,
            size="1",
            radius="full",
            type="button",
            variant=rx.cond(row.is_here, "solid", "soft"),
            color_scheme=rx.cond(row.is_open, "indigo", "gray"),
            high_contrast=True,
            disabled=ui.none_of(row.is_open),
            on_click=SetupState.go_to(row.id),
            custom_attrs={"aria-current": rx.cond(row.is_here, "step", "false")},
        ),
        key=row.id,
    )


def _section(title: str, text: str, *children: rx.Component) -> rx.Component:
    return rx.box(ui.section(title, *children, text=text), id=STEP_ID, tab_index=-1, outline="none", width="100%")


def _start() -> rx.Component:
    choices = rx.radio_cards.root(
        _choice("new", words("setup-here"), words("setup-here-text")),
        _choice("link", words("setup-repository"), words("setup-repository-text")),
        value=rx.cond(SetupState.is_linking, "link", "new"),
        on_value_change=lambda value: SetupState.choose_config(value == "link"),
        columns=rx.breakpoints(initial="1", sm="2"),
        width="100%",
        custom_attrs={"aria-label": words("setup-start-choices")},
    )
    return _section(
        words("setup-start"),
        words("setup-start-text"),
        choices,
        rx.cond(SetupState.is_linking, _linking()),
    )


def _choice(value: str, title: str, text: str) -> rx.Component:
    return rx.radio_cards.item(
        rx.vstack(
            rx.text(title, weight="medium", size="2"),
            rx.text(text, size="2", color=tokens.TEXT_MUTED),
            spacing="1",
            width="100%",
        ),
        value=value,
    )


def _linking() -> rx.Component:
    return rx.text(
        words("setup-push"),
        size="2",
    )


def _apps() -> rx.Component:
    grid = rx.grid(
        rx.foreach(SetupState.apps, _app),
        columns=rx.breakpoints(initial="1", sm="2"),
        spacing="4",
        width="100%",
    )
    return _section(words("setup-apps"), words("setup-apps-text"), grid)


def _app(app: rx.vars.ObjectVar[AppChoice]) -> rx.Component:
    switch = rx.switch(
        checked=app.is_on,
        on_change=lambda is_on: SetupState.choose_app(app.id, is_on),
        aria_label=app.name,
    )
    return rx.hstack(
        rx.vstack(
            rx.hstack(
                rx.text(app.name, weight="medium", size="2"),
                rx.cond(app.is_beta, ui.badge(words("setup-beta"), tone="info")),
                rx.cond(app.is_locked, ui.badge(words("setup-always-on"))),
                wrap="wrap",
                spacing="2",
            ),
            rx.text(app.text, size="1", color=tokens.TEXT_MUTED),
            spacing="1",
        ),
        rx.spacer(),
        rx.cond(app.is_locked, rx.fragment(), switch),
        align="center",
        border=f"1px solid {tokens.BORDER}",
        border_radius="var(--radius-4)",
        padding="var(--space-3)",
        key=app.id,
    )


def _sign_in() -> rx.Component:
    on = SetupState.methods
    switches = rx.vstack(
        *[
            ui.switch_row(
                label,
                text,
                name=f"setup-{method}",
                checked=on[method],
                on_change=lambda is_on, method=method: SetupState.choose_method(method, is_on),
            )
            for method, (label, text) in METHOD_LABELS.items()
        ],
        spacing="4",
        width="100%",
    )
    preview = sign_in_preview(
        SetupState.name,
        password=on["credential"],
        code=on["magicLink"],
        passkey=on["passkey"],
        providers={one: on[one] for one in ("google", "github", "microsoft")},
    )
    return _section(
        words("setup-sign-in"),
        words("setup-sign-in-text"),
        rx.grid(switches, preview, columns=rx.breakpoints(initial="1", md="2"), spacing="5", width="100%"),
    )


def _themes() -> rx.Component:
    grid = rx.grid(
        rx.foreach(SetupState.themes, _theme),
        columns=rx.breakpoints(initial="1", sm="2"),
        spacing="4",
        width="100%",
    )
    return _section(words("setup-themes"), words("setup-themes-text"), grid)


def _theme(theme: rx.vars.ObjectVar[ThemeChoice]) -> rx.Component:
    frame = rx.el.iframe(
        title=words("setup-theme-preview", theme=theme.name),
        src_doc=theme.preview,
        sandbox="",
        tab_index=-1,
        width="100%",
        style={"height": "16rem", "border": "0", "background": "white", "borderRadius": "var(--radius-3)"},
    )
    button = ui.button(
        rx.cond(theme.is_chosen, words("setup-chosen"), words("setup-choose")),
        kind="secondary",
        disabled=theme.is_chosen,
        on_click=SetupState.choose_theme(theme.id),
        aria_label=rx.cond(
            theme.is_chosen,
            words("setup-theme-chosen", theme=theme.name),
            words("setup-theme-choose", theme=theme.name),
        ),
    )
    return rx.vstack(
        frame,
        rx.hstack(
            rx.text(theme.name, weight="medium", size="2"),
            rx.cond(theme.is_chosen, ui.badge(words("setup-chosen"), tone="success")),
            rx.spacer(),
            button,
            align="center",
            width="100%",
        ),
        border=f"1px solid {tokens.BORDER}",
        border_radius="var(--radius-4)",
        padding="var(--space-3)",
        min_width="0",
        key=theme.id,
    )


def _ready() -> rx.Component:
    return _section(
        words("setup-ready"),
        words("setup-ready-text"),
        rx.el.dl(
            rx.foreach(SetupState.summary, _fact),
            margin="0",
            display="grid",
            grid_template_columns="minmax(8rem, auto) 1fr",
            gap="var(--space-3)",
        ),
    )


def _fact(entry: rx.vars.ArrayVar[tuple[str, str]]) -> rx.Component:
    return rx.fragment(
        rx.el.dt(rx.text(entry[0], size="2", color=tokens.TEXT_MUTED)),
        rx.el.dd(rx.text(entry[1], size="2", overflow_wrap="anywhere"), margin="0"),
    )


def _buttons() -> rx.Component:
    return rx.hstack(
        ui.button(
            rx.cond(SetupState.step == "welcome", words("setup-open"), words("setup-continue")),
            size="3",
            pending=SetupState.is_saving,
            on_click=SetupState.proceed,
        ),
        justify="end",
        width="100%",
    )
