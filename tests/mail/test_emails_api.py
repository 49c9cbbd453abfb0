"""send-email, the outbox and delivery statistics over the API."""

import uuid
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest

from hexclave_app.config.builtins import DEFAULT_THEME_ID
from hexclave_app.installation import Installation
from hexclave_app.services.emails import sending
from hexclave_app.services.emails.worker import EmailWorker
from models.base import millis, utc_now
from tests.support.clients import ApiClient, known_error
from tests.support.outbox import add_mail, outbox, shift
from tests.support.projects import TestProject, as_client, as_server, create_project
from tests.support.smtp import SmtpSink

on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
SEND = "/emails/send-email"
MARKETING = "4f6f8873-3d04-46bd-8bef-18338b1a1b4c"


@pytest.fixture
def server(client: ApiClient, project: TestProject) -> ApiClient:
    return as_server(client, project)


async def new_user(server: ApiClient, email: str | None = "ada@example.org", name: str = "Ada") -> str:
    fields: dict[str, object] = {"display_name": name}
    if email is not None:
        fields |= {"primary_email": email, "primary_email_verified": True}
    response = await server.post("/users", fields)
    assert response.status_code == 201, response.text
    return str(response.json()["id"])


async def only_mail(server: ApiClient) -> dict[str, Any]:
    (mail,) = (await server.get("/emails/outbox")).json()["items"]
    read = await server.get(f"/emails/outbox/{mail['id']}")
    assert read.json() == mail
    return dict(mail)


async def test_html_reaches_the_primary_address_of_each_user(
    server: ApiClient, worker: EmailWorker, sink: SmtpSink
) -> None:
    ada, ben = await new_user(server), await new_user(server, "ben@example.org", "Ben")
    sent = await server.post(SEND, {"user_ids": [ada, ben, ada], "html": "<p>Hi</p>", "subject": "News"})
    assert sent.json() == {"results": [{"user_id": ada}, {"user_id": ben}, {"user_id": ada}]}
    await worker.step()
    assert sorted(sink.recipients) == [["ada@example.org"], ["ada@example.org"], ["ben@example.org"]]
    assert set(sink.subjects) == {"News"}


async def test_a_mail_shows_what_its_status_promises(server: ApiClient, worker: EmailWorker) -> None:
    ada = await new_user(server)
    await server.post(SEND, {"user_ids": [ada], "html": "<p>Hi</p>", "subject": "News"})
    before = await only_mail(server)
    assert (before["status"], before["simple_status"], before["has_rendered"]) == ("preparing", "in-progress", False)
    assert before["theme_id"] == DEFAULT_THEME_ID
    assert before["to"] == {"type": "user-primary-email", "user_id": ada}
    assert "html" not in before
    await worker.step()
    after = await only_mail(server)
    assert (after["status"], after["simple_status"], after["has_delivered"]) == ("sent", "ok", True)
    assert after["subject"] == "News"
    assert "<p>Hi</p>" in after["html"]
    assert (after["text"], after["is_transactional"], after["can_have_delivery_info"]) == ("Hi", False, False)
    assert after["delivered_at_millis"] >= after["started_sending_at_millis"] >= after["rendered_at_millis"]


@on_sqlite
async def test_everybody_is_reached_and_who_has_no_address_is_skipped(
    server: ApiClient, worker: EmailWorker, sink: SmtpSink
) -> None:
    await new_user(server)
    await new_user(server, None)
    results = (await server.post(SEND, {"all_users": True, "html": "x"})).json()["results"]
    assert len(results) == 2
    await worker.step()
    assert len(sink.mails) == 1
    items = (await server.get("/emails/outbox?status=skipped")).json()["items"]
    assert [item["skipped_reason"] for item in items] == ["USER_HAS_NO_PRIMARY_EMAIL"]
    assert items[0]["has_rendered"] is True


