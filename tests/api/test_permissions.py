"""Permissions over the API: definitions, grants, listings, and what may go wrong (contract 04, section 5)."""

import json
import uuid

import pytest
from sqlmodel import Session, select

from hexclave_app.installation import Installation
from hexclave_app.services import permissions, tenancies
from models import ProjectPermissionGrant, TeamPermissionGrant
from tests.support.clients import ApiClient, known_error
from tests.support.configs import configure
from tests.support.people import Person, happened, person, since
from tests.support.projects import TestProject, as_admin, as_client, as_server, create_project, environment
from tests.support.races import at_once, statuses

on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
NOBODY = "2f8c2a0e-5f5b-4b8f-9a55-0d1f3f3b7a11"
TEAM, PROJECT = "/team-permission-definitions", "/project-permission-definitions"
SYSTEM = ["$delete_team", "$invite_members", "$manage_api_keys", "$read_members", "$remove_members", "$update_team"]


@pytest.fixture
def project(installation: Installation) -> TestProject:
    return create_project(installation)


@pytest.fixture
def server(client: ApiClient, project: TestProject) -> ApiClient:
    return as_server(client, project)


@pytest.fixture
def admin(client: ApiClient, project: TestProject) -> ApiClient:
    return as_admin(client, project)


@pytest.fixture
async def ada(client: ApiClient, installation: Installation, project: TestProject) -> Person:
    return await person(client, installation, project, display_name="Ada")


@pytest.fixture
async def team(server: ApiClient, ada: Person) -> str:
    """A team of which Ada is a plain member."""
    team_id = (await server.post("/teams", {"display_name": "Acme"})).json()["id"]
    await server.post(f"/team-memberships/{team_id}/{ada.id}")
    return str(team_id)


async def ids(caller: ApiClient, path: str) -> list[str]:
    response = await caller.get(path)
    assert response.status_code == 200, response.text
    return [item["id"] for item in response.json()["items"]]


async def define(admin: ApiClient, identifier: str, *contained: str, path: str = TEAM) -> None:
    response = await admin.post(path, {"id": identifier, "contained_permission_ids": list(contained)})
    assert response.status_code == 201, response.text


def grants(installation: Installation) -> list[str]:
    """The ids of all grants, in teams and in projects."""

    def read(session: Session) -> list[str]:
        tables = (TeamPermissionGrant.permission_id, ProjectPermissionGrant.permission_id)
        return sorted(found for column in tables for found in session.exec(select(column)))

    return installation.db.call(read)


async def test_a_definition_is_created_and_listed_in_permission_order(admin: ApiClient) -> None:
    body = {"id": "a_b", "description": "Text", "contained_permission_ids": ["team_member", "$read_members"]}
    response = await admin.post(TEAM, body)
    wanted = {**body, "contained_permission_ids": ["$read_members", "team_member"]}
    assert (response.status_code, response.json()) == (201, wanted)
    await define(admin, "ab")
    assert await ids(admin, TEAM) == [*SYSTEM, "ab", "a_b", "team_admin", "team_member"]
    assert await ids(admin, PROJECT) == []
    assert "description" not in (await admin.get(TEAM)).json()["items"][6]


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"id": "team_member"}, "PERMISSION_ID_ALREADY_EXISTS"),
        ({"id": "global"}, "PERMISSION_ID_ALREADY_EXISTS"),
        ({"id": "new", "contained_permission_ids": ["nothing"]}, "CONTAINED_PERMISSION_NOT_FOUND"),
        ({"id": "new", "contained_permission_ids": ["global"]}, "CONTAINED_PERMISSION_NOT_FOUND"),
        ({"id": "new", "contained_permission_ids": ["new"]}, "CONTAINED_PERMISSION_NOT_FOUND"),
        ({"id": "$new"}, "SCHEMA_ERROR"),
        ({"id": "New"}, "SCHEMA_ERROR"),
        ({"id": ""}, "SCHEMA_ERROR"),
        ({"id": "new", "contained_permission_ids": ["$nothing"]}, "SCHEMA_ERROR"),
        ({"id": "new", "contained_permission_ids": "team_member"}, "SCHEMA_ERROR"),
        ({}, "SCHEMA_ERROR"),
    ],
)
@on_sqlite
async def test_a_bad_definition_is_refused_and_changes_nothing(
    admin: ApiClient, installation: Installation, project: TestProject, body: dict[str, object], code: str
) -> None:
    await define(admin, "global", path=PROJECT)
    before = environment(installation, project.id)
    response = await admin.post(TEAM, body)
    assert (response.status_code, known_error(response)) == (400, code)
    assert environment(installation, project.id) == before


