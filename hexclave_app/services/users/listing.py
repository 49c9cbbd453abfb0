"""Lists of users: filters, search, order, pages (contract 04, section 2, GET /users)."""

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Any

from sqlalchemy import ColumnElement, Uuid, any_, func, literal, select, tuple_
from sqlalchemy.dialects.postgresql import ARRAY
from sqlmodel import Session

from hexclave_app.config.schema import CompleteConfig
from hexclave_app.services.tenancies import TenancySnapshot
from hexclave_app.services.users import filters, search
from hexclave_app.services.users.filters import EVERYBODY, UserFilter
from hexclave_app.services.users.records import UserRecord, from_row, select_records
from models import ContactChannel, TeamMembership, User

MAX_COUNT = 10_000
_MAX_LIMIT = 1_000_000_000  # more than any table has, and still an integer of the databases
_USER = User.__table__  # type: ignore[attr-defined]  # SQLModel makes it at run time
_CHANNEL = ContactChannel.__table__  # type: ignore[attr-defined]  # SQLModel makes it at run time
# An alias: the records join the memberships too, and the filter must not be taken for that join.
_MEMBERSHIP = TeamMembership.__table__.alias("filtered_membership")  # type: ignore[attr-defined]  # SQLModel makes it at run time


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
    narrowed: UserFilter = EVERYBODY
    order: Order = Order.SIGNED_UP_AT
    descending: bool = False
    cursor: uuid.UUID | None = None
    after: UserRecord | None = None
    """Only users behind this one in the order of sign-up, even if it is gone meanwhile."""
    limit: int | None = None


@dataclass(frozen=True, slots=True)
class UserPage:
    """One page; `next_cursor` is the id of the first user of the next one."""

    items: Sequence[UserRecord]
    next_cursor: uuid.UUID | None


@dataclass(frozen=True, slots=True)
class Count:
    """A number of users; beyond MAX_COUNT nobody counts on."""

    number: int
    is_exact: bool = True


def list_page_and_count(session: Session, *, tenancy: TenancySnapshot, query: UserQuery) -> tuple[UserPage, Count]:
    """Page and count of one query; the search index is asked once for both."""
    finding = _Finding(session, tenancy, query)
    page = _list_page(session, tenancy, query, finding)
    return page, _count_all(session, tenancy, query, finding)


def list_page(session: Session, *, tenancy: TenancySnapshot, query: UserQuery) -> UserPage:
    """The asked page of this tenancy's users; an unknown cursor gives an empty page."""
    return _list_page(session, tenancy, query, _Finding(session, tenancy, query))


def count(session: Session, *, tenancy: TenancySnapshot, query: UserQuery) -> Count:
    """How many users the query leaves, on all pages together; counting ends after MAX_COUNT."""
    return _count_all(session, tenancy, query, _Finding(session, tenancy, query))


class _Finding:
    """What the search index says, asked when it is needed first."""

    def __init__(self, session: Session, tenancy: TenancySnapshot, query: UserQuery) -> None:
        self._session, self._tenancy, self._query = session, tenancy, query

    @cached_property
    def ids(self) -> set[uuid.UUID] | None:
        """The ids of all users that match; None when they are too many."""
        return search.find_ids(self._session, tenancy_id=self._tenancy.id, searched=self._query.search)


def _list_page(session: Session, tenancy: TenancySnapshot, query: UserQuery, finding: _Finding) -> UserPage:
    column = _USER.c[query.order.value]
    conditions, onward = _conditions(tenancy, query), []
    if query.cursor is not None:
        start = session.execute(
            select(column).where(_USER.c.tenancy_id == tenancy.id, _USER.c.id == query.cursor)
        ).scalar_one_or_none()
        if start is None:
            return UserPage((), None)
        position, key = tuple_(column, _USER.c.id), tuple_(start, query.cursor)
        onward.append(position <= key if query.descending else position >= key)
    if query.after is not None:
        position, last = tuple_(_USER.c.signed_up_at, _USER.c.id), tuple_(query.after.signed_up_at, query.after.id)
        onward.append(position < last if query.descending else position > last)
    limit = min(query.limit, _MAX_LIMIT) if query.limit is not None else None
    if query.search:
        records = _searched(session, tenancy, query, _Place(conditions, onward, finding), limit)
    else:
        records = _read(session, query, [*conditions, *onward], limit)
    if limit is None or len(records) <= limit:
        return UserPage(records, None)
    return UserPage(records[:limit], records[limit].id)


