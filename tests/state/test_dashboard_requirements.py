"""The pages of requirements for new users and of team settings."""

import pytest

from state.dashboard.auth_methods import AuthMethodsState
from state.dashboard.onboarding import OnboardingState
from state.dashboard.team_settings import TeamSettingsState
from tests.state.scenes import ProjectScene
from tests.state.tabs import run, targets


def is_required(project: ProjectScene) -> bool:
    return project.config().onboarding.require_email_verification


@pytest.mark.anyio
async def test_a_requirement_that_restricts_nobody_needs_no_question(project: ProjectScene) -> None:
    page = await project.tab().state(OnboardingState)
    await run(page.load())
    await run(page.switch("verification", True))
    assert not is_required(project)
    await run(page.save())
    assert (is_required(project), page.is_asking_to_save) == (True, False)
    await run(page.switch("verification", False))
    await run(page.save())
    assert not is_required(project)


@pytest.mark.anyio
@pytest.mark.parametrize("kind", [OnboardingState, AuthMethodsState])
async def test_those_who_would_be_restricted_are_shown_first(
    project: ProjectScene, kind: type[OnboardingState | AuthMethodsState]
) -> None:
    for number in range(12):
        project.add_user(f"user{number}@example.com")
    project.add_user("stranger@example.com", project_id=project.foreign_id)
    page = await project.tab().state(kind)
    await run(page.load())
    await run(page.switch("verification", True))
    await run(page.save())
    [consequence] = page.consequences
    assert (is_required(project), page.is_asking_to_save) == (False, True)
    assert consequence.text.startswith("12 users without a verified address")
    assert (len(consequence.people), consequence.people[-1]) == (11, "… and 2 others")
    assert "stranger@example.com" not in str(consequence)
    await run(page.stop_saving())
    assert not is_required(project)
    await run(page.save())
    await run(page.save_anyway())
    assert (is_required(project), page.is_asking_to_save) == (True, False)


@pytest.mark.anyio
async def test_strangers_change_no_requirement_and_see_nobody(project: ProjectScene) -> None:
    project.add_user("grace@example.com")
    page = await project.tab(project.cleo).state(OnboardingState)
    for updates in (page.load(), page.switch("verification", True), page.save(), page.save_anyway()):
        await run(updates)
    assert (is_required(project), page.consequences, page.staged_count) == (False, [], 0)


@pytest.mark.anyio
async def test_team_settings_are_switched_together(project: ProjectScene) -> None:
    page = await project.tab().state(TeamSettingsState)
    await run(page.load())
    await run(page.switch("creation", True))
    await run(page.switch("personal", True))
    await run(page.save())
    teams = project.config().teams
    assert (teams.allow_client_team_creation, teams.create_personal_team_on_sign_up) == (True, True)
    await run(page.refresh())
    assert page.switches == {"creation": True, "personal": True}
    assert "no such setting" in targets(await run(page.switch("everything", True)))
