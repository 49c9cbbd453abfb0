"""The audit log: who changed what, without secrets, in a chain that cannot be changed unnoticed."""

import json
import uuid
from collections.abc import Callable

import pytest
from sqlalchemy import delete, insert, update
from sqlmodel import Session, col

from hexclave_app.installation import Installation
from hexclave_app.services.audit import chain
from hexclave_app.services.audit.listing import verify_all
from hexclave_app.services.audit.recording import KEY
from hexclave_app.services.audit.subjects import SUBJECTS
from models import AuditEntry
from tests.support.clients import ApiClient
from tests.support.people import person
from tests.support.projects import (
    DashboardUser,
    TestProject,
    as_admin,
    as_client,
    as_owner,
    as_server,
    create_project,
    dashboard_user,
)
from tests.support.races import at_once, statuses

Entry = dict[str, object]


@pytest.fixture
def owner(installation: Installation) -> DashboardUser:
    return dashboard_user(installation)


@pytest.fixture
def project(installation: Installation, owner: DashboardUser) -> TestProject:
    return create_project(installation, owner_team_id=owner.team_id)


async def log(client: ApiClient, project: TestProject, query: str = "") -> list[Entry]:
    """The newest entries first."""
    answer = await as_admin(client, project).get(f"/internal/audit-log{query}")
    assert answer.status_code == 200, answer.text
    items: list[Entry] = answer.json()["items"]
    return items


def verdict(installation: Installation, project: TestProject) -> chain.Verdict:
    """What checking the project's chain says."""
    key = installation.db.info[KEY]
    assert isinstance(key, bytes)
    [report] = installation.db.call(lambda session: list(verify_all(session, key=key, project_id=project.id)))
    return report.verdict


async def test_an_entry_says_who_changed_what_from_what_to_what(
    client: ApiClient, project: TestProject, owner: DashboardUser
) -> None:
    user = (await as_server(client, project).post("/users", {"display_name": "Ada"})).json()
    dashboard = as_owner(client, owner, project.id)
    await dashboard.patch(f"/users/{user['id']}", {"display_name": "Ada L.", "restricted_by_admin": True})
    newest, created = await log(client, project, f"?target_id={user['id']}")
    assert newest["actor"] == {"type": "dashboard_user", "id": str(owner.id), "ip": None}
    assert (newest["action"], newest["user_id"]) == ("user.updated", user["id"])
    assert newest["before"] == {"display_name": "Ada", "restricted_by_admin": False}
    assert newest["after"] == {"display_name": "Ada L.", "restricted_by_admin": True}
    assert (created["action"], created["actor"]) == ("user.created", {"type": "server", "id": None, "ip": None})


async def test_a_user_acts_under_their_own_name(
    client: ApiClient, installation: Installation, project: TestProject
) -> None:
    ada = await person(client, installation, project, display_name="Ada")
    await ada.client.patch("/users/me", {"display_name": "Countess"})
    newest = (await log(client, project))[0]
    assert newest["actor"] == {"type": "user", "id": ada.id, "ip": None}


async def test_secrets_are_never_written_down(client: ApiClient, project: TestProject) -> None:
    secret = "correct horse battery staple"
    await as_admin(client, project).patch(
        "/internal/config/override/environment",
        {
            "config_override_string": json.dumps(
                {
                    "auth.password.allowSignIn": True,
                    "auth.oauth.providers.github": {"type": "github", "isShared": False, "clientSecret": secret},
                }
            )
        },
    )
    user = await as_server(client, project).post(
        "/users", {"primary_email": "a@example.com", "primary_email_auth_enabled": True, "password": secret}
    )
    assert user.status_code == 201
    text = json.dumps(await log(client, project))
    assert secret not in text
    assert "argon2" not in text
    changes = [entry["after"] for entry in await log(client, project, "?action=config.updated")]
    changes += [entry["after"] for entry in await log(client, project, "?action=config.created")]
    assert any(
        isinstance(after, dict) and after["config"].get("auth.oauth.providers.github.clientSecret") == "(hidden)"
        for after in changes
    ), changes
    [created] = await log(client, project, "?action=user.created")
    assert isinstance(created["after"], dict)
    assert created["after"]["password_hash"] == "(hidden)"


async def test_what_is_refused_leaves_no_entry(client: ApiClient, project: TestProject) -> None:
    body = {"primary_email": "a@example.com", "primary_email_auth_enabled": True}
    server = as_server(client, project)
    assert (await server.post("/users", body)).status_code == 201
    before = await log(client, project)
    assert (await server.post("/users", body)).status_code == 409
    assert await log(client, project) == before


async def test_deleting_by_statement_is_seen_as_well(
    client: ApiClient, installation: Installation, project: TestProject
) -> None:
    ada = await person(client, installation, project)
    session = (await as_server(client, project).post("/auth/sessions", {"user_id": ada.id})).json()
    client_of_session = as_client(client, project).as_(access_token=session["access_token"])
    assert (await client_of_session.delete("/auth/sessions/current", json={})).status_code == 200
    newest = (await log(client, project))[0]
    assert (newest["action"], newest["user_id"]) == ("session.deleted", ada.id)