@on_sqlite
@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"user_ids": []}, 400, "SCHEMA_ERROR"),
        ({"user_ids": [], "html": "x", "draft_id": "y"}, 400, "SCHEMA_ERROR"),
        ({"user_ids": [], "html": "x", "variables": {}}, 400, "SCHEMA_ERROR"),
        ({"html": "x"}, 400, "SCHEMA_ERROR"),
        ({"user_ids": [], "all_users": True, "html": "x"}, 400, "SCHEMA_ERROR"),
        ({"all_users": False, "html": "x"}, 400, "SCHEMA_ERROR"),
        ({"user_ids": [], "html": "x", "surprise": 1}, 400, "SCHEMA_ERROR"),
        ({"user_ids": [], "html": "x", "scheduled_at_millis": 1e18}, 400, "SCHEMA_ERROR"),
        ({"user_ids": [], "html": "x", "notification_category_name": "marketing"}, 400, None),
        ({"user_ids": [], "template_id": str(uuid.UUID(int=0))}, 400, None),
        ({"user_ids": [], "draft_id": "nothing"}, 400, None),
        ({"user_ids": ["nobody"], "html": "x"}, 400, "USER_ID_DOES_NOT_EXIST"),
        ({"user_ids": [str(uuid.UUID(int=0))], "html": "x"}, 400, "USER_ID_DOES_NOT_EXIST"),
        ({"user_ids": [], "html": "x"}, 200, None),
    ],
)
async def test_a_request_is_checked_before_anything_is_queued(
    server: ApiClient, installation: Installation, body: Mapping[str, object], status: int, code: str | None
) -> None:
    response = await server.post(SEND, body)
    assert (response.status_code, known_error(response)) == (status, code)
    assert outbox(installation) == []


@on_sqlite
async def test_the_shared_server_sends_no_mails_of_projects(
    client: ApiClient, installation: Installation, project: TestProject
) -> None:
    shared = as_server(client, create_project(installation))
    assert known_error(await shared.post(SEND, {"user_ids": [], "html": "x"})) == "REQUIRES_CUSTOM_EMAIL_SERVER"
    assert known_error(await shared.post(SEND, {"user_ids": []})) == "SCHEMA_ERROR"


@on_sqlite
async def test_marketing_carries_unsubscribe_links_that_work_until_the_last_moment(
    server: ApiClient, client: ApiClient, worker: EmailWorker, sink: SmtpSink
) -> None:
    ada = await new_user(server)
    news = {"user_ids": [ada], "html": "<p>News</p>", "notification_category_name": "Marketing"}
    await server.post(SEND, news)
    await worker.step()
    (mail,) = sink.mails
    link = mail["List-Unsubscribe"].strip("<>")
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert link in mail.get_body(("html",)).get_content()  # type: ignore[union-attr]  # a missing part fails the test
    assert link in mail.get_body(("plain",)).get_content()  # type: ignore[union-attr]  # a missing part fails the test
    await server.post(SEND, news)  # queued before, unsubscribed after
    await server.patch(
        f"/emails/notification-preference/{ada}/4f6f8873-3d04-46bd-8bef-18338b1a1b4c", {"enabled": False}
    )
    await worker.step()
    assert len(sink.mails) == 1
    (skipped,) = (await server.get("/emails/outbox?status=skipped")).json()["items"]
    assert skipped["skipped_reason"] == "USER_UNSUBSCRIBED"


@on_sqlite
async def test_pages_begin_with_their_cursor_and_know_their_statuses(
    server: ApiClient, installation: Installation, project: TestProject
) -> None:
    for number in range(5):
        add_mail(installation, project.tenancy_id, f"user{number}@example.org")
    everything = [item["id"] for item in (await server.get("/emails/outbox")).json()["items"]]
    first = (await server.get("/emails/outbox?limit=2x")).json()
    second = (await server.get(f"/emails/outbox?limit=3&cursor={first['pagination']['next_cursor']}")).json()
    assert [item["id"] for item in first["items"] + second["items"]] == everything
    assert second["pagination"] == {"next_cursor": None}
    assert (await server.get(f"/emails/outbox?cursor={uuid.uuid4()}")).json()["items"] == []
    for query in ("limit=0", "limit=101", "limit=x", "status=unknown", "simple_status=fine"):
        assert (await server.get(f"/emails/outbox?{query}")).status_code == 400
    for status, count in (("preparing", 5), ("sent", 0), ("queued", 0), ("bounced", 0)):
        assert len((await server.get(f"/emails/outbox?status={status}")).json()["items"]) == count
    for simple, count in (("in-progress", 5), ("ok", 0), ("error", 0)):
        assert len((await server.get(f"/emails/outbox?simple_status={simple}")).json()["items"]) == count


