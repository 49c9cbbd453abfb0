"""Seed files: what they may say, what applying them does, and that twice is once."""

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import Session, col, select

from hexclave_app.installation import Installation
from hexclave_app.security.passwords import verify_password
from hexclave_app.services import internal_project, tenancies
from hexclave_app.services.seeding import Seed, SeedError, apply_seed, load_seed
from models import METADATA, Project, Team, TeamMembership, TeamPermissionGrant, User

DEMO = "de300000-0000-4000-8000-000000000001"
DEVELOPMENT = Path(__file__).resolve().parents[2] / "seeds" / "development.toml"
SERVER_KEY = "ssk_" + "a" * 45


def demo(**changes: Any) -> Seed:
    return Seed.model_validate({"projects": [{"id": DEMO, "display_name": "Demo", **changes}]})


def everything(installation: Installation) -> dict[str, list[Any]]:
    """Every row of every table."""

    def read(session: Session) -> dict[str, list[Any]]:
        return {
            table.name: sorted(repr(row) for row in session.connection().execute(table.select()))
            for table in METADATA.sorted_tables
        }

    return installation.db.call(read)


async def test_the_development_seed_is_complete_and_twice_changes_nothing(installation: Installation) -> None:
    seed = load_seed(DEVELOPMENT)
    first = await apply_seed(installation, seed)
    before = everything(installation)
    second = await apply_seed(installation, load_seed(DEVELOPMENT))
    assert (first.projects_created, first.users_created, first.teams_created) == (1, 2, 1)
    assert (first.memberships_created, first.permissions_granted) == (2, 1)
    assert str(second) == "nothing to change"
    assert everything(installation) == before


async def test_the_development_project_belongs_to_the_platforms_administrators(installation: Installation) -> None:
    await apply_seed(installation, load_seed(DEVELOPMENT))
    tenancy = installation.db.call(tenancies.load, DEMO, "main")
    assert tenancy.owner_team_id == internal_project.OWNER_TEAM_ID
    assert tenancy.config.domains.allow_localhost
    assert tenancy.config.payments.products["pro"].prices["monthly"].usd == "20"

    def ada(session: Session) -> tuple[User, list[str]]:
        user = session.exec(select(User).where(col(User.tenancy_id) == tenancy.id, User.display_name == "Ada")).one()
        granted = session.exec(
            select(TeamPermissionGrant.permission_id).where(col(TeamPermissionGrant.user_id) == user.id)
        ).all()
        return user, sorted(granted)

    user, granted = installation.db.call(ada)
    assert verify_password("ada-development-password", user.password_hash)[0]
    assert user.client_metadata == {"theme": "dark"}
    assert granted == ["team_admin", "team_member"]


async def test_seeds_applied_at_the_same_time_are_one(installation: Installation) -> None:
    seed, other = load_seed(DEVELOPMENT), Installation(installation.settings)
    reports = await asyncio.gather(*(apply_seed(each, seed) for each in (installation, other, installation, other)))
    other.close()
    assert sorted(report.users_created for report in reports) == [0, 0, 0, 2]


async def test_fields_and_config_follow_the_file_and_the_rest_stays(installation: Installation) -> None:
    await apply_seed(installation, demo(config={"environment": {"teams.allowClientTeamCreation": True}}))
    report = await apply_seed(
        installation,
        demo(display_name="Renamed", config={"environment": {"teams.createPersonalTeamOnSignUp": True}}),
    )
    tenancy = installation.db.call(tenancies.load, DEMO, "main")
    assert report.projects_changed == 1
    assert tenancy.display_name == "Renamed"
    assert tenancy.config.teams.allow_client_team_creation
    assert tenancy.config.teams.create_personal_team_on_sign_up


async def test_given_keys_are_stored_as_hashes_and_not_twice(installation: Installation) -> None:
    seed = demo(keys=[{"description": "CI", "secret_server_key": SERVER_KEY}])
    assert (await apply_seed(installation, seed)).key_sets_created == 1
    assert (await apply_seed(installation, seed)).key_sets_created == 0
    assert SERVER_KEY not in str(everything(installation))
    assert len(installation.db.call(tenancies.load, DEMO, "main").keys) == 1


async def test_a_key_of_another_project_is_refused(installation: Installation) -> None:
    keys = [{"description": "CI", "secret_server_key": SERVER_KEY}]
    await apply_seed(installation, demo(keys=keys))
    other = Seed.model_validate({"projects": [{"id": DEMO.replace("1", "2"), "display_name": "Other", "keys": keys}]})
    with pytest.raises(SeedError, match="in use already"):
        await apply_seed(installation, other)

    def count(session: Session) -> int:
        return len(session.exec(select(Project)).all())

    assert installation.db.call(count) == 2


