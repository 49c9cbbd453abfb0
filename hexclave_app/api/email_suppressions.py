"""The addresses that a project sends no mails to; beyond the contract."""

from hexclave_app.api.email_schemas import NewSuppression, SuppressionPath, SuppressionQuery
from hexclave_app.api.protocol.calls import Call
from hexclave_app.api.protocol.endpoints import SERVER, Endpoints
from hexclave_app.api.protocol.fields import NoQuery
from hexclave_app.services.emails import suppressions

routes = Endpoints("e-mail suppressions")

SUPPRESSIONS = "/emails/suppressions"

View = dict[str, object]


@routes.endpoint("GET", SUPPRESSIONS, access=SERVER, query=SuppressionQuery, scans=True)
def list_suppressions(call: Call) -> View:
    """List the addresses that get security e-mails only, newest first."""
    query: SuppressionQuery = call.query
    page = suppressions.list_page(
        call.session, tenancy_id=call.tenancy.id, limit=int(query.limit), cursor=query.cursor, search=query.query
    )
    return {
        "items": [suppressions.view(row) for row in page.items],
        "is_paginated": True,
        "pagination": {"next_cursor": page.next_cursor or None},
    }


@routes.endpoint("POST", SUPPRESSIONS, access=SERVER, body=NewSuppression, query=NoQuery)
def add_suppression(call: Call) -> View:
    """Send nothing but security e-mails to an address from now on."""
    row = suppressions.add(call.session, tenancy_id=call.tenancy.id, address=call.body.email, now=call.now)
    return suppressions.view(row)


@routes.endpoint("DELETE", SUPPRESSIONS + "/{email}", access=SERVER, params=SuppressionPath, query=NoQuery)
def remove_suppression(call: Call) -> View:
    """Send to an address again."""
    suppressions.remove(call.session, tenancy_id=call.tenancy.id, address=call.path.email)
    return {"success": True}
