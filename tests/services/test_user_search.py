"""Search among users: what is found never depends on which way it is looked for."""

import uuid
from collections.abc import Sequence

import pytest
from sqlmodel import Session, select

from hexclave_app.installation import Installation
from hexclave_app.services import tenancies
from hexclave_app.services.users import creation, listing, search
from hexclave_app.services.users.creation import UserCreateData
from hexclave_app.services.users.listing import Count, UserQuery
from models import ContactChannel, User
from tests.support.projects import TestProject, create_project


@pytest.fixture
def project(installation: Installation) -> TestProject:
    return create_project(installation)


def add(installation: Installation, project: TestProject, *people: tuple[str | None, str | None]) -> list[uuid.UUID]:
    """Users with name and e-mail, in order."""

    def create(session: Session) -> list[uuid.UUID]:
        tenancy = tenancies.load(session, project.id, "main")
        return [
            creation.create(
                session,
                installation=installation,
                tenancy=tenancy,
                data=UserCreateData(display_name=name, primary_email=email),
            ).id
            for name, email in people
        ]

    return installation.db.call(create)


def found(
    installation: Installation, project: TestProject, text: str, *, limit: int | None = 50, descending: bool = False
) -> list[uuid.UUID]:
    """Ids of the matching users on all pages."""

    def read(session: Session) -> list[uuid.UUID]:
        tenancy = tenancies.load(session, project.id, "main")
        ids: list[uuid.UUID] = []
        cursor = None
        while True:
            query = UserQuery(
                search=text, limit=limit, cursor=cursor, descending=descending,
                includes_restricted=True, includes_anonymous=True,
            )  # fmt: skip
            page = listing.list_page(session, tenancy=tenancy, query=query)
            ids += [record.id for record in page.items]
            cursor = page.next_cursor
            if cursor is None:
                return ids

    return installation.db.call(read)


def in_order(installation: Installation, descending: bool) -> list[uuid.UUID]:
    """Ids of all users; those who signed up in the same millisecond come by id."""

    def read(session: Session) -> list[uuid.UUID]:
        users = sorted(session.exec(select(User)), key=lambda user: (user.signed_up_at, user.id), reverse=descending)
        return [user.id for user in users]

    return installation.db.call(read)


def counted(installation: Installation, project: TestProject, text: str) -> Count:
    def read(session: Session) -> Count:
        tenancy = tenancies.load(session, project.id, "main")
        return listing.count(
            session, tenancy=tenancy, query=UserQuery(search=text, includes_restricted=True, includes_anonymous=True)
        )

    return installation.db.call(read)


@pytest.mark.parametrize(
    "text",
    ["Lovelace", "LOVE", "lov", "ada", "ADA@EXAMPLE", "@example.com", "ünal", "ÜNAL", "a", "%", "_", '"', "o'n", "\\"],
)
def test_a_part_of_name_or_address_finds_exactly_those_that_have_it(
    installation: Installation, project: TestProject, text: str
) -> None:
    people = [
        ("Ada Lovelace", "ada@example.com"), ("Grace Ünal", None), (None, "joan_100%@example.com"),
        ('Say "Hi" O\'Neil', None), ("back\\slash", "x@other.example"), (None, None),
    ]  # fmt: skip
    ids = add(installation, project, *people)
    other = create_project(installation)
    add(installation, other, *people)
    expected = [
        user_id
        for user_id, (name, email) in zip(ids, people, strict=True)
        if text.lower() in (name or "").lower() or text.lower() in (email or "").lower()
    ]
    assert found(installation, project, text) == expected
    assert counted(installation, project, text).number == len(expected)


def test_every_change_of_name_and_address_is_seen_at_once(installation: Installation, project: TestProject) -> None:
    [ada] = add(installation, project, ("Ada Byron", "ada@example.com"))
    key = {"tenancy_id": project.tenancy_id, "id": ada}

    def rename(session: Session) -> None:
        session.get_one(User, key).display_name = "Ada Lovelace"

    def add_channel(session: Session) -> None:
        session.add(ContactChannel(tenancy_id=project.tenancy_id, user_id=ada, value="second@other.example"))

    def change_channel(session: Session) -> None:
        for channel in session.exec(select(ContactChannel).where(ContactChannel.value == "ada@example.com")):
            channel.value = "countess@example.com"

    def delete_channel(session: Session) -> None:
        for channel in session.exec(select(ContactChannel).where(ContactChannel.value == "second@other.example")):
            session.delete(channel)

    installation.db.call(rename)
    assert (found(installation, project, "Byron"), found(installation, project, "Lovelace")) == ([], [ada])
    installation.db.call(add_channel)
    assert found(installation, project, "second@") == [ada]
    installation.db.call(change_channel)
    assert (found(installation, project, "ada@example"), found(installation, project, "countess")) == ([], [ada])
    installation.db.call(delete_channel)
    assert found(installation, project, "second@") == []
    installation.db.call(lambda session: session.delete(session.get_one(User, key)))
    assert found(installation, project, "Lovelace") == []


@pytest.mark.parametrize(("nearby", "hits"), [(2, 5_000), (2, 3), (5_000, 3), (0, 0)])
@pytest.mark.parametrize("descending", [False, True])
@pytest.mark.parametrize("limit", [None, 1, 4])
def test_all_ways_find_the_same_users_in_the_same_order(
    installation: Installation,
    project: TestProject,
    monkeypatch: pytest.MonkeyPatch,
    nearby: int,
    hits: int,
    descending: bool,
    limit: int | None,
) -> None:
    people: Sequence[tuple[str, None]] = [
        (f"{'Rare' if number % 5 == 4 else 'User'} {number:02}", None) for number in range(20)
    ]
    names = dict(zip(add(installation, project, *people), (name for name, _ in people), strict=True))
    monkeypatch.setattr(search, "NEARBY_USERS", nearby)
    monkeypatch.setattr(search, "MAX_HITS", hits)
    for text in ("rare", "user", "r 1"):
        expected = [user_id for user_id in in_order(installation, descending) if text in names[user_id].lower()]
        assert found(installation, project, text, limit=limit, descending=descending) == expected


def test_the_id_finds_its_user(installation: Installation, project: TestProject) -> None:
    [ada, _] = add(installation, project, ("Ada", None), ("Grace", None))
    assert found(installation, project, f" {ada} ".upper()) == [ada]


def test_beyond_the_limit_a_count_says_only_more_than(
    installation: Installation, project: TestProject, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(installation, project, *[("Ada", None)] * 5)
    assert counted(installation, project, "Ada") == Count(5)
    monkeypatch.setattr(listing, "MAX_COUNT", 3)
    assert counted(installation, project, "Ada") == Count(3, is_exact=False)
