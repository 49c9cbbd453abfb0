"""The wizard that sets a new project up; every choice survives closing the page (`services/project_setup.py`)."""

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import reflex as rx

from hexclave_app.config.apps import AppStage
from hexclave_app.errors import StatusError
from hexclave_app.languages.speaking import say
from hexclave_app.services import project_setup, projects
from hexclave_app.services.emails import previews
from hexclave_app.services.emails.previews import SAMPLE_TEMPLATE, Preview
from hexclave_app.services.project_setup import (
    CREATE_NEW,
    LINK_EXISTING,
    LOCKED_APPS,
    OFFERED_APPS,
    PROVIDERS,
    STEPS,
    Choices,
)
from models import Project
from models.projects import OnboardingStatus
from state.base import Access, Viewer, guarded
from state.dashboard import paths
from state.dashboard.wording import provider_name

STEP_ID: Final = "setup-step"
LABELS: Final = {
    OnboardingStatus.CONFIG_CHOICE: say("setup-step-start"),
    OnboardingStatus.APPS_SELECTION: say("setup-step-apps"),
    OnboardingStatus.AUTH_SETUP: say("setup-step-sign-in"),
    OnboardingStatus.EMAIL_THEME_SETUP: say("setup-step-emails"),
    OnboardingStatus.WELCOME: say("setup-step-ready"),
}
METHOD_LABELS: Final = {
    "credential": (say("setup-password"), say("setup-password-text")),
    "magicLink": (say("setup-otp"), say("setup-otp-text")),
    "passkey": (say("setup-passkey"), say("setup-passkey-text")),
    **{one: (provider_name(one), say("setup-provider-text")) for one in PROVIDERS},
}


@dataclass(frozen=True)
class StepRow:
    """A step in the list at the top."""

    id: str
    label: str
    is_here: bool
    is_open: bool
    """Whether the project has come this far, so that the step can be opened."""


@dataclass(frozen=True)
class AppChoice:
    """An app that can be chosen."""

    id: str
    name: str
    text: str
    is_beta: bool
    is_locked: bool
    is_on: bool


@dataclass(frozen=True)
class ThemeChoice:
    """A theme of mails with a mail in it."""

    id: str
    name: str
    preview: str
    is_chosen: bool


class SetupState(rx.State):
    """The step on the page, and what is chosen in it."""

    if TYPE_CHECKING:
        project_id: str

    is_loading: bool = True
    is_saving: bool = False
    error: str = ""
    problem: str = ""
    name: str = ""
    step: str = ""
    steps: list[StepRow] = []
    is_linking: bool = False
    apps: list[AppChoice] = []
    methods: dict[str, bool] = {}
    themes: list[ThemeChoice] = []
    summary: list[tuple[str, str]] = []

    def _error_field(self, _error: Exception) -> str:
        self.is_saving = False
        return "error" if self.is_loading else "problem"

    @guarded(Access.PROJECT_ADMIN, supersedes=True)
    async def load(self, viewer: Viewer) -> AsyncIterator[object]:
        """Show the step that the project waits for; a finished project has its overview instead."""
        self.is_loading, self.is_saving, self.error, self.problem, self.themes = True, False, "", "", []
        yield None
        project = await _project(viewer)
        status = project_setup.status_of(project)
        if status is OnboardingStatus.COMPLETED:
            yield rx.redirect(paths.overview(project.id), replace=True)
            return
        await self._show(viewer, project, status)
        self.is_loading = False

    @guarded(Access.PROJECT_ADMIN)
    async def go_to(self, viewer: Viewer, step: str) -> None:
        """Open an earlier step again."""
        project = await _project(viewer)
        if _has_reached(project, step):
            self.problem = ""
            await self._show(viewer, project, OnboardingStatus(step))

    @guarded(Access.PROJECT_ADMIN)
    async def choose_config(self, viewer: Viewer, is_linking: bool) -> None:
        """Begin with a new configuration, or with one that is kept in a repository."""
        config = LINK_EXISTING if is_linking is True else CREATE_NEW
        await self._change(viewer, lambda choices: replace(choices, config=config))

    @guarded(Access.PROJECT_ADMIN)
    async def choose_app(self, viewer: Viewer, app_id: str, is_on: bool) -> None:
        """Take an app, or leave it."""
        if app_id in LOCKED_APPS or all(app.id != app_id for app in OFFERED_APPS):
            raise StatusError(400, say("setup-unknown-app"))
        await self._change(viewer, lambda choices: replace(choices, apps=_with(choices.apps, app_id, is_on=is_on)))

    @guarded(Access.PROJECT_ADMIN)
    async def choose_method(self, viewer: Viewer, method: str, is_on: bool) -> None:
        """Let people sign in this way, or not."""
        if method not in METHOD_LABELS:
            raise StatusError(400, say("setup-unknown-method"))
        await self._change(
            viewer, lambda choices: replace(choices, methods=_with(choices.methods, method, is_on=is_on))
        )

    @guarded(Access.PROJECT_ADMIN)
    async def choose_theme(self, viewer: Viewer, theme_id: str) -> None:
        """Frame mails in this theme."""
        if theme_id not in viewer.tenancy.config.emails.themes:
            raise StatusError(400, say("setup-unknown-theme"))
        await self._change(viewer, lambda choices: replace(choices, theme_id=theme_id))

    @guarded(Access.PROJECT_ADMIN)
    async def proceed(self, viewer: Viewer) -> AsyncIterator[object]:
        """Save this step and open the next one; after the last one, the project."""
        if self.step not in STEPS:
            raise StatusError(409, say("setup-out-of-date"))
        self.is_saving, self.problem = True, ""
        yield None
        project_id, step = viewer.tenancy.project_id, OnboardingStatus(self.step)
        following = await viewer.installation.db.run(project_setup.finish_step, project_id=project_id, step=step)
        self.is_saving = False
        if following is OnboardingStatus.COMPLETED:
            yield [rx.toast.success(say("setup-finished")), rx.redirect(paths.overview(project_id))]
            return
        # A new event, because this one's viewer has the configuration as it was before.
        yield [SetupState.go_to(following.value), rx.set_focus(STEP_ID)]

    @guarded(Access.PROJECT_ADMIN)
    async def skip(self, viewer: Viewer) -> object:
        """Leave the rest for later: everything can be changed on the pages of the project."""
        project_id = viewer.tenancy.project_id
        await viewer.installation.db.run(project_setup.skip, project_id=project_id)
        return rx.redirect(paths.overview(project_id))

    async def _change(self, viewer: Viewer, change: Callable[[Choices], Choices]) -> None:
        self.problem = ""
        choices = await viewer.installation.db.run(
            project_setup.change_choices, project_id=viewer.tenancy.project_id, change=change
        )
        self._show_choices(viewer, choices)

    async def _show(self, viewer: Viewer, project: Project, step: OnboardingStatus) -> None:
        self.name, self.step = project.display_name, step.value
        self.steps = [
            StepRow(one.value, LABELS[one], is_here=one is step, is_open=_has_reached(project, one)) for one in STEPS
        ]
        if step is OnboardingStatus.EMAIL_THEME_SETUP and not self.themes:
            self.themes = await _themes(viewer)
        self._show_choices(viewer, project_setup.choices_of(project))
        self.summary = _summary(viewer)

    def _show_choices(self, viewer: Viewer, choices: Choices) -> None:
        self.is_linking = choices.config == LINK_EXISTING
        self.apps = [
            AppChoice(
                app.id,
                app.display_name,
                app.subtitle,
                is_beta=app.stage is AppStage.BETA,
                is_locked=app.id in LOCKED_APPS,
                is_on=app.id in LOCKED_APPS or app.id in choices.apps,
            )
            for app in OFFERED_APPS
        ]
        self.methods = {method: method in choices.methods for method in METHOD_LABELS}
        chosen = choices.theme_id or viewer.tenancy.config.emails.selected_theme_id
        self.themes = [replace(theme, is_chosen=theme.id == chosen) for theme in self.themes]


