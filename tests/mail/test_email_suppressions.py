"""Addresses that get security mails only: how they come onto a project's list, and off it again."""

import base64

import pytest
from sqlmodel import Session, select

from hexclave_app.gateways.mail.failures import is_bad_mailbox
from hexclave_app.installation import Installation
from hexclave_app.services.emails import queueing
from hexclave_app.services.emails.queueing import NewMail, Recipient
from hexclave_app.services.emails.worker import EmailWorker
from models import AuditEntry, EmailSuppression, RecipientType
from models.base import utc_now
from tests.support.clients import ApiClient, known_error
from tests.support.outbox import add_mail, outbox, statuses
from tests.support.projects import TestProject, as_client, as_server, create_project
from tests.support.smtp import SmtpSink

on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
LIST = "/emails/suppressions"
UNKNOWN = "550 5.1.1 no such user"


@pytest.fixture
def server(client: ApiClient, project: TestProject) -> ApiClient:
    return as_server(client, project)


def suppressed(installation: Installation) -> dict[str, str]:
    """Address and reason of every entry of every project."""

    def read(session: Session) -> dict[str, str]:
        return {row.address: str(row.reason) for row in session.exec(select(EmailSuppression)).all()}

    return installation.db.call(read)


@pytest.mark.parametrize(
    ("code", "text"),
    [
        (550, "5.1.1 <ada@example.org>: Recipient address rejected: User unknown"),
        (550, "No such user here"),
        (550, "5.2.1 The email account that you tried to reach is disabled"),
        (551, "5.1.6 moved"),
        (553, "5.1.3 bad address syntax"),
        (550, "5.1.10 null MX"),
        (550, "Unknown recipient"),
        (550, "Mailbox not found"),
        (550, "Recipient does not exist"),
    ],
)
def test_what_says_that_there_is_no_mailbox(code: int, text: str) -> None:
    assert is_bad_mailbox(code, text)


@pytest.mark.parametrize(
    ("code", "text"),
    [
        (450, "4.1.1 user unknown"),
        (535, "5.7.8 user unknown"),
        (550, "5.7.1 blocked, no such user is welcome"),
        (550, "5.1.8 sender address unknown"),
        (550, "5.1.7 bad sender"),
        (552, "5.2.2 mailbox full"),
        (550, "rejected by policy"),
        (550, "mailbox unavailable"),
        (551, "user not local; please try elsewhere"),
        (554, "5.1.1 spam"),
    ],
)
def test_what_may_pass_or_is_about_somebody_else(code: int, text: str) -> None:
    assert not is_bad_mailbox(code, text)


async def test_an_address_that_its_server_does_not_know_gets_no_more_mails(
    installation: Installation, project: TestProject, worker: EmailWorker, sink: SmtpSink, server: ApiClient
) -> None:
    sink.reply_to_recipient = lambda _address: UNKNOWN
    add_mail(installation, project.tenancy_id, "Ada@Example.org", subject="News")
    await worker.step()
    assert statuses(installation) == ["server-error"]
    sink.reply_to_recipient = lambda _address: None
    add_mail(installation, project.tenancy_id, "ada@example.org", subject="More news")
    add_mail(installation, project.tenancy_id, "ada@example.org", subject="Code", skip_deliverability_check=True)
    await worker.step()
    assert sink.subjects == ["Code"]
    (skipped,) = (await server.get("/emails/outbox?status=skipped")).json()["items"]
    assert skipped["skipped_reason"] == "LIKELY_NOT_DELIVERABLE"
    assert skipped["skipped_details"] == {"email": "ada@example.org", "suppressed": "refused"}
    (entry,) = (await server.get(LIST)).json()["items"]
    assert (entry["email"], entry["reason"], entry["detail"]) == ("ada@example.org", "refused", UNKNOWN)


@pytest.mark.parametrize("reply", ["450 5.1.1 later", "550 5.7.1 policy", "535 5.7.8 no such user", "554 5.1.1 spam"])
@on_sqlite
async def test_other_refusals_suppress_nobody(
    installation: Installation, project: TestProject, worker: EmailWorker, sink: SmtpSink, reply: str
) -> None:
    sink.reply_to_recipient = lambda _address: reply
    add_mail(installation, project.tenancy_id, "ada@example.org")
    await worker.step()
    assert (len(sink.mails), suppressed(installation)) == (0, {})


@pytest.mark.parametrize("where", ["sender", "text"])
@on_sqlite
async def test_a_refused_sender_or_text_says_nothing_about_the_recipient(
    installation: Installation, project: TestProject, worker: EmailWorker, sink: SmtpSink, where: str
) -> None:
    if where == "sender":
        sink.reply_to_sender = lambda _address: UNKNOWN
    else:
        sink.reply_to_data = lambda _mail: UNKNOWN
    add_mail(installation, project.tenancy_id, "ada@example.org")
    await worker.step()
    assert (statuses(installation), suppressed(installation)) == (["server-error"], {})


