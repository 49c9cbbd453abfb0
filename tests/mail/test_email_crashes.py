"""Workers that end at any point: nothing is lost, and nothing is sent twice."""

import asyncio
import multiprocessing
import os
import signal
import threading
from collections import Counter
from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest
from sqlmodel import Session, select

from hexclave_app.installation import Installation
from hexclave_app.services.emails import addressing, rendering, sending
from hexclave_app.services.emails.sending import Quota
from hexclave_app.services.emails.worker import EmailWorker
from hexclave_app.settings import Settings
from models import EmailOutbox, EmailStage
from models.base import utc_now
from tests.support.outbox import add_mail, outbox, shift, statuses
from tests.support.projects import TestProject
from tests.support.smtp import SmtpSink

on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
LONG_AGO = timedelta(hours=1)


def error_type(row: EmailOutbox) -> str:
    return str(row.send_error["external_details"]["errorType"])


async def crash_before_hand_over(installation: Installation) -> None:
    """Everything a worker does until the text would leave."""
    now = utc_now()
    tasks = installation.db.call(rendering.claim, installation=installation, now=now)
    results = installation.renderer.render_now([task.job for task in tasks])
    installation.db.call(
        rendering.save, installation=installation, results=list(zip(tasks, results, strict=True)), now=now
    )
    tenancy_id = outbox(installation)[0].tenancy_id
    installation.db.call(
        addressing.claim, installation=installation, tenancy_id=tenancy_id, quota=Quota(1, 1, 200), now=now
    )


async def crash_after_hand_over(installation: Installation) -> None:
    await crash_before_hand_over(installation)
    shift(installation, handed_over_at=utc_now())


async def crash_while_rendering(installation: Installation) -> None:
    installation.db.call(rendering.claim, installation=installation, now=utc_now())


Crash = Callable[[Installation], Awaitable[None]]


@pytest.mark.parametrize("crash", [crash_while_rendering, crash_before_hand_over])
async def test_a_killed_worker_loses_no_mail(
    installation: Installation, project: TestProject, worker: EmailWorker, sink: SmtpSink, crash: Crash
) -> None:
    add_mail(installation, project.tenancy_id, "ada@example.org")
    await crash(installation)
    await worker.step()
    assert sink.mails == []  # it may still be alive
    began = "started_rendering_at" if crash is crash_while_rendering else "started_sending_at"
    shift(installation, **{began: utc_now() - LONG_AGO})
    await worker.step()
    await worker.step()
    assert (sink.subjects, statuses(installation)) == (["Hello"], ["sent"])


@on_sqlite
async def test_a_mail_that_may_have_left_is_marked_and_not_sent_again(
    installation: Installation, project: TestProject, worker: EmailWorker, sink: SmtpSink
) -> None:
    add_mail(installation, project.tenancy_id, "ada@example.org")
    await crash_after_hand_over(installation)
    shift(installation, transport="smtp", started_sending_at=utc_now() - LONG_AGO)  # type: ignore[arg-type]  # values of several types
    await worker.step()
    (row,) = outbox(installation)
    assert (sink.mails, statuses(installation), error_type(row)) == ([], ["server-error"], "DELIVERY_UNCONFIRMED")


@on_sqlite
async def test_a_worker_whose_claim_was_taken_back_sends_nothing(
    installation: Installation, project: TestProject, worker: EmailWorker, sink: SmtpSink
) -> None:
    add_mail(installation, project.tenancy_id, "ada@example.org")
    await crash_before_hand_over(installation)
    (row,) = outbox(installation)
    assert row.sender_id is not None
    lost = sending.Claim(row.tenancy_id, row.id, row.sender_id)
    shift(installation, started_sending_at=utc_now() - LONG_AGO)
    await worker.step()
    assert installation.db.call(sending.hand_over, claims=[lost], transport="smtp", now=utc_now()) == set()
    assert len(sink.mails) == 1


@on_sqlite
async def test_an_edit_while_rendering_discards_the_old_text(
    installation: Installation, project: TestProject, worker: EmailWorker, sink: SmtpSink
) -> None:
    add_mail(installation, project.tenancy_id, "ada@example.org", html="old")
    (task,) = installation.db.call(rendering.claim, installation=installation, now=utc_now())
    shift(installation, worker_id=None, started_rendering_at=None)  # what an edit does
    stale = installation.renderer.render_now([task.job])[0]
    installation.db.call(rendering.save, installation=installation, results=[(task, stale)], now=utc_now())
    assert statuses(installation) == ["preparing"]


def work_for_ever(settings: Settings) -> None:
    """The child process: a mail worker as a server has it."""
    installation = Installation(settings)
    asyncio.run(EmailWorker(installation).run())


def age_claims(installation: Installation) -> None:
    """What the killed worker held looks as old as it would be after a while."""

    def write(session: Session) -> None:
        for row in session.exec(select(EmailOutbox)).all():
            if row.stage == EmailStage.RENDERING and row.started_rendering_at is not None:
                row.started_rendering_at -= LONG_AGO
            elif row.stage == EmailStage.SEND and row.started_sending_at is not None:
                row.started_sending_at -= LONG_AGO

    installation.db.call(write)


@on_sqlite
async def test_of_a_worker_that_is_killed_while_it_sends_no_mail_is_lost_and_none_arrives_twice(
    installation: Installation, project: TestProject, worker: EmailWorker, sink: SmtpSink
) -> None:
    addresses = [f"user{number}@example.org" for number in range(60)]
    add_mail(installation, project.tenancy_id, *addresses)
    enough = threading.Event()
    sink.reply_to_data = lambda _mail: enough.set() if len(sink.mails) >= 10 else None
    process = multiprocessing.get_context("spawn").Process(target=work_for_ever, args=(installation.settings,))
    process.start()
    assert await asyncio.to_thread(enough.wait, 60)
    os.kill(process.pid or 0, signal.SIGKILL)
    await asyncio.to_thread(process.join)
    age_claims(installation)
    for _ in range(10):
        await worker.step()
    assert set(statuses(installation)) <= {"sent", "server-error"}
    received = Counter(to for recipients in sink.recipients for to in recipients)
    assert max(received.values()) == 1
    for row in outbox(installation):
        (address,) = row.recipient_emails
        if row.send_error is None:
            assert received[address] == 1
        else:
            assert error_type(row) == "DELIVERY_UNCONFIRMED"
