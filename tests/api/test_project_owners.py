"""Projects and the teams that own them: creating, listing, transferring."""

import uuid

import pytest
from sqlmodel import Session, col, select

from hexclave_app.installation import Installation
from models import Project, WebhookEvent
from tests.support.clients import ApiClient, known_error
from tests.support.projects import (
    as_client,
    as_dashboard,
    as_owner,
    as_server,
    create_project,
    dashboard_user,
    environment,
    join,
)


async def test_creating_stores_defaults_below_what_was_asked_for(installation: Installation, client: ApiClient) -> None:
    ada = dashboard_user(installation)
    answer = await as_dashboard(client, ada).post(
        "/internal/projects",
        {
            "display_name": "Fresh",
            "owner_team_id": str(ada.team_id),
            "is_development_environment": True,
            "onboarding_status": "config_choice",
            "config": {"credential_enabled": False},
        },
    )
    body = answer.json()
    assert answer.status_code == 201
    assert uuid.UUID(body["id"]).version == 4
    assert (body["is_development_environment"], body["onboarding_status"]) == (True, "config_choice")
    assert (body["config"]["credential_enabled"], body["config"]["allow_localhost"]) == (False, True)
    assert body["config"]["team_creator_default_permissions"] == [{"id": "team_admin"}]
    saved = environment(installation, body["id"])
    assert saved["apps.installed.emails.enabled"] is True
    assert saved["auth.password.allowSignIn"] is False
    assert (await as_owner(client, ada, body["id"]).get("/internal/api-keys")).json()["items"] == []


async def test_projects_get_dense_numbers_even_when_created_at_once(installation: Installation) -> None:
    for name in ("a", "b", "c"):
        create_project(installation, name=name)

    def numbers(session: Session) -> list[int]:
        return list(session.exec(select(Project.seq).order_by(col(Project.seq))).all())

    assert installation.db.call(numbers) == [0, 1, 2, 3]


async def test_only_own_teams_may_own_a_new_project(installation: Installation, client: ApiClient) -> None:
    ada, cleo = dashboard_user(installation), dashboard_user(installation, "Cleo")
    answer = await as_dashboard(client, cleo).post(
        "/internal/projects", {"display_name": "x", "owner_team_id": str(ada.team_id), "logo_url": "bad:image"}
    )
    assert answer.status_code == 404
    assert known_error(answer) == "TEAM_MEMBERSHIP_NOT_FOUND"
    assert answer.json()["details"] == {"team_id": str(ada.team_id), "user_id": str(cleo.id)}


@pytest.mark.parametrize("method", ["GET", "POST"])
async def test_project_lists_need_a_dashboard_user(installation: Installation, client: ApiClient, method: str) -> None:
    project = create_project(installation)
    body = {"display_name": "x", "owner_team_id": str(uuid.uuid4())}
    nobody = client.as_(access_type="client", project_id="internal")
    answer = await nobody.request(method, "/internal/projects", json=body)
    assert (answer.status_code, known_error(answer)) == (401, "USER_AUTHENTICATION_REQUIRED")
    elsewhere = await as_client(client, project).request(method, "/internal/projects", json=body)
    assert known_error(elsewhere) == "USER_AUTHENTICATION_REQUIRED"


@pytest.mark.parametrize("method", ["GET", "POST"])
async def test_users_of_other_projects_are_no_dashboard_users(
    installation: Installation, client: ApiClient, method: str
) -> None:
    project = create_project(installation)
    server = as_server(client, project)
    user = (await server.post("/users", {})).json()["id"]
    token = (await server.post("/auth/sessions", {"user_id": user})).json()["access_token"]
    body = {"display_name": "x", "owner_team_id": str(uuid.uuid4())}
    answer = await as_client(client, project).as_(access_token=token).request(method, "/internal/projects", json=body)
    assert (answer.status_code, known_error(answer)) == (401, "EXPECTED_INTERNAL_PROJECT")


async def test_users_list_exactly_the_projects_of_their_teams(installation: Installation, client: ApiClient) -> None:
    ada, ben = dashboard_user(installation), dashboard_user(installation, "Ben")
    first = create_project(installation, owner_team_id=ada.team_id, name="First")
    create_project(installation, owner_team_id=ben.team_id, name="Not hers")
    create_project(installation, name="Nobody's")
    second = create_project(installation, owner_team_id=ada.team_id, name="Second")
    body = (await as_dashboard(client, ada).get("/internal/projects")).json()
    assert body["is_paginated"] is False
    assert [item["id"] for item in body["items"]] == [first.id, second.id]
    assert body["items"][0] == (await as_owner(client, ada, first.id).get("/internal/projects/current")).json()


async def test_transfer_changes_only_the_owner(installation: Installation, client: ApiClient) -> None:
    ada, ben = dashboard_user(installation), dashboard_user(installation, "Ben")
    join(installation, ada, ben.team_id)
    project = create_project(installation, owner_team_id=ada.team_id)
    answer = await as_dashboard(client, ada).post(
        "/internal/projects/transfer", {"project_id": project.id, "new_team_id": str(ben.team_id)}
    )
    assert (answer.status_code, answer.json()) == (200, {"success": "true"})
    assert (await as_owner(client, ben, project.id).get("/internal/projects/current")).status_code == 200

    def webhooks(session: Session) -> list[str]:
        return list(session.exec(select(WebhookEvent.type).where(col(WebhookEvent.tenancy_id) == project.tenancy_id)))

    assert installation.db.call(webhooks) == []


async def test_transfer_checks_in_the_order_of_the_contract(installation: Installation, client: ApiClient) -> None:
    ada, ben = dashboard_user(installation), dashboard_user(installation, "Ben")
    project = create_project(installation, owner_team_id=ada.team_id)
    orphan = create_project(installation)

    async def attempt(project_id: str, team: object) -> tuple[int, str | None]:
        answer = await as_dashboard(client, ben).post(
            "/internal/projects/transfer", {"project_id": project_id, "new_team_id": str(team)}
        )
        return answer.status_code, known_error(answer)

    assert await attempt(str(uuid.uuid4()), "no team") == (404, "PROJECT_NOT_FOUND")
    assert await attempt(orphan.id, ben.team_id) == (400, None)
    assert await attempt(project.id, ben.team_id) == (404, "TEAM_MEMBERSHIP_NOT_FOUND")
    join(installation, ben, ada.team_id)
    assert await attempt(project.id, "no team") == (401, "TEAM_PERMISSION_REQUIRED")


async def test_transfer_needs_membership_in_the_new_team(installation: Installation, client: ApiClient) -> None:
    ada, ben = dashboard_user(installation), dashboard_user(installation, "Ben")
    project = create_project(installation, owner_team_id=ada.team_id)
    for team in (str(ben.team_id), "no team"):
        answer = await as_dashboard(client, ada).post(
            "/internal/projects/transfer", {"project_id": project.id, "new_team_id": team}
        )
        assert known_error(answer) == "TEAM_MEMBERSHIP_NOT_FOUND"
    same = await as_dashboard(client, ada).post(
        "/internal/projects/transfer", {"project_id": project.id, "new_team_id": str(ada.team_id)}
    )
    assert same.status_code == 200


async def test_transfer_elsewhere_or_signed_out_fails_the_schema(installation: Installation, client: ApiClient) -> None:
    body = {"project_id": "x", "new_team_id": "y"}
    for caller in (
        as_client(client, create_project(installation)),
        client.as_(access_type="client", project_id="internal"),
    ):
        answer = await caller.post("/internal/projects/transfer", body)
        assert (answer.status_code, known_error(answer)) == (400, "SCHEMA_ERROR")
