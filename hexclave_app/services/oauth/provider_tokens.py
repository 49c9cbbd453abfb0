"""Tokens that providers gave us for a linked account: sealed, and never more than are useful."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, update
from sqlmodel import Session, col, select

from hexclave_app.gateways.oauth.client import Tokens
from hexclave_app.installation import Installation
from hexclave_app.security.random_ids import new_id
from models import LinkedAccount, ProviderToken, ProviderTokenKind

_PURPOSE = "provider-token"


@dataclass(frozen=True, slots=True)
class StoredToken:
    """A provider's token, opened."""

    id: uuid.UUID
    account_id: uuid.UUID
    tenancy_id: uuid.UUID
    kind: ProviderTokenKind
    text: str
    scopes: list[str]


def store(
    session: Session,
    installation: Installation,
    *,
    account: LinkedAccount,
    tokens: Tokens,
    scopes: list[str],
    now: datetime,
) -> None:
    """Keep the tokens of an exchange; expired ones, and refresh tokens that the new one replaces, go."""
    session.flush()
    over = []
    for row in _rows(session, tenancy_id=account.tenancy_id, account_ids=[account.id]):
        is_over = not row.is_valid or (row.expires_at is not None and row.expires_at <= now)
        is_replaced = (
            row.kind == ProviderTokenKind.REFRESH
            and tokens.refresh_token is not None
            and set(row.scopes) <= set(scopes)
        )
        if is_over or is_replaced:
            over.append(row.id)
    # By a statement: a parallel sign-in of the same person may have deleted the same rows.
    session.execute(
        delete(ProviderToken).where(
            col(ProviderToken.tenancy_id) == account.tenancy_id, col(ProviderToken.id).in_(over)
        )
    )
    expires_at = now + timedelta(seconds=tokens.expires_in_s)
    where = (account.tenancy_id, account.id)
    session.add(_sealed(installation, where, ProviderTokenKind.ACCESS, tokens.access_token, scopes, expires_at))
    if tokens.refresh_token is not None:
        session.add(_sealed(installation, where, ProviderTokenKind.REFRESH, tokens.refresh_token, scopes, None))


def usable(
    session: Session,
    installation: Installation,
    *,
    tenancy_id: uuid.UUID,
    account_ids: list[uuid.UUID],
    scopes: Iterable[str],
    until: datetime,
) -> list[StoredToken]:
    """Valid tokens with all the scopes, the newest first; access tokens that live beyond `until` come first of all."""
    wanted = set(scopes)
    rows = [
        row
        for row in _rows(session, tenancy_id=tenancy_id, account_ids=account_ids)
        if row.is_valid and wanted <= set(row.scopes) and (row.expires_at is None or row.expires_at > until)
    ]
    rows.sort(key=lambda row: row.kind)
    sealer = installation.sealer(_PURPOSE)
    return [
        StoredToken(
            row.id,
            row.linked_account_id,
            row.tenancy_id,
            ProviderTokenKind(row.kind),
            sealer.open(row.token_sealed, context=str(row.id)).decode(),
            list(row.scopes),
        )
        for row in rows
    ]


def invalidate(session: Session, token: StoredToken) -> None:
    """The provider does not accept the token anymore."""
    session.execute(
        update(ProviderToken)
        .where(col(ProviderToken.tenancy_id) == token.tenancy_id, col(ProviderToken.id) == token.id)
        .values(is_valid=False)
    )


def _rows(session: Session, *, tenancy_id: uuid.UUID, account_ids: list[uuid.UUID]) -> list[ProviderToken]:
    wanted = select(ProviderToken).where(
        col(ProviderToken.tenancy_id) == tenancy_id, col(ProviderToken.linked_account_id).in_(account_ids)
    )
    return list(session.exec(wanted.order_by(col(ProviderToken.created_at).desc(), col(ProviderToken.id))).all())


def _sealed(
    installation: Installation,
    where: tuple[uuid.UUID, uuid.UUID],
    kind: ProviderTokenKind,
    token: str,
    scopes: list[str],
    expires_at: datetime | None,
) -> ProviderToken:
    token_id = new_id()
    return ProviderToken(
        tenancy_id=where[0],
        id=token_id,
        linked_account_id=where[1],
        kind=kind,
        token_sealed=installation.sealer(_PURPOSE).seal(token.encode(), context=str(token_id)),
        scopes=scopes,
        expires_at=expires_at,
    )
