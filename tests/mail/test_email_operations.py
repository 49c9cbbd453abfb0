"""Test mails, the inbox, schedulers' endpoints and managed domains."""

from collections.abc import Iterator

import pytest
from sqlmodel import Session, select

from hexclave_app.installation import Installation
from hexclave_app.services.emails.worker import EmailWorker
from hexclave_app.services.internal_project import internal_keys
from models import ManagedEmailDomain
from tests.support.clients import ApiClient, known_error
from tests.support.dns import dns_server
from tests.support.outbox import add_mail, outbox, statuses
from tests.support.projects import (
    TestProject,
    as_admin,
    as_client,
    as_owner,
    as_server,
    create_project,
    dashboard_user,
)
from tests.support.projects import (
    environment as stored,
)
from tests.support.smtp import SmtpSink, smtp_sink

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
CRON = {"authorization": "Bearer the-cron-secret-of-tests"}
DOMAINS = "/internal/emails/managed-onboarding"
REQUEST = {"subdomain": " Mail.Example.com. ", "sender_local_part": "hello"}


@pytest.fixture
def dns_address() -> Iterator[str]:
    zone = {
        ("send.mail.example.com", "TXT"): ['"v=spf1 include:spf.example.com ~all"'],
        ("send.mail.example.com", "MX"): ["10 feedback-smtp.example.com."],
        ("_dmarc.mail.example.com", "TXT"): ['"v=DMARC1; p=reject;"'],
    }
    with dns_server(zone) as address:
        yield address


@pytest.fixture
def environment(dns_address: str) -> dict[str, str]:
    return {
        "HEXCLAVE_CRON_SECRET": "the-cron-secret-of-tests",
        "HEXCLAVE_RESEND_API_KEY": "mock_resend_api_key",
        "HEXCLAVE_EMAIL_DNS_SERVER": dns_address,
    }


@pytest.fixture
def admin(client: ApiClient, project: TestProject) -> ApiClient:
    return as_admin(client, project)


def test_config(port: int, **changes: object) -> dict[str, object]:
    config: dict[str, object] = {
        "host": "127.0.0.1",
        "port": port,
        "username": "",
        "password": "",
        "sender_name": "Acme",
    }
    config |= {"sender_email": "a@acme.example", **changes}
    return {"recipient_email": "ada@example.org", "email_config": config}


test_config.__test__ = False  # type: ignore[attr-defined]  # a helper in spite of its name


async def test_a_test_mail_uses_what_was_submitted_and_leaves_no_trace(
    admin: ApiClient, sink: SmtpSink, installation: Installation
) -> None:
    sent = await admin.post("/internal/send-test-email", test_config(sink.port))
    assert sent.json() == {"success": True}
    (mail,) = sink.mails
    assert (mail["From"], mail["To"]) == ("Acme <a@acme.example>", "ada@example.org")
    assert mail.get_content_type() == "text/plain"
    assert outbox(installation) == []


async def test_a_test_mail_that_fails_shows_the_words_of_the_server(admin: ApiClient) -> None:
    with smtp_sink(password="right") as guarded:
        failed = await admin.post("/internal/send-test-email", test_config(guarded.port, username="u", password="no"))
    assert failed.status_code == 200
    assert failed.json()["success"] is False
    assert "refused user name or password" in failed.json()["error_message"]
    missing = (await admin.post("/internal/send-test-email", test_config(25, host="nowhere.invalid"))).json()
    assert missing == {"success": False, "error_message": "The mail server 'nowhere.invalid' cannot be found."}
    too_long = await admin.post("/internal/send-test-email", test_config(25, password="x" * 71))
    assert known_error(too_long) == "SCHEMA_ERROR"