async def test_a_mail_can_be_paused_edited_and_sent_after_all(
    server: ApiClient, worker: EmailWorker, sink: SmtpSink
) -> None:
    ada = await new_user(server)
    await server.post(SEND, {"user_ids": [ada], "html": "old", "subject": "News"})
    path = f"/emails/outbox/{(await only_mail(server))['id']}"
    paused = (await server.patch(path, {"is_paused": True})).json()
    assert (paused["status"], paused["is_paused"]) == ("paused", True)
    await worker.step()
    assert sink.mails == []
    edited = await server.patch(path, {"tsx_source": "<p>new {{ user.displayName }}</p>", "theme_id": None})
    assert edited.json()["status"] == "paused"
    resumed = (await server.patch(path, {"is_paused": False})).json()
    assert (resumed["status"], resumed["theme_id"]) == ("preparing", None)
    await worker.step()
    (mail,) = sink.mails
    assert "new Ada" in mail.get_body(("html",)).get_content()  # type: ignore[union-attr]  # a missing part fails the test
    again = await server.patch(path, {"is_paused": True})
    assert (known_error(again), again.json()["details"]["status"]) == ("EMAIL_NOT_EDITABLE", "SENT")


@on_sqlite
async def test_cancelling_wins_over_everything_and_is_final(
    server: ApiClient, worker: EmailWorker, sink: SmtpSink
) -> None:
    ada = await new_user(server)
    later = millis(utc_now() + timedelta(days=1))
    await server.post(SEND, {"user_ids": [ada], "html": "x", "scheduled_at_millis": later})
    await worker.step()
    scheduled = await only_mail(server)
    assert (scheduled["status"], scheduled["scheduled_at_millis"], scheduled["subject"]) == ("scheduled", later, "")
    path = f"/emails/outbox/{scheduled['id']}"
    cancelled = (await server.patch(path, {"cancel": True, "tsx_source": "other"})).json()
    assert (cancelled["status"], cancelled["skipped_reason"]) == ("skipped", "MANUALLY_CANCELLED")
    assert cancelled["skipped_details"] == {}
    assert known_error(await server.patch(path, {"cancel": True})) == "EMAIL_NOT_EDITABLE"
    assert known_error(await server.patch(path, {"cancel": False})) == "SCHEMA_ERROR"
    await worker.step()
    assert sink.mails == []


@on_sqlite
async def test_rescheduling_sends_when_the_time_comes(server: ApiClient, worker: EmailWorker, sink: SmtpSink) -> None:
    ada = await new_user(server)
    later = millis(utc_now() + timedelta(days=1))
    await server.post(SEND, {"user_ids": [ada], "html": "x", "scheduled_at_millis": later})
    await worker.step()
    mail = await only_mail(server)
    await server.patch(f"/emails/outbox/{mail['id']}", {"scheduled_at_millis": millis(utc_now()) - 1})
    await worker.step()
    assert (len(sink.mails), (await only_mail(server))["status"]) == (1, "sent")


@on_sqlite
async def test_a_failed_mail_is_tried_again_after_an_edit(
    server: ApiClient, worker: EmailWorker, sink: SmtpSink
) -> None:
    sink.reply_to_data = lambda _mail: "554 no"
    ada = await new_user(server)
    await server.post(SEND, {"user_ids": [ada], "html": "x"})
    await worker.step()
    failed = await only_mail(server)
    assert (failed["status"], failed["simple_status"], failed["has_delivered"]) == ("server-error", "error", False)
    assert "554" in failed["server_error"]
    assert failed["send_attempt_errors"][0]["external_details"] == {"errorType": "REJECTED"}
    sink.reply_to_data = lambda _mail: None
    await server.patch(f"/emails/outbox/{failed['id']}", {"to": failed["to"]})
    await worker.step()
    again = await only_mail(server)
    assert (again["status"], again["send_retries"], again["send_attempt_errors"]) == ("sent", 0, None)


