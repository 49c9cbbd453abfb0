"""Changing and deleting users (contract 04, section 2)."""

import uuid
from collections import Counter

import pytest
from sqlmodel import Session, select

from hexclave_app.config.overrides import merge
from hexclave_app.installation import Installation
from hexclave_app.services import teams, tenancies
from models import METADATA, ConfigOverride, ContactChannel, TeamMembership, User, UserSession, WebhookEvent
from models.base import JsonValue
from tests.support.clients import ApiClient, known_error
from tests.support.people import happened, since
from tests.support.projects import TestProject, as_client, as_server, create_project
from tests.support.races import at_once, statuses

ADA = "ada@example.org"


@pytest.fixture
def project(installation: Installation) -> TestProject:
    return create_project(installation)


@pytest.fixture
def server(client: ApiClient, project: TestProject) -> ApiClient:
    return as_server(client, project)


def configure(installation: Installation, project: TestProject, key: str, value: JsonValue) -> None:
    def apply(session: Session) -> None:
        row = session.get_one(ConfigOverride, (project.id, "main", "environment"))
        row.config = merge(row.config, {key: value})
        tenancies.touch(session, project.id)

    installation.db.call(apply)


def join_team(installation: Installation, project: TestProject, user_id: str, name: str = "Team") -> str:
    def join(session: Session) -> str:
        tenancy = tenancies.load(session, project.id, "main")
        return str(teams.create(session, tenancy=tenancy, display_name=name, creator_id=uuid.UUID(user_id)).id)

    return installation.db.call(join)


def event_types(installation: Installation, project: TestProject) -> Counter[str]:
    def read(session: Session) -> Counter[str]:
        return Counter(
            session.exec(select(WebhookEvent.type).where(WebhookEvent.tenancy_id == project.tenancy_id)).all()
        )

    return installation.db.call(read)


def channels(installation: Installation) -> dict[str, tuple[bool, bool, bool]]:
    """Primary, verified and used for sign-in, by address."""

    def read(session: Session) -> dict[str, tuple[bool, bool, bool]]:
        rows = session.exec(select(ContactChannel)).all()
        return {row.value: (bool(row.is_primary), row.is_verified, bool(row.used_for_auth)) for row in rows}

    return installation.db.call(read)


async def make(server: ApiClient, **fields: object) -> str:
    response = await server.post("/users", fields)
    assert response.status_code == 201, response.text
    return str(response.json()["id"])


async def test_only_the_given_keys_change(server: ApiClient) -> None:
    fields = {"display_name": "Ada", "primary_email": ADA, "client_metadata": {"a": 1, "b": 2}, "server_metadata": [1]}
    user = (await server.post("/users", fields)).json()
    path = f"/users/{user['id']}"
    assert (await server.patch(path, {})).json() == user
    changed = (await server.patch(path, {"client_metadata": {"a": 3}})).json()
    assert changed == {**user, "client_metadata": {"a": 3}}, "metadata is replaced, not merged"
    cleared = (await server.patch(path, {"display_name": None, "server_metadata": None})).json()
    assert cleared == {**changed, "display_name": None, "server_metadata": None}


async def test_every_change_is_one_event_with_the_user_after_it(
    server: ApiClient, installation: Installation, project: TestProject
) -> None:
    user_id = await make(server)
    await server.patch(f"/users/{user_id}", {})
    changed = (await server.patch(f"/users/{user_id}", {"display_name": "Ada"})).json()
    await server.patch(f"/users/{user_id}", {"display_name": 5, "wrong": 1})

    def last(session: Session) -> JsonValue:
        mine = select(WebhookEvent).where(WebhookEvent.type == "user.updated")
        return [row.payload for row in session.exec(mine).all() if row.payload["display_name"] == "Ada"]

    assert event_types(installation, project) == {"user.created": 1, "user.updated": 2}
    assert installation.db.call(last) == [changed]


