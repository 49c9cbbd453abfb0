"""Mails by what they were made from: how many there are of each draft and template, and finding one recipient."""

import uuid
from collections.abc import Mapping

import pytest
from sqlalchemy import Executable, text
from sqlmodel import Session, col, select

from hexclave_app.installation import Installation
from hexclave_app.services import tenancies
from hexclave_app.services.emails import capacity, drafts, groups, mailings, outbox, stages
from hexclave_app.services.emails.groups import Group
from hexclave_app.services.emails.outbox import Narrowed
from hexclave_app.services.emails.queueing import NewMail
from hexclave_app.services.emails.sources import Source
from hexclave_app.services.notification_preferences import MARKETING
from hexclave_app.services.users import creation
from hexclave_app.services.users.creation import UserCreateData
from models import EmailOutbox, EmailOutcome, SkippedReason
from models.base import utc_now
from tests.support.outbox import add_mail, let_time_pass
from tests.support.projects import TestProject, create_project

PENDING = {EmailOutcome.PENDING: 1}
TEMPLATE = "a70fb3a4-56c1-4e42-af25-49d25603abd0"


def listed(installation: Installation, project: TestProject) -> list[Group]:
    def read(session: Session) -> list[Group]:
        return groups.list_groups(session, tenancy=tenancies.load(session, project.id, "main"))

    return installation.db.call(read)


def shown(counts: Mapping[EmailOutcome, int]) -> dict[EmailOutcome, int]:
    return {outcome: number for outcome, number in counts.items() if number}


def found(installation: Installation, project: TestProject, **narrowed: object) -> list[str]:
    """The recipients of the mails that a list shows."""
    page = installation.db.call(
        outbox.list_page,
        tenancy_id=project.tenancy_id,
        limit=10,
        narrowed=Narrowed(**narrowed),  # type: ignore[arg-type]  # fields of several types
    )
    return [row.recipient_emails[0] if row.recipient_emails else str(row.recipient_user_id) for row in page.items]


def test_mails_are_counted_by_draft_template_and_project(installation: Installation, project: TestProject) -> None:
    foreign = create_project(installation)
    draft = installation.db.call(
        lambda session: (
            drafts.create(
                session, tenancy_id=project.tenancy_id, display_name="July", theme=None, source=None, now=utc_now()
            ).id
        )
    )
    gone = uuid.uuid4()
    for fields in ({"draft_id": gone}, {"template_id": TEMPLATE}, {"draft_id": draft}, {"draft_id": draft}, {}):
        add_mail(installation, project.tenancy_id, "ben@example.org", **fields)
        let_time_pass(installation)
    add_mail(installation, foreign.tenancy_id, "cleo@example.org", draft_id=draft)
    assert [(group.source, group.name, shown(group.counts)) for group in listed(installation, project)] == [
        (Source(), None, PENDING),
        (Source(draft_id=draft), "July", {EmailOutcome.PENDING: 2}),
        (Source(template_id=TEMPLATE), "Password Reset", PENDING),
        (Source(draft_id=gone), None, PENDING),
    ]
    assert [(group.source, group.name, group.total) for group in listed(installation, foreign)] == [
        (Source(draft_id=draft), None, 1)
    ]
    assert listed(installation, create_project(installation)) == []


def test_every_outcome_has_its_number(installation: Installation, project: TestProject) -> None:
    add_mail(installation, project.tenancy_id, *[f"{outcome}@example.org" for outcome in EmailOutcome])

    def happen(session: Session) -> None:
        now = utc_now()
        for row in session.exec(select(EmailOutbox)):
            wanted = row.recipient_emails[0].partition("@")[0]
            if wanted in ("sent", "bounced", "spam", "failed"):
                row.worker_id, row.sender_id = uuid.uuid4(), uuid.uuid4()
                row.started_rendering_at = row.finished_rendering_at = row.started_sending_at = now
                row.finished_sending_at, row.rendered_sealed, row.can_have_delivery_info = now, b"", wanted == "bounced"
            row.bounced_at = now if wanted == "bounced" else None
            row.marked_as_spam_at = now if wanted == "spam" else None
            row.send_error = {"external_message": "no"} if wanted == "failed" else None
            if wanted == "skipped":
                stages.skip(row, SkippedReason.NO_EMAIL_PROVIDED, {}, now)
            stages.settle(row)

    installation.db.call(happen)
    (group,) = listed(installation, project)
    assert group.counts == dict.fromkeys(EmailOutcome, 1)
    counted = installation.db.call(groups.count, tenancy_id=project.tenancy_id, source=Source())
    assert counted == group.counts


