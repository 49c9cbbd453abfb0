"""Projects (contract 02, section 4) and what the dashboard asks about them (11.3, 14)."""

from collections.abc import Mapping
from typing import Annotated, Any, cast

from hexclave_app import errors
from hexclave_app.api.project_schemas import ProjectCreate, ProjectUpdate
from hexclave_app.api.protocol.answers import SUCCESS, Answer
from hexclave_app.api.protocol.calls import Call
from hexclave_app.api.protocol.endpoints import ADMIN, ANYONE, CLIENT_OR_HIGHER, PUBLIC, Access, Endpoints
from hexclave_app.api.protocol.fields import Boolean, NoQuery, Rule, Schema, Text, matches, text
from hexclave_app.config import legacy
from hexclave_app.config.overrides import Override
from hexclave_app.errors import StatusError
from hexclave_app.gateways.blobs import open_blobs
from hexclave_app.security.random_ids import new_id
from hexclave_app.services import changelog, images, projects
from hexclave_app.services.projects import LOGO_FIELDS, LOGO_FOLDER, ProjectFields, View
from hexclave_app.services.users.records import UserRecord
from models.projects import INTERNAL_PROJECT_ID

routes = Endpoints("projects")

INTERNAL = Access(CLIENT_OR_HIGHER, needs_internal=True)
INTERNAL_USER = Access(CLIENT_OR_HIGHER, needs_internal=True, needs_user=True)

_MAX_PREVIEW = 1_000  # users in one answer


@routes.endpoint("GET", "/projects/current", access=ANYONE, query=NoQuery)
def read_current_project(call: Call) -> View:
    """The current project as its clients see it; the same for every access type."""
    return projects.public_view(call.tenancy)


@routes.endpoint("GET", "/internal/projects/current", access=ADMIN, query=NoQuery)
def read_project(call: Call) -> View:
    """The current project with its flat config, secrets included."""
    project = projects.get(call.session, project_id=call.tenancy.project_id)
    return projects.admin_view(project, call.tenancy.config)


@routes.endpoint("PATCH", "/internal/projects/current", access=ADMIN, body=ProjectUpdate, query=NoQuery)
async def update_project(call: Call) -> View:
    """Change the current project; flat config fields become keys of the environment override."""
    config = call.body.legacy_config()
    if "email_theme" in config:
        projects.check_email_theme(call.tenancy.config, config["email_theme"])
    fields = await _fields(call)
    return await call.installation.db.run(
        projects.update_and_view,
        project_id=call.tenancy.project_id,
        branch_id=call.tenancy.branch_id,
        fields=fields,
        config=_environment(config),
    )


@routes.endpoint("DELETE", "/internal/projects/current", access=ADMIN, query=NoQuery)
def delete_project(call: Call) -> Answer:
    """Delete the current project and everything under it."""
    projects.delete(call.session, project_id=call.tenancy.project_id)
    return SUCCESS


def _dashboard_user(call: Call) -> UserRecord:
    user = call.current_user()
    if call.tenancy.project_id != INTERNAL_PROJECT_ID:
        raise errors.ExpectedInternalProject
    return user


@routes.endpoint("GET", "/internal/projects", access=ANYONE, query=NoQuery, scans=True)
def list_projects(call: Call) -> dict[str, object]:
    """List the projects that the teams of the signed-in dashboard user own."""
    user = _dashboard_user(call)
    items = projects.list_for_user(
        call.session, cache=call.installation.tenancies, internal_tenancy_id=call.tenancy.id, user_id=user.id
    )
    return {"items": items, "is_paginated": False}


@routes.endpoint("POST", "/internal/projects", access=ANYONE, body=ProjectCreate, query=NoQuery, status=201)
async def create_project(call: Call) -> View:
    """Create a project that belongs to a team of the signed-in dashboard user."""
    user, db = _dashboard_user(call), call.installation.db
    owner = {"internal": call.tenancy, "user_id": user.id, "owner_team_id": call.body.owner_team_id}
    await db.read(projects.require_owner, **owner)
    fields = await _fields(call)
    config = _environment(call.body.legacy_config())
    return await db.run(projects.create_for_user, **owner, fields=fields, config=config)


class Transfer(Schema):
    """Which project goes to which team."""

    project_id: Text
    new_team_id: Text


@routes.endpoint("POST", "/internal/projects/transfer", access=INTERNAL_USER, body=Transfer)
def transfer_project(call: Call) -> dict[str, str]:
    """Move a project to another owner team of the signed-in dashboard user."""
    projects.transfer(
        call.session,
        internal=call.tenancy,
        user_id=call.current_user().id,
        project_id=call.body.project_id,
        new_team_id=call.body.new_team_id,
    )
    return {"success": "true"}  # a text, as the published clients expect it


class OnboardingPreview(Schema):
    """The onboarding settings that are considered."""

    require_email_verification: Boolean = False


class PreviewBody(Schema):
    """Hypothetical settings."""

    onboarding: OnboardingPreview


class PreviewQuery(Schema):
    """How many users to show."""

    limit: Annotated[str, Rule(text(matches(r"^\d{1,9}$")))] = "10"


@routes.endpoint(
    "POST",
    "/internal/onboarding/preview-affected-users",
    access=ADMIN,
    body=PreviewBody,
    query=PreviewQuery,
    writes=False,
    scans=True,
)
def preview_affected_users(call: Call) -> dict[str, object]:
    """Show which users a stricter onboarding setting would restrict."""
    users, total = projects.preview_affected_users(
        call.session,
        tenancy=call.tenancy,
        require_email_verification=call.body.onboarding.require_email_verification,
        limit=min(int(call.query.limit), _MAX_PREVIEW),
    )
    shown = [
        {
            "id": str(user.id),
            "display_name": user.display_name,
            "primary_email": user.primary_email,
            "restricted_reason": {"type": "email_not_verified"},
        }
        for user in users
    ]
    return {"affected_users": shown, "total_affected_count": total}


@routes.endpoint("GET", "/internal/changelog", access=PUBLIC)
def read_changelog(call: Call) -> dict[str, object]:
    """The newest release notes of this software."""
    return {"entries": changelog.entries()}


class LocalEmulatorProject(Schema):
    """A config file on the developer's disk."""

    absolute_file_path: Text


@routes.endpoint("POST", "/internal/local-emulator/project", access=INTERNAL, body=LocalEmulatorProject, writes=False)
def open_local_emulator_project(call: Call) -> Answer:
    """Always refused: this server has no emulator mode."""
    raise StatusError(400, "This server does not run as a local emulator, so projects are not bound to config files.")


async def _fields(call: Call) -> ProjectFields:
    """The given fields of a request, its images stored."""
    fields: dict[str, Any] = call.body.project_fields()
    blobs = open_blobs(call.installation.settings)
    for name in LOGO_FIELDS:
        if name in fields:
            fields[name] = await images.resolve_image(fields[name], folder=LOGO_FOLDER, allow_http=True, blobs=blobs)
    return cast("ProjectFields", fields)


def _environment(config: Mapping[str, Any]) -> Override:
    return legacy.to_override(config, new_id=lambda: str(new_id()))
