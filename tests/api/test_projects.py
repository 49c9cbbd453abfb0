"""Project endpoints: reading, changing, creating, transferring, deleting."""

import uuid
from typing import Any

import pytest
from sqlmodel import Session, col, select

from hexclave_app.api import create_api
from hexclave_app.installation import Installation
from models import METADATA, Project, Tenancy
from tests.support.clients import ApiClient, known_error
from tests.support.images import picture
from tests.support.projects import (
    as_admin,
    as_client,
    as_dashboard,
    as_owner,
    as_server,
    create_project,
    dashboard_user,
    environment,
)


def stored(installation: Installation, project_id: str) -> Project | None:
    def read(session: Session) -> Project | None:
        return session.get(Project, project_id)

    return installation.db.call(read)


async def test_every_access_type_sees_the_same_public_project(installation: Installation, client: ApiClient) -> None:
    project = create_project(installation)
    answers = [await caller(client, project).get("/projects/current") for caller in (as_client, as_server, as_admin)]
    assert [answer.status_code for answer in answers] == [200, 200, 200]
    assert answers[0].json() == answers[1].json() == answers[2].json()
    assert answers[0].json() == {
        "id": project.id,
        "display_name": "Demo",
        "config": {
            "sign_up_enabled": True,
            "credential_enabled": True,
            "magic_link_enabled": False,
            "passkey_enabled": False,
            "client_team_creation_enabled": False,
            "client_user_deletion_enabled": False,
            "allow_localhost": True,
            "allow_user_api_keys": False,
            "allow_team_api_keys": False,
            "enabled_oauth_providers": [],
            "domains": [],
        },
    }


async def test_a_stranger_sees_no_project(installation: Installation, client: ApiClient) -> None:
    project = create_project(installation)
    assert known_error(await client.get("/projects/current")) == "ACCESS_TYPE_REQUIRED"
    unknown = client.as_(access_type="client", project_id=str(uuid.uuid4()))
    assert known_error(await unknown.get("/projects/current")) == "CURRENT_PROJECT_NOT_FOUND"
    other = create_project(installation)
    foreign = as_admin(client, project).as_(project_id=other.id)
    assert known_error(await foreign.get("/internal/projects/current")) == "INVALID_SUPER_SECRET_ADMIN_KEY"


@pytest.mark.parametrize("method", ["GET", "PATCH", "DELETE"])
async def test_only_administrators_manage_a_project(installation: Installation, client: ApiClient, method: str) -> None:
    project = create_project(installation)
    for caller in (as_client, as_server):
        answer = await caller(client, project).request(method, "/internal/projects/current", json={})
        assert answer.status_code == 401
        assert known_error(answer) == "INSUFFICIENT_ACCESS_TYPE"
    assert stored(installation, project.id) is not None


async def test_members_of_the_owning_team_manage_its_projects(installation: Installation, client: ApiClient) -> None:
    ada, cleo = dashboard_user(installation), dashboard_user(installation, "Cleo")
    project = create_project(installation, owner_team_id=ada.team_id)
    answer = await as_owner(client, ada, project.id).get("/internal/projects/current")
    assert (answer.status_code, answer.json()["owner_team_id"]) == (200, str(ada.team_id))
    refused = await as_owner(client, cleo, project.id).get("/internal/projects/current")
    assert known_error(refused) == "ADMIN_ACCESS_TOKEN_IS_NOT_ADMIN"


async def test_a_project_without_owner_is_managed_by_nobody(installation: Installation, client: ApiClient) -> None:
    ada, project = dashboard_user(installation), create_project(installation)
    answer = await as_owner(client, ada, project.id).get("/internal/projects/current")
    assert known_error(answer) == "ADMIN_ACCESS_TOKEN_IS_NOT_ADMIN"


async def test_omitted_fields_stay_and_null_clears(installation: Installation, client: ApiClient) -> None:
    admin = as_admin(client, create_project(installation))
    await admin.patch(
        "/internal/projects/current",
        {"description": "old", "logo_url": "https://cdn.example/logo.png", "is_production_mode": True, "config": {}},
    )
    answer = await admin.patch("/internal/projects/current", {"description": None, "onboarding_status": "welcome"})
    body = answer.json()
    assert (body["description"], body["onboarding_status"]) == ("", "welcome")
    assert (body["display_name"], body["is_production_mode"]) == ("Demo", True)
    assert body["logo_url"] == "https://cdn.example/logo.png"
    assert (await admin.patch("/internal/projects/current", {"logo_url": None})).json()["logo_url"] is None


async def test_wizard_choices_are_kept_and_cleared(installation: Installation, client: ApiClient) -> None:
    admin = as_admin(client, create_project(installation))
    state = {
        "selected_config_choice": "create-new",
        "selected_apps": ["authentication", "teams"],
        "selected_sign_in_methods": ["credential", "google"],
        "selected_email_theme_id": None,
        "selected_payments_country": "US",
    }
    await admin.patch("/internal/projects/current", {"onboarding_state": state})
    assert (await admin.get("/internal/projects/current")).json()["onboarding_state"] == state
    incomplete = await admin.patch("/internal/projects/current", {"onboarding_state": {"selected_apps": []}})
    assert known_error(incomplete) == "SCHEMA_ERROR"
    await admin.patch("/internal/projects/current", {"onboarding_state": None})
    assert (await admin.get("/internal/projects/current")).json()["onboarding_state"] is None