@on_sqlite
async def test_definitions_are_for_administrators(client: ApiClient, server: ApiClient, project: TestProject) -> None:
    for caller in (server, as_client(client, project)):
        for path in (TEAM, PROJECT):
            assert known_error(await caller.get(path)) == "INSUFFICIENT_ACCESS_TYPE"


async def test_an_update_replaces_the_definition(admin: ApiClient) -> None:
    await admin.post(TEAM, {"id": "one", "description": "Text", "contained_permission_ids": ["$read_members"]})
    assert (await admin.patch(f"{TEAM}/one", {})).json() == {"id": "one", "contained_permission_ids": []}
    for path in (f"{TEAM}/nothing", f"{TEAM}/$update_team", f"{PROJECT}/one"):
        response = await admin.patch(path, {})
        assert (response.status_code, known_error(response)) == (404, "PERMISSION_NOT_FOUND")
    taken = await admin.patch(f"{TEAM}/one", {"id": "team_admin"})
    assert known_error(taken) == "PERMISSION_ID_ALREADY_EXISTS"


async def test_cycles_of_containment_are_refused(admin: ApiClient) -> None:
    await define(admin, "one")
    await define(admin, "two", "one")
    await define(admin, "three", "two")
    for body in (
        {"contained_permission_ids": ["one"]},
        {"contained_permission_ids": ["three"]},
        {"id": "four", "contained_permission_ids": ["three"]},
        {"id": "four", "contained_permission_ids": ["four"]},
    ):
        response = await admin.patch(f"{TEAM}/one", body)
        assert (response.status_code, known_error(response)) == (400, None)
    assert (await admin.patch(f"{TEAM}/three", {"contained_permission_ids": ["one"]})).status_code == 200


async def test_renaming_reaches_containments_defaults_and_grants(
    admin: ApiClient, server: ApiClient, ada: Person, team: str, installation: Installation, project: TestProject
) -> None:
    await define(admin, "outer", "team_member")
    configure(installation, project.id, {"rbac.defaultPermissions.teamMember": {"team_member": True, "outer": True}})
    before = happened(installation, project)
    renamed = await admin.patch(f"{TEAM}/team_member", {"id": "member", "contained_permission_ids": ["$read_members"]})
    assert renamed.json() == {"id": "member", "contained_permission_ids": ["$read_members"]}
    assert await ids(admin, TEAM) == [*SYSTEM, "member", "outer", "team_admin"]
    assert await ids(server, f"/team-permissions?team_id={team}") == ["member"]
    other = (await server.post("/users", {})).json()["id"]
    await server.post(f"/team-memberships/{team}/{other}")
    held = await ids(server, f"/team-permissions?team_id={team}&user_id={other}&recursive=true")
    assert held == ["$read_members", "member", "outer"]
    told = [kind for kind, _ in since(before, happened(installation, project))]
    assert told == ["team_membership.created", "team_permission.created", "team_permission.created", "user.created"]


