"""Sending mails and following them: send-email, the outbox, delivery statistics (contract 06, section 3)."""

import re
from typing import Any

import orjson

from hexclave_app.api.email_schemas import MailPath, OutboxQuery, OutboxUpdate, SendEmail
from hexclave_app.api.protocol.calls import Call
from hexclave_app.api.protocol.endpoints import SERVER, Endpoints
from hexclave_app.api.protocol.fields import NoQuery
from hexclave_app.api.protocol.schema_errors import schema_error
from hexclave_app.errors import StatusError
from hexclave_app.services.emails import capacity, outbox, requests, stages, views
from hexclave_app.services.emails.outbox import Changes, Narrowed
from hexclave_app.services.emails.requests import MailRequest
from hexclave_app.services.emails.send_keys import SendKey

routes = Endpoints("emails")

SEND = "/emails/send-email"
OUTBOX = "/emails/outbox"
IDEMPOTENCY_KEY = "idempotency-key"
MAX_PAGE = 100

View = dict[str, object]


def _refuse(message: str) -> None:
    raise schema_error("POST", f"/api/v1{SEND}", [message])


@routes.endpoint("POST", SEND, access=SERVER, body=SendEmail, query=NoQuery)
async def send_email(call: Call) -> View:
    """Queue an e-mail to users: HTML, a template or a draft."""
    body: SendEmail = call.body
    contents = [name for name in ("html", "template_id", "draft_id") if name in body.model_fields_set]
    if len(contents) != 1:
        _refuse("body must contain exactly one of html, template_id or draft_id")
    if "variables" in body.model_fields_set and contents != ["template_id"]:
        _refuse("body.variables can only be given with template_id")
    requests.require_own_server(call.tenancy)
    if (body.user_ids is None) == (body.all_users is None):
        _refuse("body must contain exactly one of user_ids or all_users")
    request = MailRequest(
        html=body.html,
        template_id=body.template_id,
        draft_id=body.draft_id,
        variables=body.variables,
        subject=body.subject,
        category_name=body.notification_category_name,
        theme=body.theme_id,
        names_theme="theme_id" in body.model_fields_set,
        is_high_priority=body.is_high_priority,
        scheduled_at_millis=body.scheduled_at_millis,
        key=_send_key(call),
    )
    sent = await requests.send(
        call.installation, tenancy=call.tenancy, request=request, user_ids=body.user_ids, now=call.now
    )
    return {"results": [{"user_id": str(user_id)} for user_id in sent]}


@routes.endpoint("GET", OUTBOX, access=SERVER, query=OutboxQuery, scans=True)
def list_outbox(call: Call) -> View:
    """List e-mails of the outbox, newest first."""
    query: OutboxQuery = call.query or OutboxQuery()
    _require_known(query.status, stages.STATUSES)
    _require_known(query.simple_status, stages.SIMPLE_STATUSES)
    page = outbox.list_page(
        call.session,
        tenancy_id=call.tenancy.id,
        narrowed=Narrowed(status=query.status, simple_status=query.simple_status),
        limit=_limit(query.limit),
        cursor=query.cursor,
    )
    return {
        "items": [views.view(call.installation, row) for row in page.items],
        "is_paginated": True,
        "pagination": {"next_cursor": str(page.next_cursor) if page.next_cursor else None},
    }


@routes.endpoint("GET", OUTBOX + "/{id}", access=SERVER, params=MailPath, query=NoQuery)
def read_mail(call: Call) -> View:
    """Read one e-mail of the outbox."""
    row = outbox.get(call.session, tenancy_id=call.tenancy.id, mail_id=call.path.id)
    return views.view(call.installation, row)


@routes.endpoint("PATCH", OUTBOX + "/{id}", access=SERVER, params=MailPath, body=OutboxUpdate, query=NoQuery)
def update_mail(call: Call) -> View:
    """Edit, pause, reschedule, cancel or retry an e-mail that is not sent yet."""
    given: dict[str, Any] = call.body.given()
    if "tsx_source" in given:
        given["source"] = given.pop("tsx_source")
    is_cancelled = given.pop("cancel", False)
    row = outbox.update(
        call.session,
        installation=call.installation,
        tenancy=call.tenancy,
        mail_id=call.path.id,
        changes=Changes(given, is_cancelled=is_cancelled),
        now=call.now,
    )
    return views.view(call.installation, row)


@routes.endpoint("GET", "/emails/delivery-info", access=SERVER, query=NoQuery, scans=True)
def read_delivery_info(call: Call) -> View:
    """Delivery statistics and sending capacity."""
    return capacity.describe(call.session, tenancy_id=call.tenancy.id, default_per_hour=_per_hour(call), now=call.now)


@routes.endpoint("POST", "/emails/capacity-boost", access=SERVER, query=NoQuery)
def boost_capacity(call: Call) -> View:
    """Quadruple the sending capacity for four hours."""
    expires_at = capacity.activate_boost(
        call.session, tenancy_id=call.tenancy.id, per_hour=_per_hour(call), now=call.now
    )
    return {"expires_at": expires_at}


def _send_key(call: Call) -> SendKey | None:
    """The header `Idempotency-Key`, beyond the contract."""
    key = call.headers.get(IDEMPOTENCY_KEY)
    if key is None:
        return None
    given = call.body.model_dump(mode="json", exclude_unset=True)
    return SendKey.of(key, orjson.dumps(given, option=orjson.OPT_SORT_KEYS))


def _per_hour(call: Call) -> float:
    return call.installation.settings.email_capacity_per_hour


def _require_known(value: str | None, known: tuple[str, ...]) -> None:
    if value is not None and value not in known:
        raise StatusError(400, f"The status must be one of {', '.join(known)}.")


def _limit(text: str | None) -> int:
    if text is None:
        return MAX_PAGE
    digits = re.match(r"\s*\+?(\d{1,9})", text)
    if digits is None or not 1 <= int(digits[1]) <= MAX_PAGE:
        raise StatusError(400, f"The limit must be a number from 1 to {MAX_PAGE}.")
    return int(digits[1])
