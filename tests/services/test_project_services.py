"""Project services: numbers, races, re-created ids, pushable settings, previews."""

import asyncio
import uuid

import pytest
from sqlmodel import Session, col, select

from hexclave_app.config.overrides import Level
from hexclave_app.errors import ProjectNotFound, StatusError
from hexclave_app.installation import Installation
from hexclave_app.services import project_configs, projects, tenancies
from hexclave_app.services.users.creation import UserCreateData
from hexclave_app.services.users.creation import create as create_user
from hexclave_app.services.users.records import UserRecord
from models import Project
from tests.support.projects import create_project

FIXED_ID = "de300000-0000-4000-8000-0000000000aa"


def add_user(installation: Installation, project_id: str, data: UserCreateData) -> None:
    def add(session: Session) -> None:
        create_user(session, installation=installation, tenancy=tenancies.load(session, project_id, "main"), data=data)

    installation.db.call(add)


async def test_projects_created_at_the_same_time_get_different_dense_numbers(installation: Installation) -> None:
    def create(session: Session, number: int) -> str:
        return projects.create(session, owner_team_id=None, fields={"display_name": str(number)}).id

    await asyncio.gather(*(installation.db.run(create, number) for number in range(12)))

    def numbers(session: Session) -> list[int]:
        return list(session.exec(select(Project.seq).order_by(col(Project.seq))).all())

    assert installation.db.call(numbers) == list(range(13))


def test_a_project_that_comes_back_is_not_mistaken_for_the_old_one(installation: Installation) -> None:
    def create(session: Session, name: str) -> None:
        projects.create(session, owner_team_id=None, project_id=FIXED_ID, fields={"display_name": name})

    def seen(session: Session) -> str | None:
        found = installation.tenancies.find(session, FIXED_ID, "main")
        return found.display_name if found else None

    installation.db.call(create, "old")
    assert installation.db.call(seen) == "old"
    other = Installation(installation.settings)
    other.db.call(projects.delete, project_id=FIXED_ID)
    other.db.call(create, "new")
    other.close()
    assert installation.db.call(seen) == "new"


def test_deleting_twice_tells_that_there_is_no_project(installation: Installation) -> None:
    project = create_project(installation)
    installation.db.call(projects.delete, project_id=project.id)
    with pytest.raises(ProjectNotFound):
        installation.db.call(projects.delete, project_id=project.id)


def test_pushable_settings_are_not_shadowed_by_the_environment(installation: Installation) -> None:
    project = create_project(installation)
    installation.db.call(
        project_configs.patch_pushable, project_id=project.id, config={"auth.password.allowSignIn": False}
    )
    tenancy = installation.db.call(tenancies.load, project.id, "main")
    assert not tenancy.config.auth.password.allow_sign_in
    branch = installation.db.call(project_configs.get, project_id=project.id, level=Level.BRANCH)
    environment = installation.db.call(project_configs.get, project_id=project.id, level=Level.ENVIRONMENT)
    assert branch == {"auth.password.allowSignIn": False}
    assert "auth.password.allowSignIn" not in environment
    assert "auth" not in environment


def test_outdated_keys_are_read_and_merged_in_todays_spelling(installation: Installation) -> None:
    project, theme = create_project(installation), str(uuid.uuid4())
    installation.db.call(
        project_configs.patch, project_id=project.id, level=Level.BRANCH, config={"emails.theme": theme}
    )
    stored = installation.db.call(project_configs.get, project_id=project.id, level=Level.BRANCH)
    assert stored == {"emails.selectedThemeId": theme}


def test_a_refused_config_names_the_key_and_changes_no_version(installation: Installation) -> None:
    project = create_project(installation)
    before = installation.db.call(tenancies.load, project.id, "main").version
    with pytest.raises(StatusError, match="teams"):
        installation.db.call(
            project_configs.patch,
            project_id=project.id,
            level=Level.PROJECT,
            config={"teams.allowClientTeamCreation": True},
        )
    assert installation.db.call(tenancies.load, project.id, "main").version == before


def test_the_preview_names_the_unverified_newest_first_and_changes_nothing(installation: Installation) -> None:
    project = create_project(installation)
    for name, is_verified in (("ada", False), ("ben", True), ("cleo", False)):
        data = UserCreateData(
            display_name=name, primary_email=f"{name}@example.com", primary_email_verified=is_verified
        )
        add_user(installation, project.id, data)
    add_user(installation, project.id, UserCreateData(display_name="no address"))
    add_user(installation, project.id, UserCreateData(is_anonymous=True))
    tenancy = installation.db.call(tenancies.load, project.id, "main")

    def preview(*, is_required: bool, limit: int) -> tuple[list[UserRecord], int]:
        return installation.db.call(
            projects.preview_affected_users, tenancy=tenancy, require_email_verification=is_required, limit=limit
        )

    users, total = preview(is_required=True, limit=10)
    assert (sorted(str(user.display_name) for user in users), total) == (["ada", "cleo", "no address"], 3)
    assert [user.signed_up_at for user in users] == sorted((user.signed_up_at for user in users), reverse=True)
    few, total = preview(is_required=True, limit=1)
    assert (len(few), total) == (1, 3)
    assert preview(is_required=False, limit=10) == ([], 0)
