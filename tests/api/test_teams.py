"""Teams over the API: who may create, read, change and delete them, and what follows (contract 04, section 3)."""

import uuid

import pytest

from hexclave_app.installation import Installation
from tests.support.clients import ApiClient, known_error
from tests.support.configs import configure
from tests.support.images import picture
from tests.support.people import Person, happened, person, since
from tests.support.projects import TestProject, as_client, as_server, create_project
from tests.support.races import at_once, statuses

on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
CLIENT_KEYS = {"id", "display_name", "profile_image_url", "client_metadata", "client_read_only_metadata"}
NOBODY = "2f8c2a0e-5f5b-4b8f-9a55-0d1f3f3b7a11"


@pytest.fixture
def project(installation: Installation) -> TestProject:
    created = create_project(installation)
    configure(installation, created.id, {"teams.allowClientTeamCreation": True})
    return created


@pytest.fixture
def server(client: ApiClient, project: TestProject) -> ApiClient:
    return as_server(client, project)


@pytest.fixture
async def ada(client: ApiClient, installation: Installation, project: TestProject) -> Person:
    return await person(client, installation, project, display_name="Ada")


@pytest.fixture
async def ben(client: ApiClient, installation: Installation, project: TestProject) -> Person:
    return await person(client, installation, project, display_name="Ben")


@pytest.fixture
async def cleo(client: ApiClient, installation: Installation, project: TestProject) -> Person:
    return await person(client, installation, project, display_name="Cleo")


@pytest.fixture
async def team(server: ApiClient, ada: Person, ben: Person) -> str:
    """A team of which Ada is the administrator, and Ben a plain member."""
    team_id = (await server.post("/teams", {"display_name": "Acme", "creator_user_id": ada.id})).json()["id"]
    assert (await server.post(f"/team-memberships/{team_id}/{ben.id}")).status_code == 201
    return str(team_id)


async def test_a_user_creates_a_team_and_administers_it(
    ada: Person, server: ApiClient, installation: Installation, project: TestProject
) -> None:
    before = happened(installation, project)
    response = await ada.client.post(
        "/teams", {"display_name": "Acme", "client_metadata": [1], "creator_user_id": "me"}
    )
    team = response.json()
    assert (response.status_code, set(team)) == (201, CLIENT_KEYS)
    seen = (await server.get(f"/teams/{team['id']}")).json()
    assert since(before, happened(installation, project)) == [("team.created", seen)]
    assert (await ada.client.get("/users/me")).json()["selected_team_id"] is None
    assert (await ada.client.patch(f"/teams/{team['id']}", {"display_name": "A"})).status_code == 200


async def test_a_server_creates_a_team_with_everything(server: ApiClient) -> None:
    given = {
        "display_name": "Acme", "profile_image_url": "https://example.org/a.png", "client_metadata": {"a": 1},
        "client_read_only_metadata": "text", "server_metadata": [1],
    }  # fmt: skip
    response = await server.post("/teams", given)
    team = response.json()
    assert (response.status_code, {name: team[name] for name in given}) == (201, given)
    assert set(team) == CLIENT_KEYS | {"created_at_millis", "server_metadata"}
    assert (await server.get(f"/team-member-profiles?team_id={team['id']}")).json()["items"] == []


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({}, 400, "SCHEMA_ERROR"),
        ({"display_name": None}, 400, "SCHEMA_ERROR"),
        ({"display_name": "A", "server_metadata": 1}, 400, "SCHEMA_ERROR"),
        ({"display_name": "A", "creator_user_id": NOBODY}, 403, None),
        ({"display_name": "A", "profile_image_url": "https://example.org/a.png"}, 400, None),
        ({"display_name": "A", "profile_image_url": ""}, 400, "SCHEMA_ERROR"),
    ],
)
@on_sqlite
async def test_a_client_cannot_create_more_than_its_own_team(
    ada: Person, server: ApiClient, body: dict[str, object], status: int, code: str | None
) -> None:
    response = await ada.client.post("/teams", body)
    assert (response.status_code, known_error(response)) == (status, code)
    assert (await server.get("/teams")).json()["items"] == []


