"""The logos of a project."""

import pytest

from hexclave_app.services import projects
from hexclave_app.services.projects import LOGO_FIELDS
from state.dashboard.logos import LogosState
from tests.state.scenes import ProjectScene
from tests.state.tabs import run, targets
from tests.support.images import picture

PICTURE = picture()


def stored(project: ProjectScene) -> dict[str, str | None]:
    row = project.installation.db.call(projects.get, project_id=project.project_id)
    return {field: getattr(row, field) for field in LOGO_FIELDS}


@pytest.mark.anyio
async def test_a_logo_is_chosen_replaced_and_removed(project: ProjectScene) -> None:
    page = await project.tab().state(LogosState)
    await run(page.load())
    assert set(page.logos.values()) == {""}
    await run(page.save("logo_dark_mode_url", PICTURE))
    first = page.logos["logo_dark_mode_url"]
    assert first.endswith(".png")
    assert stored(project) == {**dict.fromkeys(LOGO_FIELDS), "logo_dark_mode_url": first}
    await run(page.save("logo_dark_mode_url", PICTURE))
    assert stored(project)["logo_dark_mode_url"] not in (first, None)
    await run(page.remove("logo_dark_mode_url"))
    assert stored(project) == dict.fromkeys(LOGO_FIELDS)
    assert page.logos["logo_dark_mode_url"] == ""


@pytest.mark.anyio
async def test_a_removed_logo_is_brought_back_unless_there_is_another_one(project: ProjectScene) -> None:
    page = await project.tab().state(LogosState)
    await run(page.load())
    await run(page.restore())
    assert stored(project) == dict.fromkeys(LOGO_FIELDS)  # nothing was removed
    await run(page.save("logo_url", PICTURE))
    first = stored(project)
    assert "restore" in str(await run(page.remove("logo_url")))
    await run(page.restore())
    assert (stored(project), page.logos["logo_url"]) == (first, first["logo_url"])
    await run(page.remove("logo_url"))
    await run(page.save("logo_url", PICTURE))
    second = stored(project)
    await run(page.restore())
    assert stored(project) == second
    page._removed = (project.foreign_id, "logo_full_url", "https://evil.example/logo.png")
    await run(page.restore())
    assert stored(project) == second


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("field", "data"),
    [
        ("logo_url", ""),
        ("logo_url", "https://evil.example/tracker.png"),
        ("logo_url", "data:image/png;base64,bm8gcGljdHVyZQ=="),
        ("logo_url", "data:image/svg+xml;base64,PHN2Zy8+"),
        ("display_name", PICTURE),
        ("owner_team_id", PICTURE),
    ],
)
async def test_what_is_no_picture_of_a_logo_changes_nothing(project: ProjectScene, field: str, data: str) -> None:
    page = await project.tab().state(LogosState)
    await run(page.load())
    before = stored(project)
    assert targets(await run(page.save(field, data))) != ""
    assert (stored(project), page.saving) == (before, "")


@pytest.mark.anyio
async def test_strangers_neither_see_nor_change_logos(project: ProjectScene) -> None:
    await run((await project.tab().state(LogosState)).save("logo_url", PICTURE))
    before = stored(project)
    page = await project.tab(project.cleo).state(LogosState)
    await run(page.load())
    await run(page.save("logo_full_url", PICTURE))
    await run(page.remove("logo_url"))
    assert set(page.logos.values()) == {""}
    assert stored(project) == before
