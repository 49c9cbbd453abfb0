"""Workers that end at any point: nothing is lost, and nothing is sent twice."""

from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest

from hexclave_app.installation import Installation
from hexclave_app.services.emails import addressing, rendering, sending
from hexclave_app.services.emails.sending import Quota
from hexclave_app.services.emails.worker import EmailWorker
from models import EmailOutbox
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
    shift(installation, transport="smtp", started_sending_at=utc_now() - LONG_AGO)  # type: ignore[arg-type]
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