@on_sqlite
async def test_creating_teams_can_be_closed_to_clients(
    client: ApiClient, ada: Person, installation: Installation, project: TestProject
) -> None:
    configure(installation, project.id, {"teams.allowClientTeamCreation": False})
    nobody = await as_client(client, project).post("/teams", {"display_name": "A"})
    assert known_error(nobody) == "USER_AUTHENTICATION_REQUIRED"
    assert (await ada.client.post("/teams", {"display_name": "A"})).status_code == 403


async def test_a_team_of_an_unknown_creator_is_not_created(
    server: ApiClient, installation: Installation, project: TestProject
) -> None:
    response = await server.post("/teams", {"display_name": "A", "creator_user_id": NOBODY})
    assert (response.status_code, known_error(response)) == (404, "USER_NOT_FOUND")
    assert (await server.get("/teams")).json() == {"items": [], "is_paginated": False}
    assert happened(installation, project) == []


@on_sqlite
async def test_the_deprecated_creator_parameter_still_works(server: ApiClient, ada: Person) -> None:
    path = "/teams?add_current_user=true"
    both = await ada.client.post(path, {"display_name": "A", "creator_user_id": "me"})
    assert (both.status_code, known_error(both)) == (400, None)
    assert (await server.post(path, {"display_name": "A"})).status_code == 401
    assert (await ada.client.post(path, {"display_name": "A"})).status_code == 201
    assert len((await ada.client.get("/teams?user_id=me")).json()["items"]) == 1


async def test_pictures_of_teams_are_stored_and_cleared(ada: Person, team: str) -> None:
    changed = (await ada.client.patch(f"/teams/{team}", {"profile_image_url": picture()})).json()
    assert "/team-profile-images/" in changed["profile_image_url"]
    cleared = (await ada.client.patch(f"/teams/{team}", {"profile_image_url": None})).json()
    assert cleared["profile_image_url"] is None


async def test_changing_a_team_tells_of_it_even_when_nothing_differs(
    server: ApiClient, team: str, installation: Installation, project: TestProject
) -> None:
    before = happened(installation, project)
    team_now = (await server.patch(f"/teams/{team}", {"server_metadata": {"plan": "pro"}})).json()
    assert team_now["server_metadata"] == {"plan": "pro"}
    assert (await server.patch(f"/teams/{team}", {})).json() == team_now
    assert since(before, happened(installation, project)) == [("team.updated", team_now)] * 2


@pytest.mark.parametrize(("method", "needs"), [("GET", None), ("PATCH", "$update_team"), ("DELETE", "$delete_team")])
async def test_who_may_do_what_with_a_team(
    client: ApiClient, project: TestProject, ben: Person, cleo: Person, server: ApiClient, team: str,
    method: str, needs: str | None,
) -> None:  # fmt: skip
    async def attempt(caller: ApiClient, team_id: str = team) -> tuple[int, str | None]:
        response = await caller.request(method, f"/teams/{team_id}", json={})
        return response.status_code, known_error(response)

    assert await attempt(as_client(client, project)) == (401, "USER_AUTHENTICATION_REQUIRED")
    assert await attempt(cleo.client) == (404, "TEAM_MEMBERSHIP_NOT_FOUND")
    assert await attempt(ben.client, NOBODY) == (404, "TEAM_MEMBERSHIP_NOT_FOUND")
    assert await attempt(server, NOBODY) == (404, "TEAM_NOT_FOUND")
    assert await attempt(ben.client) == ((200, None) if needs is None else (401, "TEAM_PERMISSION_REQUIRED"))
    assert await attempt(server) == (200, None)


async def test_a_deleted_team_takes_its_memberships_along(
    server: ApiClient, ada: Person, team: str, installation: Installation, project: TestProject
) -> None:
    await ada.client.patch("/users/me", {"selected_team_id": team})
    before = happened(installation, project)
    assert (await ada.client.delete(f"/teams/{team}")).json() == {"success": True}
    assert since(before, happened(installation, project)) == [("team.deleted", {"id": team})]
    assert (await ada.client.get("/users/me")).json()["selected_team_id"] is None
    assert (await server.get("/team-member-profiles")).json()["items"] == []
    assert known_error(await server.delete(f"/teams/{team}")) == "TEAM_NOT_FOUND"