async def test_a_new_primary_address_inherits_sign_in_and_demotes_the_old_one(
    server: ApiClient, installation: Installation
) -> None:
    user_id = await make(server, primary_email=ADA, primary_email_verified=True, primary_email_auth_enabled=True)
    changed = (await server.patch(f"/users/{user_id}", {"primary_email": " New@example.org".strip()})).json()
    assert (changed["primary_email"], changed["primary_email_verified"]) == ("new@example.org", False)
    assert channels(installation) == {ADA: (False, True, True), "new@example.org": (True, False, True)}
    back = (await server.patch(f"/users/{user_id}", {"primary_email": ADA})).json()
    assert back["primary_email_verified"], "an address that the user already has keeps its verification"


async def test_no_primary_address_keeps_the_old_one_for_sign_in(server: ApiClient, installation: Installation) -> None:
    user_id = await make(server, primary_email=ADA, primary_email_auth_enabled=True)
    cleared = await server.patch(f"/users/{user_id}", {"primary_email": None, "primary_email_verified": True})
    assert cleared.json()["primary_email"] is None
    assert not cleared.json()["primary_email_verified"]
    assert channels(installation) == {ADA: (False, False, True)}


async def test_flags_alone_change_the_existing_address(server: ApiClient, installation: Installation) -> None:
    user_id = await make(server, primary_email=ADA)
    flags = {"primary_email_verified": True, "primary_email_auth_enabled": True}
    await server.patch(f"/users/{user_id}", flags)
    assert channels(installation) == {ADA: (True, True, True)}
    await server.patch(f"/users/{user_id}", dict.fromkeys(flags, False))
    assert channels(installation) == {ADA: (True, False, False)}
    for flag in flags:
        refused = await server.patch(f"/users/{await make(server)}", {flag: True})
        assert (refused.status_code, known_error(refused)) == (400, None)


async def test_of_primary_addresses_chosen_at_once_one_remains_and_none_is_refused(
    server: ApiClient, installation: Installation
) -> None:
    user_id = await make(server, primary_email=ADA, primary_email_auth_enabled=True)
    chosen = [f"a{number}@example.org" for number in range(6)]
    answers = await at_once([server.patch(f"/users/{user_id}", {"primary_email": email}) for email in chosen])
    assert statuses(answers) == [200] * 6
    assert {value for value, (is_primary, _, _) in channels(installation).items() if is_primary} <= set(chosen)
    assert len([value for value, (is_primary, _, _) in channels(installation).items() if is_primary]) == 1
    assert set(channels(installation)) == {ADA, *chosen}


async def test_an_address_that_signs_in_somebody_else_is_refused(server: ApiClient) -> None:
    await make(server, primary_email=ADA, primary_email_auth_enabled=True)
    ben = await make(server, primary_email="ben@example.org", primary_email_auth_enabled=True)
    cleo = await make(server, primary_email=ADA)
    for user_id, body in ((ben, {"primary_email": ADA}), (cleo, {"primary_email_auth_enabled": True})):
        refused = await server.patch(f"/users/{user_id}", body)
        assert (refused.status_code, known_error(refused)) == (409, "USER_EMAIL_ALREADY_EXISTS")
    assert (await server.get(f"/users/{ben}")).json()["primary_email"] == "ben@example.org"


async def test_own_addresses_are_no_conflict(server: ApiClient) -> None:
    user_id = await make(server, primary_email=ADA, primary_email_auth_enabled=True)
    for address in ("new@example.org", ADA, ADA):
        assert (await server.patch(f"/users/{user_id}", {"primary_email": address})).status_code == 200


async def test_restriction_texts_need_the_restriction_and_go_with_it(server: ApiClient) -> None:
    path = f"/users/{await make(server)}"
    texts = {"restricted_by_admin_reason": "why", "restricted_by_admin_private_details": ""}
    done = (await server.patch(path, {"restricted_by_admin": True, **texts})).json()
    assert (done["restricted_by_admin_reason"], done["restricted_by_admin_private_details"]) == ("why", None)
    assert known_error(await server.patch(path, {"restricted_by_admin_reason": "other"})) == "SCHEMA_ERROR"
    kept = (await server.patch(path, {"display_name": "x"})).json()
    assert kept["restricted_by_admin_reason"] == "why"
    lifted = (await server.patch(path, {"restricted_by_admin": False})).json()
    assert (lifted["restricted_by_admin_reason"], lifted["is_restricted"]) == (None, False)


