"""Mails to many users: acknowledged as a whole, and nobody gets none or two, whatever ends in between."""

import asyncio
import multiprocessing
import os
import signal
import uuid
from multiprocessing.connection import Connection

import pytest
from sqlmodel import Session, select

from hexclave_app.installation import Installation
from hexclave_app.services.emails import mailings, requests
from hexclave_app.services.emails.queueing import NewMail
from hexclave_app.services.emails.worker import EmailWorker
from hexclave_app.settings import Settings
from models import EmailMailing, EmailMailingPart
from models.base import utc_now
from tests.support.clients import ApiClient, known_error
from tests.support.outbox import outbox, statuses
from tests.support.projects import TestProject, as_admin, as_server, create_project
from tests.support.smtp import SmtpSink

on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
SEND = "/emails/send-email"


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Three users are many, and a part has two."""
    monkeypatch.setattr(requests, "AT_ONCE", 2)
    monkeypatch.setattr(mailings, "PART_LENGTH", 2)


@pytest.fixture
def server(client: ApiClient, project: TestProject) -> ApiClient:
    return as_server(client, project)


async def new_users(server: ApiClient, count: int) -> list[str]:
    bodies = [{"primary_email": f"user{number}@example.org"} for number in range(count)]
    return [str((await server.post("/users", body)).json()["id"]) for body in bodies]


def waiting(installation: Installation) -> tuple[int, int]:
    """Mailings, and their parts."""

    def count(session: Session) -> tuple[int, int]:
        return len(session.exec(select(EmailMailing)).all()), len(session.exec(select(EmailMailingPart)).all())

    return installation.db.call(count)


def reached(installation: Installation) -> list[str]:
    return sorted(str(row.recipient_user_id) for row in outbox(installation))


def enlist(installation: Installation, project: TestProject, count: int, **fields: object) -> list[str]:
    """A mailing to that many (invented) users; who is unknown is skipped later."""
    user_ids = [uuid.uuid4() for _ in range(count)]
    mail = NewMail(source="<p>Hi</p>", **{"scheduled_at": utc_now(), **fields})  # type: ignore[arg-type]  # fields of several types
    installation.db.call(
        mailings.enlist,
        installation=installation,
        tenancy_id=project.tenancy_id,
        mail=mail,
        user_ids=user_ids,
        now=utc_now(),
    )
    return sorted(str(user_id) for user_id in user_ids)


@pytest.mark.usefixtures("small")
async def test_a_mailing_is_acknowledged_before_its_mails_exist_and_reaches_everybody_once(
    server: ApiClient, installation: Installation, worker: EmailWorker, sink: SmtpSink
) -> None:
    users = await new_users(server, 5)
    body = {"all_users": True, "html": "<p>Hi</p>", "subject": "News", "notification_category_name": "Marketing"}
    answer = await server.post(SEND, body)
    assert answer.json() == {"results": [{"user_id": user_id} for user_id in users]}
    assert (outbox(installation), waiting(installation)) == ([], (1, 3))
    for _ in range(4):
        await worker.step()
    assert waiting(installation) == (0, 0)
    assert sorted(to for (to,) in sink.recipients) == [f"user{number}@example.org" for number in range(5)]
    assert set(sink.subjects) == {"News"}
    assert all("List-Unsubscribe" in mail for mail in sink.mails)


@pytest.mark.usefixtures("small")
@on_sqlite
async def test_named_users_keep_their_order_and_repetitions(
    server: ApiClient, installation: Installation, worker: EmailWorker
) -> None:
    ada, ben = await new_users(server, 2)
    answer = await server.post(SEND, {"user_ids": [ben, ada, ben], "html": "x"})
    assert answer.json() == {"results": [{"user_id": user_id} for user_id in (ben, ada, ben)]}
    await worker.step()
    await worker.step()
    assert reached(installation) == sorted([ada, ben, ben])


@pytest.mark.usefixtures("small")
@on_sqlite
async def test_a_refused_mailing_leaves_nothing_behind(
    client: ApiClient, server: ApiClient, project: TestProject, installation: Installation
) -> None:
    users = await new_users(server, 2)
    admin = as_admin(client, project)
    draft = (await admin.post("/internal/email-drafts", {"display_name": "July"})).json()["id"]
    unknown = await server.post(SEND, {"user_ids": [*users, str(uuid.uuid4())], "draft_id": draft})
    assert known_error(unknown) == "USER_ID_DOES_NOT_EXIST"
    category = {"user_ids": [*users, "x"], "html": "x", "notification_category_name": "Unknown"}
    assert (await server.post(SEND, category)).status_code == 400
    assert (outbox(installation), waiting(installation)) == ([], (0, 0))
    assert (await admin.get(f"/internal/email-drafts/{draft}")).json()["sent_at_millis"] is None


async def test_several_workers_make_each_mail_once(
    installation: Installation, project: TestProject, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mailings, "PART_LENGTH", 3)
    users = enlist(installation, project, 20) + enlist(installation, project, 7)

    async def work() -> None:
        while await installation.db.run(mailings.expand, installation=installation):
            pass

    await asyncio.gather(*(work() for _ in range(4)))
    await work()
    assert (reached(installation), waiting(installation)) == (sorted(users), (0, 0))


@on_sqlite
async def test_urgent_mailings_go_first_and_every_project_has_its_turn(
    installation: Installation, project: TestProject, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mailings, "PART_LENGTH", 1)
    enlist(installation, project, 50)
    urgent = enlist(installation, project, 1, is_high_priority=True)
    other = create_project(installation)
    theirs = enlist(installation, other, 1)
    for _ in range(40):  # each has its turn by lot: that one of two is never drawn happens once in 10^12 runs
        installation.db.call(mailings.expand, installation=installation)
    rows = outbox(installation)
    assert [str(row.recipient_user_id) for row in rows if row.tenancy_id == other.tenancy_id] == theirs
    assert str(next(row.recipient_user_id for row in rows if row.tenancy_id == project.tenancy_id)) == urgent[0]


def expand_for_ever(settings: Settings, told: Connection) -> None:
    """The child process: makes mails in small transactions and tells of each."""
    installation = Installation(settings)
    while made := installation.db.call(mailings.expand, installation=installation):
        told.send(made)


async def test_a_killed_worker_neither_loses_nor_doubles_a_mail(
    installation: Installation, project: TestProject, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mailings, "PART_LENGTH", 2)
    users = enlist(installation, project, 400)
    context = multiprocessing.get_context("spawn")
    told, child_end = context.Pipe(duplex=False)
    process = context.Process(target=expand_for_ever, args=(installation.settings, child_end))
    process.start()
    child_end.close()
    for _ in range(3):
        await asyncio.to_thread(told.recv)
    os.kill(process.pid or 0, signal.SIGKILL)
    await asyncio.to_thread(process.join)
    assert process.exitcode == -signal.SIGKILL
    assert 6 <= len(reached(installation)) < 400
    while installation.db.call(mailings.expand, installation=installation):
        pass
    assert (reached(installation), waiting(installation)) == (users, (0, 0))


@pytest.mark.usefixtures("small")
@on_sqlite
async def test_the_running_worker_expands_renders_and_sends_by_itself(
    server: ApiClient, installation: Installation, worker: EmailWorker, sink: SmtpSink
) -> None:
    await new_users(server, 5)
    running = asyncio.create_task(worker.run())
    try:
        await server.post(SEND, {"all_users": True, "html": "<p>Hi</p>", "subject": "News"})
        async with asyncio.timeout(60):
            while statuses(installation) != ["sent"] * 5:  # noqa: ASYNC110 - rows cannot be waited for
                await asyncio.sleep(0.05)
    finally:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
    assert (waiting(installation), len(sink.mails)) == ((0, 0), 5)


@pytest.mark.parametrize("sealed", [b"", b"not sealed by us"])
def test_a_mailing_that_cannot_be_read_any_more_holds_up_no_other(
    installation: Installation, project: TestProject, sealed: bytes
) -> None:
    spoiled = enlist(installation, project, 2)

    def spoil(session: Session) -> None:
        for mailing in session.exec(select(EmailMailing)):
            mailing.variables_sealed = sealed

    installation.db.call(spoil)
    sound = enlist(installation, project, 2)
    for _ in range(2):
        assert installation.db.call(mailings.expand, installation=installation) == 2
    assert waiting(installation) == (0, 0)
    assert reached(installation) == sorted(spoiled + sound)