async def test_teams_are_listed_oldest_first_and_searched(server: ApiClient, ada: Person, team: str) -> None:
    other = (await server.post("/teams", {"display_name": "Überall"})).json()["id"]

    async def found(query: str, caller: ApiClient = server) -> list[str]:
        return [item["id"] for item in (await caller.get(f"/teams{query}")).json()["items"]]

    assert await found("") == [team, other]
    assert await found("?desc=true&order_by=created_at") == [other, team]
    assert await found(f"?user_id={ada.id}") == [team]
    assert await found("?user_id=me", ada.client) == [team]
    assert await found(f"?user_id={NOBODY}") == []
    assert await found("?query=ÜBER") == [other]
    assert await found(f"?query={team}") == [team]
    assert await found("?query=%25") == []


async def test_teams_are_paged_completely_in_both_directions(server: ApiClient) -> None:
    made = [(await server.post("/teams", {"display_name": str(n)})).json()["id"] for n in range(5)]
    for desc, wanted in (("false", made), ("true", made[::-1])):
        seen: list[str] = []
        cursor = ""
        while True:
            page = (await server.get(f"/teams?limit=2&desc={desc}{cursor}")).json()
            assert page["is_paginated"]
            seen += [item["id"] for item in page["items"]]
            if page["pagination"]["next_cursor"] is None:
                break
            cursor = f"&cursor={page['pagination']['next_cursor']}"
        assert seen == wanted
    assert (await server.get(f"/teams?cursor={NOBODY}")).json()["items"] == []


@on_sqlite
async def test_clients_list_their_own_teams_only(
    client: ApiClient, project: TestProject, ada: Person, ben: Person
) -> None:
    for query in ("", f"?user_id={ben.id}"):
        assert (await ada.client.get(f"/teams{query}")).status_code == 403
    nobody = as_client(client, project)
    assert known_error(await nobody.get("/teams?user_id=me")) == "CANNOT_GET_OWN_USER_WITHOUT_USER"


@on_sqlite
async def test_teams_of_another_project_do_not_exist(
    client: ApiClient, installation: Installation, team: str, ada: Person
) -> None:
    other = as_server(client, create_project(installation, name="Other"))
    for method in ("GET", "PATCH", "DELETE"):
        assert known_error(await other.request(method, f"/teams/{team}", json={})) == "TEAM_NOT_FOUND"
    assert (await other.get("/teams")).json()["items"] == []
    assert known_error(await other.get(f"/team-member-profiles?team_id={team}")) == "TEAM_NOT_FOUND"
    stranger = (await other.post("/users", {})).json()["id"]
    assert known_error(await other.post(f"/team-memberships/{team}/{stranger}")) == "TEAM_NOT_FOUND"
    assert known_error(await other.post(f"/team-memberships/{team}/{ada.id}")) == "USER_NOT_FOUND"
    assert known_error(await other.delete(f"/team-memberships/{team}/{ada.id}")) == "TEAM_MEMBERSHIP_NOT_FOUND"


async def test_a_new_member_gets_the_defaults_and_everybody_hears_of_it(
    server: ApiClient, cleo: Person, team: str, installation: Installation, project: TestProject
) -> None:
    before = happened(installation, project)
    identity = {"team_id": team, "user_id": cleo.id}
    response = await server.post(f"/team-memberships/{team}/{cleo.id}")
    assert (response.status_code, response.json()) == (201, identity)
    assert since(before, happened(installation, project)) == [
        ("team_membership.created", identity),
        ("team_permission.created", {"id": "team_member", **identity}),
    ]
    again = await server.post(f"/team-memberships/{team}/{cleo.id}")
    assert (again.status_code, known_error(again)) == (409, "TEAM_MEMBERSHIP_ALREADY_EXISTS")


