"""The record of a person on the way to a provider and back (contract 03, section 1.7)."""

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from pydantic import TypeAdapter
from sqlalchemy import delete
from sqlmodel import Session, col, select

from hexclave_app.errors import StatusError
from hexclave_app.installation import Installation
from hexclave_app.security.hashing import token_hash
from hexclave_app.security.random_ids import new_id, random_token
from hexclave_app.services.bot_challenges import NOT_ASSESSED, BotAssessment
from hexclave_app.services.tenancies import TenancySnapshot
from models import OAuthCode, OAuthFlow, Tenancy

LIFETIME: Final = timedelta(minutes=10)
_PURPOSE: Final = "oauth-flow"


class FlowType(StrEnum):
    """What the app wants."""

    AUTHENTICATE = "authenticate"
    LINK = "link"


@dataclass(frozen=True, slots=True)
class FlowRequest:
    """Everything of an authorize call that its callback needs."""

    client_id: str
    client_secret: str
    provider_id: str
    type: FlowType
    redirect_uri: str
    state: str
    code_challenge: str
    verifier: str
    scopes: list[str]
    user_id: uuid.UUID | None
    error_redirect_url: str | None
    after_callback_redirect_url: str | None
    bot_assessment: BotAssessment = NOT_ASSESSED
    is_own_page: bool = False


@dataclass(frozen=True, slots=True)
class Flow:
    """A flow that has been taken: nobody else can."""

    request: FlowRequest
    tenancy: TenancySnapshot
    is_expired: bool


_REQUEST = TypeAdapter(FlowRequest)


def new_state() -> str:
    """The inner state: what binds the provider's answer to a flow."""
    return random_token()


def save(
    session: Session,
    installation: Installation,
    *,
    tenancy_id: uuid.UUID,
    state: str,
    request: FlowRequest,
    needs_cookie: bool,
    now: datetime,
) -> None:
    """Remember a flow for ten minutes."""
    flow_id = new_id()
    session.add(
        OAuthFlow(
            tenancy_id=tenancy_id,
            id=flow_id,
            state_hash=token_hash(state),
            request_sealed=installation.sealer(_PURPOSE).seal(_REQUEST.dump_json(request), context=str(flow_id)),
            needs_cookie=needs_cookie,
            expires_at=now + LIFETIME,
            created_at=now,
        )
    )


def take(session: Session, installation: Installation, *, state: str, has_cookie: bool, now: datetime) -> Flow:
    """The flow of an inner state, once; the browser that began it must bring its cookie where it got one."""
    row = session.exec(select(OAuthFlow).where(col(OAuthFlow.state_hash) == token_hash(state))).first()
    if row is None:
        raise StatusError(400, "The OAuth state is unknown or has been used. Please sign in again.")
    if row.needs_cookie and not has_cookie:
        raise StatusError(400, "This browser did not begin the sign-in. Please sign in again.")
    taken = session.execute(
        delete(OAuthFlow)
        .where(col(OAuthFlow.tenancy_id) == row.tenancy_id, col(OAuthFlow.id) == row.id)
        .returning(col(OAuthFlow.id))
        .execution_options(synchronize_session=False)
    ).first()
    tenancy_row = session.get(Tenancy, row.tenancy_id)
    tenancy = (
        installation.tenancies.find(session, tenancy_row.project_id, tenancy_row.branch_id) if tenancy_row else None
    )
    if taken is None or tenancy is None:
        raise StatusError(400, "The OAuth state is unknown or has been used. Please sign in again.")
    opened = installation.sealer(_PURPOSE).open(row.request_sealed, context=str(row.id))
    return Flow(_REQUEST.validate_json(opened), tenancy, row.expires_at <= now)


def delete_expired(session: Session, *, now: datetime) -> None:
    """Remove flows that nobody finished and codes that nobody exchanged."""
    session.execute(delete(OAuthFlow).where(col(OAuthFlow.expires_at) < now - LIFETIME))
    session.execute(delete(OAuthCode).where(col(OAuthCode.expires_at) < now - LIFETIME))
