"""Connected accounts: which ones a user has, and their providers' access tokens (contract 03, section 10.8)."""

import uuid

from hexclave_app.api.auth_passwords import sign_in_context
from hexclave_app.api.oauth_schemas import (
    AccessTokenRequest,
    ConnectedAccountPath,
    ConnectedProviderPath,
    ProviderPath,
    UserPath,
)
from hexclave_app.api.protocol.answers import Answer
from hexclave_app.api.protocol.calls import Call
from hexclave_app.api.protocol.endpoints import ANYONE, Endpoints
from hexclave_app.services.oauth import connected_accounts

routes = Endpoints("connected-accounts")

_OWN_ONLY = "Clients can only use the connected accounts of their own user."


@routes.endpoint("GET", "/connected-accounts/{user_id}", access=ANYONE, params=UserPath)
def list_accounts(call: Call) -> dict[str, object]:
    """List the connected accounts of a user."""
    call.check_own(call.path.user_id, _OWN_ONLY)
    found = connected_accounts.list_for_user(call.session, tenancy_id=call.tenancy.id, user_id=call.path.user_id)
    items = [
        {
            "user_id": str(account.user_id),
            "provider": account.provider_config_id,
            "provider_account_id": account.account_id,
        }
        for account in found
    ]
    return {"items": items, "is_paginated": False}


@routes.endpoint(
    "POST",
    "/connected-accounts/{user_id}/{provider_id}/access-token",
    access=ANYONE,
    params=ConnectedProviderPath,
    body=AccessTokenRequest,
)
async def access_token_of_provider(call: Call) -> Answer:
    """Provider access token from any account of that provider (legacy)."""
    return await _access_token(call, call.path.user_id, None)


@routes.endpoint(
    "POST",
    "/connected-accounts/{user_id}/{provider_id}/{provider_account_id}/access-token",
    access=ANYONE,
    params=ConnectedAccountPath,
    body=AccessTokenRequest,
)
async def access_token_of_account(call: Call) -> Answer:
    """Provider access token of one connected account."""
    return await _access_token(call, call.path.user_id, call.path.provider_account_id)


@routes.endpoint(
    "POST",
    "/auth/oauth/connected-accounts/{provider_id}/access-token",
    access=ANYONE,
    params=ProviderPath,
    body=AccessTokenRequest,
)
async def own_access_token(call: Call) -> Answer:
    """Deprecated alias of the per-provider access-token endpoint for user me."""
    return await _access_token(call, call.own_user().id, None)


async def _access_token(call: Call, user_id: uuid.UUID, account_id: str | None) -> Answer:
    call.check_own(user_id, _OWN_ONLY)
    body: AccessTokenRequest = call.body
    token = await connected_accounts.access_token(
        sign_in_context(call),
        user_id=user_id,
        provider_id=call.path.provider_id,
        account_id=account_id,
        scopes=(body.scope or "").split(),
    )
    return Answer({"access_token": token}, 201)