@on_sqlite
async def test_a_mail_can_be_sent_to_others_while_it_waits(
    server: ApiClient, worker: EmailWorker, sink: SmtpSink
) -> None:
    ada = await new_user(server)
    await server.post(SEND, {"user_ids": [ada], "html": "x"})
    path = f"/emails/outbox/{(await only_mail(server))['id']}"
    to = {"type": "custom-emails", "emails": ["ben@example.org", "cleo@example.org"]}
    assert (await server.patch(path, {"to": to})).json()["to"] == to
    for wrong in ({"type": "pigeon"}, {"type": "custom-emails"}, {"type": "user-primary-email", "user_id": "x"}):
        assert known_error(await server.patch(path, {"to": wrong})) == "SCHEMA_ERROR"
    await worker.step()
    assert sink.recipients == [["ben@example.org", "cleo@example.org"]]


@on_sqlite
async def test_mails_of_other_projects_and_for_clients_do_not_exist(
    client: ApiClient, server: ApiClient, installation: Installation, project: TestProject
) -> None:
    add_mail(installation, project.tenancy_id, "ada@example.org")
    mail = await only_mail(server)
    stranger = as_server(client, create_project(installation, name="Other"))
    assert (await stranger.get("/emails/outbox")).json()["items"] == []
    assert (await stranger.get(f"/emails/outbox/{mail['id']}")).status_code == 404
    assert (await stranger.patch(f"/emails/outbox/{mail['id']}", {"cancel": True})).status_code == 404
    assert (await stranger.get(f"/emails/outbox?cursor={mail['id']}")).json()["items"] == []
    refused = await as_client(client, project).get("/emails/outbox")
    assert known_error(refused) == "INSUFFICIENT_ACCESS_TYPE"
    assert known_error(await server.get("/emails/outbox/nothing")) == "SCHEMA_ERROR"


@on_sqlite
async def test_statistics_follow_deliveries_and_bad_ones_shrink_the_capacity(
    server: ApiClient, worker: EmailWorker, installation: Installation, project: TestProject
) -> None:
    empty = (await server.get("/emails/delivery-info")).json()
    assert empty["stats"]["month"] == {"sent": 0, "bounced": 0, "marked_as_spam": 0}
    assert empty["capacity"] == {
        "rate_per_second": 200 / 3600,
        "boost_multiplier": 1,
        "penalty_factor": 1,
        "is_boost_active": False,
        "boost_expires_at": None,
    }
    add_mail(installation, project.tenancy_id, *(f"user{number}@example.org" for number in range(10)))
    await worker.step()
    assert (await server.get("/emails/delivery-info")).json()["stats"]["hour"]["sent"] == 10
    shift(installation, marked_as_spam_at=utc_now())
    info = (await server.get("/emails/delivery-info")).json()
    assert info["stats"]["day"] == {"sent": 10, "bounced": 0, "marked_as_spam": 10}
    assert info["capacity"]["penalty_factor"] == 0.1
    assert info["capacity"]["rate_per_second"] == 50 / 3600


async def test_a_boost_is_given_once_at_a_time(server: ApiClient) -> None:
    first = await server.post("/emails/capacity-boost")
    again = await server.post("/emails/capacity-boost")
    assert known_error(again) == "EMAIL_CAPACITY_BOOST_ALREADY_ACTIVE"
    assert again.json()["details"] == first.json()
    info = (await server.get("/emails/delivery-info")).json()["capacity"]
    assert (info["boost_multiplier"], info["boost_expires_at"]) == (4, first.json()["expires_at"])
    assert info["rate_per_second"] == 4 * 200 / 3600


@on_sqlite
async def test_a_mail_being_sent_cannot_be_edited(
    server: ApiClient, installation: Installation, project: TestProject, worker: EmailWorker
) -> None:
    add_mail(installation, project.tenancy_id, "ada@example.org", scheduled_at=utc_now() + timedelta(days=1))
    await worker.step()
    shift(installation, scheduled_at=utc_now())
    now = utc_now()
    installation.db.call(sending.queue_due, now=now)
    quota = sending.Quota(1, 1, 200)
    installation.db.call(sending.claim, tenancy_id=project.tenancy_id, quota=quota, now=now)
    mail = await only_mail(server)
    refused = await server.patch(f"/emails/outbox/{mail['id']}", {"cancel": True})
    assert (known_error(refused), refused.json()["details"]["status"]) == ("EMAIL_NOT_EDITABLE", "SENDING")