@pytest.mark.parametrize(
    ("body", "ends_sessions"),
    [
        ({"password": "a new password"}, True),
        ({"password": None}, True),
        ({"password_hash": "$2b$04$" + "a" * 53}, True),
        ({"otp_auth_enabled": False}, False),
        ({"totp_secret_base64": None}, False),
        ({"passkey_auth_enabled": False}, False),
        ({"display_name": "x"}, False),
    ],
)
async def test_touching_the_password_ends_all_sessions(
    server: ApiClient, installation: Installation, body: dict[str, object], ends_sessions: bool
) -> None:
    user_id, other = await make(server, primary_email=ADA, password="old password"), await make(server)
    for owner in (user_id, user_id, other):
        await server.post("/auth/sessions", {"user_id": owner})
    assert (await server.patch(f"/users/{user_id}", body)).status_code == 200
    left = installation.db.call(lambda session: [str(row) for row in session.exec(select(UserSession.user_id)).all()])
    assert Counter(left) == ({other: 1} if ends_sessions else {user_id: 2, other: 1})


async def test_a_first_password_needs_an_address_and_the_method(
    server: ApiClient, installation: Installation, project: TestProject
) -> None:
    without, with_address = await make(server), await make(server, primary_email=ADA)
    assert (await server.patch(f"/users/{without}", {"password": "x"})).status_code == 400
    configure(installation, project, "auth.password.allowSignIn", False)
    assert (await server.patch(f"/users/{with_address}", {"password": "x"})).status_code == 400
    configure(installation, project, "auth.password.allowSignIn", True)
    changed = (await server.patch(f"/users/{with_address}", {"password": "x"})).json()
    assert changed["has_password"]
    removed = (await server.patch(f"/users/{with_address}", {"password": None})).json()
    assert not removed["has_password"]


async def test_a_selected_team_is_one_of_the_users_own(
    server: ApiClient, installation: Installation, project: TestProject
) -> None:
    user_id, other = await make(server), await make(server)
    first, second = (join_team(installation, project, user_id, name) for name in ("First", "Second"))
    foreign = join_team(installation, project, other)
    for team_id in (first, second, second):
        changed = (await server.patch(f"/users/{user_id}", {"selected_team_id": team_id})).json()
        assert changed["selected_team_id"] == changed["selected_team"]["id"] == team_id
    for team_id in (foreign, str(uuid.uuid4())):
        refused = await server.patch(f"/users/{user_id}", {"selected_team_id": team_id, "display_name": "x"})
        assert (refused.status_code, known_error(refused)) == (404, "TEAM_MEMBERSHIP_NOT_FOUND")
    assert (await server.get(f"/users/{user_id}")).json()["selected_team_id"] == second
    assert (await server.patch(f"/users/{user_id}", {"selected_team_id": None})).json()["selected_team"] is None


async def test_an_anonymous_user_becomes_real_and_its_personal_team_gets_a_name(
    server: ApiClient, installation: Installation, project: TestProject
) -> None:
    user_id = await make(server, is_anonymous=True)
    personal, named = (join_team(installation, project, user_id, name) for name in ("Personal Team", "Rowing"))
    before = (await server.get(f"/users/{user_id}")).json()["signed_up_at_millis"]
    refused = await server.patch(f"/users/{user_id}", {"is_anonymous": True})
    assert known_error(refused) == "SCHEMA_ERROR"
    real = (await server.patch(f"/users/{user_id}", {"is_anonymous": False, "display_name": "Ada"})).json()
    assert (real["is_anonymous"], real["signed_up_at_millis"] > before) == (False, True)
    for team_id, name in ((personal, "Ada's Team"), (named, "Rowing")):
        selected = (await server.patch(f"/users/{user_id}", {"selected_team_id": team_id})).json()["selected_team"]
        assert selected["display_name"] == name


async def test_totp_is_set_and_removed_and_never_shown(server: ApiClient) -> None:
    user_id = await make(server)
    for secret, required in (("c2VjcmV0", True), (None, False)):
        response = await server.patch(f"/users/{user_id}", {"totp_secret_base64": secret})
        assert response.json()["requires_totp_mfa"] is required
        assert "totp_secret" not in response.text


