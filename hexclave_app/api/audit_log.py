"""The audit log of a project; beyond the contract."""

from typing import Annotated

from hexclave_app.api.protocol.calls import Call
from hexclave_app.api.protocol.endpoints import ADMIN, Endpoints
from hexclave_app.api.protocol.fields import Rule, Schema, Text, number
from hexclave_app.services.audit import listing
from hexclave_app.services.audit.listing import AuditQuery

MAX_PAGE = 200
_MAX_SEQ = 2**53

routes = Endpoints("audit log")


class AuditLogQuery(Schema):
    """Filters and page; `cursor` is the `next_cursor` of the page before."""

    limit: Annotated[int, Rule(number(minimum=1, maximum=MAX_PAGE, integer=True))] = 50
    cursor: Annotated[int | None, Rule(number(minimum=1, maximum=_MAX_SEQ, integer=True))] = None
    action: Text = ""
    actor_id: Text = ""
    target_id: Text = ""
    user_id: Text = ""


@routes.endpoint("GET", "/internal/audit-log", access=ADMIN, query=AuditLogQuery, scans=True)
def list_entries(call: Call) -> dict[str, object]:
    """List the project's administrative and security-relevant changes, newest first."""
    query: AuditLogQuery = call.query
    page = listing.list_page(
        call.session,
        tenancy_id=call.tenancy.id,
        query=AuditQuery(
            limit=int(query.limit),
            before_seq=int(query.cursor) if query.cursor is not None else None,
            action=query.action,
            actor_id=query.actor_id,
            target_id=query.target_id,
            user_id=query.user_id,
        ),
    )
    return {
        "items": [listing.entry_view(entry) for entry in page.items],
        "is_paginated": True,
        "pagination": {"next_cursor": str(page.next_cursor) if page.next_cursor is not None else None},
    }