@on_sqlite
async def test_one_unknown_recipient_of_several_is_noted_and_the_others_get_the_mail(
    installation: Installation, project: TestProject, worker: EmailWorker, sink: SmtpSink
) -> None:
    sink.reply_to_recipient = lambda address: UNKNOWN if address.startswith("gone") else None
    mail = NewMail(source="<p>Hi</p>", scheduled_at=utc_now())
    to = [Recipient(RecipientType.CUSTOM_EMAILS, None, ["gone@bücher.example", "ada@example.org"])]
    installation.db.call(queueing.add, installation=installation, tenancy_id=project.tenancy_id, mail=mail, to=to)
    await worker.step()
    assert (statuses(installation), sink.recipients) == (["sent"], [["ada@example.org"]])
    assert suppressed(installation) == {"gone@bücher.example": "refused"}


@on_sqlite
async def test_a_claim_that_was_lost_suppresses_nobody(
    installation: Installation, project: TestProject, worker: EmailWorker, sink: SmtpSink
) -> None:
    """The worker that has the mail now finds out by itself."""
    add_mail(installation, project.tenancy_id, "ada@example.org")

    def lose_claim(_address: str) -> str:
        def forget(session: Session) -> None:
            for row in session.exec(select(outbox_row)).all():
                row.sender_id = None

        installation.db.call(forget)
        return UNKNOWN

    outbox_row = type(outbox(installation)[0])
    sink.reply_to_recipient = lose_claim
    await worker.step()
    assert suppressed(installation) == {}


async def test_entries_are_added_found_paged_and_removed(server: ApiClient, installation: Installation) -> None:
    for name in ("ada", "ben", "cleo", "a_b"):
        assert (await server.post(LIST, {"email": f"{name.upper()}@example.org"})).status_code == 200
    again = await server.post(LIST, {"email": "ada@example.org"})
    assert (again.json()["email"], again.json()["reason"]) == ("ada@example.org", "manual")
    seen: list[str] = []
    cursor: str | None = ""
    for _ in range(4):
        page = (await server.get(f"{LIST}?limit=1&cursor={cursor}")).json()
        seen += [item["email"] for item in page["items"]]
        cursor = page["pagination"]["next_cursor"]
    assert (seen, cursor) == (["a_b@example.org", "cleo@example.org", "ben@example.org", "ada@example.org"], None)
    assert [item["email"] for item in (await server.get(f"{LIST}?query=A_")).json()["items"]] == ["a_b@example.org"]
    assert (await server.delete(f"{LIST}/ADA%40example.org")).json() == {"success": True}
    assert (await server.delete(f"{LIST}/ada@example.org")).status_code == 404
    assert sorted(suppressed(installation)) == ["a_b@example.org", "ben@example.org", "cleo@example.org"]

    def actions(session: Session) -> list[str]:
        wanted = select(AuditEntry.action).where(AuditEntry.target_id == "ada@example.org").order_by(AuditEntry.seq)  # type: ignore[arg-type]  # a column to SQLModel
        return list(session.exec(wanted).all())

    assert installation.db.call(actions) == ["email_suppression.created", "email_suppression.deleted"]


@pytest.mark.parametrize("email", ["", "nobody", "a@b\r\nc", f"{'a' * 250}@example.org"])
@on_sqlite
async def test_only_addresses_are_suppressed(server: ApiClient, installation: Installation, email: str) -> None:
    assert known_error(await server.post(LIST, {"email": email})) == "SCHEMA_ERROR"
    assert suppressed(installation) == {}


@pytest.mark.parametrize(
    "content", ["", "[]", "1", '["x",1]', '["2020-01-01","x"]', '["2020-01-01T00:00:00+00:00","\\u0000"]', "{}"]
)
@on_sqlite
async def test_a_foreign_cursor_is_refused(server: ApiClient, content: str) -> None:
    cursor = base64.urlsafe_b64encode(content.encode()).decode() or "%%%"
    assert (await server.get(f"{LIST}?cursor={cursor}")).status_code == 400


@on_sqlite
async def test_the_list_is_the_projects_own_and_closed_to_its_clients(
    client: ApiClient, server: ApiClient, project: TestProject, installation: Installation
) -> None:
    await server.post(LIST, {"email": "ada@example.org"})
    foreign = as_server(client, create_project(installation))
    assert (await foreign.get(LIST)).json()["items"] == []
    assert (await foreign.delete(f"{LIST}/ada@example.org")).status_code == 404
    visitor = as_client(client, project)
    refused = [await visitor.get(LIST), await visitor.delete(f"{LIST}/ada@example.org")]
    assert [known_error(answer) for answer in refused] == ["INSUFFICIENT_ACCESS_TYPE"] * 2
    assert list(suppressed(installation)) == ["ada@example.org"]
