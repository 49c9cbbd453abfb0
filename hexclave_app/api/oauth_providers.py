"""Linked provider accounts of users (contract 03, section 10.9)."""

from hexclave_app.api.oauth_schemas import (
    LinkedAccountChange,
    LinkedAccountCreate,
    LinkedAccountPath,
    LinkedAccountServerChange,
    LinkedAccountsQuery,
)
from hexclave_app.api.protocol.answers import SUCCESS, Answer
from hexclave_app.api.protocol.calls import Call
from hexclave_app.api.protocol.endpoints import ANYONE, SERVER, Endpoints
from hexclave_app.services.callers import AccessType
from hexclave_app.services.oauth import linked_accounts
from hexclave_app.services.oauth.linked_accounts import LinkedAccountData
from models import LinkedAccount

routes = Endpoints("oauth-providers")

_OWN_ONLY = "Clients can only manage the OAuth provider accounts of their own user."
_PATH = "/oauth-providers/{user_id}/{provider_id}"


@routes.endpoint("GET", "/oauth-providers", access=ANYONE, query=LinkedAccountsQuery)
def list_accounts(call: Call) -> dict[str, object]:
    """List linked provider accounts."""
    call.check_own(call.query.user_id, _OWN_ONLY)
    rows = linked_accounts.list_accounts(call.session, tenancy=call.tenancy, user_id=call.query.user_id)
    return {"items": [_view(call, row) for row in rows], "is_paginated": False}


@routes.endpoint(
    "POST", "/oauth-providers", access=SERVER, body=LinkedAccountCreate, query=LinkedAccountsQuery, status=201
)
def create(call: Call) -> dict[str, object]:
    """Attach a provider account to a user."""
    body: LinkedAccountCreate = call.body
    data = LinkedAccountData(
        user_id=body.user_id,
        provider_config_id=body.provider_config_id,
        account_id=body.account_id,
        email=body.email,
        allow_sign_in=body.allow_sign_in,
        allow_connected_accounts=body.allow_connected_accounts,
    )
    return _view(call, linked_accounts.create(call.session, tenancy=call.tenancy, data=data))


@routes.endpoint("GET", _PATH, access=ANYONE, params=LinkedAccountPath, query=LinkedAccountsQuery)
def read(call: Call) -> dict[str, object]:
    """Read one linked provider account."""
    call.check_own(call.path.user_id, _OWN_ONLY)
    row = linked_accounts.require(
        call.session, tenancy=call.tenancy, user_id=call.path.user_id, account_row_id=call.path.provider_id
    )
    return _view(call, row)


@routes.endpoint(
    "PATCH",
    _PATH,
    access=ANYONE,
    params=LinkedAccountPath,
    query=LinkedAccountsQuery,
    body={AccessType.CLIENT: LinkedAccountChange, AccessType.SERVER: LinkedAccountServerChange},
)
def update(call: Call) -> dict[str, object]:
    """Update flags (client) or also e-mail and account id (server)."""
    call.check_own(call.path.user_id, _OWN_ONLY)
    row = linked_accounts.update(
        call.session,
        tenancy=call.tenancy,
        user_id=call.path.user_id,
        account_row_id=call.path.provider_id,
        changes=call.body.given(),
    )
    return _view(call, row)


@routes.endpoint("DELETE", _PATH, access=ANYONE, params=LinkedAccountPath, query=LinkedAccountsQuery)
def delete(call: Call) -> Answer:
    """Detach a provider account."""
    call.check_own(call.path.user_id, _OWN_ONLY)
    linked_accounts.delete(
        call.session, tenancy=call.tenancy, user_id=call.path.user_id, account_row_id=call.path.provider_id
    )
    return SUCCESS


def _view(call: Call, row: LinkedAccount) -> dict[str, object]:
    view: dict[str, object] = {
        "id": str(row.id),
        "user_id": str(row.user_id),
        "provider_config_id": row.provider_config_id,
        "type": linked_accounts.provider_type(call.tenancy, row.provider_config_id),
        "email": row.email,
        "allow_sign_in": bool(row.allow_sign_in),
        "allow_connected_accounts": row.allow_connected_accounts,
    }
    return view if call.is_client else {**view, "account_id": row.account_id}
