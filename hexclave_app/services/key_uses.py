"""When project keys were last used: noted in memory on every request, written once in a while."""

import threading
import uuid
from datetime import datetime

from sqlalchemy import and_, bindparam, or_, update
from sqlmodel import Session, col

from models import ProjectKeySet


class KeyUses:
    """What this process has seen since it last wrote; a killed process loses a minute of it."""

    def __init__(self) -> None:
        self._seen: dict[tuple[str, uuid.UUID], datetime] = {}
        self._lock = threading.Lock()  # requests run in threads where PostgreSQL is the database

    def note(self, project_id: str, key_set_id: uuid.UUID, now: datetime) -> None:
        """Remember that a key of the set was good for a request."""
        with self._lock:
            self._seen[project_id, key_set_id] = now

    def write(self, session: Session, *, now: datetime) -> None:  # noqa: ARG002 - jobs are told the time
        """Store what was seen; later times win, whichever process writes first."""
        with self._lock:
            seen, self._seen = self._seen, {}
        if not seen:
            return
        used_at = col(ProjectKeySet.last_used_at)
        statement = update(ProjectKeySet.__table__).where(  # type: ignore[attr-defined]  # SQLModel makes it at run time
            and_(
                col(ProjectKeySet.project_id) == bindparam("project"),
                col(ProjectKeySet.id) == bindparam("key_set"),
                or_(used_at.is_(None), used_at < bindparam("used_at")),
            )
        )
        values = [
            {"project": project_id, "key_set": key_set_id, "used_at": moment}
            for (project_id, key_set_id), moment in sorted(seen.items())  # in one order everywhere: no deadlocks
        ]
        session.connection().execute(statement.values(last_used_at=bindparam("used_at")), values)