async def test_deleting_leaves_nothing_behind(
    admin: ApiClient, server: ApiClient, ada: Person, team: str, installation: Installation, project: TestProject
) -> None:
    await define(admin, "outer", "team_member")
    before = happened(installation, project)
    for wrong in (f"{PROJECT}/team_member", f"{TEAM}/nothing", f"{TEAM}/$update_team"):
        assert known_error(await admin.delete(wrong)) == "PERMISSION_NOT_FOUND"
    assert (await admin.delete(f"{TEAM}/team_member")).json() == {"success": True}
    assert grants(installation) == []
    assert "team_member" not in str(environment(installation, project.id))
    assert (await server.get(f"/team-permissions?team_id={team}")).json() == {"items": [], "is_paginated": False}
    other = (await server.post("/users", {})).json()["id"]
    assert (await server.post(f"/team-memberships/{team}/{other}")).status_code == 201
    told = [kind for kind, _ in since(before, happened(installation, project))]
    assert told == ["team_membership.created", "user.created"]
    await define(admin, "team_member")
    assert await ids(server, f"/team-permissions?team_id={team}") == []


async def test_a_definition_of_the_branch_level_can_be_deleted_and_made_again(
    admin: ApiClient, server: ApiClient, installation: Installation, project: TestProject
) -> None:
    pushed = {"rbac.permissions": {"pushed": {"scope": "team", "description": "From the branch"}}}
    source = {"type": "pushed-from-unknown"}
    body = {"config_string": json.dumps(pushed), "source": source}
    assert (await admin.put("/internal/config/override/branch", body)).status_code == 200
    assert "pushed" in await ids(admin, TEAM)
    assert (await admin.delete(f"{TEAM}/pushed")).status_code == 200
    assert "pushed" not in await ids(admin, TEAM)
    await define(admin, "pushed")
    assert {"id": "pushed", "contained_permission_ids": []} in (await admin.get(TEAM)).json()["items"]


async def test_team_definitions_are_paged_and_searched(admin: ApiClient) -> None:
    seen: list[str] = []
    cursor = ""
    while cursor is not None:
        page = (await admin.get(f"{TEAM}?limit=3{cursor}")).json()
        seen += [item["id"] for item in page["items"]]
        following = page["pagination"]["next_cursor"]
        if following is None:
            break
        cursor = f"&cursor={following}"
    assert seen == [*SYSTEM, "team_admin", "team_member"]
    assert await ids(admin, f"{TEAM}?query=INVITE") == ["$invite_members"]
    assert await ids(admin, f"{TEAM}?query=team_") == ["team_admin", "team_member"]


async def test_parallel_definitions_are_all_kept_and_one_of_equals_wins(admin: ApiClient) -> None:
    many = await at_once([admin.post(TEAM, {"id": f"p{n}"}) for n in range(6)])
    assert statuses(many) == [201] * 6
    same = await at_once([admin.post(TEAM, {"id": "same"}) for _ in range(4)])
    assert statuses(same) == [201, 400, 400, 400]
    assert [found for found in await ids(admin, TEAM) if found[0] in "ps"] == [f"p{n}" for n in range(6)] + ["same"]
    gone = await at_once([admin.delete(f"{TEAM}/same") for _ in range(4)])
    assert statuses(gone) == [200, 404, 404, 404]


async def test_parallel_updates_cannot_close_a_cycle(admin: ApiClient) -> None:
    await define(admin, "one")
    await define(admin, "two")
    answers = await at_once(
        [
            admin.patch(f"{TEAM}/one", {"contained_permission_ids": ["two"]}),
            admin.patch(f"{TEAM}/two", {"contained_permission_ids": ["one"]}),
        ]
    )
    assert statuses(answers) == [200, 400]


@pytest.mark.parametrize("path", ["/users", "/auth/password/sign-up", "/auth/anonymous/sign-up"])
async def test_everybody_who_signs_up_gets_the_defaults_without_an_event(
    admin: ApiClient, server: ApiClient, client: ApiClient, installation: Installation, project: TestProject, path: str
) -> None:
    await define(admin, "pay", path=PROJECT)
    defaults = {"pay": True, "team_member": True, "gone": True}
    configure(installation, project.id, {"rbac.defaultPermissions.signUp": defaults, "auth.password.allowSignIn": True})
    body = {"email": "eve@example.org", "password": "a quiet purple lamp"} if "password" in path else {}
    caller = server if path == "/users" else as_client(client, project)
    made = (await caller.post(path, body)).json()
    user_id = made.get("user_id", made.get("id"))
    held = (await server.get(f"/project-permissions?user_id={user_id}")).json()["items"]
    assert held == [{"id": "pay", "user_id": user_id}], "of the right scope, and defined"
    assert [kind for kind, _ in happened(installation, project)] == ["user.created"]
    configure(installation, project.id, {"rbac.defaultPermissions.signUp": {}})
    assert (await server.get(f"/project-permissions?user_id={user_id}")).json()["items"] == held


