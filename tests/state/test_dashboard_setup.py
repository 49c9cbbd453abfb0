"""The wizard of a new project."""

import pytest
from sqlmodel import Session

from hexclave_app.config.overrides import Level
from hexclave_app.services import project_configs, projects
from hexclave_app.services.project_setup import CREATE_NEW, Choices
from models import Project
from models.base import JsonValue
from models.projects import OnboardingStatus
from state.dashboard.new_project import NewProjectState
from state.dashboard.projects import ProjectsState
from state.dashboard.setup import SetupState
from tests.state.scenes import ProjectScene
from tests.state.tabs import Tab, run, targets


def begin(project: ProjectScene, status: OnboardingStatus = OnboardingStatus.CONFIG_CHOICE) -> None:
    """The project as the dashboard creates it."""
    project.installation.db.call(
        projects.update, project_id=project.project_id, fields={"onboarding_status": status, "onboarding_state": None}
    )


def stored(project: ProjectScene) -> Project:
    return project.installation.db.call(projects.get, project_id=project.project_id)


async def opened(tab: Tab) -> SetupState:
    page = await tab.state(SetupState)
    await run(page.load())
    return page


@pytest.mark.anyio
async def test_a_project_is_set_up_step_by_step(project: ProjectScene) -> None:
    begin(project)
    page = await opened(project.tab())
    assert (page.step, [row.is_open for row in page.steps]) == ("config_choice", [True, False, False, False, False])
    await run(page.proceed())
    page = await opened(project.tab())
    await run(page.choose_app("webhooks", True))
    await run(page.choose_app("analytics", False))
    await run(page.proceed())
    installed = project.config().apps.installed
    assert (installed["webhooks"].enabled, installed["analytics"].enabled) == (True, False)
    assert installed["authentication"].enabled
    page = await opened(project.tab())
    await run(page.choose_method("passkey", True))
    await run(page.choose_method("github", False))
    await run(page.proceed())
    auth = project.config().auth
    assert (auth.password.allow_sign_in, auth.otp.allow_sign_in, auth.passkey.allow_sign_in) == (True, True, True)
    google = auth.oauth.providers["google"]
    assert (google.is_shared, google.allow_sign_in, "github" in auth.oauth.providers) == (True, True, False)
    page = await opened(project.tab())
    other = next(theme.id for theme in page.themes if not theme.is_chosen)
    assert all("<html" in theme.preview for theme in page.themes)
    await run(page.choose_theme(other))
    await run(page.proceed())
    assert project.config().emails.selected_theme_id == other
    page = await opened(project.tab())
    assert ("People sign in with", "E-mail and password, Code or link by e-mail, Passkey, Google") in page.summary
    assert f"/projects/{project.project_id}" in targets(await run(page.proceed()))
    assert (stored(project).onboarding_status, stored(project).onboarding_state) == ("completed", None)


@pytest.mark.anyio
async def test_choices_wait_for_their_step_and_survive_another_tab(project: ProjectScene) -> None:
    begin(project, OnboardingStatus.AUTH_SETUP)
    page = await opened(project.tab())
    await run(page.choose_method("passkey", True))
    assert not project.config().auth.passkey.allow_sign_in
    again = await opened(project.tab())
    assert again.methods["passkey"]
    for method in list(again.methods):
        await run(again.choose_method(method, False))
    await run(again.proceed())
    assert again.problem == "Choose at least one way to sign in."
    assert stored(project).onboarding_status == "auth_setup"


@pytest.mark.anyio
async def test_earlier_steps_open_again_and_later_ones_do_not(project: ProjectScene) -> None:
    begin(project, OnboardingStatus.AUTH_SETUP)
    page = await opened(project.tab())
    await run(page.go_to("welcome"))
    assert page.step == "auth_setup"
    await run(page.go_to("apps_selection"))
    assert page.step == "apps_selection"
    for step in ("welcome", "completed", "nonsense"):
        page.step = step
        await run(page.proceed())
        assert page.problem != ""
    assert stored(project).onboarding_status == "auth_setup"


