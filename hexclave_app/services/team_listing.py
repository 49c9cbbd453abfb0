"""Lists of teams: whose, search, order, pages (contract 04, section 3, GET /teams)."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, or_, tuple_
from sqlmodel import Session, col, select

from hexclave_app.services.searching import contains, searched_id
from models import Team, TeamMembership

_MAX_LIMIT = 1_000_000_000  # more than any table has, and still an integer of the databases


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamQuery:
    """Which teams, in which order of creation, which page."""

    member_id: uuid.UUID | None = None
    search: str = ""
    descending: bool = False
    cursor: uuid.UUID | None = None
    limit: int | None = None


@dataclass(frozen=True, slots=True)
class TeamPage:
    """One page; `next_cursor` is the id of the first team of the next one."""

    items: Sequence[Team]
    next_cursor: uuid.UUID | None


def list_page(session: Session, *, tenancy_id: uuid.UUID, query: TeamQuery) -> TeamPage:
    """The asked page of this tenancy's teams; without a limit all of them; an unknown cursor gives an empty page."""
    order = (col(Team.created_at), col(Team.id))
    statement = select(Team).where(*_conditions(tenancy_id, query))
    if query.cursor is not None:
        start = session.get(Team, {"tenancy_id": tenancy_id, "id": query.cursor})
        if start is None:
            return TeamPage((), None)
        position, key = tuple_(*order), tuple_(start.created_at, start.id)
        statement = statement.where(position <= key if query.descending else position >= key)
    statement = statement.order_by(*(column.desc() if query.descending else column for column in order))
    limit = min(query.limit, _MAX_LIMIT) if query.limit is not None else None
    if limit is not None:
        statement = statement.limit(limit + 1)
    teams = session.exec(statement).all()
    if limit is None or len(teams) <= limit:
        return TeamPage(teams, None)
    return TeamPage(teams[:limit], teams[limit].id)


def _conditions(tenancy_id: uuid.UUID, query: TeamQuery) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = [col(Team.tenancy_id) == tenancy_id]
    if query.member_id is not None:
        conditions.append(
            select(TeamMembership.team_id)
            .where(
                col(TeamMembership.tenancy_id) == tenancy_id,
                col(TeamMembership.user_id) == query.member_id,
                col(TeamMembership.team_id) == col(Team.id),
            )
            .exists()
        )
    if query.search:
        found: list[ColumnElement[bool]] = [contains(col(Team.display_name), query.search)]
        team_id = searched_id(query.search)
        if team_id is not None:
            found.append(col(Team.id) == team_id)
        conditions.append(or_(*found))
    return conditions
