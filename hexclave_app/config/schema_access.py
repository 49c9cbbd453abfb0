"""Configuration of roles, teams, users, onboarding, API keys and apps."""

from typing import Annotated, Literal

from pydantic import Field

from hexclave_app.config.apps import APPS
from hexclave_app.config.markers import (
    ANY_PERMISSION_IDS,
    MUST_BE_TRUE,
    PERMISSION_IDS,
    PROJECT_ONLY,
    Ids,
    Section,
)

SYSTEM_TEAM_PERMISSION_IDS = (
    "$update_team",
    "$delete_team",
    "$read_members",
    "$remove_members",
    "$invite_members",
    "$manage_api_keys",
)

PermissionSet = Annotated[dict[str, Annotated[bool, MUST_BE_TRUE]], ANY_PERMISSION_IDS]


class SourceOfTruth(Section):
    """Where project data lives; a constant that older clients still read."""

    type: Literal["hosted"] = "hosted"


class ProjectSettings(Section):
    """Settings that belong to the project itself rather than to one of its branches."""

    require_publishable_client_key: Annotated[bool, PROJECT_ONLY] = False


class Permission(Section):
    """A custom permission (role) and the permissions it implies, recursively."""

    description: str | None = None
    scope: Literal["team", "project"] | None = None
    contained_permission_ids: PermissionSet = Field(default_factory=dict)


class DefaultPermissions(Section):
    """Permissions granted at fixed moments; an entry of false grants nothing."""

    team_creator: PermissionSet = Field(default_factory=dict)
    team_member: PermissionSet = Field(default_factory=dict)
    sign_up: PermissionSet = Field(default_factory=dict)


class Rbac(Section):
    """Roles and permissions."""

    permissions: Annotated[dict[str, Permission], PERMISSION_IDS] = Field(default_factory=dict)
    default_permissions: DefaultPermissions = DefaultPermissions()


class Teams(Section):
    """Team creation."""

    create_personal_team_on_sign_up: bool = False
    allow_client_team_creation: bool = False


class Users(Section):
    """What signed-in users may do to their own account."""

    allow_client_user_deletion: bool = False


class Onboarding(Section):
    """What a user must do before they count as fully signed up."""

    require_email_verification: bool = False


class ApiKeySwitches(Section):
    """Which holders may have API keys."""

    team: bool = False
    user: bool = False


class ApiKeys(Section):
    """API keys of teams and users."""

    enabled: ApiKeySwitches = ApiKeySwitches()


class InstalledApp(Section):
    """The switch of one app of the catalogue."""

    enabled: bool = False


def _all_apps() -> dict[str, InstalledApp]:
    return {app.id: InstalledApp() for app in APPS}


class Apps(Section):
    """Switches of the app catalogue; every app is always present, in catalogue order."""

    installed: Annotated[dict[str, InstalledApp], Ids("|".join(app.id for app in APPS), is_strict=True)] = Field(
        default_factory=_all_apps
    )