class TestInbox:
    @pytest.fixture
    def environment(self) -> dict[str, str]:
        return {}

    async def test_the_inbox_shows_sign_in_mails_with_link_and_code_to_administrators(
        self, client: ApiClient, installation: Installation, worker: EmailWorker
    ) -> None:
        project = create_project(installation, name="Acme", config={"auth.otp.allowSignIn": True})
        body = {"email": "ada@example.org", "callback_url": "http://localhost:3000/handler/magic-link-callback"}
        sent = await as_client(client, project).post("/auth/otp/send-sign-in-code", body)
        assert sent.status_code == 200, sent.text
        await worker.step()
        (mail,) = (await as_admin(client, project).get("/internal/email-inbox")).json()["items"]
        (code,) = mail["codes"]
        assert (mail["to"], mail["subject"]) == (["ada@example.org"], f"Sign in to Acme: Your code is {code}")
        assert any(link.startswith(body["callback_url"]) and "code=" in link for link in mail["links"])
        redeemed = code.lower() + sent.json()["nonce"]
        signed_in = await as_client(client, project).post("/auth/otp/sign-in", {"code": redeemed})
        assert signed_in.status_code == 200
        other = create_project(installation, name="Other")
        assert (await as_admin(client, other).get("/internal/email-inbox")).json()["items"] == []
        assert known_error(await as_server(client, project).get("/internal/email-inbox")) == "INSUFFICIENT_ACCESS_TYPE"


async def test_only_the_scheduler_steps_the_queue(
    client: ApiClient, installation: Installation, project: TestProject, sink: SmtpSink
) -> None:
    add_mail(installation, project.tenancy_id, "ada@example.org")
    step = "/internal/email-queue-step?only_one_step=true"
    for headers in ({}, {"authorization": "Bearer wrong"}, {"authorization": "the-cron-secret-of-tests"}):
        assert (await client.get(step, headers=headers)).status_code == 401
        assert (await client.post("/internal/failed-emails-digest", headers=headers)).status_code == 401
    assert statuses(installation) == ["preparing"]
    assert (await client.get(step, headers=CRON)).json() == {"ok": True}
    assert len(sink.mails) == 1


async def test_failed_mails_are_told_by_project_with_their_owners(
    client: ApiClient, installation: Installation, worker: EmailWorker
) -> None:
    ada = dashboard_user(installation)
    key = internal_keys(installation.settings)["secret_server_key"]
    internal = client.as_(project_id="internal", access_type="server", secret_server_key=key)
    await internal.patch(f"/users/{ada.id}", {"primary_email": "ada@dashboard.example"})
    project = create_project(installation, owner_team_id=ada.team_id)
    add_mail(installation, project.tenancy_id, "not an address", subject="")
    await as_owner(client, ada, project.id).get("/internal/projects/current")
    await worker.step()
    told = await client.post("/internal/failed-emails-digest?dry_run=true", headers=CRON)
    (entry,) = told.json()["failed_emails_by_tenancy"]
    assert entry == {
        "emails": [{"subject": "(No Subject)", "to": ["not an address"]}],
        "tenant_owner_emails": ["ada@dashboard.example"],
        "project_id": project.id,
        "tenancy_id": str(project.tenancy_id),
    }
    sent = await client.post("/internal/failed-emails-digest", headers=CRON)
    assert (sent.status_code, sent.json()["success"]) == (500, False)


async def test_the_old_log_has_one_line_for_each_mail(
    admin: ApiClient, installation: Installation, project: TestProject, worker: EmailWorker
) -> None:
    add_mail(installation, project.tenancy_id, "ada@example.org", "not an address")
    await worker.step()
    items = (await admin.get("/internal/emails")).json()["items"]
    lines = {item["to"][0]: (item["subject"], item["error"]) for item in items}
    assert lines == {
        "ada@example.org": ("Hello", None),
        "not an address": ("Hello", "Send error: The e-mail address 'not an address' is invalid."),
    }


