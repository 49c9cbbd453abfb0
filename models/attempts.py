"""Counters of tries: what keeps passwords from being guessed."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from models.base import UtcDateTime


class AttemptCounter(SQLModel, table=True):
    """One account, address or project that somebody tries to sign in with."""

    __tablename__ = "attempt_counter"

    key: str = Field(primary_key=True)
    free_at: datetime = Field(sa_type=UtcDateTime)
    """When all taken tries will have come back (GCRA's theoretical arrival time)."""
    failures: int = 0
    failures_until: datetime = Field(index=True, sa_type=UtcDateTime)
    """Until when the failures count, and an account with too many of them is locked."""
    is_locked: bool = False
