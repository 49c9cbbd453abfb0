"""From the outbox to a real SMTP server: states, retries, crashes, and nobody waiting for somebody else."""

import asyncio
import uuid
from datetime import timedelta

import pytest
from sqlmodel import Session, select

from hexclave_app.gateways.mail import smtp
from hexclave_app.installation import Installation
from hexclave_app.services.emails.worker import EmailWorker
from models import EmailAllowance, EmailOutbox, RecipientType
from models.base import utc_now
from tests.support.outbox import add_mail, content_of, outbox, shift, smtp_config, statuses
from tests.support.projects import TestProject, create_project
from tests.support.smtp import SmtpSink, smtp_sink

on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
LONG_AGO = timedelta(hours=1)


def error_type(row: EmailOutbox) -> str:
    return str(row.send_error["external_details"]["errorType"])


async def test_a_queued_mail_is_rendered_and_sent_once(
    installation: Installation, project: TestProject, worker: EmailWorker, sink: SmtpSink
) -> None:
    add_mail(installation, project.tenancy_id, "ada@example.org", html="<p>Grüße</p>", subject="Hello Ada")
    assert statuses(installation) == ["preparing"]
    await worker.step()
    await worker.step()
    (mail,) = sink.mails
    assert (mail["From"], mail["To"], mail["Subject"]) == ("Acme <hello@acme.example>", "ada@example.org", "Hello Ada")
    text, html = (part.get_content() for part in mail.iter_parts())
    assert text.strip() == "Grüße"
    assert "<p>Grüße</p>" in html
    (row,) = outbox(installation)
    assert (statuses(installation), row.send_retries, row.can_have_delivery_info) == (["sent"], 0, False)


@on_sqlite
async def test_rendered_texts_and_variables_are_sealed_at_rest(
    installation: Installation, project: TestProject, worker: EmailWorker
) -> None:
    add_mail(installation, project.tenancy_id, "ada@example.org", variables={"otp": "SECRET"}, subject="Code SECRET2")
    await worker.step()
    (row,) = outbox(installation)
    assert b"SECRET" not in row.variables_sealed + (row.rendered_sealed or b"")
    assert content_of(installation, row).subject == "Code SECRET2"


async def test_two_workers_send_every_mail_exactly_once(
    installation: Installation, project: TestProject, worker: EmailWorker, sink: SmtpSink
) -> None:
    addresses = [f"user{number}@example.org" for number in range(30)]
    add_mail(installation, project.tenancy_id, *addresses)
    other = EmailWorker(installation)
    await asyncio.gather(*(one.step() for one in (worker, other, worker, other)))
    await worker.step()
    assert sorted(to for recipients in sink.recipients for to in recipients) == sorted(addresses)


@on_sqlite
async def test_one_bad_mail_holds_up_no_other(
    installation: Installation, project: TestProject, worker: EmailWorker, sink: SmtpSink
) -> None:
    add_mail(
        installation,
        project.tenancy_id,
        "ada@example.org",
        "not an address",
        "x\r\nBcc: all@example.org@y.org",
        "ben@example.org",
    )
    await worker.step()
    assert sorted(sink.recipients) == [["ada@example.org"], ["ben@example.org"]]
    assert sorted(statuses(installation)) == ["sent", "sent", "server-error", "server-error"]
    assert {error_type(row) for row in outbox(installation) if row.send_error} == {"INVALID_EMAIL_ADDRESS"}


@on_sqlite
async def test_a_row_that_cannot_be_read_any_more_fails_alone(
    installation: Installation, project: TestProject, worker: EmailWorker, sink: SmtpSink
) -> None:
    add_mail(installation, project.tenancy_id, "ada@example.org", "ben@example.org", scheduled_at=utc_now() + LONG_AGO)
    await worker.step()

    def spoil(session: Session) -> None:
        row = session.exec(select(EmailOutbox)).all()[0]
        row.rendered_sealed, row.variables_sealed = b"spoilt", b"spoilt"

    installation.db.call(spoil)
    shift(installation, scheduled_at=utc_now())
    await worker.step()
    assert sorted(statuses(installation)) == ["sent", "server-error"]
    assert len(sink.mails) == 1


