"""Every endpoint that can name an object, asked for objects of others: nothing is told and nothing changes."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product

import httpx
import pytest
from pydantic import TypeAdapter

from hexclave_app.api import ROUTERS
from hexclave_app.api.protocol.endpoints import Endpoint, Overloads
from hexclave_app.installation import Installation
from hexclave_app.services.callers import AccessType
from tests.support.all_rows import Rows, all_rows
from tests.support.clients import ApiClient, known_error
from tests.support.configs import configure
from tests.support.mailbox import last_mail
from tests.support.people import Person, person
from tests.support.projects import TestProject, as_admin, as_client, as_server, create_project

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

SECRETS = ("Victoria", "Hidden Harbour", "very private", "victoria@example.org", "at-github-1")
CONFIG = {
    "apiKeys.enabled.user": True,
    "apiKeys.enabled.team": True,
    "domains.allowLocalhost": True,
    "teams.allowClientTeamCreation": True,
    "users.allowClientUserDeletion": True,
    "auth.otp.allowSignIn": True,
    "emails.server": {
        "isShared": False,
        "provider": "smtp",
        "host": "mail.example.org",
        "port": 25,
        "username": "x",
        "password": "x",
        "senderName": "x",
        "senderEmail": "x@example.org",
    },
    "auth.passkey.allowSignIn": True,
    "auth.oauth.providers.github": {
        "type": "github",
        "isShared": False,
        "clientId": "x",
        "clientSecret": "x",
        "allowSignIn": True,
    },
}
CALLBACK = "http://localhost:3000/page"
MARKETING = "4f6f8873-3d04-46bd-8bef-18338b1a1b4c"
IDS = ("user_id", "team_id")
FILLERS: Mapping[str, object] = {
    "account_id": "at-github-9", "allow_connected_accounts": True, "allow_sign_in": True, "callback_url": CALLBACK,
    "description": "x", "display_name": "Stolen", "email": "thief@example.org", "enabled": False,
    "expires_at_millis": None, "html": "<p>x</p>", "is_primary": True, "manually_revoked_at_millis": None,
    "password": "a stolen quiet lamp", "provider_config_id": "github", "revoked": True, "subject": "x",
    "tsx_source": "<p>x</p>", "type": "email", "used_for_auth": True, "value": "thief@example.org",
    "auth/mfa/sign-in:type": "totp", "totp": "000000", "credential": {}, "authentication_response": {}, "cancel": True,
    "message": {}, "restricted_by_admin": True, "server_metadata": "stolen",
}  # fmt: skip
"""What else a request has to say, or could change."""


def noun_of(endpoint: Endpoint) -> str:
    """The path before its first parameter."""
    return endpoint.path.strip("/").split("/{")[0]


@dataclass(frozen=True)
class Objects:
    """Ids of somebody's things, by the name that requests have for them."""

    project: TestProject
    owner: Person
    ids: Mapping[str, str]

    def find(self, endpoint: Endpoint, name: str) -> str | None:
        """The id that a field of an endpoint names, if it names an object."""
        return self.ids.get(f"{noun_of(endpoint)}:{name}", self.ids.get(name))


