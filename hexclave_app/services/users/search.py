"""Finding users by a part of their name or address among a million others.

A trigram index knows quickly who matches a rare text, and slowly who matches a common one; walking through the users
in the wanted order is the other way round. So lists first look at the next users in order, which suffices for common
texts, and ask the index when those do not fill the page. Only a text that is rare at one end of the order and common at
the other is slow, as it was without an index.
"""

import uuid
from typing import Final

from sqlalchemy import ColumnElement, Select, bindparam, select, text
from sqlmodel import Session

from hexclave_app.services.searching import MAX_SEARCH_CHARS, contains, pattern, searched_id
from models import Tenancy, User, UserSearch
from models.user_search import NUMBERS_PER_TENANCY

MAX_HITS: Final = 5_000
"""More matches than this are not sorted: whoever walks through the users meets the next one soon enough."""
NEARBY_USERS: Final = 120
_TRIGRAM: Final = 3
_USER = User.__table__  # type: ignore[attr-defined]  # SQLModel makes it at run time
_TENANCY = Tenancy.__table__  # type: ignore[attr-defined]  # SQLModel makes it at run time
_SEARCH = UserSearch.__table__  # type: ignore[attr-defined]  # SQLModel makes it at run time
_SQLITE = text(
    "SELECT s.user_id FROM user_search_fts AS f CROSS JOIN user_search AS s ON s.id = f.rowid "
    "WHERE f.text MATCH :phrase AND f.rowid BETWEEN :first AND :last LIMIT :most"
).columns(_SEARCH.c.user_id)


def _short(part: str) -> Select[tuple[uuid.UUID]]:
    range_of_tenancy = _SEARCH.c.id.between(bindparam("first"), bindparam("last"))
    # SQLite's own LIKE ignores the case of ASCII letters, and is much faster than any function of ours.
    matching = _SEARCH.c.text.like(pattern(part), escape="\\") if part.isascii() else contains(_SEARCH.c.text, part)
    return select(_SEARCH.c.user_id).where(range_of_tenancy, matching).limit(bindparam("most"))


def matches(tenancy_id: uuid.UUID, searched: str) -> ColumnElement[bool]:
    """Whether a user has the text in the display name or an e-mail address, or has it as id."""
    has_text = (
        select(_SEARCH.c.id)
        .where(_SEARCH.c.tenancy_id == tenancy_id, _SEARCH.c.user_id == _USER.c.id, contains(_SEARCH.c.text, searched))
        .exists()
    )
    user_id = searched_id(searched)
    return has_text if user_id is None else has_text | (_USER.c.id == user_id)


def find_ids(session: Session, *, tenancy_id: uuid.UUID, searched: str) -> set[uuid.UUID] | None:
    """The ids of all users that match; None when they are too many."""
    session.flush()
    part = searched.strip()
    if len(part) > MAX_SEARCH_CHARS:
        return set()
    if not part or "\x00" in part:
        return None
    if session.get_bind().dialect.name == "sqlite":
        first = select(_TENANCY.c.seq).where(_TENANCY.c.id == tenancy_id)
        base = session.execute(first).scalar_one() * NUMBERS_PER_TENANCY
        values = {"first": base, "last": base + NUMBERS_PER_TENANCY - 1, "most": MAX_HITS + 1}
        if len(part) < _TRIGRAM:  # too short for the index: one pass over the texts
            found = set(session.execute(_short(part), values).scalars())
        else:
            phrase = '"' + part.replace('"', '""') + '"'
            found = set(session.execute(_SQLITE, {**values, "phrase": phrase}).scalars())
    else:
        # The plan for any text at all, which it would make of a statement it sees often, does not use the trigrams.
        session.execute(text("SET LOCAL plan_cache_mode = force_custom_plan"))
        matching = _SEARCH.c.text.like(pattern(part))
        statement = select(_SEARCH.c.user_id).where(_SEARCH.c.tenancy_id == tenancy_id, matching)
        found = set(session.execute(statement.limit(MAX_HITS + 1)).scalars())
    if len(found) > MAX_HITS:
        return None
    user_id = searched_id(searched)
    return found if user_id is None else found | {user_id}
