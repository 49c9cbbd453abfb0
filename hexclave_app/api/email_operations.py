"""For administrators and schedulers: test mails, inbox, logs, steps of the queue, managed domains (contract 06)."""

import asyncio
import hmac
import time
from typing import Annotated

import structlog

from hexclave_app.api.protocol.answers import Answer
from hexclave_app.api.protocol.calls import Call
from hexclave_app.api.protocol.endpoints import ADMIN, PUBLIC, Endpoints
from hexclave_app.api.protocol.fields import Email, NoQuery, QueryFlag, Rule, Schema, Text, number, text
from hexclave_app.errors import StatusError
from hexclave_app.gateways.mail.messages import Sender
from hexclave_app.services.emails import managed_domains, operations
from hexclave_app.services.emails.operations import TestServer
from hexclave_app.services.emails.worker import EmailWorker

routes = Endpoints("e-mail operations")
log = structlog.get_logger()

DOMAINS = "/internal/emails/managed-onboarding"
STEPS_FOR_S = 120.0
STEP_PAUSE_S = 1.0

View = dict[str, object]


class TestConfig(Schema):
    """Settings of a mail server to try."""

    host: Text
    port: Annotated[int, Rule(number(minimum=0, maximum=65_535, integer=True))]
    username: Text
    password: Annotated[str, Rule(text(max_length=70))]
    sender_name: Text
    sender_email: Email


class TestEmail(Schema):
    """Where a test mail goes, and how."""

    recipient_email: Email
    email_config: TestConfig


class StepQuery(Schema):
    """How long to work."""

    only_one_step: QueryFlag = "false"


class DigestQuery(Schema):
    """Whether to tell only."""

    dry_run: QueryFlag = "false"


class DomainSetup(Schema):
    """A domain to send from."""

    subdomain: Text
    sender_local_part: Text


class DomainCheck(DomainSetup):
    """A domain as it was set up."""

    domain_id: Text


class DomainApply(Schema):
    """A domain to use."""

    domain_id: Text


class DomainDelete(Schema):
    """A domain to forget."""

    resend_domain_id: Text


@routes.endpoint("POST", "/internal/send-test-email", access=ADMIN, body=TestEmail, query=NoQuery)
async def send_test_email(call: Call) -> View:
    """Send a test e-mail with the submitted settings; nothing is saved."""
    config: TestConfig = call.body.email_config
    server = TestServer(
        host=config.host,
        port=config.port,
        username=config.username,
        password=config.password,
        sender=Sender(config.sender_name, config.sender_email),
    )
    problem = await operations.send_test(
        call.installation, recipient=call.body.recipient_email, server=server, now=call.now
    )
    return {"success": True} if problem is None else {"success": False, "error_message": problem}


@routes.endpoint("GET", "/internal/email-inbox", access=ADMIN, query=NoQuery, scans=True)
def read_inbox(call: Call) -> View:
    """List the e-mails that stayed in the built-in inbox of a developer's machine, newest first."""
    items = operations.inbox(call.session, installation=call.installation, tenancy_id=call.tenancy.id)
    return {"items": items, "is_paginated": False}


@routes.endpoint("GET", "/internal/emails", access=ADMIN, query=NoQuery, scans=True)
def list_log(call: Call) -> View:
    """List the last 100 e-mails in the old shape."""
    items = operations.log(call.session, installation=call.installation, tenancy_id=call.tenancy.id)
    return {"items": items, "is_paginated": False}


@routes.endpoint("GET", "/internal/email-queue-step", access=PUBLIC, query=StepQuery)
async def run_queue(call: Call) -> View:
    """Run steps of the e-mail queue, for schedulers with the cron secret."""
    _require_scheduler(call)
    worker = EmailWorker(call.installation)
    until = time.monotonic() + (0 if call.query.only_one_step == "true" else STEPS_FOR_S)
    while True:
        await worker.step()
        await asyncio.sleep(STEP_PAUSE_S)
        if time.monotonic() >= until:
            return {"ok": True}


@routes.endpoint("POST", "/internal/failed-emails-digest", access=PUBLIC, query=DigestQuery)
async def digest_failures(call: Call) -> Answer:
    """Tell which e-mails failed in the last 24 hours, by project, for schedulers with the cron secret."""
    _require_scheduler(call)
    found = await call.installation.db.scan(operations.failed_digest, installation=call.installation, now=call.now)
    if found and call.query.dry_run == "false":
        message = "Digests are not sent by e-mail; use dry_run=true to read them."
        return Answer({"success": False, "error_message": message, "failed_emails_by_tenancy": found}, 500)
    return Answer({"success": True, "failed_emails_by_tenancy": found})


@routes.endpoint("POST", DOMAINS + "/setup", access=ADMIN, body=DomainSetup, query=NoQuery)
async def set_up_domain(call: Call) -> View:
    """Start sending from a domain of one's own: returns the DNS records to enter."""
    request = managed_domains.checked(call.body.subdomain, call.body.sender_local_part)
    return await managed_domains.set_up(call.installation, tenancy=call.tenancy, request=request, now=call.now)


@routes.endpoint("POST", DOMAINS + "/check", access=ADMIN, body=DomainCheck, query=NoQuery)
async def check_domain(call: Call) -> View:
    """Read how far a managed domain has come."""
    request = managed_domains.checked(call.body.subdomain, call.body.sender_local_part)
    where = {"tenancy_id": call.tenancy.id, "domain_id": call.body.domain_id, "request": request}
    await call.installation.db.read(managed_domains.check, **where)
    await managed_domains.refresh(call.installation, tenancy=call.tenancy, domain_id=call.body.domain_id, now=call.now)
    return await call.installation.db.read(managed_domains.check, **where)


@routes.endpoint("GET", DOMAINS + "/list", access=ADMIN, query=NoQuery)
def list_domains(call: Call) -> View:
    """List managed domains."""
    return {"items": managed_domains.list_all(call.session, tenancy_id=call.tenancy.id)}


@routes.endpoint("POST", DOMAINS + "/records", access=ADMIN, body=DomainApply, query=NoQuery)
async def inspect_domain(call: Call) -> View:
    """Look up what the DNS says about each record of a managed domain (SPF, DKIM, DMARC, MX)."""
    found = await managed_domains.inspect(call.installation, tenancy=call.tenancy, domain_id=call.body.domain_id)
    return {
        "records": [
            {
                "type": check.record.type,
                "name": check.record.name,
                "value": check.record.value,
                "priority": check.record.priority,
                "found": list(check.found),
                "is_right": check.is_right,
                "problem": check.problem,
            }
            for check in found
        ]
    }


@routes.endpoint("POST", DOMAINS + "/apply", access=ADMIN, body=DomainApply, query=NoQuery)
async def apply_domain(call: Call) -> View:
    """Send the project's e-mails from a verified managed domain."""
    await managed_domains.apply(call.installation, tenancy=call.tenancy, domain_id=call.body.domain_id, now=call.now)
    return {"status": "applied"}


@routes.endpoint("POST", DOMAINS + "/delete", access=ADMIN, body=DomainDelete, query=NoQuery)
async def delete_domain(call: Call) -> View:
    """Forget a managed domain that is not in use."""
    await managed_domains.delete(call.installation, tenancy=call.tenancy, domain_id=call.body.resend_domain_id)
    return {"status": "deleted"}


def _require_scheduler(call: Call) -> None:
    secret = call.installation.settings.cron_secret
    given = call.headers.get("authorization", "")
    if not secret or not hmac.compare_digest(given.encode(), f"Bearer {secret}".encode()):
        raise StatusError(401, "The cron secret is missing or wrong.")
