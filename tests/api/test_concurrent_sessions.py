"""Races of one session: parallel refreshes, and a sign-out in their midst."""

import asyncio
from collections.abc import Awaitable, Callable

import httpx
import pytest

from hexclave_app.installation import Installation
from tests.support.clients import ApiClient, known_error
from tests.support.projects import TestProject, as_client, as_server, create_project

PARALLEL = 50


@pytest.fixture
def project(installation: Installation) -> TestProject:
    return create_project(installation)


async def tokens_of(client: ApiClient, project: TestProject) -> tuple[str, dict[str, str]]:
    server = as_server(client, project)
    user_id = (await server.post("/users", {})).json()["id"]
    return user_id, (await server.post("/auth/sessions", {"user_id": user_id})).json()


def refresh(client: ApiClient, project: TestProject, token: str) -> "asyncio.Task[httpx.Response]":
    body = {"grant_type": "refresh_token", "client_id": project.id, "refresh_token": token}
    return asyncio.ensure_future(client.request("POST", "/auth/oauth/token", data=body))


async def test_any_number_of_parallel_refreshes_succeed(client: ApiClient, project: TestProject) -> None:
    _, tokens = await tokens_of(client, project)
    answers = await asyncio.gather(*(refresh(client, project, tokens["refresh_token"]) for _ in range(PARALLEL)))
    assert [answer.status_code for answer in answers] == [200] * PARALLEL


@pytest.mark.parametrize("ending", ["sign-out", "revocation", "password", "deletion"])
async def test_an_ending_session_refreshes_or_is_gone_but_never_fails(
    client: ApiClient, project: TestProject, ending: str
) -> None:
    user_id, tokens = await tokens_of(client, project)
    server, caller = as_server(client, project), as_client(client, project).as_(access_token=tokens["access_token"])
    calls = [refresh(client, project, tokens["refresh_token"]) for _ in range(PARALLEL // 2)]
    ends: dict[str, Callable[[], Awaitable[httpx.Response]]] = {
        "sign-out": lambda: caller.delete("/auth/sessions/current"),
        "revocation": lambda: server.patch(f"/users/{user_id}", {"password": None}),
        "password": lambda: server.patch(
            f"/users/{user_id}", {"primary_email": "ada@example.org", "password": "a new password"}
        ),
        "deletion": lambda: server.delete(f"/users/{user_id}"),
    }
    ended = asyncio.ensure_future(ends[ending]())
    calls += [refresh(client, project, tokens["refresh_token"]) for _ in range(PARALLEL // 2)]
    answers = await asyncio.gather(*calls)
    assert (await ended).status_code == 200
    assert {(answer.status_code, known_error(answer)) for answer in answers} <= {
        (200, None), (401, "REFRESH_TOKEN_NOT_FOUND_OR_EXPIRED"),
    }  # fmt: skip
    last = await refresh(client, project, tokens["refresh_token"])
    assert (last.status_code, known_error(last)) == (401, "REFRESH_TOKEN_NOT_FOUND_OR_EXPIRED")


async def test_racing_sign_outs_end_the_session_once(client: ApiClient, project: TestProject) -> None:
    _, tokens = await tokens_of(client, project)
    caller = as_client(client, project).as_(access_token=tokens["access_token"])
    answers = await asyncio.gather(*(caller.delete("/auth/sessions/current") for _ in range(10)))
    assert sorted(answer.status_code for answer in answers) == [200] + [401] * 9


async def test_sessions_opened_while_their_user_is_deleted_never_fail(client: ApiClient, project: TestProject) -> None:
    user_id, _ = await tokens_of(client, project)
    server = as_server(client, project)
    opened = [asyncio.ensure_future(server.post("/auth/sessions", {"user_id": user_id})) for _ in range(20)]
    deleted = asyncio.ensure_future(server.delete(f"/users/{user_id}"))
    changed = [asyncio.ensure_future(server.patch(f"/users/{user_id}", {"display_name": "x"})) for _ in range(20)]
    assert (await deleted).status_code == 200
    assert {answer.status_code for answer in await asyncio.gather(*opened)} <= {200, 400, 401}
    assert {answer.status_code for answer in await asyncio.gather(*changed)} <= {200, 404}


async def test_one_address_signs_up_once_however_many_try(client: ApiClient, project: TestProject) -> None:
    body = {"primary_email": "ada@example.org", "primary_email_auth_enabled": True}
    answers = await asyncio.gather(*(as_server(client, project).post("/users", body) for _ in range(12)))
    assert sorted(answer.status_code for answer in answers) == [201] + [409] * 11
    assert {known_error(answer) for answer in answers} == {None, "USER_EMAIL_ALREADY_EXISTS"}
