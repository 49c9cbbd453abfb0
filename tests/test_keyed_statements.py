"""Hot statements mean the same on both databases as they do through SQLAlchemy."""

import uuid
from datetime import UTC, datetime

import pytest
from sqlalchemy import Connection, bindparam, insert, select, update
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session

from hexclave_app.installation import Installation
from hexclave_app.keyed_statements import KeyedStatement
from hexclave_app.services.users.creation import UserCreateData, create
from models import User, UserSession
from tests.support.projects import internal

USER = User.__table__  # type: ignore[attr-defined]  # SQLModel makes it at run time
SESSION = UserSession.__table__  # type: ignore[attr-defined]  # SQLModel makes it at run time
BY_ID = select(USER).where(USER.c.tenancy_id == bindparam("tenancy"), USER.c.id == bindparam("user"))
METADATA = {"list": [1, None, "ü"], "deep": {"x": True}}


@pytest.fixture
def user(installation: Installation) -> tuple[uuid.UUID, uuid.UUID]:
    def add(session: Session) -> tuple[uuid.UUID, uuid.UUID]:
        data = UserCreateData(display_name="Ada", client_metadata=METADATA, totp_secret=b"\x00\xff")
        tenancy = internal(session)
        return tenancy.id, create(session, installation=installation, tenancy=tenancy, data=data).id

    return installation.db.call(add)


def test_a_row_has_the_same_values_as_through_sqlalchemy(
    installation: Installation, user: tuple[uuid.UUID, uuid.UUID]
) -> None:
    def read(session: Session) -> tuple[object, object]:
        values = {"tenancy": user[0], "user": user[1]}
        usual = session.connection().execute(BY_ID, values).one()
        return KeyedStatement(BY_ID).one_or_none(session, values), tuple(usual)

    keyed, usual = installation.db.call(read)
    assert keyed == usual


def test_changes_are_counted_and_belong_to_the_transaction(
    installation: Installation, user: tuple[uuid.UUID, uuid.UUID]
) -> None:
    moment = datetime(2026, 1, 2, 3, 4, 5, 678_000, tzinfo=UTC)
    touch = KeyedStatement(update(USER).where(USER.c.id == bindparam("user")).values(last_active_at=bindparam("now")))

    def change(session: Session) -> None:
        assert touch.change(session, {"user": user[1], "now": moment}) == 1
        assert touch.change(session, {"user": uuid.uuid4(), "now": moment}) == 0
        raise KeyError("undo")

    with pytest.raises(KeyError):
        installation.db.call(change)

    def read(session: Session) -> datetime:
        found = session.get_one(User, user)
        return found.last_active_at

    assert installation.db.call(read) != moment


def test_a_violated_key_is_the_same_error_as_through_sqlalchemy(
    installation: Installation, user: tuple[uuid.UUID, uuid.UUID]
) -> None:
    add = KeyedStatement(insert(SESSION).inline())

    def violate(session: Session) -> None:
        moment = datetime.now(UTC)
        row = {
            "tenancy_id": user[0], "id": uuid.uuid4(), "user_id": uuid.uuid4(), "refresh_token_hash": "x",
            "is_impersonation": False, "created_at": moment, "last_active_at": moment,
            "expires_at": None, "last_active_ip_info": None,
        }  # fmt: skip
        add.change(session, row)

    with pytest.raises(DBAPIError):
        installation.db.call(violate)


async def test_a_single_read_needs_no_transaction(
    installation: Installation, user: tuple[uuid.UUID, uuid.UUID]
) -> None:
    statement = KeyedStatement(BY_ID)

    def read(connection: Connection) -> object:
        found = statement.one_or_none(connection, {"tenancy": user[0], "user": user[1]})
        assert not connection.in_transaction() or connection.get_execution_options()["isolation_level"] == "AUTOCOMMIT"
        return found

    assert await installation.db.at_once(read) is not None


def test_more_than_one_row_is_an_error(installation: Installation, user: tuple[uuid.UUID, uuid.UUID]) -> None:
    def read(session: Session) -> None:
        create(session, installation=installation, tenancy=internal(session), data=UserCreateData())
        KeyedStatement(select(USER.c.id).where(USER.c.tenancy_id == bindparam("tenancy"))).one_or_none(
            session, {"tenancy": user[0]}
        )

    with pytest.raises(Exception, match=r"(?i)more than one|multiple rows"):
        installation.db.call(read)
