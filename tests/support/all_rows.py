"""Everything that the database holds, to see that nothing has changed, or what is left of something."""

from sqlalchemy import select
from sqlmodel import Session

from hexclave_app.installation import Installation
from models import METADATA

Rows = dict[str, list[tuple[object, ...]]]


def all_rows(installation: Installation) -> Rows:
    """The rows of every table, sorted."""

    def read(session: Session) -> Rows:
        return {
            table.name: sorted((tuple(row) for row in session.execute(select(table))), key=repr)
            for table in METADATA.sorted_tables
        }

    return installation.db.call(read)