@pytest.mark.anyio
async def test_a_configuration_of_a_repository_needs_no_more_choices(project: ProjectScene) -> None:
    begin(project)
    page = await opened(project.tab())
    await run(page.choose_config(True))
    await run(page.proceed())
    assert stored(project).onboarding_status == "welcome"


@pytest.mark.anyio
async def test_what_was_pushed_is_not_overwritten(project: ProjectScene) -> None:
    begin(project, OnboardingStatus.APPS_SELECTION)

    def push(session: Session) -> None:
        source = {"type": "pushed-from-unknown"}
        project_configs.replace(session, project_id=project.project_id, level=Level.BRANCH, config={}, source=source)

    project.installation.db.call(push)
    page = await opened(project.tab())
    await run(page.proceed())
    assert "pushed" in page.problem
    assert stored(project).onboarding_status == "apps_selection"


@pytest.mark.anyio
async def test_the_set_up_can_be_skipped(project: ProjectScene) -> None:
    begin(project)
    page = await opened(project.tab())
    await run(page.skip())
    assert stored(project).onboarding_status == "completed"
    assert f"/projects/{project.project_id}" in targets(await run((await project.tab().state(SetupState)).load()))


@pytest.mark.anyio
async def test_strangers_see_and_change_nothing(project: ProjectScene) -> None:
    begin(project)
    page = await opened(project.tab(project.cleo))
    assert (page.name, page.steps) == ("", [])
    for updates in (page.choose_app("webhooks", True), page.choose_theme("x"), page.skip(), page.proceed()):
        await run(updates)
    assert (stored(project).onboarding_status, stored(project).onboarding_state) == ("config_choice", None)


@pytest.mark.anyio
async def test_forged_choices_are_refused(project: ProjectScene) -> None:
    begin(project)
    page = await opened(project.tab())
    for updates in (
        page.choose_app("authentication", False),
        page.choose_app("catalyst", True),
        page.choose_method("telepathy", True),
        page.choose_theme("no-theme"),
    ):
        await run(updates)
        assert page.problem != ""
    assert stored(project).onboarding_state is None


@pytest.mark.anyio
async def test_new_projects_begin_with_the_set_up_and_the_list_leads_there(project: ProjectScene) -> None:
    page = await project.tab_of(project.ada, "/new-project").state(NewProjectState)
    await run(page.load())
    await run(page.submit({"name": "Fresh"}))
    assert page.setup_path.endswith("/setup")
    cards = await project.tab_of(project.ada).state(ProjectsState)
    await run(cards.load())
    found = {card.name: card for card in cards.cards}
    assert (found["Fresh"].href, found["Fresh"].is_set_up) == (page.setup_path, False)
    assert [card.is_set_up for card in cards.cards if card.id == project.project_id] == [True]
    resumed = await project.tab_of(project.ada, "/new-project?project_id=a%2Fb").state(NewProjectState)
    assert "/projects/a%2Fb/setup" in targets(await run(resumed.load()))


def test_whatever_the_api_stored_can_be_read() -> None:
    odd: JsonValue = {"selected_apps": "x", "selected_sign_in_methods": [1, "google"], "selected_config_choice": 4}
    choices = Choices.of(odd)
    assert (choices.apps, choices.methods, choices.config) == ((), ("google",), CREATE_NEW)
    assert Choices.of(choices.as_json()) == choices
    assert Choices.of([]) == Choices()


@pytest.mark.anyio
async def test_a_link_suggests_a_name_and_where_the_configuration_is(project: ProjectScene) -> None:
    path = "/new-project?display_name=Difference+Engine&mode=link-existing"
    form = await project.tab_of(project.ada, path).state(NewProjectState)
    await run(form.load())
    assert form.name == "Difference Engine"
    await run(form.submit({"name": form.name}))
    project_id = form.setup_path.split("/")[2]
    tab = project.tab_of(project.ada, form.setup_path, project_id=project_id)
    wizard = await tab.state(SetupState)
    await run(wizard.load())
    assert (wizard.step, wizard.is_linking) == ("config_choice", True)