async def test_flat_config_becomes_environment_keys(installation: Installation, client: ApiClient) -> None:
    project = create_project(installation)
    answer = await as_admin(client, project).patch(
        "/internal/projects/current",
        {
            "config": {
                "magic_link_enabled": True,
                "require_email_verification": True,
                "oauth_providers": [
                    {"id": "github", "type": "standard", "client_id": "i", "client_secret": "s"},
                    {"id": "google", "type": "shared"},
                ],
                "domains": [{"domain": "https://*.example.com", "handler_path": "/h"}],
                "email_config": {
                    "type": "standard",
                    "host": "smtp.example.com",
                    "port": 587,
                    "username": "u",
                    "password": "p",
                    "sender_name": "n",
                    "sender_email": "a@example.com",
                },
                "user_default_permissions": [],
            }
        },
    )
    config = answer.json()["config"]
    assert config["magic_link_enabled"] is True
    assert config["enabled_oauth_providers"] == [{"id": "github"}, {"id": "google"}]
    assert config["domains"] == [{"domain": "https://*.example.com", "handler_path": "/h"}]
    assert (config["email_config"]["type"], config["email_config"]["port"]) == ("standard", 587)
    saved = environment(installation, project.id)
    assert saved["auth.otp.allowSignIn"] is True
    assert saved["onboarding.requireEmailVerification"] is True
    assert saved["auth.oauth.providers"]["github"]["allowConnectedAccounts"] is True
    assert saved["auth.password.allowSignIn"] is True  # untouched


@pytest.mark.parametrize(
    "body",
    [
        {"surprise": 1},
        {"config": {"enabled_oauth_providers": []}},
        {"config": {"domains": [{"domain": "ftp://x.example", "handler_path": "/h"}]}},
        {"config": {"domains": [{"domain": "https://x.example", "handler_path": "h"}]}},
        {"config": {"oauth_providers": [{"id": "nobody", "type": "shared"}]}},
        {"config": {"oauth_providers": [{"id": "github", "type": "standard", "client_id": "i", "client_secret": ""}]}},
        {"config": {"oauth_providers": [{"id": "github", "type": "shared", "provider_config_id": "github"}]}},
        {"config": {"email_config": {"type": "standard", "host": "h"}}},
        {"config": None},
        {"onboarding_status": "done"},
        {"display_name": None},
        {"is_production_mode": "maybe"},
        {"logo_url": "no url"},
        {"logo_url": "data:image/png;base64," + "A" * 1_000_000},
        {"owner_team_id": str(uuid.uuid4())},
    ],
)
async def test_malformed_changes_are_schema_errors(
    installation: Installation, client: ApiClient, body: dict[str, Any]
) -> None:
    answer = await as_admin(client, create_project(installation)).patch("/internal/projects/current", body)
    assert answer.status_code == 400
    assert known_error(answer) == "SCHEMA_ERROR"


async def test_an_unknown_theme_is_refused_before_anything_changes(
    installation: Installation, client: ApiClient
) -> None:
    project = create_project(installation)
    answer = await as_admin(client, project).patch(
        "/internal/projects/current",
        {"display_name": "New", "logo_url": "javascript:x", "config": {"email_theme": str(uuid.uuid4())}},
    )
    assert (answer.status_code, known_error(answer)) == (400, None)
    assert "theme" in answer.text
    row = stored(installation, project.id)
    assert row is not None
    assert row.display_name == "Demo"


async def test_a_refused_config_also_leaves_the_project_row_alone(
    installation: Installation, client: ApiClient
) -> None:
    project = create_project(installation)
    answer = await as_admin(client, project).patch(
        "/internal/projects/current",
        {"display_name": "New", "config": {"team_member_default_permissions": [{"id": "not.a.key"}]}},
    )
    assert (answer.status_code, known_error(answer)) == (400, None)
    row = stored(installation, project.id)
    assert row is not None
    assert row.display_name == "Demo"


async def test_an_uploaded_logo_is_served_from_its_new_address(installation: Installation, client: ApiClient) -> None:
    admin = as_admin(client, create_project(installation))
    url: str = (await admin.patch("/internal/projects/current", {"logo_url": picture()})).json()["logo_url"]
    assert url.startswith("http://localhost:8000/api/v1/blobs/project-logos/")
    served = await client.get(url.removeprefix("http://localhost:8000"))
    assert (served.status_code, served.headers["content-type"]) == (200, "image/png")
    assert "immutable" in served.headers["cache-control"]
    assert "sandbox" in served.headers.get_list("content-security-policy")[-1]
    assert served.content.startswith(b"\x89PNG")


