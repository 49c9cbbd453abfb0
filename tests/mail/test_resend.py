"""Sending through the operator's Resend account, with a stand-in for its API."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from hexclave_app.installation import Installation
from hexclave_app.services.emails.worker import EmailWorker
from models.base import utc_now
from tests.support.clients import ApiClient
from tests.support.http import Asked, StandIn, stand_in
from tests.support.outbox import add_mail, outbox, shift, statuses
from tests.support.projects import as_admin, create_project

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def taken(asked: Asked) -> tuple[int, object]:
    if asked.path == "/domains":
        record = {"record": "SPF", "name": "send.mail", "type": "MX", "value": "feedback.example.com", "priority": 10}
        return 200, {"id": "d_1", "name": asked.body["name"], "status": "not_started", "records": [record]}
    return 200, {"id": "re_1"}


@pytest.fixture(scope="module")
def resend() -> Iterator[StandIn]:
    with stand_in(taken) as running:
        yield running


@pytest.fixture
def environment(resend: StandIn) -> dict[str, str]:
    resend.asked.clear()
    resend.answer = taken
    return {
        "HEXCLAVE_RESEND_API_KEY": "re_key",
        "HEXCLAVE_RESEND_API_BASE": resend.url,
        "HEXCLAVE_RESEND_WEBHOOK_SECRET": "whsec_" + "A" * 32,
        "HEXCLAVE_SMTP_FROM": "noreply@shared.example",
    }


async def test_the_shared_account_sends_and_waits_for_the_report(
    installation: Installation, worker: EmailWorker, resend: StandIn
) -> None:
    add_mail(installation, create_project(installation, name='A "B"').tenancy_id, "ada@example.org")
    await worker.step()
    (asked,) = resend.asked
    assert (asked.path, asked.headers["authorization"]) == ("/emails", "Bearer re_key")
    assert (asked.body["from"], asked.body["to"]) == ("\"A 'B'\" <noreply@shared.example>", ["ada@example.org"])
    (row,) = outbox(installation)
    assert asked.headers["idempotency-key"].startswith(f"hexclave-{row.id}-")
    assert (statuses(installation), row.provider_message_id) == (["sending"], "re_1")


async def test_a_retry_carries_the_same_key_so_that_nothing_is_sent_twice(
    installation: Installation, worker: EmailWorker, resend: StandIn
) -> None:
    resend.answer = lambda _asked: (429, {"name": "rate_limit_exceeded", "message": "slow down", "statusCode": 429})
    add_mail(installation, create_project(installation).tenancy_id, "ada@example.org")
    await worker.step()
    (row,) = outbox(installation)
    assert (statuses(installation), row.send_retries) == (["scheduled"], 1)
    resend.answer = taken
    shift(installation, next_send_retry_at=utc_now())
    await worker.step()
    keys = {asked.headers["idempotency-key"] for asked in resend.asked}
    assert (len(resend.asked), len(keys), statuses(installation)) == (2, 1, ["sending"])


async def test_a_crash_during_the_hand_over_is_repaired_with_the_key(
    installation: Installation, worker: EmailWorker, resend: StandIn
) -> None:
    add_mail(installation, create_project(installation).tenancy_id, "ada@example.org")
    await worker.step()
    long_ago = utc_now() - timedelta(minutes=5)
    shift(installation, finished_sending_at=None, can_have_delivery_info=None, started_sending_at=long_ago)
    await worker.step()
    assert len({asked.headers["idempotency-key"] for asked in resend.asked}) == 1
    assert statuses(installation) == ["sending"]


async def test_what_resend_rejects_is_told_in_its_words(
    installation: Installation, worker: EmailWorker, resend: StandIn
) -> None:
    refusal = {"name": "validation_error", "message": "The domain is not verified.", "statusCode": 403}
    resend.answer = lambda _asked: (403, refusal)
    add_mail(installation, create_project(installation).tenancy_id, "ada@example.org")
    await worker.step()
    (row,) = outbox(installation)
    assert statuses(installation) == ["server-error"]
    assert "The domain is not verified." in row.send_error["external_message"]


async def test_a_domain_is_registered_with_its_records(
    client: ApiClient, installation: Installation, resend: StandIn
) -> None:
    admin = as_admin(client, create_project(installation))
    body = {"subdomain": "mail.example.com", "sender_local_part": "hello"}
    made = (await admin.post("/internal/emails/managed-onboarding/setup", body)).json()
    assert made["name_server_records"][0] == "MX send.mail.example.com 10 feedback.example.com"
    assert (made["domain_id"], made["status"]) == ("d_1", "pending_verification")
    refusal = {"name": "validation_error", "message": "already registered", "statusCode": 403}
    resend.answer = lambda _asked: (403, refusal)
    taken_domain = {"subdomain": "other.example.com", "sender_local_part": "hello"}
    assert (await admin.post("/internal/emails/managed-onboarding/setup", taken_domain)).status_code == 409
