"""Endpoints of the protocol itself: welcome, health, public keys, versions (contract 01, section 14)."""

from urllib.parse import quote

from pydantic import ConfigDict
from sqlmodel import select

from hexclave_app.api.protocol.answers import Answer
from hexclave_app.api.protocol.calls import Call
from hexclave_app.api.protocol.endpoints import PUBLIC, Endpoints
from hexclave_app.api.protocol.fields import NoQuery, QueryFlag, Schema, Text
from hexclave_app.errors import StatusError
from hexclave_app.security.tokens import UserKind
from hexclave_app.services.callers import AccessType
from hexclave_app.version import version_problem
from models import Project
from models.projects import DEFAULT_BRANCH_ID

routes = Endpoints("system")

HEALTH_PATH = "/health"
_PAGES = (
    "signIn",
    "signUp",
    "signOut",
    "emailVerification",
    "passwordReset",
    "forgotPassword",
    "oauthCallback",
    "magicLinkCallback",
    "accountSettings",
    "teamInvitation",
    "cliAuthConfirm",
    "mfa",
    "error",
    "onboarding",
)
_OPEN_CORS = {
    "access-control-allow-origin": "*",
    "access-control-allow-methods": "*",
    "access-control-allow-headers": "*",
}


@routes.endpoint("GET", "/", access=PUBLIC, query=NoQuery)
def welcome(call: Call) -> str:
    """Human-readable welcome text that echoes the authentication state."""
    lines = ["Welcome to the Hexclave API endpoint! Please refer to the documentation for how to use it.", ""]
    caller = call.caller
    if caller is None:
        return "\n".join([*lines, "Authentication: None"])
    names = {AccessType.CLIENT: "Client", AccessType.SERVER: "Server", AccessType.ADMIN: "Admin"}
    user = caller.user
    shown = (user.primary_email or str(user.id)) if user else "None"
    lines += [f"Authentication: {names[caller.access]}", f"  Project: {caller.tenancy.project_id}", f"  User: {shown}"]
    return "\n".join(lines)


class HealthQuery(Schema):
    """`db` (not empty): also read from the database."""

    model_config = ConfigDict(extra="ignore", frozen=True)
    db: str = ""


@routes.endpoint("GET", HEALTH_PATH, access=PUBLIC, query=HealthQuery)
async def health(call: Call) -> Answer:
    """Liveness probe."""
    if call.query.db:
        found = await call.installation.db.read(lambda session: session.exec(select(Project.id).limit(1)).first())
        if found is None:
            return Answer({"status": "error", "error": "the database has no project"}, 500, _OPEN_CORS)
    return Answer({"status": "ok"}, 200, _OPEN_CORS)


class ProjectPath(Schema):
    """Path of endpoints that name a project."""

    project_id: Text


class JwksQuery(Schema):
    """Which user kinds' keys are wanted."""

    include_restricted: QueryFlag = "false"
    include_anonymous: QueryFlag = "false"


@routes.endpoint(
    "GET", "/projects/{project_id}/.well-known/jwks.json", access=PUBLIC, params=ProjectPath, query=JwksQuery
)
def jwks(call: Call) -> Answer:
    """Public keys for verifying access tokens of one project."""
    if call.installation.tenancies.find(call.session, call.path.project_id, DEFAULT_BRANCH_ID) is None:
        raise StatusError(404, "Project not found")
    kinds = [UserKind.NORMAL]
    if "true" in (call.query.include_restricted, call.query.include_anonymous):
        kinds.append(UserKind.RESTRICTED)
    if call.query.include_anonymous == "true":
        kinds.append(UserKind.ANONYMOUS)
    keys = call.installation.tokens.public_keys(call.path.project_id, kinds)
    return Answer({"keys": keys}, headers={"cache-control": "public, max-age=3600"})


def _jwks_redirect(call: Call, parameter: str) -> Answer:
    location = f"/api/v1/projects/{quote(call.path.project_id, safe='')}/.well-known/jwks.json?{parameter}=true"
    return Answer(None, 307, {"location": location})


@routes.endpoint(
    "GET", "/projects-anonymous-users/{project_id}/.well-known/jwks.json", access=PUBLIC, params=ProjectPath
)
def jwks_of_anonymous_users(call: Call) -> Answer:
    """Key discovery from the issuer of anonymous users' tokens."""
    return _jwks_redirect(call, "include_anonymous")


@routes.endpoint(
    "GET", "/projects-restricted-users/{project_id}/.well-known/jwks.json", access=PUBLIC, params=ProjectPath
)
def jwks_of_restricted_users(call: Call) -> Answer:
    """Key discovery from the issuer of restricted users' tokens."""
    return _jwks_redirect(call, "include_restricted")


class VersionCheck(Schema):
    """An SDK that asks whether it is too old."""

    clientVersion: Text  # noqa: N815 - the wire's spelling


@routes.endpoint("POST", "/check-version", access=PUBLIC, body=VersionCheck, writes=False)
def check_version(call: Call) -> dict[str, object]:
    """Compare an SDK version with the server version."""
    problem = version_problem(call.body.clientVersion)
    if problem is None:
        return {"upToDate": True}
    return {"upToDate": False, "severe": problem[1], "error": problem[0]}


@routes.endpoint("POST", "/check-feature-support", access=PUBLIC, writes=False)
def check_feature_support(call: Call) -> str:
    """Text saying that a feature is not supported yet."""
    body = call.raw_body if isinstance(call.raw_body, dict) else {}
    name = body.get("feature_name") or body.get("name") or "This feature"
    return f"{name} is not yet supported. Please ask the operator of this server about it."


@routes.endpoint("GET", "/internal/component-versions", access=PUBLIC)
def component_versions(call: Call) -> dict[str, object]:
    """Latest versions and changelogs of the SDK pages."""
    return {"versions": {page: {"version": 1, "changelogs": {"1": "Initial version."}} for page in _PAGES}}


@routes.endpoint("GET", "/internal/backend-urls", access=PUBLIC)
def backend_urls(call: Call) -> dict[str, object]:
    """Ordered list of API base URLs for SDK fail-over."""
    return {"urls": [call.installation.settings.origin]}