async def things(client: ApiClient, installation: Installation, project: TestProject, name: str, email: str) -> Objects:
    """A user with one of everything."""
    server, admin = as_server(client, project), as_admin(client, project)

    async def made(caller: ApiClient, path: str, **fields: object) -> str:
        response = await caller.post(path, fields)
        assert response.status_code in (200, 201), response.text
        return str(response.json().get("id", response.json().get("user_id")))

    address = {"primary_email": email, "primary_email_verified": True, "primary_email_auth_enabled": True}
    owner = await person(client, installation, project, display_name=name, server_metadata="very private", **address)
    team_id = await made(server, "/teams", display_name=f"{name}'s Hidden Harbour", creator_user_id=owner.id)
    user, team = {"user_id": owner.id}, {"team_id": team_id}
    key = {"description": "very private", "expires_at_millis": None}
    flags = {"allow_sign_in": True, "allow_connected_accounts": True}
    account = {"provider_config_id": "github", "account_id": f"at-github-{len(name)}", **flags}
    channel = {"value": f"second-{email}", "type": "email", "used_for_auth": True}
    await server.post("/auth/sessions", user)
    session_id = (await server.get(f"/auth/sessions?user_id={owner.id}")).json()["items"][0]["id"]
    user_key = (await server.post("/user-api-keys", {**key, **user})).json()
    team_key = (await server.post("/team-api-keys", {**key, **team})).json()
    fields = {**team, "email": f"third-{email}", "callback_url": CALLBACK}
    invitation_id = await made(server, "/team-invitations/send-code", **fields)
    invitation_code = last_mail(installation).code
    keys = (await admin.get("/internal/api-keys")).json()["items"]
    await made(admin, "/project-permission-definitions", id=f"pay_{len(name)}")
    await made(admin, "/team-permission-definitions", id=f"row_{len(name)}")
    await server.post(f"/project-permissions/{owner.id}/pay_{len(name)}")
    await server.post("/emails/send-email", {"user_ids": [owner.id], "html": "<p>very private</p>", "subject": "x"})
    outbox_id = (await server.get("/emails/outbox")).json()["items"][0]["id"]
    ids = {
        **user, **team, "creator_user_id": owner.id, "selected_team_id": team_id, "project_id": project.id,
        "new_team_id": team_id, "owner_team_id": team_id, "users:cursor": owner.id, "teams:cursor": team_id,
        "auth/sessions:id": session_id, "user-api-keys:api_key_id": user_key["id"],
        "team-api-keys:api_key_id": team_key["id"], "user-api-keys/check:api_key": user_key["value"],
        "team-api-keys/check:api_key": team_key["value"], "team-invitations:id": invitation_id,
        "code": invitation_code, "internal/api-keys:api_key_id": keys[0]["id"],
        "contact_channel_id": await made(server, "/contact-channels", **channel, **user),
        "oauth-providers:provider_id": await made(server, "/oauth-providers", **account, **user),
        "project-permissions:permission_id": f"pay_{len(name)}", "emails/outbox:id": outbox_id,
        "project-permission-definitions:permission_id": f"pay_{len(name)}",
        "team-permission-definitions:permission_id": f"row_{len(name)}",
        "internal/email-drafts:id": await made(admin, "/internal/email-drafts", display_name="very private"),
        "internal/email-themes:id": await made(admin, "/internal/email-themes", display_name="very private"),
        "internal/email-templates:templateId": await made(
            admin, "/internal/email-templates", display_name="very private"
        ),
    }  # fmt: skip
    return Objects(project, owner, ids)


@dataclass(frozen=True)
class Request:
    """One request, and by which names it reaches for things of others."""

    method: str
    path: str
    body: dict[str, object]
    reaches_for: frozenset[str]


NEUTRAL = {"permission_id": "team_member", "notification_category_id": MARKETING, "provider_id": "github", "level": "x"}
"""What paths have besides ids of objects."""


def requests_of(endpoint: Endpoint, access: AccessType, mine: Objects, theirs: Objects) -> Iterator[Request]:
    """Requests that name at least one thing of theirs, beside own users and teams where those fit, too."""
    kind = AccessType.CLIENT if access is AccessType.CLIENT else AccessType.SERVER
    query, body = fields_of(endpoint.query, kind), fields_of(endpoint.body, kind)
    # All operations of a resource have the query schema of its list and ignore it, but for invitations it is meant.
    is_list = endpoint.method == "GET" and "{" not in endpoint.path
    is_asked = is_list or endpoint.path.startswith("/team-invitations/")
    named = [name for name in query if theirs.find(endpoint, name)]
    required = [name for name in named if query[name]]
    asked = named if is_asked else []
    for whose, optional in product(product((theirs, mine), repeat=len(IDS)), [None, *asked]):
        of = dict(zip(IDS, whose, strict=True))
        reached: set[str] = set()

        def pick(name: str, of: dict[str, Objects] = of, reached: set[str] = reached) -> object:
            objects = of.get(name, theirs)
            found = objects.find(endpoint, name)
            if found is not None and objects is theirs:
                reached.add(name)
            if found is not None:
                return found
            return FILLERS.get(f"{noun_of(endpoint)}:{name}", FILLERS.get(name, NEUTRAL.get(name)))

        path = re.sub(r"{(\w+)}", lambda match: str(pick(match[1])), endpoint.path)
        values = {name: pick(name) for name in body if theirs.find(endpoint, name) or name in FILLERS}
        chosen = dict.fromkeys([*required, *([optional] if optional else [])])
        sent = "&".join(f"{name}={pick(name)}" for name in chosen)
        if reached:
            yield Request(endpoint.method, f"{path}?{sent}" if sent else path, values, frozenset(reached))


def fields_of(schema: Overloads | None, kind: AccessType) -> dict[str, bool]:
    """The fields of a schema, and whether they are required."""
    chosen = schema[kind] if isinstance(schema, Mapping) else schema
    if chosen is None or isinstance(chosen, TypeAdapter):
        return {}
    return {name: field.is_required() for name, field in chosen.model_fields.items()}


