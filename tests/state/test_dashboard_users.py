"""The user table: what it shows, and what strangers cannot make it do."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
from sqlmodel import Session

from hexclave_app.installation import Installation
from hexclave_app.services import tenancies
from hexclave_app.services.users import creation, listing, updates
from hexclave_app.services.users.creation import UserCreateData
from hexclave_app.services.users.listing import UserQuery
from hexclave_app.services.users.records import UserRecord
from models.base import utc_now
from state.dashboard.user_changes import CreateUserState, DeleteUserState, RemoveSecondFactorState
from state.dashboard.users import PAGE_ROWS, UsersState
from tests.state.tabs import Tab, run, targets
from tests.support.projects import DashboardUser, create_project, dashboard_user

TabOf = Callable[..., Tab]


@dataclass(frozen=True)
class Scene:
    installation: Installation
    tab_of: TabOf
    ada: DashboardUser
    project_id: str

    def tab(self, user: DashboardUser | None = None, query: str = "") -> Tab:
        path = f"/projects/{self.project_id}/users{query}"
        return self.tab_of(user or self.ada, path, project_id=self.project_id)

    def add(self, email: str, *, is_anonymous: bool = False, restricted: bool = False) -> None:
        def create(session: Session) -> None:
            data = UserCreateData(
                primary_email=None if is_anonymous else email, is_anonymous=is_anonymous, restricted_by_admin=restricted
            )
            tenancy = tenancies.load(session, self.project_id, "main")
            creation.create(session, installation=self.installation, tenancy=tenancy, data=data)

        self.installation.db.call(create)

    def emails(self) -> list[str | None]:
        def read(session: Session) -> list[str | None]:
            tenancy = tenancies.load(session, self.project_id, "main")
            page = listing.list_page(session, tenancy=tenancy, query=UserQuery(includes_restricted=True))
            return [user.primary_email for user in page.items]

        return self.installation.db.call(read)


@pytest.fixture
def scene(installation: Installation, tab_of: TabOf) -> Scene:
    ada = dashboard_user(installation)
    return Scene(installation, tab_of, ada, create_project(installation, owner_team_id=ada.team_id).id)


async def shown(table: UsersState) -> list[str]:
    return [row.email for row in table.rows]


@pytest.mark.anyio
async def test_the_table_shows_skeleton_then_rows(scene: Scene) -> None:
    scene.add("grace@example.com")
    table = await scene.tab().state(UsersState)
    steps = table.load()
    await anext(steps)
    assert table.is_loading
    await run(steps)
    assert (table.is_loading, await shown(table), table.total) == (False, ["grace@example.com"], "1 user")


@pytest.mark.anyio
async def test_the_url_says_what_is_shown(scene: Scene) -> None:
    for number in range(3):
        scene.add(f"user{number}@example.com")
    table = await scene.tab(query="?search=user&signedUpOrder=asc&pageSize=7&verified=perhaps&country=D1").state(
        UsersState
    )
    await run(table.load())
    assert (table.search, table.sort, table.shown, table.page_size) == ("user", "oldest", "users", str(PAGE_ROWS))
    assert table.narrowed == {}
    assert await shown(table) == [f"user{number}@example.com" for number in range(3)]


@pytest.mark.anyio
async def test_searching_changes_rows_and_address(scene: Scene) -> None:
    scene.add("grace@example.com")
    scene.add("alan@example.com")
    table = await scene.tab().state(UsersState)
    events = await run(table.change_search(" grace'</script>"))
    assert await shown(table) == []
    assert "</script>" not in targets(events)
    assert "search=grace" in targets(await run(table.change_search("grace")))
    assert await shown(table) == ["grace@example.com"]


@pytest.mark.anyio
async def test_filters_hide_restricted_and_show_anonymous_users(scene: Scene) -> None:
    scene.add("grace@example.com")
    scene.add("mallory@example.com", restricted=True)
    scene.add("", is_anonymous=True)
    table = await scene.tab().state(UsersState)
    counts = {}
    for name in ("users", "complete", "everyone", "anonymous"):
        await run(table.change_filter(name))
        counts[name] = len(table.rows)
    assert counts == {"users": 2, "complete": 1, "everyone": 3, "anonymous": 1}


@pytest.mark.anyio
async def test_pages_go_forth_and_back(scene: Scene) -> None:
    for number in range(2 * PAGE_ROWS + 1):
        scene.add(f"user{number:02}@example.com")
    table = await scene.tab(query="?signedUpOrder=asc").state(UsersState)
    await run(table.load())
    first = await shown(table)
    await run(table.show_next())
    await run(table.show_next())
    assert (await shown(table), table.next_cursor) == ([f"user{2 * PAGE_ROWS}@example.com"], "")
    await run(table.show_previous())
    await run(table.show_previous())
    assert (await shown(table), table.has_previous) == (first, False)


@pytest.mark.anyio
async def test_a_forged_cursor_shows_nothing(scene: Scene) -> None:
    scene.add("grace@example.com")
    table = await scene.tab(query="?cursor=x").state(UsersState)
    await run(table.load())
    assert (table.rows, table.error) == ([], "")


@pytest.mark.anyio
async def test_others_see_no_users_and_change_nothing(scene: Scene) -> None:
    scene.add("grace@example.com")
    cleo = dashboard_user(scene.installation, "Cleo")
    for tab in (scene.tab(cleo), Tab("", "/", project_id=scene.project_id)):
        table, create = await tab.state(UsersState), await tab.state(CreateUserState)
        await run(table.load())
        await run(create.submit({"new_user_email": "evil@example.com"}))
        assert (table.rows, table.error != "", create.error != "") == ([], True, True)
    assert scene.emails() == ["grace@example.com"]


@pytest.mark.anyio
async def test_a_user_is_created_as_the_form_says(scene: Scene) -> None:
    tab = scene.tab()
    dialog, table = await tab.state(CreateUserState), await tab.state(UsersState)
    form = {"new_user_name": "Grace", "new_user_email": "Grace@Example.com", "new_user_verified": "on"}
    await run(dialog.submit({**form, "new_user_password": "correct horse"}))
    await run(table.load())
    row = table.rows[0]
    assert (row.name, row.email, row.is_verified, row.methods) == ("Grace", "grace@example.com", True, "Password")


@pytest.mark.anyio
async def test_everything_can_be_said_of_a_new_user(scene: Scene) -> None:
    dialog = await scene.tab().state(CreateUserState)
    form = {
        "new_user_email": "grace@example.com",
        "new_user_signed_up": "2020-02-03T04:05",
        "new_user_country": "US",
        "new_user_risk_bot": "7",
        "new_user_risk_abuse": "9",
        "new_user_server_metadata": '{"plan": "pro"}',
    }
    await run(dialog.submit(form))

    def read(session: Session) -> UserRecord:
        tenancy = tenancies.load(session, scene.project_id, "main")
        return listing.list_page(session, tenancy=tenancy, query=UserQuery()).items[0]

    user = scene.installation.db.call(read)
    assert (user.country_code, user.risk_bot, user.risk_free_trial_abuse) == ("US", 7, 9)
    assert (user.server_metadata, user.signed_up_at) == ({"plan": "pro"}, datetime(2020, 2, 3, 4, 5, tzinfo=UTC))


@pytest.mark.anyio
@pytest.mark.parametrize(
    "wrong",
    [
        {"new_user_risk_bot": "7"},
        {"new_user_risk_bot": "7", "new_user_risk_abuse": "101"},
        {"new_user_country": "Germany"},
        {"new_user_signed_up": "2999-01-01T00:00"},
        {"new_user_signed_up": "yesterday"},
        {"new_user_client_metadata": "{"},
        {"new_user_codes": "on"},
    ],
)
async def test_what_is_wrong_with_a_new_user_is_said(scene: Scene, wrong: dict[str, str]) -> None:
    dialog = await scene.tab().state(CreateUserState)
    await run(dialog.submit({"new_user_email": "grace@example.com", **wrong}))
    assert dialog.error != ""
    assert scene.emails() == []


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("form", "field"),
    [
        ({"new_user_email": "nobody"}, "email_error"),
        ({}, "email_error"),
        ({"new_user_email": "a@example.com", "new_user_password": "short"}, "password_error"),
        ({"new_user_email": "a@example.com", "new_user_password": "x" * 71}, "password_error"),
        ({"new_user_email": "a@example.com", "new_user_name": "x" * 257}, "name_error"),
        ({"new_user_email": "grace@example.com"}, "email_error"),
        ({"new_user_email": ["list"]}, "email_error"),
    ],
)
async def test_problems_stand_below_their_fields(scene: Scene, form: dict[str, object], field: str) -> None:
    dialog = await scene.tab().state(CreateUserState)
    await run(dialog.submit({"new_user_email": "grace@example.com"}))
    await run(dialog.submit(form))
    assert getattr(dialog, field) != ""
    assert scene.emails() == ["grace@example.com"]


@pytest.mark.anyio
async def test_a_user_is_deleted_after_the_question(scene: Scene) -> None:
    scene.add("grace@example.com")
    tab = scene.tab()
    table, question = await tab.state(UsersState), await tab.state(DeleteUserState)
    await run(table.load())
    await run(question.ask(table.rows[0].id))
    assert question.label == "grace@example.com"
    await run(question.delete())
    assert scene.emails() == []


@pytest.mark.anyio
async def test_users_of_other_projects_cannot_be_deleted(scene: Scene) -> None:
    other = create_project(scene.installation, owner_team_id=dashboard_user(scene.installation, "Cleo").team_id)
    elsewhere = Scene(scene.installation, scene.tab_of, scene.ada, other.id)
    elsewhere.add("grace@example.com")
    question = await scene.tab().state(DeleteUserState)
    question.user_id = str(only_user(elsewhere).id)
    await run(question.delete())
    assert elsewhere.emails() == ["grace@example.com"]


def only_user(scene: Scene) -> UserRecord:
    """The first user of the scene's project."""

    def read(session: Session) -> UserRecord:
        tenancy = tenancies.load(session, scene.project_id, "main")
        return listing.list_page(session, tenancy=tenancy, query=UserQuery()).items[0]

    return scene.installation.db.call(read)


