"""What narrows the table of users, what files of it have, and what a browser remembers of it."""

import csv
import io
import json
import re
import uuid
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from sqlmodel import Session

from hexclave_app.api import create_api
from hexclave_app.services import teams, tenancies
from hexclave_app.services.users import creation
from hexclave_app.services.users.creation import UserCreateData
from hexclave_app.services.users.records import LinkedAccountSummary
from state.dashboard.users import UsersState
from state.dashboard.users_bulk import UserSelectionState
from state.dashboard.users_export import CHOSEN, JSON, SHOWN, UserExportState
from state.dashboard.users_views import UserColumnsState, UserViewsState
from tests.state.scenes import ProjectScene
from tests.state.tabs import Tab, run, targets
from tests.support.clients import ApiClient

PEOPLE = {
    "ada": UserCreateData(
        primary_email_verified=True, country_code="GB", signed_up_at=datetime(2025, 1, 1, tzinfo=UTC)
    ),
    "ben": UserCreateData(password_hash="x", country_code="DE", signed_up_at=datetime(2025, 1, 2, 23, 59, tzinfo=UTC)),
    "cleo": UserCreateData(restricted_by_admin=True, signed_up_at=datetime(2025, 1, 3, tzinfo=UTC)),
    "dora": UserCreateData(
        oauth_accounts=[LinkedAccountSummary("google", "1", None)], signed_up_at=datetime(2025, 1, 4, tzinfo=UTC)
    ),
}
GOOGLE = {"type": "google", "isShared": True, "allowSignIn": True}


@pytest.fixture
def crowd(project: ProjectScene) -> ProjectScene:
    """Four people, and a team of Ben's."""
    project.configure({"auth.oauth.providers.google": GOOGLE})

    def create(session: Session) -> None:
        tenancy = tenancies.load(session, project.project_id, "main")
        team = teams.create(session, tenancy=tenancy, display_name="Engine")
        for name, data in PEOPLE.items():
            named = replace(data, display_name=name, primary_email=f"{name}@example.com")
            user = creation.create(session, installation=project.installation, tenancy=tenancy, data=named)
            if name == "ben":
                teams.join(session, tenancy=tenancy, team_id=team.id, user_id=user.id)

    project.installation.db.call(create)
    return project


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("name", "value", "left"),
    [
        ("verified", "yes", ["ada"]),
        ("verified", "no", ["ben", "cleo", "dora"]),
        ("method", "password", ["ben"]),
        ("method", "google", ["dora"]),
        ("method", "github", ["ada", "ben", "cleo", "dora"]),
        ("restriction", "restricted_by_administrator", ["cleo"]),
        ("restriction", "email_not_verified", []),
        ("country", "de", ["ben"]),
        ("country", "'; --", ["ada", "ben", "cleo", "dora"]),
        ("from", "2025-01-03", ["cleo", "dora"]),
        ("to", "2025-01-02", ["ada", "ben"]),
        ("to", "9999-12-31", ["ada", "ben", "cleo", "dora"]),
        ("team", str(uuid.UUID(int=0)), []),
        ("team", "x", ["ada", "ben", "cleo", "dora"]),
        ("nonsense", "x", ["ada", "ben", "cleo", "dora"]),
    ],
)
async def test_each_filter_leaves_whom_it_says(crowd: ProjectScene, name: str, value: str, left: list[str]) -> None:
    table = await crowd.tab().state(UsersState)
    await run(table.change_sort("oldest"))
    await run(table.narrow(name, value))
    assert ([row.name for row in table.rows], table.total) == (left, f"{len(left)} user{'s' * (len(left) != 1)}")
    assert (len(table.chips) == 1) is (len(left) < len(PEOPLE))


@pytest.mark.anyio
async def test_filters_stand_in_the_address_and_are_taken_away(crowd: ProjectScene) -> None:
    table = await crowd.tab().state(UsersState)
    await run(table.narrow("verified", "no"))
    events = await run(table.narrow("country", "DE"))
    assert "verified=no&country=DE" in targets(events)
    await run(table.narrow("verified", "any"))
    assert table.narrowed == {"country": "DE"}
    await run(table.show_everybody())
    assert (table.narrowed, table.is_narrowed, len(table.rows)) == ({}, False, len(PEOPLE))


@pytest.mark.anyio
async def test_search_and_filters_narrow_together(crowd: ProjectScene) -> None:
    table = await crowd.tab().state(UsersState)
    for name, value in (("method", "password"), ("verified", "no"), ("from", "2025-01-01")):
        await run(table.narrow(name, value))
    found = []
    for text in ("example.com", "cleo", "be"):
        await run(table.change_search(text))
        found.append(([row.name for row in table.rows], table.total))
    assert found == [(["ben"], "1 user"), ([], "0 users"), (["ben"], "1 user")]


@pytest.mark.anyio
async def test_unverified_people_are_restricted_only_where_that_is_required(crowd: ProjectScene) -> None:
    crowd.configure({"onboarding.requireEmailVerification": True})
    table = await crowd.tab().state(UsersState)
    await run(table.narrow("restriction", "email_not_verified"))
    assert {row.name for row in table.rows} == {"ben", "cleo", "dora"}