async def test_grants_are_idempotent_and_told_each_time(
    server: ApiClient, ada: Person, team: str, installation: Installation, project: TestProject
) -> None:
    before = happened(installation, project)
    path, held = (
        f"/team-permissions/{team}/{ada.id}/team_admin",
        {"id": "team_admin", "user_id": ada.id, "team_id": team},
    )
    for _ in range(2):
        response = await server.post(path)
        assert (response.status_code, response.json()) == (201, held)
    assert since(before, happened(installation, project)) == [("team_permission.created", held)] * 2
    assert await ids(server, f"/team-permissions?user_id={ada.id}") == ["team_admin", "team_member"]
    assert (await server.delete(path)).json() == {"success": True}
    again = await server.delete(path)
    assert (again.status_code, known_error(again)) == (401, "TEAM_PERMISSION_NOT_FOUND")
    told = since(before, happened(installation, project))
    assert told[2:] == [("team_permission.deleted", held)]


async def test_project_permissions_follow_the_same_pattern(
    admin: ApiClient, server: ApiClient, ada: Person, installation: Installation, project: TestProject
) -> None:
    await define(admin, "pay", path=PROJECT)
    await define(admin, "boss", "pay", path=PROJECT)
    before = happened(installation, project)
    held = {"id": "boss", "user_id": ada.id}
    response = await server.post(f"/project-permissions/{ada.id}/boss")
    assert (response.status_code, response.json()) == (201, held)
    assert (await ada.client.get("/project-permissions?user_id=me")).json()["items"] == [held]
    assert await ids(ada.client, "/project-permissions?user_id=me&recursive=true") == ["boss", "pay"]
    assert known_error(await server.delete(f"/project-permissions/{ada.id}/pay")) == "PERMISSION_NOT_FOUND"
    assert (await server.delete(f"/project-permissions/{ada.id}/boss")).status_code == 200
    assert since(before, happened(installation, project)) == [
        ("project_permission.created", held), ("project_permission.deleted", held)
    ]  # fmt: skip


@on_sqlite
async def test_grants_check_in_the_order_of_the_contract(
    admin: ApiClient, server: ApiClient, ada: Person, team: str
) -> None:
    await define(admin, "global", path=PROJECT)
    outsider = (await server.post("/users", {})).json()["id"]
    for path, status, code in (
        (f"/team-permissions/{NOBODY}/{NOBODY}/nothing", 404, "USER_NOT_FOUND"),
        (f"/team-permissions/{team}/{outsider}/nothing", 404, "TEAM_MEMBERSHIP_NOT_FOUND"),
        (f"/team-permissions/{NOBODY}/{ada.id}/nothing", 404, "TEAM_MEMBERSHIP_NOT_FOUND"),
        (f"/team-permissions/{team}/{ada.id}/nothing", 404, "PERMISSION_NOT_FOUND"),
        (f"/team-permissions/{team}/{ada.id}/global", 404, "WRONG_PERMISSION_SCOPE"),
        (f"/team-permissions/{team}/{ada.id}/$nothing", 400, "SCHEMA_ERROR"),
        (f"/project-permissions/{NOBODY}/nothing", 404, "USER_NOT_FOUND"),
        (f"/project-permissions/{ada.id}/nothing", 404, "PERMISSION_NOT_FOUND"),
        (f"/project-permissions/{ada.id}/$update_team", 404, "WRONG_PERMISSION_SCOPE"),
    ):
        response = await server.post(path)
        assert (response.status_code, known_error(response)) == (status, code), path
    assert known_error(await ada.client.post(f"/team-permissions/{team}/me/team_admin")) == "INSUFFICIENT_ACCESS_TYPE"