def protect(scene: Scene) -> None:
    """Give the first user an authenticator."""
    found = only_user(scene)
    scene.installation.db.call(
        updates.update,
        installation=scene.installation,
        tenancy=scene.installation.db.call(tenancies.load, scene.project_id, "main"),
        user_id=found.id,
        changes={"totp_secret": b"12345678901234567890"},
        now=utc_now(),
    )
    assert only_user(scene).requires_totp_mfa


@pytest.mark.anyio
async def test_a_second_factor_is_removed_after_the_question(scene: Scene) -> None:
    scene.add("grace@example.com")
    protect(scene)
    tab = scene.tab()
    table, question = await tab.state(UsersState), await tab.state(RemoveSecondFactorState)
    await run(table.load())
    await run(question.ask(table.rows[0].id))
    assert question.label == "grace@example.com"
    await run(question.stop_asking())
    assert (question.user_id, only_user(scene).requires_totp_mfa) == ("", True)
    await run(question.ask(table.rows[0].id))
    await run(question.remove())
    assert not only_user(scene).requires_totp_mfa


@pytest.mark.anyio
async def test_users_of_other_projects_keep_their_second_factor(scene: Scene) -> None:
    other = create_project(scene.installation, owner_team_id=dashboard_user(scene.installation, "Cleo").team_id)
    elsewhere = Scene(scene.installation, scene.tab_of, scene.ada, other.id)
    elsewhere.add("grace@example.com")
    protect(elsewhere)
    question = await scene.tab().state(RemoveSecondFactorState)
    question.user_id = str(only_user(elsewhere).id)
    await run(question.remove())
    assert only_user(elsewhere).requires_totp_mfa
