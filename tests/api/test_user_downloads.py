"""Files of users that administrators fetch: whole, whatever their size, and for nobody else."""

import csv
import io
import json
import uuid
from datetime import timedelta

import pytest
from sqlalchemy import delete
from sqlmodel import Session, col

from hexclave_app.installation import Installation
from hexclave_app.services import sessions, tenancies
from hexclave_app.services.browser_sessions import cookie_name
from hexclave_app.services.sessions import SignInContext
from hexclave_app.services.users import creation, downloads, listing, table_files
from hexclave_app.services.users.creation import UserCreateData
from hexclave_app.services.users.listing import Order, UserQuery
from hexclave_app.services.users.table_files import TableFile
from models import Project, TeamMembership, User
from models.base import utc_now
from tests.support.clients import ApiClient
from tests.support.projects import DashboardUser, TestProject, create_project, dashboard_user, internal, join

NAMES = [f"user-{number:02}" for number in range(7)]
ALL = UserQuery(includes_restricted=True, includes_anonymous=True)


@pytest.fixture(autouse=True)
def _small_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two users at a time."""
    monkeypatch.setattr(table_files, "_BATCH_USERS", 2)


@pytest.fixture
def ada(installation: Installation) -> DashboardUser:
    return dashboard_user(installation)


@pytest.fixture
def project(installation: Installation, ada: DashboardUser) -> TestProject:
    created = create_project(installation, owner_team_id=ada.team_id)

    def fill(session: Session) -> None:
        tenancy = tenancies.load(session, created.id, "main")
        for name in NAMES:
            data = UserCreateData(display_name=name, primary_email=f"{name}@example.com")
            creation.create(session, installation=installation, tenancy=tenancy, data=data)

    installation.db.call(fill)
    return created


def ticket_of(
    installation: Installation, project_id: str, user: DashboardUser, *, query: UserQuery = ALL, is_json: bool = False
) -> str:
    def issue(session: Session) -> str:
        return downloads.issue(
            session,
            installation=installation,
            tenancy=tenancies.load(session, project_id, "main"),
            requested_by=user.id,
            asked=TableFile(query=query, fields=["display_name", "primary_email"], is_json=is_json),
            now=utc_now(),
        )

    return installation.db.call(issue)


def cookie_of(installation: Installation, user: DashboardUser) -> str:
    def sign_in(session: Session) -> str:
        context = SignInContext(installation, internal(session), None, utc_now())
        return sessions.create(session, context, user_id=user.id).refresh_token

    return f"{cookie_name('internal', is_secure=False)}={installation.db.call(sign_in)}"


async def fetched(client: ApiClient, ticket: str, cookie: str = "") -> tuple[int, str]:
    answer = await client.get(f"/downloads/users/{ticket}", headers={"host": "localhost:8000", "cookie": cookie})
    return answer.status_code, answer.text


def names_in(text: str) -> list[str]:
    return [row[0] for row in csv.reader(io.StringIO(text))][1:]


@pytest.mark.parametrize("descending", [False, True])
async def test_a_file_has_everybody_in_order_of_sign_up(
    client: ApiClient, installation: Installation, ada: DashboardUser, project: TestProject, descending: bool
) -> None:
    query = UserQuery(includes_restricted=True, order=Order.LAST_ACTIVE_AT, descending=descending)
    ticket, cookie = ticket_of(installation, project.id, ada, query=query), cookie_of(installation, ada)
    answer = await client.get(f"/downloads/users/{ticket}", headers={"host": "localhost:8000", "cookie": cookie})
    assert (answer.status_code, answer.headers["content-type"]) == (200, "text/csv; charset=utf-8")
    assert answer.headers["cache-control"] == "no-store, max-age=0"
    day = utc_now().date().isoformat()
    assert answer.headers["content-disposition"] == f'attachment; filename="{project.id}-users-export-{day}.csv"'
    rows = list(csv.reader(io.StringIO(answer.text)))
    wanted = [[name, f"{name}@example.com"] for name in sorted(NAMES, reverse=descending)]
    assert rows == [["display_name", "primary_email"], *wanted]
    assert (await fetched(client, ticket, cookie))[0] == 200, "a browser may try again"


@pytest.mark.parametrize(("searched", "names"), [("", NAMES), ("user-03", ["user-03"]), ("nobody", [])])
async def test_json_is_whole_whatever_is_found(
    client: ApiClient,
    installation: Installation,
    ada: DashboardUser,
    project: TestProject,
    searched: str,
    names: list[str],
) -> None:
    ticket = ticket_of(installation, project.id, ada, query=UserQuery(search=searched), is_json=True)
    status, text = await fetched(client, ticket, cookie_of(installation, ada))
    assert status == 200
    assert json.loads(text) == [{"display_name": name, "primary_email": f"{name}@example.com"} for name in names]


async def test_who_goes_or_is_active_meanwhile_costs_nobody_else_their_line(
    client: ApiClient,
    installation: Installation,
    ada: DashboardUser,
    project: TestProject,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    pages = []
    read = listing.list_page

    def read_and_change(session: Session, **asked: object) -> listing.UserPage:
        page = read(session, **asked)  # type: ignore[arg-type]  # handed on as it came
        pages.append([user.display_name for user in page.items])
        if len(pages) == 2:
            gone = [user.id for user in page.items]
            session.execute(delete(User).where(col(User.tenancy_id) == project.tenancy_id, col(User.id).in_(gone)))
            session.commit()
        return page

    monkeypatch.setattr(listing, "list_page", read_and_change)
    ticket = ticket_of(installation, project.id, ada)
    _, text = await fetched(client, ticket, cookie_of(installation, ada))
    assert names_in(text) == NAMES
    assert pages == [NAMES[0:2], NAMES[2:4], NAMES[4:6], NAMES[6:7], []]


async def test_only_who_asked_gets_the_file_and_only_while_it_is_their_project(
    client: ApiClient, installation: Installation, ada: DashboardUser, project: TestProject
) -> None:
    cleo = dashboard_user(installation, "Cleo")
    join(installation, cleo, ada.team_id, as_admin=True)
    ticket, cookie = ticket_of(installation, project.id, ada), cookie_of(installation, ada)
    for wrong_ticket, wrong_cookie in (
        (ticket, ""),
        (ticket, cookie_of(installation, cleo)),  # manages the project, but has not asked
        (ticket[:-4] + "AAAA", cookie),
        ("x", cookie),
        ("é", cookie),
        (ticket_of(installation, "internal", ada), cookie),
    ):
        status, text = await fetched(client, wrong_ticket, wrong_cookie)
        assert (status, "user-" in text) == (404, False), wrong_ticket
    assert (await fetched(client, ticket, cookie))[0] == 200

    def leave(session: Session) -> None:
        mine = (col(TeamMembership.team_id) == ada.team_id, col(TeamMembership.user_id) == ada.id)
        session.execute(delete(TeamMembership).where(*mine))

    installation.db.call(leave)
    assert (await fetched(client, ticket, cookie))[0] == 404


async def test_a_ticket_ends_soon_with_the_session_and_with_the_project(
    client: ApiClient,
    installation: Installation,
    ada: DashboardUser,
    project: TestProject,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    cookie = cookie_of(installation, ada)
    with monkeypatch.context() as early:
        early.setattr(downloads, "_LIFETIME", timedelta(seconds=-1))
        old = ticket_of(installation, project.id, ada)
    assert (await fetched(client, old, cookie))[0] == 404
    ticket = ticket_of(installation, project.id, ada)
    answer = await client.request(
        "POST",
        "/auth/session/sign-out",
        headers={"host": "localhost:8000", "sec-fetch-site": "same-origin", "cookie": cookie},
    )
    assert answer.status_code == 200
    assert (await fetched(client, ticket, cookie))[0] == 404
    cookie = cookie_of(installation, ada)
    assert (await fetched(client, ticket, cookie))[0] == 200
    installation.db.call(lambda session: session.execute(delete(Project).where(col(Project.id) == project.id)))
    assert (await fetched(client, ticket, cookie))[0] == 404


async def test_users_of_other_projects_are_in_no_file(
    client: ApiClient, installation: Installation, ada: DashboardUser, project: TestProject
) -> None:
    other = create_project(installation, owner_team_id=ada.team_id)

    def spy(session: Session) -> uuid.UUID:
        tenancy = tenancies.load(session, other.id, "main")
        data = UserCreateData(display_name="spy")
        return creation.create(session, installation=installation, tenancy=tenancy, data=data).id

    installation.db.call(spy)
    cookie = cookie_of(installation, ada)
    assert "spy" not in (await fetched(client, ticket_of(installation, project.id, ada), cookie))[1]
    assert names_in((await fetched(client, ticket_of(installation, other.id, ada), cookie))[1]) == ["spy"]
