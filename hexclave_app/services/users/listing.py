"""Lists of users: filters, search, order, pages (contract 04, section 2, GET /users)."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import ColumnElement, and_, func, or_, select, tuple_
from sqlmodel import Session

from hexclave_app.config.schema import CompleteConfig
from hexclave_app.services.searching import contains, searched_id
from hexclave_app.services.tenancies import TenancySnapshot
from hexclave_app.services.users.records import UserRecord, from_row, select_records
from models import ContactChannel, TeamMembership, User

_MAX_LIMIT = 1_000_000_000  # more than any table has, and still an integer of the databases
_USER = User.__table__  # type: ignore[attr-defined]
_CHANNEL = ContactChannel.__table__  # type: ignore[attr-defined]
# An alias: the records join the memberships too, and the filter must not be taken for that join.
_MEMBERSHIP = TeamMembership.__table__.alias("filtered_membership")  # type: ignore[attr-defined]


class Order(StrEnum):
    """What lists can be sorted by; ties are broken by id in the same direction."""

    SIGNED_UP_AT = "signed_up_at"
    LAST_ACTIVE_AT = "last_active_at"


@dataclass(frozen=True, slots=True, kw_only=True)
class UserQuery:
    """Which users, in which order, which page."""

    team_id: uuid.UUID | None = None
    search: str = ""
    includes_restricted: bool = False
    includes_anonymous: bool = False
    only_anonymous: bool = False
    order: Order = Order.SIGNED_UP_AT
    descending: bool = False
    cursor: uuid.UUID | None = None
    limit: int | None = None


@dataclass(frozen=True, slots=True)
class UserPage:
    """One page; `next_cursor` is the id of the first user of the next one."""

    items: Sequence[UserRecord]
    next_cursor: uuid.UUID | None


def list_page(session: Session, *, tenancy: TenancySnapshot, query: UserQuery) -> UserPage:
    """The asked page of this tenancy's users; an unknown cursor gives an empty page."""
    statement = select_records().where(*_conditions(tenancy, query))
    column = _USER.c[query.order.value]
    if query.cursor is not None:
        start = session.execute(
            select(column).where(_USER.c.tenancy_id == tenancy.id, _USER.c.id == query.cursor)
        ).scalar_one_or_none()
        if start is None:
            return UserPage((), None)
        position, key = tuple_(column, _USER.c.id), tuple_(start, query.cursor)
        statement = statement.where(position <= key if query.descending else position >= key)
    order = (column.desc(), _USER.c.id.desc()) if query.descending else (column, _USER.c.id)
    statement = statement.order_by(*order)
    limit = min(query.limit, _MAX_LIMIT) if query.limit is not None else None
    if limit is not None:
        statement = statement.limit(limit + 1)
    records = [from_row(row) for row in session.execute(statement)]
    if limit is None or len(records) <= limit:
        return UserPage(records, None)
    return UserPage(records[:limit], records[limit].id)


def count(session: Session, *, tenancy: TenancySnapshot, query: UserQuery) -> int:
    """How many users the query's filters leave, on all pages together."""
    number: int = session.execute(
        select(func.count()).select_from(_USER).where(*_conditions(tenancy, query, joins_primary=False))
    ).scalar_one()
    return number


def _conditions(tenancy: TenancySnapshot, query: UserQuery, *, joins_primary: bool = True) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = [_USER.c.tenancy_id == tenancy.id]
    if query.team_id is not None:
        conditions.append(
            select(_MEMBERSHIP.c.user_id)
            .where(
                _MEMBERSHIP.c.tenancy_id == tenancy.id,
                _MEMBERSHIP.c.team_id == query.team_id,
                _MEMBERSHIP.c.user_id == _USER.c.id,
            )
            .exists()
        )
    if query.only_anonymous:
        conditions.append(_USER.c.is_anonymous.is_(True))
    elif not query.includes_anonymous:
        conditions.append(_USER.c.is_anonymous.is_(False))
        if not query.includes_restricted:
            conditions.extend(_is_unrestricted(tenancy.config, joins_primary=joins_primary))
    if query.search:
        conditions.append(_matches(tenancy.id, query.search))
    return conditions


def _is_unrestricted(config: CompleteConfig, *, joins_primary: bool) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = [_USER.c.restricted_by_admin.is_(False)]
    if config.onboarding.require_email_verification:
        if joins_primary:
            conditions.append(_CHANNEL.c.is_verified.is_(True))
        else:
            conditions.append(
                select(_CHANNEL.c.id)
                .where(
                    _CHANNEL.c.tenancy_id == _USER.c.tenancy_id,
                    _CHANNEL.c.user_id == _USER.c.id,
                    _CHANNEL.c.is_primary.is_(True),
                    _CHANNEL.c.is_verified.is_(True),
                )
                .exists()
            )
    return conditions


def _matches(tenancy_id: uuid.UUID, search: str) -> ColumnElement[bool]:
    """Part of the display name or of any e-mail, or the exact id."""
    channel = _CHANNEL.alias("searched")
    has_channel = (
        select(channel.c.id)
        .where(
            and_(channel.c.tenancy_id == tenancy_id, channel.c.user_id == _USER.c.id),
            contains(channel.c.value, search),
        )
        .exists()
    )
    alternatives = [contains(_USER.c.display_name, search), has_channel]
    user_id = searched_id(search)
    if user_id is not None:
        alternatives.append(_USER.c.id == user_id)
    return or_(*alternatives)
