"""What users are found by: kept by the database's own triggers, so that no code can forget it (migration 0015)."""

import uuid

from sqlalchemy import ForeignKeyConstraint, UniqueConstraint, Uuid
from sqlmodel import Field, SQLModel

from models.base import BigInt

NUMBERS_PER_TENANCY = 2**32


class UserSearch(SQLModel, table=True):
    """The searchable text of one user: display name and e-mail addresses, one a line.

    A trigram index stands beside it: the FTS5 table `user_search_fts` on SQLite, a GIN index on PostgreSQL.
    """

    __tablename__ = "user_search"
    __table_args__ = (
        ForeignKeyConstraint(
            ["tenancy_id", "user_id"], ["project_user.tenancy_id", "project_user.id"], ondelete="CASCADE"
        ),
        UniqueConstraint("tenancy_id", "user_id"),
    )

    id: int = Field(primary_key=True, sa_type=BigInt)
    """`tenancy.seq * 2**32 + user.seq`: the users of a tenancy are one range of the trigram index."""
    tenancy_id: uuid.UUID = Field(sa_type=Uuid)
    user_id: uuid.UUID = Field(sa_type=Uuid)
    text: str