async def test_a_managed_domain_is_set_up_checked_applied_and_left(
    admin: ApiClient, client: ApiClient, installation: Installation, project: TestProject
) -> None:
    made = (await admin.post(f"{DOMAINS}/setup", REQUEST)).json()
    assert (made["subdomain"], made["sender_local_part"], made["status"]) == (
        "mail.example.com",
        "hello",
        "pending_verification",
    )
    assert 'TXT _dmarc.mail.example.com "v=DMARC1; p=none;"' in made["name_server_records"]
    assert (await admin.post(f"{DOMAINS}/setup", REQUEST)).json() == made
    other_sender = await admin.post(f"{DOMAINS}/setup", {**REQUEST, "sender_local_part": "other"})
    assert other_sender.status_code == 409
    domain = {"domain_id": made["domain_id"]}
    assert (await admin.post(f"{DOMAINS}/apply", domain)).status_code == 409
    assert (await admin.post(f"{DOMAINS}/check", {**REQUEST, **domain})).json() == {"status": "verified"}
    assert (await admin.post(f"{DOMAINS}/check", {**REQUEST, **domain, "sender_local_part": "x"})).status_code == 404
    for _ in range(2):
        assert (await admin.post(f"{DOMAINS}/apply", domain)).json() == {"status": "applied"}
    server = stored(installation, project.id)["emails.server"]
    assert (server["provider"], server["isShared"]) == ("managed", False)
    assert server["managedSubdomain"] == "mail.example.com"
    (listed,) = (await admin.get(f"{DOMAINS}/list")).json()["items"]
    assert listed["status"] == "applied"
    gone = {"resend_domain_id": made["domain_id"]}
    assert (await admin.post(f"{DOMAINS}/delete", gone)).status_code == 409
    await admin.patch("/internal/projects/current", {"config": {"email_config": {"type": "shared"}}})
    assert (await admin.post(f"{DOMAINS}/delete", gone)).json() == {"status": "deleted"}
    assert installation.db.call(lambda session: list(session.exec(select(ManagedEmailDomain)).all())) == []


async def test_the_dns_of_a_domain_is_shown_as_it_is(admin: ApiClient) -> None:
    made = (await admin.post(f"{DOMAINS}/setup", REQUEST)).json()
    shown = (await admin.post(f"{DOMAINS}/records", {"domain_id": made["domain_id"]})).json()["records"]
    found = {(record["type"], record["name"]): record for record in shown}
    assert found["TXT", "send.mail.example.com"]["is_right"] is True
    assert found["MX", "send.mail.example.com"]["is_right"] is True
    dmarc = found["TXT", "_dmarc.mail.example.com"]
    assert (dmarc["is_right"], dmarc["found"]) == (False, ["v=DMARC1; p=reject;"])
    dkim = found["TXT", "mock._domainkey.mail.example.com"]
    assert (dkim["is_right"], dkim["problem"]) == (False, "There is no such name.")


@pytest.mark.parametrize(
    ("subdomain", "local_part"),
    [
        ("localhost", "hello"),
        ("-a.example.com", "hello"),
        ("a b.example.com", "x"),
        ("a" * 250 + ".com", "x"),
        ("a.example.com", "he llo"),
        ("a.example.com", ""),
    ],
)
async def test_what_is_no_domain_is_refused(admin: ApiClient, subdomain: str, local_part: str) -> None:
    body = {"subdomain": subdomain, "sender_local_part": local_part}
    assert (await admin.post(f"{DOMAINS}/setup", body)).status_code == 400


async def test_domains_of_others_do_not_exist(admin: ApiClient, client: ApiClient, installation: Installation) -> None:
    made = (await admin.post(f"{DOMAINS}/setup", REQUEST)).json()
    stranger = as_admin(client, create_project(installation, name="Other"))
    domain = {"domain_id": made["domain_id"]}
    assert (await stranger.get(f"{DOMAINS}/list")).json() == {"items": []}
    for path, body in (
        ("check", {**REQUEST, **domain}),
        ("apply", domain),
        ("records", domain),
        ("delete", {"resend_domain_id": made["domain_id"]}),
    ):
        assert (await stranger.post(f"{DOMAINS}/{path}", body)).status_code == 404

    def count(session: Session) -> int:
        return len(session.exec(select(ManagedEmailDomain)).all())

    assert installation.db.call(count) == 1
