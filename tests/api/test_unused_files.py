"""Pictures go when nothing refers to them any more, and not before."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlmodel import Session, col, select

from hexclave_app.installation import Installation
from hexclave_app.services.unused_files import remove_unused
from models import Project, UnusedFile, User
from models.base import utc_now
from tests.support.clients import ApiClient
from tests.support.images import picture
from tests.support.projects import TestProject, as_admin, as_server, create_project

HOUR = timedelta(hours=1)
NOBODY = "2f8c2a0e-5f5b-4b8f-9a55-0d1f3f3b7a11"


@pytest.fixture
def project(installation: Installation) -> TestProject:
    return create_project(installation)


@pytest.fixture
def server(client: ApiClient, project: TestProject) -> ApiClient:
    return as_server(client, project)


async def created(server: ApiClient, path: str, **fields: str) -> tuple[str, str]:
    """Path and picture of something new."""
    made = (await server.post(path, {"profile_image_url": picture(), **fields})).json()
    return f"{path}/{made['id']}", made["profile_image_url"]


async def is_there(server: ApiClient, url: str) -> bool:
    return (await server.get(f"/blobs/{url.partition('/blobs/')[2]}")).status_code == 200


def noted(installation: Installation) -> set[str]:
    def read(session: Session) -> set[str]:
        return set(session.exec(select(UnusedFile.url)))

    return installation.db.call(read)


async def later(installation: Installation) -> int:
    """Two hours pass."""
    return await remove_unused(installation, now=utc_now() + 2 * HOUR)


async def test_a_replaced_picture_goes_after_a_while(installation: Installation, server: ApiClient) -> None:
    user, old = await created(server, "/users")
    new = (await server.patch(user, {"profile_image_url": picture()})).json()["profile_image_url"]
    assert noted(installation) == {old, new}
    assert await remove_unused(installation, now=utc_now()) == 0
    assert await is_there(server, old)
    assert await later(installation) == 1
    assert [await is_there(server, url) for url in (old, new)] == [False, True]
    assert noted(installation) == set()
    assert await later(installation) == 0


async def test_who_is_deleted_takes_every_picture_along(
    installation: Installation, client: ApiClient, project: TestProject, server: ApiClient
) -> None:
    user, face = await created(server, "/users")
    team, sign = await created(server, "/teams", display_name="Engines")
    ids = (team.rpartition("/")[2], user.rpartition("/")[2])
    await server.post(f"/team-memberships/{'/'.join(ids)}", {})
    profile = f"/team-member-profiles/{'/'.join(ids)}"
    mask = (await server.patch(profile, {"profile_image_url": picture()})).json()["profile_image_url"]
    await server.delete(user)  # the membership goes by cascade
    assert noted(installation) == {face, mask, sign}
    await server.delete(team)
    assert await later(installation) == 3
    assert [await is_there(server, url) for url in (face, mask, sign)] == [False] * 3


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("POST", "/users", {"primary_email_verified": True}),
        ("POST", "/teams", {"display_name": "A", "creator_user_id": NOBODY}),
        ("PATCH", "/users/{user}", {"selected_team_id": NOBODY}),
        ("PATCH", f"/users/{NOBODY}", {}),
    ],
)
async def test_the_picture_of_a_refused_request_goes(
    installation: Installation, server: ApiClient, method: str, path: str, body: dict[str, object]
) -> None:
    user, face = await created(server, "/users")
    sent = {**body, "profile_image_url": picture()}
    refused = await server.request(method, path.replace("/users/{user}", user), json=sent)
    assert refused.status_code in (400, 404), refused.text
    [left] = noted(installation) - {face}
    assert await is_there(server, left)
    assert await later(installation) == 1
    assert [await is_there(server, url) for url in (left, face)] == [False, True]
    assert noted(installation) == set()


async def test_a_deleted_project_leaves_no_file_behind(
    installation: Installation, client: ApiClient, project: TestProject, server: ApiClient
) -> None:
    admin = as_admin(client, project)
    await admin.patch("/internal/projects/current", {"logo_url": picture(), "logo_full_url": picture()})
    pictures = [(await created(server, "/users"))[1], (await created(server, "/teams", display_name="Engines"))[1]]
    stored = Path(installation.settings.data_dir) / "blobs"
    assert len([file for file in stored.rglob("*.*") if file.is_file()]) == 4
    assert (await admin.delete("/internal/projects/current")).status_code == 200
    assert set(pictures) < noted(installation)
    assert await later(installation) == 4
    assert [file for file in stored.rglob("*.*") if file.is_file()] == []


async def test_a_picture_that_somebody_else_shows_stays(installation: Installation, server: ApiClient) -> None:
    user, shared = await created(server, "/users")
    other, _ = await created(server, "/users")
    await server.patch(other, {"profile_image_url": shared})
    await server.delete(user)
    await later(installation)
    assert await is_there(server, shared)
    await server.delete(other)
    await later(installation)
    assert not await is_there(server, shared)


async def test_nobody_removes_the_pictures_of_others(
    installation: Installation, client: ApiClient, server: ApiClient
) -> None:
    """An address is only text: naming a file and giving it up again must not delete it, whatever its origin."""
    _, face = await created(server, "/users")
    attacker = as_server(client, create_project(installation))
    key = face.partition("/api/v1/blobs/")[2]
    mallory, _ = await created(attacker, "/users")
    lures = (face, f"https://evil.example/api/v1/blobs/{key}", f"https://evil.example/api/v1/blobs//api/v1/blobs/{key}")
    for lure in lures:
        assert (await attacker.patch(mallory, {"profile_image_url": lure})).status_code == 200
    await attacker.delete(mallory)
    assert set(lures) <= noted(installation)
    await later(installation)
    assert await is_there(server, face)


async def test_the_operators_new_address_keeps_old_pictures(installation: Installation, server: ApiClient) -> None:
    """Rows name the origin that the installation had when the file was stored."""
    user, face = await created(server, "/users")
    other, _ = await created(server, "/users")

    def move(session: Session) -> None:
        row = session.exec(select(User).where(col(User.profile_image_url) == face)).one()
        row.profile_image_url = face.replace("localhost", "auth.example.com")

    installation.db.call(move)
    await server.patch(other, {"profile_image_url": face})
    await server.patch(other, {"profile_image_url": None})
    await later(installation)
    assert await is_there(server, face)
    await server.delete(user)
    await later(installation)
    assert not await is_there(server, face)


async def test_pictures_elsewhere_are_none_of_our_files(installation: Installation, server: ApiClient) -> None:
    user, _ = await created(server, "/users", profile_image_url="https://example.com/face.png")
    await server.patch(user, {"profile_image_url": "https://example.com/api/v1/blobs/../../secrets.json"})
    await server.delete(user)
    assert await later(installation) == 0
    assert noted(installation) == set()


async def test_a_logo_that_mails_show_outlives_its_replacement(
    installation: Installation, client: ApiClient, project: TestProject
) -> None:
    admin = as_admin(client, project)
    await admin.patch("/internal/projects/current", {"logo_url": picture()})

    def logo(session: Session) -> str:
        return str(session.get_one(Project, project.id).logo_url)

    old = installation.db.call(logo)
    await admin.patch("/internal/projects/current", {"logo_url": picture()})
    await later(installation)
    assert await is_there(admin, old)
