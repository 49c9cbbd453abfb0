"""What mails lead back to, and what Resend tells about them."""

import json
import re
import uuid
from datetime import UTC, datetime
from email.message import EmailMessage
from html import unescape

import pytest
from sqlmodel import Session, select
from standardwebhooks import Webhook

from hexclave_app.installation import Installation
from hexclave_app.services.emails import MAGIC_LINK
from hexclave_app.services.emails.worker import EmailWorker
from models import EmailOutbox, EmailSuppression, VerificationCode, VerificationCodeType
from models.base import utc_now
from tests.support.clients import ApiClient, known_error
from tests.support.mailbox import expire_codes
from tests.support.outbox import add_mail, outbox, shift, statuses
from tests.support.projects import TestProject, as_admin, as_client, as_server
from tests.support.smtp import SmtpSink

on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
MARKETING = "4f6f8873-3d04-46bd-8bef-18338b1a1b4c"
SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"


@pytest.fixture
def environment() -> dict[str, str]:
    return {"HEXCLAVE_EMAIL_TRACKING": "true", "HEXCLAVE_RESEND_WEBHOOK_SECRET": SECRET}


@pytest.fixture
def server(client: ApiClient, project: TestProject) -> ApiClient:
    return as_server(client, project)


async def send_news(server: ApiClient, worker: EmailWorker, *, category: str = "Marketing") -> str:
    """A mail to Ada; returns her id."""
    user = {"primary_email": "ada@example.org", "primary_email_verified": True}
    ada = str((await server.post("/users", user)).json()["id"])
    html = '<p><a href="https://shop.example/?a=1&amp;b=2">Shop</a></p>'
    body = {"user_ids": [ada], "html": html, "notification_category_name": category}
    assert (await server.post("/emails/send-email", body)).status_code == 200
    await worker.step()
    return ada


def path_of(url: str) -> str:
    return url.replace("http://localhost:8000/api/v1", "")


async def is_wanted(server: ApiClient, user_id: str) -> bool:
    items = (await server.get(f"/emails/notification-preference/{user_id}")).json()["items"]
    return bool(next(item["enabled"] for item in items if item["notification_category_id"] == MARKETING))


