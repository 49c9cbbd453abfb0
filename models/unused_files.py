"""Public files that nothing refers to any more."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from models.base import UtcDateTime


class UnusedFile(SQLModel, table=True):
    """A picture that its user, team or project gave up or took along when it was deleted.

    Written by the databases' own triggers, in the transaction of the change, also where a deletion cascades.
    """

    __tablename__ = "unused_file"

    url: str = Field(primary_key=True)
    unused_since: datetime = Field(sa_type=UtcDateTime)