async def test_listings_expand_filter_and_sort(server: ApiClient, ada: Person, team: str) -> None:
    path = f"/team-permissions?team_id={team}"
    assert await ids(server, path) == ["team_member"]
    assert await ids(server, f"{path}&recursive=true") == ["$invite_members", "$read_members", "team_member"]
    assert await ids(server, f"{path}&permission_id=$read_members") == []
    assert await ids(server, f"{path}&recursive=true&permission_id=$read_members") == ["$read_members"]
    assert await ids(server, f"/team-permissions?team_id={NOBODY}") == []
    assert await ids(server, f"/team-permissions?user_id={NOBODY}&recursive=true") == []
    assert await ids(ada.client, "/team-permissions?user_id=me") == ["team_member"]


@on_sqlite
async def test_clients_list_their_own_permissions_only(
    client: ApiClient, project: TestProject, ada: Person, team: str
) -> None:
    for path in ("/team-permissions", "/project-permissions"):
        assert (await ada.client.get(path)).status_code == 403
        assert (await ada.client.get(f"{path}?user_id={NOBODY}")).status_code == 403
        nobody = await as_client(client, project).get(f"{path}?user_id=me")
        assert known_error(nobody) == "CANNOT_GET_OWN_USER_WITHOUT_USER"


@on_sqlite
async def test_grants_of_another_project_do_not_exist(
    client: ApiClient, installation: Installation, ada: Person, team: str
) -> None:
    other = as_server(client, create_project(installation, name="Other"))
    assert await ids(other, "/team-permissions?recursive=true") == []
    assert known_error(await other.post(f"/team-permissions/{team}/{ada.id}/team_admin")) == "USER_NOT_FOUND"
    gone = await other.delete(f"/team-permissions/{team}/{ada.id}/team_member")
    assert known_error(gone) == "TEAM_PERMISSION_NOT_FOUND"
    assert grants(installation) == ["team_member"]


async def test_parallel_grants_and_revocations_agree(
    server: ApiClient, ada: Person, team: str, installation: Installation
) -> None:
    path = f"/team-permissions/{team}/{ada.id}/team_admin"
    assert statuses(await at_once([server.post(path) for _ in range(5)])) == [201] * 5
    assert grants(installation) == ["team_admin", "team_member"]
    assert statuses(await at_once([server.delete(path) for _ in range(5)])) == [200, 401, 401, 401, 401]


async def test_granting_to_a_leaving_member_leaves_nothing(
    server: ApiClient, ada: Person, team: str, installation: Installation
) -> None:
    granting = [server.post(f"/team-permissions/{team}/{ada.id}/team_admin") for _ in range(3)]
    answers = await at_once([*granting, server.delete(f"/team-memberships/{team}/{ada.id}")])
    assert all(answer.status_code in (200, 201, 404) for answer in answers)
    assert grants(installation) == []


async def test_the_reason_of_a_permission_is_its_chain_of_containment(
    admin: ApiClient, server: ApiClient, ada: Person, team: str, installation: Installation, project: TestProject
) -> None:
    for path, middle, outer in ((TEAM, "middle", "outer"), (PROJECT, "pay", "boss")):
        await define(admin, middle, path=path)
        await define(admin, outer, middle, path=path)
    await server.post(f"/team-permissions/{team}/{ada.id}/outer")
    await server.post(f"/project-permissions/{ada.id}/boss")

    def why(permission_id: str, team_id: str | None) -> list[str]:
        def ask(session: Session) -> list[str]:
            return permissions.explain(
                session,
                tenancies.load(session, project.id, "main").config,
                tenancy_id=project.tenancy_id,
                user_id=uuid.UUID(ada.id),
                permission_id=permission_id,
                team_id=uuid.UUID(team_id) if team_id else None,
            )

        return installation.db.call(ask)

    assert why("middle", team) == ["outer", "middle"]
    assert why("$read_members", team) == ["team_member", "$read_members"]
    assert why("pay", None) == ["boss", "pay"]
    assert (why("pay", team), why("middle", None), why("middle", NOBODY)) == ([], [], [])
