"""The set-up of a new project, step by step (contract 02, section 11.2).

The step a project is in is its `onboarding_status`, the choices not yet saved are its `onboarding_state`: both survive
closing the page, and both are part of the REST API. A step writes its settings and the next status in one transaction.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, Self

from sqlmodel import Session

from hexclave_app.config.apps import APPS, AppStage
from hexclave_app.config.overrides import Level
from hexclave_app.config.schema import CompleteConfig
from hexclave_app.errors import StatusError
from hexclave_app.services import project_configs, tenancies
from models import Project
from models.base import JsonValue
from models.projects import DEFAULT_BRANCH_ID, OnboardingStatus

STEPS: Final = (
    OnboardingStatus.CONFIG_CHOICE,
    OnboardingStatus.APPS_SELECTION,
    OnboardingStatus.AUTH_SETUP,
    OnboardingStatus.EMAIL_THEME_SETUP,
    OnboardingStatus.WELCOME,
)
"""What is asked, in order. Payments have no step while there are none; domains have their own page."""
_STANDS_FOR: Final = {
    OnboardingStatus.DOMAIN_SETUP: OnboardingStatus.EMAIL_THEME_SETUP,
    OnboardingStatus.PAYMENTS_SETUP: OnboardingStatus.WELCOME,
}
CREATE_NEW: Final = "create-new"
LINK_EXISTING: Final = "link-existing"
LOCKED_APPS: Final = ("authentication", "emails")
_PRESELECTED_APPS: Final = (*LOCKED_APPS, "payments", "analytics")
OFFERED_APPS: Final = tuple(app for app in APPS if app.stage is not AppStage.ALPHA and app.parent is None)
METHODS: Final = ("credential", "magicLink", "passkey")
PROVIDERS: Final = ("google", "github", "microsoft")
_PRESELECTED_METHODS: Final = ("credential", "magicLink", "google", "github")
_SWITCHES: Final = {
    "credential": "auth.password.allowSignIn",
    "magicLink": "auth.otp.allowSignIn",
    "passkey": "auth.passkey.allowSignIn",
}


@dataclass(frozen=True, slots=True)
class Choices:
    """What was chosen so far."""

    config: str = CREATE_NEW
    apps: tuple[str, ...] = _PRESELECTED_APPS
    methods: tuple[str, ...] = _PRESELECTED_METHODS
    theme_id: str | None = None

    @classmethod
    def of(cls, stored: JsonValue) -> Self:
        """The choices of a project; those of an untouched one are suggestions."""
        if not isinstance(stored, dict):
            return cls()
        theme_id = stored.get("selected_email_theme_id")
        return cls(
            config=LINK_EXISTING if stored.get("selected_config_choice") == LINK_EXISTING else CREATE_NEW,
            apps=_known(stored.get("selected_apps"), [app.id for app in OFFERED_APPS]),
            methods=_known(stored.get("selected_sign_in_methods"), [*METHODS, *PROVIDERS]),
            theme_id=theme_id if isinstance(theme_id, str) else None,
        )

    def as_json(self) -> JsonValue:
        """The form of the contract (02, section 1.4)."""
        return {
            "selected_config_choice": self.config,
            "selected_apps": list(self.apps),
            "selected_sign_in_methods": list(self.methods),
            "selected_email_theme_id": self.theme_id,
            "selected_payments_country": "US",
        }


def status_of(project: Project) -> OnboardingStatus:
    """The step that a project waits for; statuses without a step of their own stand for the next one."""
    status = OnboardingStatus(project.onboarding_status)
    return _STANDS_FOR.get(status, status)


def choices_of(project: Project) -> Choices:
    """What was chosen so far for a project."""
    return Choices.of(project.onboarding_state)


def change_choices(session: Session, *, project_id: str, change: Callable[[Choices], Choices]) -> Choices:
    """Remember a choice that is no setting yet; returns all of them."""
    project = project_configs.lock_project(session, project_id)
    choices = change(choices_of(project))
    project.onboarding_state = choices.as_json()
    session.flush()
    tenancies.touch(session, project_id)
    return choices


def finish_step(session: Session, *, project_id: str, step: OnboardingStatus) -> OnboardingStatus:
    """Turn the choices of a step into settings; returns the step that comes next.

    Steps ahead of the project's own are refused, earlier ones may be done again.
    """
    project = project_configs.lock_project(session, project_id)
    reached, choices = status_of(project), choices_of(project)
    is_ahead = step not in STEPS or (reached in STEPS and STEPS.index(step) > STEPS.index(reached))
    if is_ahead or reached is OnboardingStatus.COMPLETED:
        raise StatusError(409, "The set-up of this project is at another step. Load the page again.")
    _save(session, project_id=project_id, step=step, choices=choices)
    following = (*STEPS[1:], OnboardingStatus.COMPLETED)[STEPS.index(step)]
    if step is OnboardingStatus.CONFIG_CHOICE and choices.config == LINK_EXISTING:
        following = OnboardingStatus.WELCOME  # what the other steps ask for is in the linked configuration
    _move(session, project, following)
    return following


def skip(session: Session, *, project_id: str) -> None:
    """End the set-up; settings stay as they are."""
    _move(session, project_configs.lock_project(session, project_id), OnboardingStatus.COMPLETED)


def _move(session: Session, project: Project, status: OnboardingStatus) -> None:
    project.onboarding_status = status
    if status is OnboardingStatus.COMPLETED:
        project.onboarding_state = None
    session.flush()
    tenancies.touch(session, project.id)


def _save(session: Session, *, project_id: str, step: OnboardingStatus, choices: Choices) -> None:
    config = tenancies.load(session, project_id, DEFAULT_BRANCH_ID).config
    if step is OnboardingStatus.APPS_SELECTION:
        chosen = {*choices.apps, *LOCKED_APPS}
        _save_pushable(
            session, project_id, {f"apps.installed.{app.id}.enabled": app.id in chosen for app in OFFERED_APPS}
        )
    elif step is OnboardingStatus.AUTH_SETUP:
        _save_methods(session, project_id, choices.methods)
    elif step is OnboardingStatus.EMAIL_THEME_SETUP:
        _save_theme(session, project_id, config, choices.theme_id)


def _save_methods(session: Session, project_id: str, methods: Sequence[str]) -> None:
    if not methods:
        raise StatusError(400, "Choose at least one way to sign in.")
    _save_pushable(session, project_id, {switch: method in methods for method, switch in _SWITCHES.items()})
    providers: dict[str, JsonValue] = {f"auth.oauth.providers.{one}": _shared(one, methods) for one in PROVIDERS}
    project_configs.patch(session, project_id=project_id, level=Level.ENVIRONMENT, config=providers)


def _shared(provider: str, methods: Sequence[str]) -> JsonValue:
    if provider not in methods:
        return None
    return {"type": provider, "isShared": True, "allowSignIn": True, "allowConnectedAccounts": True}


def _save_theme(session: Session, project_id: str, config: CompleteConfig, theme_id: str | None) -> None:
    if theme_id is None or theme_id == config.emails.selected_theme_id:
        return
    if theme_id not in config.emails.themes:
        raise StatusError(400, "There is no such theme.")
    _save_pushable(session, project_id, {"emails.selectedThemeId": theme_id})


def _save_pushable(session: Session, project_id: str, config: dict[str, JsonValue]) -> None:
    project_configs.require_unlinked(session, project_id=project_id)
    project_configs.patch_pushable(session, project_id=project_id, config=config)


def _known(stored: JsonValue, offered: Sequence[str]) -> tuple[str, ...]:
    return tuple(one for one in offered if isinstance(stored, list) and one in stored)