def _count_all(session: Session, tenancy: TenancySnapshot, query: UserQuery, finding: _Finding) -> Count:
    conditions = _conditions(tenancy, query, joins_primary=False)
    if query.search:
        if finding.ids is None:
            conditions.append(_among(session, _nearby(session, tenancy, query, [])))
            conditions.append(search.matches(tenancy.id, query.search))
            return Count(_count(session, conditions), is_exact=False)
        conditions.append(_among(session, finding.ids))
    number = _count(session, conditions)
    return Count(min(number, MAX_COUNT), is_exact=number <= MAX_COUNT)


def _count(session: Session, conditions: list[ColumnElement[bool]]) -> int:
    some = select(_USER.c.id).where(*conditions).limit(MAX_COUNT + 1).subquery()
    number: int = session.execute(select(func.count()).select_from(some)).scalar_one()
    return number


@dataclass(frozen=True, slots=True)
class _Place:
    """Which users count, from where on, and what the index knows."""

    conditions: list[ColumnElement[bool]]
    onward: list[ColumnElement[bool]]
    finding: _Finding


def _searched(
    session: Session, tenancy: TenancySnapshot, query: UserQuery, place: _Place, limit: int | None
) -> list[UserRecord]:
    """The matching users from the cursor on (see `search` for why there are two ways)."""
    matching = search.matches(tenancy.id, query.search)
    conditions = [*place.conditions, *place.onward]
    if limit is not None:
        nearby = _among(session, _nearby(session, tenancy, query, place.onward))
        records = _read_of_few(session, query, [*place.conditions, nearby, matching], limit)
        if len(records) > limit:
            return records
    if place.finding.ids is None:
        return _read(session, query, [*conditions, matching], limit)
    return _read_of_few(session, query, [*conditions, _among(session, place.finding.ids)], limit)


def _among(session: Session, ids: Collection[uuid.UUID]) -> ColumnElement[bool]:
    """Whether a user is one of these; PostgreSQL gets them as one value, for thousands of single ones cost it much."""
    is_array = session.get_bind().dialect.name == "postgresql"
    given: ColumnElement[bool] = (
        _USER.c.id == any_(literal(list(ids), ARRAY(Uuid))) if is_array else _USER.c.id.in_(ids)
    )
    return given


def _nearby(
    session: Session, tenancy: TenancySnapshot, query: UserQuery, onward: list[ColumnElement[bool]]
) -> Sequence[uuid.UUID]:
    """The ids of the next users in order, whether they match or not."""
    column = _USER.c[query.order.value]
    nearby = select(_USER.c.id).where(_USER.c.tenancy_id == tenancy.id, *onward)
    return session.execute(nearby.order_by(*_order(query, column)).limit(search.NEARBY_USERS)).scalars().all()


def _read(
    session: Session, query: UserQuery, conditions: list[ColumnElement[bool]], limit: int | None
) -> list[UserRecord]:
    """Records in order."""
    statement = select_records().where(*conditions).order_by(*_order(query, _USER.c[query.order.value]))
    if limit is not None:
        statement = statement.limit(limit + 1)
    return [from_row(row) for row in session.execute(statement)]


def _read_of_few(
    session: Session, query: UserQuery, conditions: list[ColumnElement[bool]], limit: int | None
) -> list[UserRecord]:
    """Records in order, where conditions leave few users: these are sorted before anything else of them is read."""
    column = _USER.c[query.order.value]
    few = (
        select_records()
        .with_only_columns(_USER.c.id, maintain_column_froms=True)
        .where(*conditions)
        .order_by(*_order(query, func.coalesce(column, column)))  # not by walking through an index of all users
    )
    if limit is not None:
        few = few.limit(limit + 1)
    ids = session.execute(few).scalars().all()
    return _read(session, query, [conditions[0], _among(session, ids)], limit) if ids else []


def _order(query: UserQuery, column: ColumnElement[Any]) -> tuple[ColumnElement[Any], ColumnElement[Any]]:
    return (column.desc(), _USER.c.id.desc()) if query.descending else (column, _USER.c.id)


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
    conditions.extend(filters.conditions(query.narrowed, tenancy.config))
    if query.only_anonymous:
        conditions.append(_USER.c.is_anonymous.is_(True))
    elif not query.includes_anonymous:
        conditions.append(_USER.c.is_anonymous.is_(False))
        if not query.includes_restricted:
            conditions.extend(_is_unrestricted(tenancy.config, joins_primary=joins_primary))
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