async def test_ordinary_sign_ins_are_no_entries_but_impersonation_is(client: ApiClient, project: TestProject) -> None:
    server = as_server(client, project)
    user = (await server.post("/users", {})).json()
    await server.post("/auth/sessions", {"user_id": user["id"]})
    assert [entry["action"] for entry in await log(client, project, "?action=session")] == []
    await server.post("/auth/sessions", {"user_id": user["id"], "is_impersonation": True})
    assert [entry["action"] for entry in await log(client, project, "?action=session")] == ["session.created"]


async def test_invitations_are_entries_and_other_codes_are_not(client: ApiClient, project: TestProject) -> None:
    server = as_server(client, project)
    team = (await server.post("/teams", {"display_name": "Analysts"})).json()
    invited = {"email": "ada@example.com", "team_id": team["id"], "callback_url": "http://localhost:8000/join"}
    await as_admin(client, project).patch(
        "/internal/config/override/environment",
        {"config_override_string": json.dumps({"domains.allowLocalhost": True, "auth.otp.allowSignIn": True})},
    )
    sent = await server.post("/team-invitations/send-code", invited)
    assert sent.status_code == 200, sent.text
    code = {"email": "grace@example.com", "callback_url": "http://localhost:8000/in"}
    assert (await as_client(client, project).post("/auth/otp/send-sign-in-code", code)).status_code == 200
    found = [str(entry["after"]) for entry in await log(client, project, "?action=team_invitation")]
    assert len(found) == 1
    assert "ada@example.com" in found[0]


async def test_pages_follow_each_other_without_gaps(client: ApiClient, project: TestProject) -> None:
    for number in range(7):
        await as_server(client, project).post("/users", {"display_name": f"User {number}"})
    admin, seen, cursor = as_admin(client, project), [], ""
    while True:
        page = (await admin.get(f"/internal/audit-log?limit=3{cursor}")).json()
        seen += [int(entry["id"]) for entry in page["items"]]
        if page["pagination"]["next_cursor"] is None:
            break
        cursor = f"&cursor={page['pagination']['next_cursor']}"
    assert seen == list(range(len(seen), 0, -1))
    assert len(seen) >= 7


async def test_another_project_sees_nothing_of_it(
    client: ApiClient, installation: Installation, project: TestProject
) -> None:
    await as_server(client, project).post("/users", {"display_name": "Hidden from others"})
    other = create_project(installation)
    assert "Hidden from others" not in json.dumps(await log(client, other))


async def test_parallel_changes_make_one_chain(
    client: ApiClient, installation: Installation, project: TestProject
) -> None:
    before = verdict(installation, project).entries
    server = as_server(client, project)
    answers = await at_once([server.post("/users", {"display_name": f"User {number}"}) for number in range(20)])
    assert statuses(answers) == [201] * 20
    after = verdict(installation, project)
    assert (after.broken_at, after.entries) == (None, before + 20)


async def test_the_end_of_a_project_stands_in_the_log_of_the_dashboard(
    client: ApiClient, installation: Installation, project: TestProject, owner: DashboardUser, keys: dict[str, str]
) -> None:
    assert (await as_owner(client, owner, project.id).delete("/internal/projects/current")).status_code == 200
    internal = TestProject(id="internal", tenancy_id=uuid.uuid4(), keys=keys)
    [entry] = await log(client, internal, "?action=project.deleted")
    assert (entry["target_id"], entry["actor"]) == (
        project.id,
        {"type": "dashboard_user", "id": str(owner.id), "ip": None},
    )


def change(session: Session, project: TestProject, seq: int) -> None:
    session.connection().execute(
        update(AuditEntry)
        .where(col(AuditEntry.tenancy_id) == project.tenancy_id, col(AuditEntry.seq) == seq)
        .values(actor_id="somebody else")
    )


def drop(session: Session, project: TestProject, seq: int) -> None:
    session.connection().execute(
        delete(AuditEntry).where(col(AuditEntry.tenancy_id) == project.tenancy_id, col(AuditEntry.seq) == seq)
    )


def forge(session: Session, project: TestProject, seq: int) -> None:
    row = session.get(AuditEntry, {"tenancy_id": project.tenancy_id, "seq": seq})
    assert row is not None
    forged = AuditEntry.model_validate(row.model_dump() | {"action": "user.deleted"})
    forged.mac = chain.mac(b"a guessed key", forged, chain.GENESIS)
    drop(session, project, seq)
    session.connection().execute(insert(AuditEntry), [forged.model_dump()])


@pytest.mark.parametrize("attack", [change, drop, forge])
@pytest.mark.parametrize("seq", [1, 3, 4], ids=["first", "middle", "last"])
async def test_whoever_writes_to_the_database_only_is_noticed(
    client: ApiClient,
    installation: Installation,
    project: TestProject,
    attack: Callable[[Session, TestProject, int], None],
    seq: int,
) -> None:
    while (found := verdict(installation, project)).entries < 4:
        await as_server(client, project).post("/users", {})
    assert found.broken_at is None
    place = {1: 1, 3: 3, 4: found.entries}[seq]
    installation.db.call(attack, project, place)
    assert verdict(installation, project).broken_at == place


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_every_watched_column_exists(database_url: str) -> None:
    missing = [
        f"{model.__name__}.{name}"
        for model, subject in SUBJECTS.items()
        for name in subject.columns
        if name not in model.model_fields
    ]
    assert missing == []
