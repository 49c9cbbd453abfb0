"""Project key sets: shown once, checked by hash, revoked for good."""

import time
import uuid
from typing import Any

import pytest
from sqlmodel import Session, select

from hexclave_app.installation import Installation
from models import ProjectKeySet
from models.base import utc_now
from tests.support.clients import ApiClient, known_error
from tests.support.projects import TestProject, as_admin, as_client, as_server, create_project

HOUR_MS = 3_600_000


@pytest.fixture
def project(installation: Installation) -> TestProject:
    return create_project(installation)


def wanted(**changes: Any) -> dict[str, Any]:
    return {
        "description": "CI",
        "expires_at_millis": int(time.time() * 1000) + HOUR_MS,
        "has_publishable_client_key": True,
        "has_secret_server_key": True,
        "has_super_secret_admin_key": True,
        **changes,
    }


async def test_keys_are_shown_once_and_stored_as_hashes(
    installation: Installation, client: ApiClient, project: TestProject
) -> None:
    admin = as_admin(client, project)
    answer = await admin.post("/internal/api-keys", wanted())
    created = answer.json()
    assert answer.status_code == 200
    secrets = {name: created[name] for name in created if name.endswith("_key")}
    assert {name: key[:4] for name, key in secrets.items()} == {
        "publishable_client_key": "pck_",
        "secret_server_key": "ssk_",
        "super_secret_admin_key": "sak_",
    }
    assert {len(key) for key in secrets.values()} == {49}
    listed = (await admin.get("/internal/api-keys")).text + (
        await admin.get(f"/internal/api-keys/{created['id']}")
    ).text

    def columns(session: Session) -> str:
        return repr([row.model_dump() for row in session.exec(select(ProjectKeySet)).all()])

    saved = installation.db.call(columns)
    for key in secrets.values():
        assert key not in listed
        assert key not in saved
        assert f'"{key[-4:]}"' in listed


async def test_new_keys_work_at_once_each_for_its_own_access(client: ApiClient, project: TestProject) -> None:
    created = (await as_admin(client, project).post("/internal/api-keys", wanted())).json()
    for access, name in (
        ("client", "publishable_client_key"),
        ("server", "secret_server_key"),
        ("admin", "super_secret_admin_key"),
    ):
        caller = client.as_(access_type=access, project_id=project.id, **{name: created[name]})
        assert (await caller.get("/projects/current")).status_code == 200
    swapped = client.as_(
        access_type="admin", project_id=project.id, super_secret_admin_key=created["secret_server_key"]
    )
    assert known_error(await swapped.get("/projects/current")) == "INVALID_SUPER_SECRET_ADMIN_KEY"


async def test_absent_keys_have_no_field(client: ApiClient, project: TestProject) -> None:
    admin = as_admin(client, project)
    body = wanted(has_publishable_client_key=False, has_super_secret_admin_key=False, has_secret_server_key=False)
    created = (await admin.post("/internal/api-keys", body)).json()
    fields = {"id", "description", "created_at_millis", "expires_at_millis"}
    assert set(created) == fields
    assert set((await admin.get(f"/internal/api-keys/{created['id']}")).json()) == fields


async def test_expired_and_revoked_keys_are_invalid_from_the_next_request(
    client: ApiClient, project: TestProject
) -> None:
    admin = as_admin(client, project)
    expired = (await admin.post("/internal/api-keys", wanted(expires_at_millis=1))).json()
    revoked = (await admin.post("/internal/api-keys", wanted())).json()
    server = client.as_(access_type="server", project_id=project.id, secret_server_key=revoked["secret_server_key"])
    assert (await server.get("/projects/current")).status_code == 200
    answer = await admin.patch(f"/internal/api-keys/{revoked['id']}", {"revoked": True})
    assert answer.json()["manually_revoked_at_millis"] > 0
    assert known_error(await server.get("/projects/current")) == "INVALID_SECRET_SERVER_KEY"
    stale = server.as_(secret_server_key=expired["secret_server_key"])
    assert known_error(await stale.get("/projects/current")) == "INVALID_SECRET_SERVER_KEY"