async def _project(viewer: Viewer) -> Project:
    return await viewer.installation.db.read(projects.get, project_id=viewer.tenancy.project_id)


def _has_reached(project: Project, step: str) -> bool:
    reached = project_setup.status_of(project)
    return step in STEPS and reached in STEPS and STEPS.index(OnboardingStatus(step)) <= STEPS.index(reached)


def _with(chosen: tuple[str, ...], one: str, *, is_on: object) -> tuple[str, ...]:
    others = tuple(other for other in chosen if other != one)
    return (*others, one) if is_on is True else others


async def _themes(viewer: Viewer) -> list[ThemeChoice]:
    themes = viewer.tenancy.config.emails.themes
    sources = [Preview(SAMPLE_TEMPLATE, previews.theme_source(viewer.tenancy, one)) for one in themes]
    rendered = await asyncio.gather(*(previews.render(viewer.installation, viewer.tenancy, one) for one in sources))
    return [
        ThemeChoice(theme_id, theme.display_name, mail.html, is_chosen=False)
        for (theme_id, theme), mail in zip(themes.items(), rendered, strict=True)
    ]


def _summary(viewer: Viewer) -> list[tuple[str, str]]:
    """What the project is like now, as the last step shows it."""
    config = viewer.tenancy.config
    on = {
        "credential": config.auth.password.allow_sign_in,
        "magicLink": config.auth.otp.allow_sign_in,
        "passkey": config.auth.passkey.allow_sign_in,
        **{one: provider.allow_sign_in for one, provider in config.auth.oauth.providers.items() if provider.type},
    }
    names = {method: label for method, (label, _) in METHOD_LABELS.items()}
    methods = [names.get(one) or provider_name(one) for one, is_on in on.items() if is_on]
    installed = [app.display_name for app in OFFERED_APPS if config.apps.installed[app.id].enabled]
    theme = config.emails.themes.get(config.emails.selected_theme_id)
    return [
        (say("setup-summary-apps"), ", ".join(installed)),
        (say("setup-summary-methods"), ", ".join(methods) or say("setup-summary-no-method")),
        (say("setup-summary-theme"), theme.display_name if theme is not None else say("setup-summary-no-theme")),
        (say("setup-summary-hosted"), viewer.installation.settings.hosted_origin(viewer.tenancy.project_id)),
    ]
