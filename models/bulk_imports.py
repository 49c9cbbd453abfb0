"""How far the import of a file has come, so that a broken-off one goes on where it stopped."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from models.base import UtcDateTime


class BulkImport(SQLModel, table=True):
    """One file in one project; each batch of users commits together with its progress."""

    __tablename__ = "bulk_import"

    project_id: str = Field(primary_key=True, foreign_key="project.id", ondelete="CASCADE")
    file_hash: str = Field(primary_key=True)
    """SHA-256 of the file's content."""
    lines_done: int = 0
    created: int = 0
    skipped: int = 0
    rejected: int = 0
    started_at: datetime = Field(sa_type=UtcDateTime)
    finished_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