async def test_revoking_again_keeps_the_first_moment(client: ApiClient, project: TestProject) -> None:
    admin = as_admin(client, project)
    path = f"/internal/api-keys/{(await admin.post('/internal/api-keys', wanted())).json()['id']}"
    first = (await admin.patch(path, {"revoked": True})).json()
    second = (await admin.patch(path, {"revoked": True, "description": "gone"})).json()
    assert second == {**first, "description": "gone"}


async def test_the_list_is_newest_first(client: ApiClient, project: TestProject) -> None:
    admin = as_admin(client, project)
    await admin.post("/internal/api-keys", wanted(description="second"))
    await admin.post("/internal/api-keys", wanted(description="third"))
    body = (await admin.get("/internal/api-keys")).json()
    assert body["is_paginated"] is False
    moments = [item["created_at_millis"] for item in body["items"]]
    assert moments == sorted(moments, reverse=True)
    assert body["items"][-1]["description"] == "test"


@pytest.mark.parametrize("changes", [{"expires_at_millis": 1e18}, {"description": None}, {"more": 1}])
async def test_malformed_sets_are_schema_errors(
    client: ApiClient, project: TestProject, changes: dict[str, Any]
) -> None:
    answer = await as_admin(client, project).post("/internal/api-keys", wanted(**changes))
    assert (answer.status_code, known_error(answer)) == (400, "SCHEMA_ERROR")


async def test_nothing_brings_a_revoked_set_back(client: ApiClient, project: TestProject) -> None:
    admin = as_admin(client, project)
    identifier = (await admin.post("/internal/api-keys", wanted())).json()["id"]
    for body in ({"revoked": False}, {"expires_at_millis": 4e12}):
        answer = await admin.patch(f"/internal/api-keys/{identifier}", body)
        assert known_error(answer) == "SCHEMA_ERROR"


async def test_another_projects_set_does_not_exist(
    installation: Installation, client: ApiClient, project: TestProject
) -> None:
    foreign = (await as_admin(client, create_project(installation)).post("/internal/api-keys", wanted())).json()["id"]
    admin = as_admin(client, project)
    for identifier in (foreign, str(uuid.uuid4())):
        read = await admin.get(f"/internal/api-keys/{identifier}")
        changed = await admin.patch(f"/internal/api-keys/{identifier}", {"revoked": True})
        assert [(a.status_code, known_error(a)) for a in (read, changed)] == [(404, "API_KEY_NOT_FOUND")] * 2
    assert known_error(await admin.get("/internal/api-keys/no-uuid")) == "SCHEMA_ERROR"


async def test_only_administrators_handle_keys(client: ApiClient, project: TestProject) -> None:
    for caller in (as_client, as_server):
        for method, path in (("GET", ""), ("POST", ""), ("GET", f"/{uuid.uuid4()}"), ("PATCH", f"/{uuid.uuid4()}")):
            answer = await caller(client, project).request(method, f"/internal/api-keys{path}", json=wanted())
            assert known_error(answer) == "INSUFFICIENT_ACCESS_TYPE"


async def test_the_use_of_a_key_is_noted_and_written(
    installation: Installation, client: ApiClient, project: TestProject
) -> None:
    other = create_project(installation)

    def last_uses() -> dict[str, bool]:
        rows = installation.db.call(lambda session: list(session.exec(select(ProjectKeySet)).all()))
        return {row.project_id: row.last_used_at is not None for row in rows}

    await as_server(client, project).get("/users")
    assert last_uses()[project.id] is False  # a request writes nothing
    installation.db.call(installation.key_uses.write, now=utc_now())
    assert (last_uses()[project.id], last_uses()[other.id]) == (True, False)


async def test_a_refused_key_is_not_a_used_one(
    installation: Installation, client: ApiClient, project: TestProject
) -> None:
    other = create_project(installation)
    refused = await as_server(client, project).as_(project_id=other.id).get("/users")
    assert known_error(refused) == "INVALID_SECRET_SERVER_KEY"
    installation.db.call(installation.key_uses.write, now=utc_now())
    rows = installation.db.call(lambda session: list(session.exec(select(ProjectKeySet)).all()))
    assert all(row.last_used_at is None for row in rows)