@pytest.mark.parametrize("method", ["GET", "POST"])
@on_sqlite
async def test_a_link_unsubscribes_once_and_says_so_again(
    client: ApiClient, server: ApiClient, worker: EmailWorker, sink: SmtpSink, installation: Installation, method: str
) -> None:
    ada = await send_news(server, worker)
    path = path_of(sink.mails[0]["List-Unsubscribe"].strip("<>"))
    assert await is_wanted(server, ada)
    first = await client.request(method, path, data={"List-Unsubscribe": "One-Click"} if method == "POST" else None)
    assert (first.status_code, first.headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert "You are unsubscribed" in first.text
    assert not await is_wanted(server, ada)
    route, _, code = path.partition("code=")
    again = await client.request(method, f"{route}code={code.upper()}")
    assert (again.status_code, "already unsubscribed" in again.text) == (200, True)
    assert outbox(installation)[0].unsubscribed_at is not None


@on_sqlite
async def test_bad_links_change_nothing(
    client: ApiClient, server: ApiClient, worker: EmailWorker, sink: SmtpSink, installation: Installation
) -> None:
    ada = await send_news(server, worker)
    path = path_of(sink.mails[0]["List-Unsubscribe"].strip("<>"))
    assert (await client.get("/emails/unsubscribe-link?code=short")).status_code == 400
    assert (await client.get(f"/emails/unsubscribe-link?code={'a' * 45}")).status_code == 404
    expire_codes(installation)
    expired = await client.get(path)
    assert (expired.status_code, "text/html" in expired.headers["content-type"]) == (400, True)
    assert await is_wanted(server, ada)


@on_sqlite
async def test_a_sign_in_code_is_no_unsubscribe_code_and_the_other_way_round(
    client: ApiClient, server: ApiClient, worker: EmailWorker, sink: SmtpSink, installation: Installation,
    project: TestProject,
) -> None:  # fmt: skip
    await as_admin(client, project).patch("/internal/projects/current", {"config": {"magic_link_enabled": True}})
    await send_news(server, worker)
    code = path_of(sink.mails[0]["List-Unsubscribe"].strip("<>")).partition("code=")[2]
    tried = await as_client(client, project).post("/auth/otp/sign-in", {"code": code})
    assert known_error(tried) == "VERIFICATION_CODE_NOT_FOUND"

    def retype(session: Session) -> None:
        session.exec(select(VerificationCode)).one().type = VerificationCodeType.ONE_TIME_PASSWORD

    installation.db.call(retype)
    assert (await client.get(f"/emails/unsubscribe-link?code={code}")).status_code == 404


@on_sqlite
async def test_opens_and_clicks_are_noted_and_lead_to_the_link_of_the_mail(
    client: ApiClient, server: ApiClient, worker: EmailWorker, sink: SmtpSink, installation: Installation
) -> None:
    await send_news(server, worker)
    html = sink.mails[0].get_body(("html",)).get_content()  # type: ignore[union-attr]  # a missing part fails the test
    (pixel,) = re.findall(r'<img src="([^"]+/tracking/open[^"]+)"', html)
    (link,) = re.findall(r'href="([^"]+/tracking/click[^"]+)"', html)
    assert "shop.example" not in html
    assert "/emails/unsubscribe-link?code=" in html
    assert statuses(installation) == ["sent"]
    shown = await client.get(path_of(pixel))
    assert (shown.status_code, shown.headers["content-type"]) == (200, "image/gif")
    assert statuses(installation) == ["opened"]
    followed = await client.get(path_of(unescape(link)))
    assert (followed.status_code, followed.headers["location"]) == (302, "https://shop.example/?a=1&b=2")
    assert statuses(installation) == ["clicked"]
    stats = (await server.get("/emails/outbox?status=clicked")).json()["items"]
    assert stats[0]["clicked_at_millis"] >= stats[0]["delivered_at_millis"]


@on_sqlite
async def test_nobody_else_can_make_a_redirect_and_security_mails_are_not_tracked(
    client: ApiClient, server: ApiClient, worker: EmailWorker, sink: SmtpSink
) -> None:
    await send_news(server, worker, category="Transactional")
    html = sink.mails[0].get_body(("html",)).get_content()  # type: ignore[union-attr]  # a missing part fails the test
    assert "https://shop.example/" in html
    assert "tracking" not in html
    for token in ("x", "A" * 80, "%00", "AQ" + "A" * 100):
        assert (await client.get(f"/emails/tracking/click?token={token}")).status_code in (400, 404)
        assert (await client.get(f"/emails/tracking/open?token={token}")).status_code in (200, 400)


@on_sqlite
async def test_a_sign_in_mail_is_not_tracked_even_as_marketing(
    installation: Installation, project: TestProject, worker: EmailWorker, sink: SmtpSink
) -> None:
    link = '<a href="https://app.example/sign-in?code=abc">Sign in</a>'
    marketing = uuid.UUID(MARKETING)
    fields: list[dict[str, object]] = [{"skip_deliverability_check": True}, {"template_id": MAGIC_LINK}, {}]
    for number, one in enumerate(fields):
        add_mail(installation, project.tenancy_id, f"{number}@example.org", html=link, category_id=marketing, **one)
    await worker.step()
    tracked = [to for (to,), mail in zip(sink.recipients, sink.mails, strict=True) if "tracking" in html_of(mail)]
    assert tracked == ["2@example.org"]


def html_of(mail: EmailMessage) -> str:
    part = mail.get_body(("html",))
    assert part is not None
    return str(part.get_content())


def signed(event: object, *, secret: str = SECRET, moment: datetime | None = None) -> dict[str, object]:
    content = json.dumps(event)
    now = moment or datetime.now(UTC)
    signature = Webhook(secret).sign("msg_1", now, content)
    headers = {"svix-id": "msg_1", "svix-timestamp": str(int(now.timestamp())), "svix-signature": signature}
    return {"content": content, "headers": {**headers, "content-type": "application/json"}}


async def told(client: ApiClient, kind: str, **data: object) -> int:
    event = {"type": kind, "data": {"email_id": "re_1", "to": ["ada@example.org"], **data}}
    return (await client.request("POST", "/integrations/resend/webhooks", **signed(event))).status_code


@pytest.fixture
async def sent(installation: Installation, project: TestProject, worker: EmailWorker) -> None:
    """A mail that Resend took."""
    add_mail(installation, project.tenancy_id, "ada@example.org")
    await worker.step()

    def take(session: Session) -> None:
        row = session.exec(select(EmailOutbox)).one()
        row.provider_message_id, row.can_have_delivery_info = "re_1", True

    installation.db.call(take)
    assert statuses(installation) == ["sending"]


async def test_events_of_the_provider_become_statuses(
    client: ApiClient, installation: Installation, sent: None
) -> None:
    for kind, status in (
        ("email.sent", "sending"),
        ("email.delivery_delayed", "delivery-delayed"),
        ("email.delivered", "sent"),
        ("email.delivery_delayed", "sent"),  # late news
        ("email.opened", "opened"),
        ("email.clicked", "clicked"),
        ("email.complained", "marked-as-spam"),
        ("email.bounced", "bounced"),
        ("email.delivered", "bounced"),
        ("email.surprise", "bounced"),
    ):
        assert await told(client, kind) == 200
        assert statuses(installation) == [status], kind


@on_sqlite
async def test_addresses_that_bounced_get_security_mails_only(
    client: ApiClient, installation: Installation, project: TestProject, worker: EmailWorker, sink: SmtpSink, sent: None
) -> None:
    await told(client, "email.bounced", bounce={"type": "Transient"})
    assert installation.db.call(lambda session: session.exec(select(EmailSuppression)).all()) == []
    await told(client, "email.bounced", to=["ADA@example.org"], bounce={"type": "Permanent"})
    add_mail(installation, project.tenancy_id, "Ada@example.org", subject="News")
    add_mail(installation, project.tenancy_id, "ada@example.org", subject="Sign in", skip_deliverability_check=True)
    await worker.step()
    assert sink.subjects == ["Hello", "Sign in"]
    skipped = next(row for row in outbox(installation) if row.skipped_reason)
    assert skipped.skipped_reason == "LIKELY_NOT_DELIVERABLE"
    assert skipped.skipped_details == {"email": "ada@example.org", "suppressed": "bounced"}


@on_sqlite
async def test_forged_and_old_events_are_refused(client: ApiClient, installation: Installation, sent: None) -> None:
    event = {"type": "email.bounced", "data": {"email_id": "re_1", "to": ["ada@example.org"]}}
    good = signed(event)
    tampered = {**good, "content": str(good["content"]).replace("re_1", "re_2")}
    old = signed(event, moment=datetime(2020, 1, 1, tzinfo=UTC))
    foreign = signed(event, secret="whsec_" + "A" * 32)
    bare = {"content": good["content"], "headers": {"content-type": "application/json"}}
    garbled = {**good, "headers": {**good["headers"], "svix-signature": "v1,%%%"}}  # type: ignore[dict-item]  # the other values are no texts
    for request in (tampered, old, foreign, bare, garbled):
        response = await client.request("POST", "/integrations/resend/webhooks", **request)
        assert response.status_code == 400
    assert statuses(installation) == ["sending"]
    shift(installation, delivered_at=utc_now())
