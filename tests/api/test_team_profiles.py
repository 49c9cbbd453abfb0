"""Member profiles: what members see of one another (contract 04, section 3)."""

import pytest

from hexclave_app.installation import Installation
from tests.support.clients import ApiClient, known_error
from tests.support.people import Person, happened, person
from tests.support.projects import TestProject, as_client, as_server, create_project

on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
NOBODY = "2f8c2a0e-5f5b-4b8f-9a55-0d1f3f3b7a11"


@pytest.fixture
def project(installation: Installation) -> TestProject:
    return create_project(installation)


@pytest.fixture
def server(client: ApiClient, project: TestProject) -> ApiClient:
    return as_server(client, project)


@pytest.fixture
async def ada(client: ApiClient, installation: Installation, project: TestProject) -> Person:
    return await person(
        client, installation, project, display_name="Ada", profile_image_url="https://example.org/a.png"
    )


@pytest.fixture
async def ben(client: ApiClient, installation: Installation, project: TestProject) -> Person:
    return await person(client, installation, project, display_name="Ben")


@pytest.fixture
async def team(server: ApiClient, ada: Person, ben: Person) -> str:
    team_id = (await server.post("/teams", {"display_name": "Acme", "creator_user_id": ada.id})).json()["id"]
    await server.post(f"/team-memberships/{team_id}/{ben.id}")
    return str(team_id)


async def test_a_profile_falls_back_to_the_user_and_may_override_it(
    ada: Person, team: str, installation: Installation, project: TestProject
) -> None:
    path, before = f"/team-member-profiles/{team}/me", happened(installation, project)
    own = {"team_id": team, "user_id": ada.id, "display_name": "Ada", "profile_image_url": "https://example.org/a.png"}
    assert (await ada.client.get(path)).json() == own
    changed = await ada.client.patch(path, {"display_name": "", "profile_image_url": "https://example.org/b.png"})
    assert changed.json() == {**own, "display_name": "", "profile_image_url": "https://example.org/b.png"}
    assert (await ada.client.patch(path, {"profile_image_url": None})).json() == {**own, "display_name": ""}
    assert known_error(await ada.client.patch(path, {"display_name": None})) == "SCHEMA_ERROR"
    assert happened(installation, project) == before


async def test_profiles_are_listed_in_the_order_of_joining(
    server: ApiClient, ada: Person, ben: Person, team: str
) -> None:
    items = (await server.get(f"/team-member-profiles?team_id={team}")).json()["items"]
    assert [item["user_id"] for item in items] == [ada.id, ben.id]
    assert items[1]["user"] == (await server.get(f"/users/{ben.id}")).json()
    seen = (await ben.client.get(f"/team-member-profiles?team_id={team}")).json()
    assert [(item["display_name"], "user" in item) for item in seen["items"]] == [("Ada", False), ("Ben", False)]
    assert seen["is_paginated"] is False


async def test_restricted_and_anonymous_members_are_listed(server: ApiClient, team: str) -> None:
    for fields in ({"is_anonymous": True}, {"restricted_by_admin": True}):
        user_id = (await server.post("/users", fields)).json()["id"]
        await server.post(f"/team-memberships/{team}/{user_id}")
    assert len((await server.get(f"/team-member-profiles?team_id={team}")).json()["items"]) == 4


@on_sqlite
async def test_unknown_teams_users_and_memberships_have_their_own_errors(
    server: ApiClient, ada: Person, team: str
) -> None:
    outsider = (await server.post("/users", {})).json()["id"]
    for path, code in (
        (f"?team_id={NOBODY}&user_id={NOBODY}", "TEAM_NOT_FOUND"),
        (f"?user_id={NOBODY}", "USER_NOT_FOUND"),
        (f"/{team}/{NOBODY}", "USER_NOT_FOUND"),
        (f"/{team}/{outsider}", "TEAM_MEMBERSHIP_NOT_FOUND"),
        (f"/{NOBODY}/{ada.id}", "TEAM_MEMBERSHIP_NOT_FOUND"),
    ):
        assert known_error(await server.get(f"/team-member-profiles{path}")) == code


@on_sqlite
async def test_clients_see_others_with_permission_only(
    client: ApiClient, project: TestProject, server: ApiClient, ada: Person, ben: Person, team: str
) -> None:
    assert (await ben.client.get("/team-member-profiles")).status_code == 400
    nobody = as_client(client, project)
    assert known_error(await nobody.get(f"/team-member-profiles?team_id={team}")) == "USER_AUTHENTICATION_REQUIRED"
    revoked = await server.delete(f"/team-permissions/{team}/{ben.id}/team_member")
    assert revoked.status_code == 200
    for path in (f"?team_id={team}", f"?team_id={team}&user_id={ada.id}", f"/{team}/{ada.id}"):
        assert known_error(await ben.client.get(f"/team-member-profiles{path}")) == "TEAM_PERMISSION_REQUIRED"
    for path in (f"?team_id={team}&user_id=me", f"/{team}/me"):
        assert (await ben.client.get(f"/team-member-profiles{path}")).status_code == 200
    assert (await ben.client.patch(f"/team-member-profiles/{team}/{ada.id}", {})).status_code == 403
    assert (await server.patch(f"/team-member-profiles/{team}/{ada.id}", {"display_name": "A"})).status_code == 200