@pytest.mark.parametrize("value", ["javascript:alert(1)", "data:image/svg+xml;base64,PHN2Zy8+", "ftp://x.example/y"])
async def test_other_addresses_are_no_logos(installation: Installation, client: ApiClient, value: str) -> None:
    answer = await as_admin(client, create_project(installation)).patch(
        "/internal/projects/current", {"logo_full_url": value}
    )
    assert (answer.status_code, known_error(answer)) == (400, None)


@pytest.mark.parametrize(
    "path", ["/blobs/project-logos/nothing.png", "/blobs/..%2f..%2fsecrets/x.png", "/blobs/a/%2e%2e%2fsecrets.json"]
)
async def test_only_our_own_file_names_are_served(client: ApiClient, path: str) -> None:
    assert (await client.get(path)).status_code == 404


async def test_a_change_by_another_process_is_seen_on_the_next_request(
    installation: Installation, client: ApiClient
) -> None:
    project = create_project(installation)
    assert (await as_client(client, project).get("/projects/current")).json()["display_name"] == "Demo"
    other = Installation(installation.settings)
    async with ApiClient(create_api(other)) as elsewhere:
        await as_admin(elsewhere, project).patch(
            "/internal/projects/current", {"display_name": "Renamed", "config": {"passkey_enabled": True}}
        )
    other.close()
    seen = (await as_client(client, project).get("/projects/current")).json()
    assert (seen["display_name"], seen["config"]["passkey_enabled"]) == ("Renamed", True)


async def test_a_deleted_project_leaves_no_row_behind(installation: Installation, client: ApiClient) -> None:
    ada = dashboard_user(installation)
    kept = create_project(installation)
    made = (
        await as_dashboard(client, ada).post(
            "/internal/projects", {"display_name": "Short-lived", "owner_team_id": str(ada.team_id)}
        )
    ).json()
    owner = as_owner(client, ada, made["id"])
    await owner.post(
        "/internal/api-keys",
        {
            "description": "",
            "expires_at_millis": 4e12,
            "has_publishable_client_key": True,
            "has_secret_server_key": True,
            "has_super_secret_admin_key": True,
        },
    )

    def tenancy_id(session: Session) -> uuid.UUID:
        return session.exec(select(Tenancy.id).where(col(Tenancy.project_id) == made["id"])).one()

    tenancy = installation.db.call(tenancy_id)
    answer = await owner.delete("/internal/projects/current")
    assert (answer.status_code, answer.json()) == (200, {"success": True})

    def leftovers(session: Session) -> list[str]:
        found = []
        for table in METADATA.sorted_tables:
            for name, value in (("project_id", made["id"]), ("tenancy_id", tenancy)):
                if (
                    name in table.c
                    and session.connection().execute(table.select().where(table.c[name] == value)).first()
                ):
                    found.append(table.name)
        return found

    assert installation.db.call(leftovers) == []
    assert known_error(await owner.get("/internal/projects/current")) == "CURRENT_PROJECT_NOT_FOUND"
    assert (await as_admin(client, kept).get("/internal/projects/current")).status_code == 200


async def test_the_dashboards_own_project_cannot_be_deleted(installation: Installation, client: ApiClient) -> None:
    key = installation.settings.secrets.internal_super_secret_admin_key
    admin = client.as_(access_type="admin", project_id="internal", super_secret_admin_key=key)
    answer = await admin.delete("/internal/projects/current")
    assert (answer.status_code, known_error(answer)) == (400, None)
    assert stored(installation, "internal") is not None


async def test_local_emulator_projects_do_not_exist_here(client: ApiClient) -> None:
    caller = client.as_(access_type="client", project_id="internal")
    assert known_error(await caller.post("/internal/local-emulator/project")) == "SCHEMA_ERROR"
    answer = await caller.post("/internal/local-emulator/project", {"absolute_file_path": "/x"})
    assert (answer.status_code, known_error(answer)) == (400, None)


async def test_the_changelog_is_public(client: ApiClient) -> None:
    answer = await client.get("/internal/changelog")
    assert answer.status_code == 200
    assert isinstance(answer.json()["entries"], list)


async def test_stricter_onboarding_can_be_previewed(installation: Installation, client: ApiClient) -> None:
    ada = dashboard_user(installation)
    key = installation.settings.secrets.internal_super_secret_admin_key
    admin = client.as_(access_type="admin", project_id="internal", super_secret_admin_key=key)
    path, body = "/internal/onboarding/preview-affected-users", {"onboarding": {"require_email_verification": True}}
    answer = await admin.post(path, body)
    assert answer.json() == {
        "affected_users": [
            {
                "id": str(ada.id),
                "display_name": "Ada",
                "primary_email": None,
                "restricted_reason": {"type": "email_not_verified"},
            }
        ],
        "total_affected_count": 1,
    }
    assert (await admin.post(f"{path}?limit=0", body)).json()["affected_users"] == []
    assert (await admin.post(path, {"onboarding": {}})).json()["total_affected_count"] == 0
    assert known_error(await admin.post(f"{path}?limit=ten", body)) == "SCHEMA_ERROR"
