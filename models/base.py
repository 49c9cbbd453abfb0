"""What every table shares: naming of constraints, column types, identity and time columns."""

import uuid
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from typing import Any

from sqlalchemy import JSON, BigInteger, DateTime, Dialect, Index, Integer, MetaData, Uuid, text
from sqlalchemy.types import TypeDecorator
from sqlmodel import Field, SQLModel

METADATA: MetaData = SQLModel.metadata
METADATA.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}

JsonValue = Any
"""Any JSON value: metadata may be objects, lists, scalars or null (contract 04, section 1.1)."""


class UtcDateTime(TypeDecorator[datetime]):
    """An aware UTC instant; SQLite, which has no time zones, stores it without one."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse naive values: they would mean different instants on different machines."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a datetime without time zone cannot be stored")
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give every stored instant its time zone back."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if dialect.name == "sqlite" else value.astimezone(UTC)


Json = JSON(none_as_null=True)
"""JSON text; Python None is SQL NULL."""

BigInt = BigInteger().with_variant(Integer, "sqlite")
"""64-bit integer (SQLite's INTEGER is one already)."""


clock: Callable[[], datetime] = partial(datetime.now, UTC)
"""Where `utc_now` reads the time."""


def utc_now() -> datetime:
    """The current instant, to the millisecond: what the wire carries is exactly what is stored."""
    now = clock()
    return now.replace(microsecond=now.microsecond // 1000 * 1000)


def millis(moment: datetime) -> int:
    """Epoch milliseconds of an instant, the wire's form."""
    return round(moment.timestamp() * 1000)


def from_millis(value: float) -> datetime:
    """The instant of an epoch-milliseconds number."""
    return datetime.fromtimestamp(value / 1000, tz=UTC)


def picture_index(table: str) -> Index:
    """Finds the rows of a table that have a picture, by its address."""
    has_picture = text("profile_image_url IS NOT NULL")
    name = f"ix_{table}_profile_image_url"
    return Index(name, "profile_image_url", sqlite_where=has_picture, postgresql_where=has_picture)


class TenantRecord(SQLModel):
    """A row of one tenancy: the tenancy is first in the primary key, so no query can forget it cheaply."""

    tenancy_id: uuid.UUID = Field(primary_key=True, foreign_key="tenancy.id", ondelete="CASCADE", sa_type=Uuid)
    id: uuid.UUID = Field(default_factory=uuid.uuid4, primary_key=True, sa_type=Uuid)
    created_at: datetime = Field(default_factory=utc_now, sa_type=UtcDateTime)
