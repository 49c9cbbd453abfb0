"""Repeating a request to send: with an idempotency key it sends nothing more."""

from datetime import timedelta

import pytest
from sqlmodel import Session, select

from hexclave_app.installation import Installation
from hexclave_app.services.emails import mailings, requests, send_keys
from models import EmailSendKey
from models.base import utc_now
from tests.support.clients import ApiClient
from tests.support.outbox import outbox
from tests.support.projects import TestProject, as_server, create_project
from tests.support.races import at_once
from tests.support.smtp import SmtpSink

on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
SEND = "/emails/send-email"
KEY = {"idempotency-key": "order-1"}
NEWS = {"all_users": True, "html": "<p>Hi</p>"}


@pytest.fixture
def server(client: ApiClient, project: TestProject) -> ApiClient:
    return as_server(client, project)


async def new_user(server: ApiClient, email: str = "ada@example.org") -> str:
    return str((await server.post("/users", {"primary_email": email})).json()["id"])


def age(installation: Installation, by: timedelta) -> None:
    def write(session: Session) -> None:
        for row in session.exec(select(EmailSendKey)).all():
            row.created_at -= by

    installation.db.call(write)


async def test_the_same_request_sends_once_and_answers_alike(server: ApiClient, installation: Installation) -> None:
    await new_user(server)
    first = await server.post(SEND, NEWS, headers=KEY)
    await new_user(server, "ben@example.org")
    reordered = {"html": "<p>Hi</p>", "all_users": True}
    again = await server.post(SEND, reordered, headers=KEY)
    assert (first.status_code, again.json()) == (200, first.json())
    assert len(outbox(installation)) == 1


async def test_requests_at_the_same_moment_send_once(server: ApiClient, installation: Installation) -> None:
    await new_user(server)
    answers = await at_once([server.post(SEND, NEWS, headers=KEY) for _ in range(5)])
    assert len({answer.text for answer in answers}) == 1
    assert len(outbox(installation)) == 1


@on_sqlite
async def test_a_mailing_has_its_key_too(
    server: ApiClient, installation: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(requests, "AT_ONCE", 0)
    await new_user(server)
    answers = [(await server.post(SEND, NEWS, headers=KEY)).json() for _ in range(2)]
    assert answers[0] == answers[1]
    while installation.db.call(mailings.expand, installation=installation):
        pass
    assert len(outbox(installation)) == 1


@on_sqlite
async def test_a_key_stands_for_one_request_of_one_project(
    client: ApiClient, server: ApiClient, installation: Installation, sink: SmtpSink
) -> None:
    await new_user(server)
    await server.post(SEND, NEWS, headers=KEY)
    other = await server.post(SEND, {**NEWS, "html": "<p>Other</p>"}, headers=KEY)
    assert (other.status_code, other.headers["content-type"].partition(";")[0]) == (409, "text/plain")
    foreign = as_server(client, create_project(installation, config={"emails.server.isShared": False}))
    await new_user(foreign, "cleo@example.org")
    assert len((await foreign.post(SEND, NEWS, headers=KEY)).json()["results"]) == 1
    assert len(outbox(installation)) == 2


@on_sqlite
async def test_a_request_that_failed_leaves_its_key_free(server: ApiClient, installation: Installation) -> None:
    unknown = {"user_ids": ["6a2f1d7e-8c3b-4f5a-9e0d-1b2c3d4e5f60"], "html": "x"}
    assert (await server.post(SEND, unknown, headers=KEY)).status_code == 400
    ada = await new_user(server)
    assert (await server.post(SEND, {"user_ids": [ada], "html": "x"}, headers=KEY)).status_code == 200
    assert len(outbox(installation)) == 1


@on_sqlite
async def test_a_key_is_forgotten_after_a_day(server: ApiClient, installation: Installation) -> None:
    await new_user(server)
    await server.post(SEND, NEWS, headers=KEY)
    age(installation, timedelta(hours=24))
    await server.post(SEND, {**NEWS, "html": "<p>Other</p>"}, headers=KEY)
    assert len(outbox(installation)) == 2
    age(installation, timedelta(hours=24))
    installation.db.call(send_keys.forget_old, now=utc_now())
    assert installation.db.call(lambda session: session.exec(select(EmailSendKey)).all()) == []


@pytest.mark.parametrize("key", ["", "x" * 256, "tab\there"])
@on_sqlite
async def test_strange_keys_are_refused(server: ApiClient, installation: Installation, key: str) -> None:
    await new_user(server)
    assert (await server.post(SEND, NEWS, headers={"idempotency-key": key})).status_code == 400
    assert outbox(installation) == []
