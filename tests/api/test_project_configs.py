"""Config endpoints: levels, check order, merging, sources, concurrency."""

import asyncio
import json
from typing import Any

import pytest

from hexclave_app.api import create_api
from hexclave_app.installation import Installation
from tests.support.clients import ApiClient, known_error
from tests.support.projects import TestProject, as_admin, as_client, as_server, create_project

GITHUB = {
    "type": "pushed-from-github",
    "owner": "o",
    "repo": "r",
    "branch": "main",
    "commit_hash": "abc",
    "config_file_path": "hexclave.config.ts",
}
PUSHED = {"type": "pushed-from-unknown"}


@pytest.fixture
def project(installation: Installation) -> TestProject:
    return create_project(installation)


async def rendered(admin: ApiClient) -> dict[str, Any]:
    config: dict[str, Any] = json.loads((await admin.get("/internal/config")).json()["config_string"])
    return config


async def override(caller: ApiClient, level: str) -> dict[str, Any]:
    answer = await caller.get(f"/internal/config/override/{level}")
    stored: dict[str, Any] = json.loads(answer.json()["config_string"])
    return stored


async def patch(caller: ApiClient, level: str, config: object) -> Any:
    return await caller.patch(f"/internal/config/override/{level}", {"config_override_string": json.dumps(config)})


async def test_a_patch_is_rendered_on_the_next_request(client: ApiClient, project: TestProject) -> None:
    admin = as_admin(client, project)
    assert (await rendered(admin))["teams"]["allowClientTeamCreation"] is False
    answer = await patch(admin, "environment", {"teams.allowClientTeamCreation": True})
    assert (answer.status_code, answer.json()) == (200, {"success": True})
    assert (await rendered(admin))["teams"]["allowClientTeamCreation"] is True


async def test_a_patch_replaces_whole_subtrees_and_nothing_else(client: ApiClient, project: TestProject) -> None:
    admin = as_admin(client, project)
    await patch(admin, "branch", {"teams.allowClientTeamCreation": True, "users.allowClientUserDeletion": True})
    await patch(admin, "branch", {"teams": {"createPersonalTeamOnSignUp": True}})
    assert await override(admin, "branch") == {
        "users.allowClientUserDeletion": True,
        "teams": {"createPersonalTeamOnSignUp": True},
    }


async def test_levels_are_kept_apart_and_later_ones_win(client: ApiClient, project: TestProject) -> None:
    admin = as_admin(client, project)
    await patch(admin, "project", {"project.requirePublishableClientKey": True})
    await patch(admin, "branch", {"auth.password.allowSignIn": False})
    config = await rendered(admin)
    assert config["project"]["requirePublishableClientKey"] is True
    assert config["auth"]["password"]["allowSignIn"] is True  # the environment of a new project says so
    assert await override(admin, "project") == {"project.requirePublishableClientKey": True}
    keyless = client.as_(access_type="client", project_id=project.id)
    answer = await keyless.get("/projects/current")
    assert known_error(answer) == "PUBLISHABLE_CLIENT_KEY_REQUIRED_FOR_PROJECT"


async def test_server_access_pushes_the_branch_and_sees_nothing_else(client: ApiClient, project: TestProject) -> None:
    server = as_server(client, project)
    body = {"config_string": json.dumps({"teams.allowClientTeamCreation": True}), "source": GITHUB}
    assert (await server.put("/internal/config/override/branch", body)).status_code == 200
    assert await override(server, "branch") == {"teams.allowClientTeamCreation": True}
    for level in ("project", "environment"):
        path = f"/internal/config/override/{level}"
        for answer in (
            await server.get(path),
            await server.put(path, {"config_string": "not json"}),
            await server.patch(path, {"config_override_string": "not json"}),
        ):
            assert (answer.status_code, known_error(answer)) == (403, None)


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/internal/config"),
        ("GET", "/internal/config/source"),
        ("DELETE", "/internal/config/source"),
        ("POST", "/internal/config/override/branch/reset-keys"),
        ("POST", "/internal/onboarding/preview-affected-users"),
    ],
)
async def test_the_rest_is_for_administrators(client: ApiClient, project: TestProject, method: str, path: str) -> None:
    for caller in (as_client, as_server):
        answer = await caller(client, project).request(method, path, json={})
        assert (answer.status_code, known_error(answer)) == (401, "INSUFFICIENT_ACCESS_TYPE")


async def test_clients_reach_no_override(client: ApiClient, project: TestProject) -> None:
    path = "/internal/config/override/branch"
    answer = await as_client(client, project).patch(path, {"config_override_string": "{}"})
    assert answer.json()["details"]["allowed_access_types"] == ["server", "admin"]


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/internal/config/override/organization", {"config_string": "{}"}),
        ("/internal/config/override/branch", {}),
        ("/internal/config/override/branch", {"config_string": "{}", "source": {"type": "else"}}),
        ("/internal/config/override/branch", {"config_string": "{}", "source": {}}),
        ("/internal/config/override/branch", {"config_string": "{}", "source": None}),
        ("/internal/config/override/branch", {"config_string": "{}", "source": {**GITHUB, "owner": None}}),
        ("/internal/config/override/branch", {"config_string": "{}", "source": {**GITHUB, "extra": "x"}}),
        ("/internal/config/override/branch", {"config_string": "{}", "source": {"type": "pushed-from-github"}}),
    ],
)
async def test_malformed_requests_fail_the_schema_even_for_the_wrong_level(
    client: ApiClient, project: TestProject, path: str, body: dict[str, Any]
) -> None:
    answer = await as_server(client, project).put(path, body)
    assert (answer.status_code, known_error(answer)) == (400, "SCHEMA_ERROR")