def test_mails_of_a_mailing_that_are_not_made_yet_are_pending(installation: Installation, project: TestProject) -> None:
    draft_id = uuid.uuid4()
    installation.db.call(
        mailings.enlist,
        installation=installation,
        tenancy_id=project.tenancy_id,
        mail=NewMail(source="<p>Hi</p>", scheduled_at=utc_now(), draft_id=draft_id),
        user_ids=[uuid.uuid4() for _ in range(mailings.PART_LENGTH + 5)],
        now=utc_now(),
    )
    for _ in range(2):
        (group,) = listed(installation, project)
        assert (group.source, shown(group.counts)) == (Source(draft_id), {EmailOutcome.PENDING: 105})
        counted = installation.db.call(groups.count, tenancy_id=project.tenancy_id, source=Source(draft_id))
        assert counted == group.counts
        installation.db.call(mailings.expand, installation=installation)
    assert installation.db.call(mailings.count_waiting, tenancy_id=project.tenancy_id, source=Source(draft_id)) == 0


def test_recipients_are_found_within_a_source(installation: Installation, project: TestProject) -> None:
    def create(session: Session) -> uuid.UUID:
        tenancy = tenancies.load(session, project.id, "main")
        data = UserCreateData(display_name="Grace Hopper", primary_email="grace@navy.example")
        return creation.create(session, installation=installation, tenancy=tenancy, data=data).id

    grace = installation.db.call(create)
    foreign = create_project(installation)
    add_mail(installation, project.tenancy_id, "ben@example.org", "cleo@example.org", template_id=TEMPLATE)
    add_mail(installation, project.tenancy_id, "ben@example.org")
    add_mail(installation, foreign.tenancy_id, "ben@example.org", template_id=TEMPLATE)

    def address(session: Session) -> None:
        row = session.exec(select(EmailOutbox).where(col(EmailOutbox.template_id) == TEMPLATE)).first()
        assert row is not None
        row.recipient_user_id, row.recipient_emails = grace, None

    installation.db.call(address)
    of_template = Source(template_id=TEMPLATE)
    assert len(found(installation, project, source=of_template)) == 2
    for searched in ("hopper", "NAVY.example", str(grace)):
        assert found(installation, project, source=of_template, search=searched) == [str(grace)]
    assert len(found(installation, project, search="@EXAMPLE.org")) == 2
    assert found(installation, project, search="nobody") == []
    assert found(installation, project, search="x" * 5_000) == []
    assert found(installation, foreign, search="hopper") == []


def test_mails_are_found_by_category(installation: Installation, project: TestProject) -> None:
    add_mail(installation, project.tenancy_id, "ben@example.org", "cleo@example.org")

    def render(session: Session) -> None:
        row = session.exec(select(EmailOutbox)).all()[0]
        row.rendered_category_id = MARKETING.id

    installation.db.call(render)
    assert len(found(installation, project, category_id=MARKETING.id)) == 1


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_counting_reads_the_index_alone(installation: Installation, project: TestProject) -> None:
    def plan(session: Session, statement: Executable) -> str:
        compiled = statement.compile(session.get_bind(), compile_kwargs={"literal_binds": True})  # type: ignore[attr-defined]  # of the statement that was caught
        return str(session.execute(text(f"EXPLAIN QUERY PLAN {compiled}")).all())

    by_source = installation.db.call(plan, groups.by_source(project.tenancy_id))
    by_end = installation.db.call(plan, capacity.counting(project.tenancy_id, {"hour": utc_now()}))
    assert "COVERING INDEX ix_email_outbox_source" in by_source
    assert "COVERING INDEX ix_email_outbox_finished" in by_end


@pytest.mark.parametrize("address", ["", "template-", "draft-", "draft-x", "x", "none-1"])
def test_what_names_no_source_is_none(address: str) -> None:
    assert Source.read(address) is None


@pytest.mark.parametrize("source", [Source(), Source(draft_id=uuid.uuid4()), Source(template_id=TEMPLATE)])
def test_a_source_is_read_as_it_was_written(source: Source) -> None:
    assert Source.read(str(source)) == source