async def test_a_client_changes_itself_only_where_it_may(
    client: ApiClient, server: ApiClient, project: TestProject
) -> None:
    user_id = await make(server, server_metadata=1)
    token = (await server.post("/auth/sessions", {"user_id": user_id})).json()["access_token"]
    caller = as_client(client, project).as_(access_token=token)
    changed = (await caller.patch("/users/me", {"display_name": "Ada", "client_metadata": 2})).json()
    assert (changed["display_name"], changed["client_metadata"]) == ("Ada", 2)
    assert "server_metadata" not in changed
    image = await caller.patch("/users/me", {"profile_image_url": "https://example.org/a.png"})
    assert (image.status_code, known_error(image)) == (400, None)
    assert (await caller.patch("/users/me", {"profile_image_url": None})).status_code == 200


async def test_a_client_deletes_itself_only_where_the_project_allows_it(
    client: ApiClient, server: ApiClient, installation: Installation, project: TestProject
) -> None:
    token = (await server.post("/auth/sessions", {"user_id": await make(server)})).json()["access_token"]
    nobody = as_client(client, project)
    caller = nobody.as_(access_token=token)
    for asked in (nobody, caller):
        refused = await asked.delete("/users/me")
        assert (refused.status_code, known_error(refused)) == (400, None)
    configure(installation, project, "users.allowClientUserDeletion", True)
    assert known_error(await nobody.delete("/users/me")) == "CANNOT_GET_OWN_USER_WITHOUT_USER"
    assert (await caller.delete("/users/me")).json() == {"success": True}
    assert known_error(await caller.delete("/users/me")) == "CANNOT_GET_OWN_USER_WITHOUT_USER"


async def test_the_end_of_a_user_is_told_to_every_team_oldest_first(
    server: ApiClient, installation: Installation, project: TestProject
) -> None:
    user_id, founder = await make(server), await make(server)
    older, newer = (join_team(installation, project, founder, name) for name in ("Older", "Newer"))
    for team_id in (newer, older):  # joined in the other order
        await server.post(f"/team-memberships/{team_id}/{user_id}")
    before = happened(installation, project)
    await server.delete(f"/users/{user_id}")
    told = since(before, happened(installation, project))
    assert [event for event in told if event[0] == "user.deleted"] == [
        ("user.deleted", {"id": user_id, "teams": [{"id": older}, {"id": newer}]})
    ]
    left = [payload for kind, payload in told if kind == "team_membership.deleted"]
    assert sorted(left, key=repr) == sorted(
        ({"team_id": team_id, "user_id": user_id} for team_id in (older, newer)), key=repr
    )
    assert len(told) == 3


async def test_deleting_takes_everything_of_the_user_and_nothing_else(
    server: ApiClient, installation: Installation, project: TestProject
) -> None:
    user_id, other = await make(server, primary_email=ADA, password="x"), await make(server, primary_email=ADA)
    team_id = join_team(installation, project, user_id)
    for owner in (user_id, other):
        await server.post("/auth/sessions", {"user_id": owner})
    before = event_types(installation, project)
    response = await server.delete(f"/users/{user_id}")
    assert (response.status_code, response.json()) == (200, {"success": True})
    assert event_types(installation, project) - before == {"team_membership.deleted": 1, "user.deleted": 1}

    def owners(session: Session) -> dict[str, set[str]]:
        kept = {"analytics_event", "audit_entry"}  # what happened stays known
        owned = [table for table in METADATA.sorted_tables if "user_id" in table.columns and table.name not in kept]
        return {
            table.name: {
                str(row[0]) for row in session.connection().execute(table.select().with_only_columns(table.c.user_id))
            }
            for table in owned
        }

    left = installation.db.call(owners)
    assert {name: found for name, found in left.items() if user_id in found} == {}
    assert left["user_session"] == left["contact_channel"] == {other}
    assert (
        installation.db.call(lambda session: len(session.exec(select(User).where(User.id == uuid.UUID(other))).all()))
        == 1
    )
    survivors = installation.db.call(lambda session: session.exec(select(TeamMembership)).all())
    assert list(survivors) == []
    assert (await server.get(f"/users?team_id={team_id}")).json()["items"] == []