def rows(installation: Installation) -> Rows:
    """All rows but the counters of tries."""
    return {**all_rows(installation), "attempt_counter": []}


ENDPOINTS = [
    endpoint
    for router in ROUTERS
    for endpoint in router.endpoints
    if not endpoint.access.is_open  # what is open to everybody asks for a secret instead
    and not endpoint.path.startswith("/internal/projects")  # of the dashboard itself: test_project_owners.py
]


NO_OBJECTS = (
    "/internal/config/override/", "/internal/ai-chat/", "/auth/oauth/connected-accounts/", "/emails/suppressions/",
)  # fmt: skip
"""Paths whose parameter is no id of an object: a level, a conversation, a provider's name, an address."""


async def attack(
    caller: ApiClient, access: AccessType, mine: Objects, theirs: Objects, installation: Installation, *skipped: str
) -> set[str]:
    """Send everything; returns the endpoints that were tried."""
    before, tried, wrong = rows(installation), set(), []
    for endpoint in ENDPOINTS:
        for request in requests_of(endpoint, access, mine, theirs):
            if request.reaches_for & set(skipped):
                continue
            options = {} if request.method in ("GET", "DELETE") else {"json": request.body}
            response = await caller.request(request.method, request.path, **options)
            tried.add(f"{endpoint.method} {endpoint.path}")
            if not is_refused(response) or any(secret in response.text for secret in SECRETS):
                shown = f"{request.method} {request.path} {request.body}"
                wrong.append(f"{shown}: {response.status_code} {response.text}")
    assert not wrong, "\n".join(wrong)
    assert rows(installation) == before
    return tried


def is_refused(response: httpx.Response) -> bool:
    """Whether an answer tells nothing: an empty list, or an error about the object and not about the request."""
    if response.status_code == 200:
        return response.json().get("items") == [] and response.request.method == "GET"
    return 400 <= response.status_code < 500 and known_error(response) != "SCHEMA_ERROR"


@pytest.fixture
async def theirs(client: ApiClient, installation: Installation) -> Objects:
    project = create_project(installation, name="Other")
    configure(installation, project.id, dict(CONFIG))
    return await things(client, installation, project, "Victoria", "victoria@example.org")


@pytest.mark.parametrize("access", list(AccessType))
async def test_things_of_another_project_do_not_exist(
    client: ApiClient, installation: Installation, theirs: Objects, access: AccessType
) -> None:
    project = create_project(installation)
    configure(installation, project.id, dict(CONFIG))
    mine = await things(client, installation, project, "Mallory", "mallory@example.org")
    caller = {"client": as_client, "server": as_server, "admin": as_admin}[access](client, project)
    signed_in = caller.as_(access_token=mine.owner.client.headers["x-hexclave-access-token"])
    with_parameter = {f"{endpoint.method} {endpoint.path}" for endpoint in ENDPOINTS if "{" in endpoint.path}
    tried = await attack(signed_in, access, mine, theirs, installation)
    assert {path for path in with_parameter - tried if not path.partition(" ")[2].startswith(NO_OBJECTS)} == set()


@pytest.mark.parametrize("is_signed_in", [True, False])
async def test_people_reach_nothing_of_others_in_their_project(
    client: ApiClient, installation: Installation, theirs: Objects, is_signed_in: bool
) -> None:
    mine = await things(client, installation, theirs.project, "Mallory", "mallory@example.org")
    caller = mine.owner.client if is_signed_in else as_client(client, theirs.project)
    await attack(caller, AccessType.CLIENT, mine, theirs, installation, "code", "project_id")


async def test_a_deleted_user_is_in_no_table_but_those_of_what_happened(
    client: ApiClient, installation: Installation, theirs: Objects
) -> None:
    server, user_id = as_server(client, theirs.project), theirs.owner.id
    await theirs.owner.client.patch(
        "/users/me", {"totp_secret_base64": "c2VjcmV0", "selected_team_id": theirs.ids["team_id"]}
    )
    assert (await theirs.owner.client.post("/auth/mfa/recovery-codes")).status_code == 200
    await server.patch(f"/emails/notification-preference/{user_id}/{MARKETING}", {"enabled": False})
    before = tables_with(user_id, all_rows(installation))
    assert len(before) > len(HISTORY) + 10
    await server.delete(f"/users/{user_id}")
    assert tables_with(user_id, all_rows(installation)) == HISTORY
    assert (await server.get(f"/teams/{theirs.ids['team_id']}")).status_code == 200


HISTORY = {"analytics_event", "audit_entry", "email_outbox", "webhook_event"}


def tables_with(text: str, rows: Rows) -> set[str]:
    return {table for table, found in rows.items() if text in repr(found)}