@on_sqlite
async def test_memberships_check_the_user_before_the_team(server: ApiClient, ada: Person, team: str) -> None:
    assert known_error(await server.post(f"/team-memberships/{NOBODY}/{NOBODY}")) == "USER_NOT_FOUND"
    assert known_error(await server.post(f"/team-memberships/{NOBODY}/{ada.id}")) == "TEAM_NOT_FOUND"
    assert known_error(await server.post(f"/team-memberships/{team}/{NOBODY}")) == "USER_NOT_FOUND"
    assert known_error(await ada.client.post(f"/team-memberships/{team}/{ada.id}")) == "INSUFFICIENT_ACCESS_TYPE"


async def test_leaving_ends_selection_and_permissions(
    ben: Person, team: str, installation: Installation, project: TestProject
) -> None:
    await ben.client.patch("/users/me", {"selected_team_id": team})
    before = happened(installation, project)
    assert (await ben.client.delete(f"/team-memberships/{team}/me")).json() == {"success": True}
    left = ("team_membership.deleted", {"team_id": team, "user_id": ben.id})
    assert since(before, happened(installation, project)) == [left]
    assert (await ben.client.get("/users/me")).json()["selected_team_id"] is None
    assert known_error(await ben.client.delete(f"/team-memberships/{team}/me")) == "TEAM_MEMBERSHIP_NOT_FOUND"


async def test_who_may_remove_others(
    client: ApiClient, project: TestProject, ada: Person, ben: Person, cleo: Person, team: str
) -> None:
    async def attempt(caller: ApiClient, user_id: str) -> tuple[int, str | None]:
        response = await caller.delete(f"/team-memberships/{team}/{user_id}")
        return response.status_code, known_error(response)

    assert await attempt(as_client(client, project), ben.id) == (400, "CANNOT_GET_OWN_USER_WITHOUT_USER")
    assert await attempt(cleo.client, ben.id) == (404, "TEAM_MEMBERSHIP_NOT_FOUND")
    assert await attempt(ben.client, ada.id) == (401, "TEAM_PERMISSION_REQUIRED")
    assert await attempt(ada.client, cleo.id) == (404, "TEAM_MEMBERSHIP_NOT_FOUND")
    assert await attempt(ada.client, ben.id) == (200, None)
    assert await attempt(ada.client, ada.id) == (200, None)


async def test_parallel_joins_make_one_membership(
    server: ApiClient, cleo: Person, team: str, installation: Installation, project: TestProject
) -> None:
    before = happened(installation, project)
    answers = await at_once([server.post(f"/team-memberships/{team}/{cleo.id}") for _ in range(6)])
    assert statuses(answers) == [201, 409, 409, 409, 409, 409]
    assert len(since(before, happened(installation, project))) == 2


async def test_joining_and_deleting_at_once_leaves_nothing_half_done(
    server: ApiClient, cleo: Person, ada: Person, installation: Installation, project: TestProject
) -> None:
    for _ in range(3):
        team_id = (await server.post("/teams", {"display_name": "A", "creator_user_id": ada.id})).json()["id"]
        joins = [server.post(f"/team-memberships/{team_id}/{cleo.id}") for _ in range(2)]
        answers = await at_once([*joins, *(server.delete(f"/teams/{team_id}") for _ in range(2))])
        assert all(answer.status_code < 500 for answer in answers)
        deleted = [event for event in happened(installation, project) if event == ("team.deleted", {"id": team_id})]
        assert len(deleted) == 1
    assert (await server.get("/team-member-profiles")).json()["items"] == []


async def test_parallel_selections_leave_exactly_one_team_selected(server: ApiClient, ada: Person) -> None:
    made = [await server.post("/teams", {"display_name": "A", "creator_user_id": ada.id}) for _ in range(4)]
    ids = [response.json()["id"] for response in made]
    answers = await at_once([ada.client.patch("/users/me", {"selected_team_id": team_id}) for team_id in ids])
    assert statuses(answers) == [200, 200, 200, 200]
    assert (await ada.client.get("/users/me")).json()["selected_team_id"] in ids


@pytest.mark.parametrize("team_id", ["x", str(uuid.UUID(int=1 << 127))])
@on_sqlite
async def test_malformed_ids_are_schema_errors(server: ApiClient, team_id: str) -> None:
    assert known_error(await server.get(f"/teams/{team_id}")) == "SCHEMA_ERROR"
