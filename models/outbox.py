"""Side effects waiting for their worker: written in the transaction of the change that causes them."""

import uuid
from datetime import datetime

from sqlalchemy import Index, Uuid
from sqlmodel import Field, SQLModel

from models.base import BigInt, Json, JsonValue, TenantRecord, UtcDateTime, utc_now


class WebhookEvent(TenantRecord, table=True):
    """An event of `webhook-events.csv` with the payload that receivers get."""

    __tablename__ = "webhook_event"
    __table_args__ = (Index(None, "tenancy_id", "created_at"),)

    type: str
    payload: JsonValue = Field(sa_type=Json, nullable=False)


class AnalyticsEvent(SQLModel, table=True):
    """A server-side analytics event on its way to ClickHouse (contract 07, section 1.2).

    Written with every access token and drained in order, so it is an append-only log: a growing number as its key and
    no index beside it. Each further index would cost every refresh another page.
    """

    __tablename__ = "analytics_event"

    id: int | None = Field(default=None, primary_key=True, sa_type=BigInt)
    tenancy_id: uuid.UUID = Field(foreign_key="tenancy.id", ondelete="CASCADE", sa_type=Uuid)
    event_type: str
    event_at: datetime = Field(default_factory=utc_now, sa_type=UtcDateTime)
    user_id: uuid.UUID | None = Field(default=None, sa_type=Uuid)
    user_seq: int | None = Field(default=None, sa_type=BigInt)
    refresh_token_id: uuid.UUID | None = Field(default=None, sa_type=Uuid)
    data: JsonValue = Field(sa_type=Json, nullable=False)