@on_sqlite
async def test_a_mail_that_cannot_be_rendered_says_why_to_administrators_only(
    installation: Installation, project: TestProject, worker: EmailWorker, sink: SmtpSink
) -> None:
    add_mail(installation, project.tenancy_id, "ada@example.org", "ben@example.org")

    def spoil(session: Session) -> None:
        session.exec(select(EmailOutbox)).all()[0].source = "{{ nothing }}"

    installation.db.call(spoil)
    await worker.step()
    assert sorted(statuses(installation)) == ["render-error", "sent"]
    (failed,) = [row for row in outbox(installation) if row.render_error]
    assert failed.render_error["internal_message"] == "'nothing' is undefined"
    assert "nothing" not in failed.render_error["external_message"]


@pytest.mark.parametrize(
    ("reply", "kind", "is_retried"),
    [
        ("450 mailbox busy", "TEMPORARY", True),
        ("421 try later", "TRANSIENT_NEGATIVE_COMPLETION_REPLY", True),
        ("452 full", "TRANSIENT_NEGATIVE_COMPLETION_REPLY", True),
        ("535 no", "AUTH_FAILED", False),
        ("550 5.1.1 no such user", "REJECTED", False),
        ("553 bad address", "INVALID_EMAIL_ADDRESS", False),
        ("554 spam", "REJECTED", False),
        ("500 what?", "UNKNOWN", False),
        ("500 rate limit exceeded", "UNKNOWN", True),
    ],
)
@pytest.mark.parametrize("where", ["recipient", "data"])
@on_sqlite
async def test_refusals_are_classed_and_only_passing_ones_are_tried_again(
    installation: Installation, project: TestProject, worker: EmailWorker, sink: SmtpSink,
    reply: str, kind: str, is_retried: bool, where: str,
) -> None:  # fmt: skip
    if where == "recipient":
        sink.reply_to_recipient = lambda _address: reply
    else:
        sink.reply_to_data = lambda _mail: reply
    add_mail(installation, project.tenancy_id, "ada@example.org")
    await worker.step()
    (row,) = outbox(installation)
    (attempt,) = row.send_attempt_errors
    assert (attempt["attempt_number"], attempt["external_details"]["errorType"]) == (1, kind)
    assert reply[4:] in attempt["external_message"]
    assert statuses(installation) == ["scheduled" if is_retried else "server-error"]
    assert (row.next_send_retry_at is not None) == is_retried
    assert (row.send_error is None) == is_retried


@on_sqlite
async def test_a_passing_error_is_retried_four_times_and_then_given_up(
    installation: Installation, project: TestProject, worker: EmailWorker, sink: SmtpSink
) -> None:
    sink.reply_to_data = lambda _mail: "450 later"
    add_mail(installation, project.tenancy_id, "ada@example.org")
    for attempt in range(1, 6):
        await worker.step()
        (row,) = outbox(installation)
        assert row.send_retries == attempt
        if row.next_send_retry_at is not None:
            wait_s = (row.next_send_retry_at - row.updated_at).total_seconds()
            assert 10 * 2**attempt <= wait_s <= 30 * 2**attempt
            shift(installation, next_send_retry_at=utc_now())
    assert statuses(installation) == ["server-error"]
    assert [entry["attempt_number"] for entry in row.send_attempt_errors] == [1, 2, 3, 4, 5]


@on_sqlite
async def test_a_retry_that_succeeds_keeps_the_earlier_errors(
    installation: Installation, project: TestProject, worker: EmailWorker, sink: SmtpSink
) -> None:
    sink.reply_to_data = lambda _mail: "450 later"
    add_mail(installation, project.tenancy_id, "ada@example.org")
    await worker.step()
    sink.reply_to_data = lambda _mail: None
    shift(installation, next_send_retry_at=utc_now())
    await worker.step()
    (row,) = outbox(installation)
    assert (statuses(installation), row.send_retries, len(row.send_attempt_errors)) == (["sent"], 1, 1)


