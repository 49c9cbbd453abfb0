"""What was sent from a draft is held back, goes on, or is cancelled as a whole, and nothing else is."""

import uuid
from datetime import timedelta

import pytest
from sqlmodel import Session, col, select

from hexclave_app.installation import Installation
from hexclave_app.services.emails import groups, mailings, sending, steering
from hexclave_app.services.emails.sending import Quota
from hexclave_app.services.emails.sources import Source
from hexclave_app.services.emails.steering import Steer, Steered, Unsent
from hexclave_app.services.emails.worker import EmailWorker
from models import AuditEntry, EmailOutcome
from models.base import utc_now
from tests.mail.test_email_mailings import enlist
from tests.support.outbox import add_mail, outbox, statuses
from tests.support.projects import TestProject, create_project
from tests.support.smtp import SmtpSink


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Parts of a mailing and of the work are small."""
    monkeypatch.setattr(mailings, "PART_LENGTH", 2)
    monkeypatch.setattr(steering, "AT_ONCE", 1)


def unsent(installation: Installation, project: TestProject, draft_id: uuid.UUID) -> Unsent:
    return installation.db.call(steering.count_unsent, tenancy_id=project.tenancy_id, draft_id=draft_id)


async def steer(installation: Installation, project: TestProject, draft_id: uuid.UUID, wanted: Steer) -> Steered:
    return await steering.steer(
        installation, tenancy_id=project.tenancy_id, draft_id=draft_id, wanted=wanted, now=utc_now()
    )


def expand_all(installation: Installation) -> int:
    count = 0
    while made := installation.db.call(mailings.expand, installation=installation):
        count += made
    return count


async def test_what_was_sent_from_a_draft_can_be_cancelled(
    installation: Installation, project: TestProject, worker: EmailWorker
) -> None:
    draft_id, other_id = uuid.uuid4(), uuid.uuid4()
    foreign = create_project(installation)
    enlist(installation, project, 3, draft_id=draft_id)
    await worker.step()  # two of them are made, and skipped because there are no such users
    enlist(installation, project, 4, draft_id=draft_id, scheduled_at=utc_now() + timedelta(days=1))
    for _ in range(2):
        installation.db.call(mailings.expand, installation=installation)
    others = enlist(installation, project, 1, draft_id=other_id) + enlist(installation, foreign, 1, draft_id=draft_id)
    assert unsent(installation, project, draft_id) == Unsent(5, 0)
    assert await steer(installation, project, draft_id, Steer.CANCEL) == Steered(5, 0)
    assert unsent(installation, project, draft_id) == Unsent(0, 0)
    assert unsent(installation, project, other_id) == unsent(installation, foreign, draft_id) == Unsent(1, 0)
    reasons = [str(row.skipped_reason) for row in outbox(installation)]
    assert (reasons.count("MANUALLY_CANCELLED"), reasons.count("USER_ACCOUNT_DELETED")) == (3, 2)
    assert expand_all(installation) == len(others)


async def test_paused_mails_wait_and_go_on(
    installation: Installation, project: TestProject, worker: EmailWorker, sink: SmtpSink
) -> None:
    draft_id = uuid.uuid4()
    add_mail(installation, project.tenancy_id, "ada@example.org", "ben@example.org", draft_id=draft_id)
    add_mail(installation, project.tenancy_id, "cleo@example.org")
    enlist(installation, project, 3, draft_id=draft_id)
    assert await steer(installation, project, draft_id, Steer.PAUSE) == Steered(5, 0)
    assert unsent(installation, project, draft_id) == Unsent(0, 5)
    assert await steer(installation, project, draft_id, Steer.PAUSE) == Steered(0, 0)
    assert expand_all(installation) == 0
    for _ in range(2):
        await worker.step()
    assert sink.recipients == [["cleo@example.org"]]
    assert await steer(installation, project, draft_id, Steer.RESUME) == Steered(5, 0)
    assert unsent(installation, project, draft_id) == Unsent(5, 0)
    assert expand_all(installation) == 3
    await worker.step()
    assert sorted(sink.recipients) == [["ada@example.org"], ["ben@example.org"], ["cleo@example.org"]]


async def test_paused_mails_are_cancelled_too(
    installation: Installation, project: TestProject, worker: EmailWorker, sink: SmtpSink
) -> None:
    draft_id = uuid.uuid4()
    add_mail(installation, project.tenancy_id, "ada@example.org", draft_id=draft_id)
    enlist(installation, project, 1, draft_id=draft_id)
    await steer(installation, project, draft_id, Steer.PAUSE)
    assert await steer(installation, project, draft_id, Steer.CANCEL) == Steered(2, 0)
    await worker.step()
    assert (statuses(installation), sink.recipients, expand_all(installation)) == (["skipped"], [], 0)


@pytest.mark.parametrize("wanted", [Steer.PAUSE, Steer.CANCEL])
async def test_what_is_leaving_is_too_late(
    installation: Installation, project: TestProject, worker: EmailWorker, sink: SmtpSink, wanted: Steer
) -> None:
    draft_id = uuid.uuid4()
    later = utc_now() + timedelta(days=1)
    add_mail(installation, project.tenancy_id, "ada@example.org", draft_id=draft_id, scheduled_at=later)
    add_mail(installation, project.tenancy_id, "ben@example.org", draft_id=draft_id)
    sink.reply_to_data = lambda _mail: "451 later"
    await worker.step()
    retry_at = max(row.next_send_retry_at for row in outbox(installation) if row.next_send_retry_at)
    installation.db.call(sending.queue_due, now=retry_at)
    claimed = installation.db.call(sending.claim, tenancy_id=project.tenancy_id, quota=Quota(1, 1, 200), now=utc_now())
    assert len(claimed) == 1
    assert await steer(installation, project, draft_id, wanted) == Steered(1, 1)
    assert set(statuses(installation)) == {"paused" if wanted is Steer.PAUSE else "skipped", "sending"}


async def test_who_steered_is_in_the_audit_log(installation: Installation, project: TestProject) -> None:
    draft_id = uuid.uuid4()
    for wanted in Steer:
        await steer(installation, project, draft_id, wanted)

    def read(session: Session) -> list[tuple[str, str]]:
        entries = session.exec(
            select(AuditEntry).where(col(AuditEntry.tenancy_id) == project.tenancy_id).order_by(col(AuditEntry.seq))
        )
        return [(entry.action, entry.target_id) for entry in entries if entry.action.startswith("email_draft.")]

    actions = ("email_draft.paused", "email_draft.resumed", "email_draft.stopped")
    assert installation.db.call(read) == [(action, str(draft_id)) for action in actions]
    assert installation.db.call(groups.count, tenancy_id=project.tenancy_id, source=Source(draft_id)) == dict.fromkeys(
        EmailOutcome, 0
    )