@pytest.mark.parametrize("text", ["", "{", "null", "5", '"x"', "true", "[]", '{"a":NaN}', '{"unknown.key":1}'])
@pytest.mark.parametrize("level", ["project", "branch", "environment"])
async def test_what_is_no_override_is_a_plain_400(
    client: ApiClient, project: TestProject, level: str, text: str
) -> None:
    path, admin = f"/internal/config/override/{level}", as_admin(client, project)
    before = await override(admin, level)
    for answer in (
        await admin.patch(path, {"config_override_string": text}),
        await admin.put(path, {"config_string": text, "source": PUSHED}),
    ):
        assert (answer.status_code, known_error(answer)) == (400, None)
    assert await override(admin, level) == before


async def test_errors_name_the_key(client: ApiClient, project: TestProject) -> None:
    answer = await patch(as_admin(client, project), "environment", {"teams.allowClientTeamCreation": "true"})
    assert answer.status_code == 400
    assert "teams.allowClientTeamCreation" in answer.text


async def test_a_branch_push_names_its_source_after_its_config_is_good(client: ApiClient, project: TestProject) -> None:
    admin, path = as_admin(client, project), "/internal/config/override/branch"
    assert "JSON" in (await admin.put(path, {"config_string": "{"})).text
    assert "nonsense" in (await admin.put(path, {"config_string": '{"nonsense":1}'})).text
    answer = await admin.put(path, {"config_string": "{}"})
    assert answer.status_code == 400
    assert "source" in answer.text


async def test_warnings_do_not_refuse_a_write(client: ApiClient, project: TestProject) -> None:
    admin = as_admin(client, project)
    odd = {"emails.server.port": 99_999, "domains.trustedDomains.x.baseUrl": "not a url"}
    assert (await patch(admin, "environment", odd)).status_code == 200
    assert (await override(admin, "environment")).items() >= odd.items()


async def test_an_override_beyond_the_limit_is_refused(client: ApiClient, project: TestProject) -> None:
    admin = as_admin(client, project)
    source = "x" * 2_600_000
    identifier = "7f0b0c5e-9c33-4f6e-8d8f-1f4f3c1f2a{}"
    first = await patch(admin, "branch", {f"emails.templates.{identifier.format('01')}": {"displayName": source}})
    second = await patch(admin, "branch", {f"emails.templates.{identifier.format('02')}": {"displayName": source}})
    assert (first.status_code, second.status_code) == (200, 400)
    assert "5000000" in second.text


async def test_pushing_replaces_config_and_source_but_not_the_environment(
    client: ApiClient, project: TestProject
) -> None:
    admin, path = as_admin(client, project), "/internal/config/override/branch"
    environment = await override(admin, "environment")
    assert (await admin.get("/internal/config/source")).json() == {"source": {"type": "unlinked"}}
    await admin.put(path, {"config_string": '{"teams.allowClientTeamCreation":true}', "source": PUSHED})
    await admin.put(path, {"config_string": '{"apiKeys.enabled.user":true}', "source": GITHUB})
    await patch(admin, "branch", {"apiKeys.enabled.team": True})
    assert await override(admin, "branch") == {"apiKeys.enabled.user": True, "apiKeys.enabled.team": True}
    assert (await admin.get("/internal/config/source")).json() == {"source": GITHUB}
    assert await override(admin, "environment") == environment


async def test_unlinking_keeps_the_config(client: ApiClient, project: TestProject) -> None:
    admin = as_admin(client, project)
    await admin.put(
        "/internal/config/override/branch", {"config_string": '{"apiKeys.enabled.user":true}', "source": GITHUB}
    )
    assert (await admin.delete("/internal/config/source")).json() == {"success": True}
    assert (await admin.get("/internal/config/source")).json() == {"source": {"type": "unlinked"}}
    assert await override(admin, "branch") == {"apiKeys.enabled.user": True}


async def test_resetting_forgets_keys_at_every_depth(client: ApiClient, project: TestProject) -> None:
    admin, path = as_admin(client, project), "/internal/config/override/branch/reset-keys"
    await patch(admin, "branch", {"teams": {"allowClientTeamCreation": True}, "apiKeys.enabled.user": True})
    answer = await admin.post(path, {"keys": ["teams.allowClientTeamCreation", "apiKeys", "no.such.key"]})
    assert (answer.status_code, answer.json()) == (200, {"success": True})
    assert await override(admin, "branch") == {}
    wrong = await admin.post("/internal/config/override/project/reset-keys", {"keys": []})
    assert known_error(wrong) == "SCHEMA_ERROR"


async def test_twenty_patches_at_once_all_survive(
    installation: Installation, client: ApiClient, project: TestProject
) -> None:
    others = [Installation(installation.settings) for _ in range(3)]
    callers = [as_admin(client, project), *(as_admin(ApiClient(create_api(other)), project) for other in others)]
    answers = await asyncio.gather(
        *(
            patch(callers[number % len(callers)], "environment", {f"dataVault.stores.s{number}": {"displayName": "x"}})
            for number in range(20)
        )
    )
    assert {answer.status_code for answer in answers} == {200}
    saved = await override(callers[0], "environment")
    assert len([key for key in saved if key.startswith("dataVault.stores.s")]) == 20
    for other in others:
        other.close()