@on_sqlite
async def test_a_connection_lost_after_the_text_is_never_tried_again(
    installation: Installation, project: TestProject, worker: EmailWorker, sink: SmtpSink
) -> None:
    sink.drops_after_data = True
    add_mail(installation, project.tenancy_id, "ada@example.org")
    await worker.step()
    (row,) = outbox(installation)
    assert (statuses(installation), error_type(row)) == (["server-error"], "DELIVERY_UNCONFIRMED")


@on_sqlite
async def test_a_server_that_stalls_ends_as_a_time_out_without_a_second_mail(
    installation: Installation, project: TestProject, worker: EmailWorker, sink: SmtpSink,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr(smtp, "SOCKET_TIMEOUT_S", 0.3)
    sink.stalls = True
    add_mail(installation, project.tenancy_id, "ada@example.org")
    await worker.step()
    (row,) = outbox(installation)
    assert error_type(row) == "DELIVERY_UNCONFIRMED"


@pytest.mark.parametrize(
    ("host", "port", "kind"),
    [("no-such-host.invalid", 25, "HOST_NOT_FOUND"), ("127.0.0.1", 1, "UNKNOWN"), ("bad host\n", 25, "HOST_NOT_FOUND")],
)
@on_sqlite
async def test_a_server_that_is_not_there_is_named(
    installation: Installation, worker: EmailWorker, host: str, port: int, kind: str
) -> None:
    project = create_project(installation, config=smtp_config(port, host=host))
    add_mail(installation, project.tenancy_id, "ada@example.org")
    await worker.step()
    (row,) = outbox(installation)
    assert (statuses(installation), error_type(row)) == (["server-error"], kind)


@on_sqlite
async def test_a_wrong_password_is_reported_with_the_words_of_the_server(
    installation: Installation, worker: EmailWorker
) -> None:
    with smtp_sink(password="right") as sink:
        config = smtp_config(sink.port, password="wrong")
        config["emails.server"]["username"] = "acme"
        project = create_project(installation, config=config)
        add_mail(installation, project.tenancy_id, "ada@example.org")
        await worker.step()
    (row,) = outbox(installation)
    assert error_type(row) == "AUTH_FAILED"
    assert "535" in row.send_error["internal_message"] or "invalid" in row.send_error["external_message"].lower()


@on_sqlite
async def test_a_server_without_tls_on_a_tls_port_fails_clearly(
    installation: Installation, worker: EmailWorker, sink: SmtpSink, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(smtp, "_TLS_PORTS", (sink.port,))
    project = create_project(installation, config=smtp_config(sink.port))
    add_mail(installation, project.tenancy_id, "ada@example.org")
    await worker.step()
    (row,) = outbox(installation)
    assert (statuses(installation), error_type(row)) == (["server-error"], "UNKNOWN")
    assert "secure" in row.send_error["external_message"]


class TestPublicServer:
    @pytest.fixture
    def environment(self) -> dict[str, str]:
        return {"HEXCLAVE_PUBLIC_URL": "https://auth.example.com"}

    @on_sqlite
    async def test_projects_cannot_reach_private_addresses(
        self, installation: Installation, project: TestProject, worker: EmailWorker, sink: SmtpSink
    ) -> None:
        add_mail(installation, project.tenancy_id, "ada@example.org")
        await worker.step()
        (row,) = outbox(installation)
        assert error_type(row) == "HOST_NOT_FOUND"
        assert sink.connections == 0

    @on_sqlite
    async def test_without_any_server_mails_fail_with_the_reason(
        self, installation: Installation, worker: EmailWorker
    ) -> None:
        add_mail(installation, create_project(installation).tenancy_id, "ada@example.org")
        await worker.step()
        (row,) = outbox(installation)
        assert error_type(row) == "email-sending-disabled"


@on_sqlite
async def test_without_a_provider_development_mails_stay_in_the_inbox(
    installation: Installation, worker: EmailWorker
) -> None:
    add_mail(installation, create_project(installation).tenancy_id, "ada@example.org")
    await worker.step()
    (row,) = outbox(installation)
    assert (statuses(installation), row.transport) == (["sent"], "inbox")


class TestSharedServer:
    @pytest.fixture
    def environment(self, sink: SmtpSink) -> dict[str, str]:
        return {
            "HEXCLAVE_SMTP_HOST": "127.0.0.1",
            "HEXCLAVE_SMTP_PORT": str(sink.port),
            "HEXCLAVE_SMTP_SECURITY": "none",
            "HEXCLAVE_SMTP_FROM": "noreply@shared.example",
        }

    @on_sqlite
    async def test_shared_mails_come_from_the_operator_in_the_name_of_the_project(
        self, installation: Installation, worker: EmailWorker, sink: SmtpSink
    ) -> None:
        shared = create_project(installation, name='Acme "Rockets", Inc.')
        add_mail(installation, shared.tenancy_id, "ada@example.org", "x@emailable-not-deliverable.example.com")
        await worker.step()
        (mail,) = sink.mails
        assert mail["From"].addresses[0].display_name == 'Acme "Rockets", Inc.'
        assert mail["From"].addresses[0].addr_spec == "noreply@shared.example"
        skipped = next(row for row in outbox(installation) if row.skipped_reason)
        assert skipped.skipped_reason == "LIKELY_NOT_DELIVERABLE"
        assert skipped.skipped_details["email"] == "x@emailable-not-deliverable.example.com"


@on_sqlite
async def test_a_mail_for_later_is_rendered_now_and_sent_when_due(
    installation: Installation, project: TestProject, worker: EmailWorker, sink: SmtpSink
) -> None:
    add_mail(installation, project.tenancy_id, "ada@example.org", scheduled_at=utc_now() + timedelta(days=1))
    await worker.step()
    assert (statuses(installation), sink.mails) == (["scheduled"], [])
    shift(installation, scheduled_at=utc_now())
    await worker.step()
    assert statuses(installation) == ["sent"]


@on_sqlite
async def test_urgent_mails_pass_a_large_mailing_and_its_used_up_capacity(
    installation: Installation, project: TestProject, worker: EmailWorker, sink: SmtpSink
) -> None:
    add_mail(installation, project.tenancy_id, *(f"user{number}@example.org" for number in range(20)), subject="News")

    def use_up(session: Session) -> None:
        session.add(EmailAllowance(tenancy_id=project.tenancy_id, credit=50.0, credited_at=utc_now()))

    installation.db.call(use_up)
    await worker.step()
    assert sink.mails == []  # 50 is what is kept for urgent ones
    add_mail(installation, project.tenancy_id, "ada@example.org", subject="Sign in", is_high_priority=True)
    await worker.step()
    assert sink.subjects == ["Sign in"]


@on_sqlite
async def test_the_wishes_of_users_count_until_the_last_moment(
    installation: Installation, project: TestProject, worker: EmailWorker, sink: SmtpSink
) -> None:
    gone = uuid.uuid4()
    add_mail(installation, project.tenancy_id, "ada@example.org", "")

    def readdress(session: Session) -> None:
        row = next(row for row in session.exec(select(EmailOutbox)).all() if row.recipient_emails != [""])
        row.recipient_type, row.recipient_user_id = RecipientType.USER_CUSTOM_EMAILS, gone

    installation.db.call(readdress)
    await worker.step()
    reasons = {row.skipped_reason for row in outbox(installation)}
    assert (reasons, sink.mails) == ({"USER_ACCOUNT_DELETED", "NO_EMAIL_PROVIDED"}, [])
    for row in outbox(installation):
        assert row.started_sending_at is not None
        assert row.finished_sending_at is None
