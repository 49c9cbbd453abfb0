"""Keys, domains and settings: what administrators change, and what others cannot."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import pytest

from hexclave_app.installation import Installation
from hexclave_app.security.hashing import token_hash
from hexclave_app.services import project_keys, tenancies
from hexclave_app.services.tenancies import KeyKind, TenancySnapshot
from models import Project
from models.base import utc_now
from state.dashboard.domains import DomainDialogState, DomainsState, base_url_of
from state.dashboard.key_requirement import KeyRequirementState
from state.dashboard.keys import LIFETIMES, CreateKeysState, KeysState
from state.dashboard.reveal import RevealState
from state.dashboard.settings import DeleteProjectState, SettingsState, TransferState, _limit_texts
from state.dashboard.shell import ShellState
from tests.state.tabs import Tab, run, targets
from tests.support.projects import DashboardUser, create_project, dashboard_user, join

TabOf = Callable[..., Tab]


@dataclass(frozen=True)
class Scene:
    installation: Installation
    tab_of: TabOf
    ada: DashboardUser
    project_id: str

    def tab(self, user: DashboardUser | None = None) -> Tab:
        path = f"/projects/{self.project_id}/project-settings"
        return self.tab_of(user or self.ada, path, project_id=self.project_id)

    def tenancy(self) -> TenancySnapshot:
        return self.installation.db.call(lambda session: tenancies.load(session, self.project_id, "main"))

    def project(self) -> Project | None:
        return self.installation.db.call(lambda session: session.get(Project, self.project_id))


@pytest.fixture
def scene(installation: Installation, tab_of: TabOf) -> Scene:
    ada = dashboard_user(installation)
    return Scene(installation, tab_of, ada, create_project(installation, owner_team_id=ada.team_id, name="Engine").id)


FORM = {"description": "Server", "lifetime": "7", "server": "on"}


@pytest.mark.anyio
async def test_new_keys_are_shown_once_and_work_until_they_expire(scene: Scene) -> None:
    tab = scene.tab()
    dialog, reveal = await tab.state(CreateKeysState), await tab.state(RevealState)
    table = await tab.state(KeysState)
    await run(dialog.submit(dict(FORM)))
    await run(table.load())
    key = reveal.keys[0].value
    assert scene.tenancy().has_key(KeyKind.SERVER, token_hash(key), utc_now() + timedelta(days=6))
    assert not scene.tenancy().has_key(KeyKind.SERVER, token_hash(key), utc_now() + timedelta(days=8))
    row = table.rows[0]
    assert (row.description, row.status, row.server, row.client) == ("Server", "valid", f"ssk_…{key[-4:]}", "")
    await run(reveal.say_stored(True))
    await run(reveal.close())
    assert reveal.keys == []


@pytest.mark.anyio
@pytest.mark.parametrize(
    "form", [{}, {**FORM, "description": " "}, {**FORM, "lifetime": "forever"}, {"description": "x", "lifetime": "1"}]
)
async def test_incomplete_forms_create_no_keys(scene: Scene, form: dict[str, str]) -> None:
    tab = scene.tab()
    dialog, table = await tab.state(CreateKeysState), await tab.state(KeysState)
    await run(dialog.submit(form))
    await run(table.load())
    assert (dialog.error != "", len(table.rows)) == (True, 1)


def test_never_is_among_the_lifetimes() -> None:
    assert [label for label, _ in LIFETIMES.values()] == ["1 day", "7 days", "30 days", "90 days", "1 year", "Never"]


@pytest.mark.anyio
async def test_revoked_keys_stop_working_and_move_down(scene: Scene) -> None:
    tab = scene.tab()
    table, dialog = await tab.state(KeysState), await tab.state(CreateKeysState)
    await run(dialog.submit(dict(FORM)))
    await run(table.load())
    await run(table.ask_to_revoke(next(row.id for row in table.rows if row.description == "Server")))
    assert table.revoking_name == "Server"
    await run(table.revoke())
    await run(table.choose_status("all"))
    assert [(row.description, row.status) for row in table.rows] == [("test", "valid"), ("Server", "revoked")]


@pytest.mark.anyio
async def test_keys_of_other_projects_cannot_be_revoked(scene: Scene) -> None:
    other = create_project(scene.installation)
    ids = scene.installation.db.call(
        lambda session: [one.id for one in project_keys.list_all(session, project_id=other.id)]
    )
    table = await scene.tab().state(KeysState)
    table.revoking_id = str(ids[0])
    await run(table.revoke())
    assert table.error != ""
    rows = scene.installation.db.call(lambda session: project_keys.list_all(session, project_id=other.id))
    assert rows[0].manually_revoked_at is None


@pytest.mark.anyio
async def test_publishable_keys_can_be_required(scene: Scene) -> None:
    page = await scene.tab().state(KeyRequirementState)
    await run(page.load())
    await run(page.switch("client_key", True))
    assert scene.tenancy().config.project.require_publishable_client_key is False
    await run(page.save())
    assert scene.tenancy().config.project.require_publishable_client_key is True


@pytest.mark.anyio
async def test_domains_are_added_and_removed(scene: Scene) -> None:
    tab = scene.tab()
    dialog, table = await tab.state(DomainDialogState), await tab.state(DomainsState)
    await run(dialog.submit({"domain": "*.Example.com", "handler_path": "/auth"}))
    await run(table.load())
    assert [(row.base_url, row.handler_path) for row in table.rows] == [("https://*.example.com", "/auth")]
    assert f'src="http://{scene.project_id}.localhost:8000/hexclave.js"' in table.snippet
    await run(dialog.submit({"domain": "https://*.example.com/path"}))
    assert "trusted already" in dialog.error
    await run(table.ask_to_remove(table.rows[0].id))
    await run(table.remove())
    assert dict(scene.tenancy().config.domains.trusted_domains) == {}


@pytest.mark.anyio
@pytest.mark.parametrize("domain", ["", "  ", "a b.com", "*..example.com", "ex*mple.com:*", "https://"])
async def test_domains_must_fit_the_grammar(scene: Scene, domain: str) -> None:
    dialog = await scene.tab().state(DomainDialogState)
    await run(dialog.submit({"domain": domain}))
    assert dialog.domain_error != ""
    assert dict(scene.tenancy().config.domains.trusted_domains) == {}


def test_a_host_gets_a_scheme_and_an_address_loses_its_path() -> None:
    assert base_url_of("app.example.com", with_http=False) == "https://app.example.com"
    assert base_url_of("app.example.com", with_http=True) == "http://app.example.com"
    assert base_url_of(" HTTP://App.example.com:8080/x?y ", with_http=False) == "http://app.example.com:8080"


@pytest.mark.anyio
async def test_production_mode_waits_for_its_problems(scene: Scene) -> None:
    tab = scene.tab()
    settings, domains = await tab.state(SettingsState), await tab.state(DomainsState)
    await run(settings.load())
    assert [path for _, path in settings.production_problems] == [f"/projects/{scene.project_id}/domains"]
    assert "Solve the listed problems" in targets(await run(settings.switch("production", True)))
    await run(domains.load())
    await run(domains.switch("localhost", False))
    await run(domains.save())
    before = scene.project()
    await run(settings.switch("production", True))
    await run(settings.save())
    after = scene.project()
    assert before is not None
    assert after is not None
    assert (before.is_production_mode, after.is_production_mode) == (False, True)


@pytest.mark.anyio
async def test_a_project_is_renamed_but_never_nameless(scene: Scene) -> None:
    settings = await scene.tab().state(SettingsState)
    await run(settings.load())
    await run(settings.write("project_name", " "))
    await run(settings.write("description", "No 2"))
    assert (settings.staged_count, "1 to" in settings.wrong["project_name"]) == (2, True)
    assert "project_name" in targets(await run(settings.save()))
    assert [(one.display_name, one.description) for one in [scene.project()] if one] == [("Engine", "")]
    await run(settings.write("project_name", " Difference Engine "))
    assert settings.wrong == {}
    assert ShellState.enter in await run(settings.save())
    project = scene.project()
    assert project is not None
    assert (project.display_name, project.description) == ("Difference Engine", "No 2")


@pytest.mark.anyio
async def test_only_administrators_of_the_owner_team_transfer_a_project(scene: Scene) -> None:
    ben = dashboard_user(scene.installation, "Ben")
    join(scene.installation, ben, scene.ada.team_id)
    transfer = await scene.tab(ben).state(TransferState)
    await run(transfer.choose(str(ben.team_id)))
    await run(transfer.transfer())
    project = scene.project()
    assert project is not None
    assert project.owner_team_id == scene.ada.team_id
    join(scene.installation, scene.ada, ben.team_id)
    transfer = await scene.tab().state(TransferState)
    await run(transfer.choose(str(ben.team_id)))
    await run(transfer.transfer())
    project = scene.project()
    assert project is not None
    assert project.owner_team_id == ben.team_id


@pytest.mark.anyio
async def test_a_project_is_deleted_after_its_name_was_typed(scene: Scene) -> None:
    question = await scene.tab().state(DeleteProjectState)
    await run(question.delete({"confirmation": "engine"}))
    assert (question.error != "", scene.project() is not None) == (True, True)
    assert "/projects" in targets(await run(question.delete({"confirmation": "Engine"})))
    assert scene.project() is None


@pytest.mark.anyio
async def test_strangers_change_no_setting(scene: Scene) -> None:
    cleo = dashboard_user(scene.installation, "Cleo")
    for tab in (scene.tab(cleo), Tab("", "/", project_id=scene.project_id)):
        settings, requirement = await tab.state(SettingsState), await tab.state(KeyRequirementState)
        for updates in (settings.write("project_name", "Mine"), settings.save()):
            await run(updates)
        for updates in (requirement.switch("client_key", True), requirement.save(), requirement.save_anyway()):
            await run(updates)
        await run((await tab.state(CreateKeysState)).submit(dict(FORM)))
        await run((await tab.state(DomainDialogState)).submit({"domain": "evil.example"}))
        await run((await tab.state(DeleteProjectState)).delete({"confirmation": "Engine"}))
        assert (await tab.state(RevealState)).keys == []
    tenancy = scene.tenancy()
    assert (tenancy.display_name, tenancy.config.auth.allow_sign_up) == ("Engine", True)
    assert (tenancy.config.project.require_publishable_client_key, len(tenancy.keys)) == (False, 3)
    assert dict(tenancy.config.domains.trusted_domains) == {}


@pytest.mark.anyio
async def test_the_dashboards_own_project_cannot_be_deleted(installation: Installation, tab_of: TabOf) -> None:
    ada = dashboard_user(installation)
    from_internal = Scene(installation, tab_of, ada, "internal")
    owner = from_internal.tenancy().owner_team_id
    assert owner is not None
    join(installation, ada, owner)
    tab = from_internal.tab()
    settings, question = await tab.state(SettingsState), await tab.state(DeleteProjectState)
    await run(settings.load())
    await run(question.delete({"confirmation": "Hexclave Dashboard"}))
    assert (settings.can_be_deleted, question.error != "") == (False, True)
    assert from_internal.project() is not None


@pytest.mark.anyio
async def test_administrators_see_the_limits(scene: Scene) -> None:
    settings = await scene.tab().state(SettingsState)
    await run(settings.load())
    shown = dict(settings.limits)
    expected = "5 in 10 seconds; after 10 failures in a row locked for 15 minutes"
    assert shown["Wrong passwords of one account"] == expected
    assert shown["Mails with codes or links to one recipient"] == "10 in 10 minutes"


def test_limits_that_are_off_are_shown_as_off() -> None:
    assert _limit_texts(None) == []
