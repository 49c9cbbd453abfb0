"""The pages of requirements for new users and of team settings."""

import pytest

from state.dashboard.onboarding import OnboardingState
from state.dashboard.team_settings import TeamSettingsState
from tests.state.scenes import ProjectScene
from tests.state.tabs import run, targets


def is_required(project: ProjectScene) -> bool:
    return project.config().onboarding.require_email_verification


@pytest.mark.anyio
async def test_a_requirement_that_restricts_nobody_applies_at_once(project: ProjectScene) -> None:
    page = await project.tab().state(OnboardingState)
    await run(page.load())
    await run(page.switch(True))
    assert (is_required(project), page.is_asking) == (True, False)
    await run(page.switch(False))
    assert not is_required(project)


@pytest.mark.anyio
async def test_those_who_would_be_restricted_are_shown_first(project: ProjectScene) -> None:
    for number in range(12):
        project.add_user(f"user{number}@example.com")
    project.add_user("stranger@example.com", project_id=project.foreign_id)
    page = await project.tab().state(OnboardingState)
    await run(page.load())
    await run(page.switch(True))
    assert (is_required(project), page.affected, page.more) == (False, "12 users", "… and 2 others")
    assert "stranger@example.com" not in str(page.affected_users)
    await run(page.stop_asking())
    assert (is_required(project), page.affected_users) == (False, [])
    await run(page.switch(True))
    await run(page.confirm())
    assert (is_required(project), page.is_asking) == (True, False)


@pytest.mark.anyio
async def test_strangers_change_no_requirement_and_see_nobody(project: ProjectScene) -> None:
    project.add_user("grace@example.com")
    page = await project.tab(project.cleo).state(OnboardingState)
    for updates in (page.load(), page.switch(True), page.confirm()):
        await run(updates)
    assert (is_required(project), page.affected_users) == (False, [])
    teams = await project.tab(project.cleo).state(TeamSettingsState)
    await run(teams.switch("creation", True))
    assert not project.config().teams.allow_client_team_creation


@pytest.mark.anyio
async def test_team_settings_are_switched(project: ProjectScene) -> None:
    page = await project.tab().state(TeamSettingsState)
    await run(page.load())
    await run(page.switch("creation", True))
    await run(page.switch("personal", True))
    teams = project.config().teams
    assert (teams.allow_client_team_creation, teams.create_personal_team_on_sign_up) == (True, True)
    await run(page.refresh())
    assert (page.allows_creation, page.creates_personal) == (True, True)
    assert "no such setting" in targets(await run(page.switch("everything", True)))