async def content(scene: ProjectScene, tab: Tab, events: list[object]) -> bytes:
    """What the browser of the tab fetches."""
    found = re.search(r"/downloads/users/[\w-]+", targets(events))
    assert found is not None, targets(events)
    async with ApiClient(create_api(scene.installation)) as browser:
        answer = await browser.get(found[0], headers={"cookie": tab.cookie})
    assert answer.status_code == 200
    return answer.content


@pytest.mark.anyio
async def test_a_file_has_the_shown_users_and_the_ticked_fields(crowd: ProjectScene) -> None:
    tab = crowd.tab()
    table, export = await tab.state(UsersState), await tab.state(UserExportState)
    await run(table.narrow("country", "DE"))
    await run(export.toggle(True))
    assert export.scope == SHOWN
    events = await run(
        export.submit({"export_primary_email": "on", "export_has_password": "on", "export_secret": "on"})
    )
    rows = list(csv.reader(io.StringIO((await content(crowd, tab, events)).decode())))
    assert rows == [["primary_email", "has_password"], ["ben@example.com", "true"]]
    assert f"{crowd.project_id}-users-export-" in targets(events)
    assert not export.is_open
    assert [(entry.actor_id, entry.after) for entry in crowd.audit("user.exported")] == [
        (
            str(crowd.ada.id),
            {
                "fields": ["primary_email", "has_password"],
                "users": {"includes_restricted": True, "narrowed": {"country": "DE"}, "descending": True},
            },
        )
    ]


@pytest.mark.anyio
async def test_a_file_of_chosen_users_has_nobody_of_other_projects(crowd: ProjectScene) -> None:
    foreign = crowd.add_user("spy@example.com", project_id=crowd.foreign_id)
    mine = crowd.add_user("mine@example.com")
    tab = crowd.tab()
    selection, export = await tab.state(UserSelectionState), await tab.state(UserExportState)
    for one in (foreign, mine):
        await run(selection.tick(str(one), True))
    await run(export.toggle(True))
    assert export.scope == CHOSEN
    await run(export.choose_kind(JSON))
    events = await run(export.submit({"export_id": "on"}))
    assert json.loads(await content(crowd, tab, events)) == [{"id": str(mine)}]


@pytest.mark.anyio
async def test_names_do_not_become_formulas(project: ProjectScene) -> None:
    def create(session: Session) -> None:
        tenancy = tenancies.load(session, project.project_id, "main")
        data = UserCreateData(display_name='=HYPERLINK("https://evil.example")', primary_email="a@example.com")
        creation.create(session, installation=project.installation, tenancy=tenancy, data=data)

    project.installation.db.call(create)
    tab = project.tab()
    export = await tab.state(UserExportState)
    await run(export.toggle(True))
    events = await run(export.submit({"export_display_name": "on"}))
    assert b"'=HYPERLINK" in await content(project, tab, events)


@pytest.mark.anyio
async def test_strangers_get_no_file(crowd: ProjectScene) -> None:
    export = await crowd.tab(crowd.cleo).state(UserExportState)
    assert targets(await run(export.submit({"export_id": "on"}))) == ""
    assert export.error != ""
    assert crowd.audit("user.exported") == []


@pytest.mark.anyio
async def test_a_file_needs_a_field(crowd: ProjectScene) -> None:
    export = await crowd.tab().state(UserExportState)
    assert targets(await run(export.submit({}))) == ""
    assert export.error == "Tick at least one field."


@pytest.mark.anyio
async def test_columns_are_chosen_and_forged_ones_are_not(project: ProjectScene) -> None:
    columns = await project.tab().state(UserColumnsState)
    assert "country" not in columns.shown
    await run(columns.show("country", True))
    await run(columns.show("email", False))
    await run(columns.show("password_hash", True))
    assert columns.shown == ["methods", "country", "signed-up", "active"]


@pytest.mark.anyio
async def test_a_search_is_kept_under_a_name_and_forgotten(crowd: ProjectScene) -> None:
    tab = crowd.tab()
    table, views = await tab.state(UsersState), await tab.state(UserViewsState)
    await run(table.narrow("country", "DE"))
    for _ in range(2):
        await run(views.submit({"view_name": " Germans "}))
    address = f"/projects/{crowd.project_id}/users?country=DE"
    assert [(one.name, one.address) for one in views.views] == [("Germans", address)]
    kept = views.views
    await run(views.forget("Germans"))
    assert views.views == []
    await run(views.restore())
    assert views.views == kept
    await run(views.restore())
    assert (views.views, await run(views.forget("unknown"))) == (kept, [])


@pytest.mark.anyio
@pytest.mark.parametrize("kept", ["", "null", "[1]", '[{"project_id": "{id}", "address": "https://evil.example"}]'])
async def test_what_a_browser_keeps_leads_nowhere_else(project: ProjectScene, kept: str) -> None:
    views = await project.tab().state(UserViewsState)
    views.kept_views = kept.replace("{id}", project.project_id)
    assert views.views == []