async def test_an_existing_user_keeps_password_and_name(installation: Installation) -> None:
    user = {"primary_email": "Ada@Example.com ".strip(), "password": "first-password", "display_name": "Ada"}
    await apply_seed(installation, demo(users=[user]))
    before = everything(installation)
    await apply_seed(installation, demo(users=[{**user, "password": "second-password", "display_name": "Eve"}]))
    assert everything(installation) == before


async def test_a_seeded_administrator_owns_the_platform(installation: Installation) -> None:
    users = [{"primary_email": "root@example.com", "password": "a-long-password", "is_administrator": True}]
    seed = Seed.model_validate({"projects": [{"id": "internal", "users": users}]})
    await apply_seed(installation, seed)
    before = everything(installation)
    assert installation.db.call(internal_project.has_administrator)
    assert str(await apply_seed(installation, seed)) == "nothing to change"
    assert everything(installation) == before


async def test_internal_comes_first_wherever_it_stands(installation: Installation) -> None:
    seed = Seed.model_validate(
        {
            "projects": [
                {"id": DEMO, "display_name": "Demo", "owner_team": "Makers"},
                {"id": "internal", "teams": [{"display_name": "Makers"}]},
            ]
        }
    )
    await apply_seed(installation, seed)

    def owner(session: Session) -> str:
        project = session.get_one(Project, DEMO)
        return session.exec(select(Team.display_name).where(col(Team.id) == project.owner_team_id)).one()

    assert installation.db.call(owner) == "Makers"


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"owner_team": "Nobody"}, 'no team "Nobody"'),
        ({"teams": [{"display_name": "T", "members": [{"email": "x@example.com"}]}]}, "no user x@example.com"),
        ({"users": [{"primary_email": "a@example.com", "permissions": ["nope"]}]}, "no project permission"),
        ({"users": [{"primary_email": "a@example.com", "otp_auth_enabled": True}]}, "code is not enabled"),
    ],
)
async def test_what_cannot_be_applied_leaves_nothing_behind(
    installation: Installation, changes: dict[str, Any], message: str
) -> None:
    before = everything(installation)
    with pytest.raises(SeedError, match=message):
        await apply_seed(installation, demo(**changes))
    assert everything(installation) == before


async def test_members_of_a_seeded_team_are_only_added(installation: Installation) -> None:
    users = [{"primary_email": f"{name}@example.com"} for name in ("ada", "ben")]
    team = {"display_name": "T", "members": [{"email": "ada@example.com"}]}
    await apply_seed(installation, demo(users=users, teams=[team]))
    report = await apply_seed(installation, demo(teams=[{**team, "members": [{"email": "BEN@example.com"}]}]))

    def count(session: Session) -> int:
        return len(session.exec(select(TeamMembership)).all())

    assert (report.memberships_created, installation.db.call(count)) == (1, 2)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ({"project": []}, "project: Extra inputs"),
        (
            {"projects": [{"id": DEMO, "display_name": "x", "users": [{"primary_email": "a@b.c", "pasword": "x"}]}]},
            "pasword",
        ),
        ({"projects": [{"id": "my-project", "display_name": "x"}]}, r"projects\[0\].id"),
        ({"projects": [{"id": DEMO}]}, "needs a display_name"),
        ({"projects": [{"id": DEMO, "display_name": "x", "config": {"branch": {"nope": 1}}}]}, "nope"),
        ({"projects": [{"id": DEMO, "display_name": "x"}] * 2}, "twice"),
        (
            {
                "projects": [
                    {"id": DEMO, "display_name": "x", "users": [{"primary_email": "a@b.c", "password": "short"}]}
                ]
            },
            "8",
        ),
    ],
)
def test_mistakes_in_a_file_are_told_with_their_place(tmp_path: Path, content: object, message: str) -> None:
    path = tmp_path / "seed.json"
    path.write_text(json.dumps(content), encoding="utf-8")
    with pytest.raises(SeedError, match=message):
        load_seed(path)


@pytest.mark.parametrize(("name", "text"), [("a.json", "{"), ("a.toml", "= 1"), ("a.yaml", ""), ("missing.json", None)])
def test_unreadable_files_are_seed_errors(tmp_path: Path, name: str, text: str | None) -> None:
    if text is not None:
        (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(SeedError, match=name):
        load_seed(tmp_path / name)
