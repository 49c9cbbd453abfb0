"""The guided tour: offered once, over installed apps only, kept in the browser, and never back by itself."""

import pytest

from models.base import JsonValue
from state.dashboard.palette import PaletteState
from state.dashboard.tour import TourState
from tests.state.scenes import ProjectScene
from tests.state.tabs import run, targets

pytestmark = pytest.mark.anyio
BOTH: dict[str, JsonValue] = {"apps.installed.teams.enabled": True, "apps.installed.emails.enabled": True}


async def walk(tour: TourState, handler: str) -> list[str]:
    """The steps from here on, as far as the handler leads."""
    steps = []
    while await run(getattr(tour, handler)()):
        steps.append(tour.step)
    return steps


@pytest.mark.parametrize(
    ("closed", "pages"),
    [
        ([], ["users", "teams", "emails"]),
        (["teams"], ["users", "emails"]),
        (["emails"], ["users", "teams"]),
        (["teams", "emails"], ["users"]),
    ],
)
async def test_it_leads_through_what_is_installed_and_is_over_then(
    project: ProjectScene, closed: list[str], pages: list[str]
) -> None:
    project.configure({**BOTH, **{f"apps.installed.{app}.enabled": False for app in closed}})
    tour = await project.tab().state(TourState)
    assert (tour.is_offered, tour.step) == (True, "")
    begun = targets(await run(tour.start()))
    assert (f"/projects/{project.project_id}" in begun, tour.is_offered, tour.step) == (True, False, "overview")
    assert await walk(tour, "move_on") == pages
    assert (tour.is_offered, tour.step, tour.tour_step) == (False, "", "over")


async def test_every_step_opens_its_page(project: ProjectScene) -> None:
    project.configure(BOTH)
    tour = await project.tab().state(TourState)
    await run(tour.start())
    for page in ("users", "teams", "email-sent"):
        assert f"/projects/{project.project_id}/{page}" in targets(await run(tour.move_on()))


async def test_it_goes_back_to_its_beginning_and_no_further(project: ProjectScene) -> None:
    project.configure({**BOTH, "apps.installed.teams.enabled": False})
    tour = await project.tab().state(TourState)
    tour.tour_step = "emails"
    assert await walk(tour, "go_back") == ["users", "overview"]
    assert tour.step == "overview"


async def test_whoever_leaves_it_is_not_asked_again_but_can_begin_anew(project: ProjectScene) -> None:
    tab = project.tab()
    tour, palette = await tab.state(TourState), await tab.state(PaletteState)
    await run(tour.end())
    assert (tour.is_offered, tour.step) == (False, "")
    await run(palette.change_query("tour"))
    assert "start" in str(await run(palette.choose(palette.hits[0].key)))
    await run(tour.start())
    assert tour.step == "overview"


@pytest.mark.parametrize("kept", ["https://evil.example", "../settings", "Overview", "[]", "x" * 5000])
async def test_what_the_browser_has_kept_is_a_step_or_nothing(project: ProjectScene, kept: str) -> None:
    tour = await project.tab().state(TourState)
    tour.tour_step = kept
    assert (tour.step, tour.is_offered) == ("", True)
    assert kept not in targets(await run(tour.go_back()))
    assert f"/projects/{project.project_id}" in targets(await run(tour.move_on()))
    assert tour.step == "overview"


async def test_a_step_whose_app_is_gone_leads_on(project: ProjectScene) -> None:
    project.configure({**BOTH, "apps.installed.teams.enabled": False})
    tour = await project.tab().state(TourState)
    tour.tour_step = "teams"
    await run(tour.move_on())
    assert tour.step == "emails"


async def test_strangers_are_led_nowhere(project: ProjectScene) -> None:
    tour = await project.tab(project.cleo).state(TourState)
    for handler in ("start", "move_on", "go_back"):
        assert project.project_id not in targets(await run(getattr(tour, handler)()))
    assert tour.tour_step == ""
