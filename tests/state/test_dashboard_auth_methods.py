"""Auth methods: switches and OAuth providers."""

import pytest

from hexclave_app.config.schema_auth import OAuthProvider
from hexclave_app.gateways.oauth.providers import PROVIDERS
from state.dashboard.auth_methods import CONSOLES, AuthMethodsState, ProviderDialogState
from tests.state.scenes import ProjectScene
from tests.state.tabs import run, targets

OWN_KEYS = {"provider_client_id": "id-1", "provider_client_secret": "s3cret", "provider_sign_in": "on"}


def provider(project: ProjectScene, name: str) -> OAuthProvider | None:
    return project.config().auth.oauth.providers.get(name)


@pytest.mark.anyio
async def test_the_preview_follows_what_is_not_saved_yet(project: ProjectScene) -> None:
    page = await project.tab().state(AuthMethodsState)
    await run(page.load())
    await run(page.switch("otp", True))
    await run(page.choose("strategy", "raise_error"))
    assert (page.switches["otp"], page.texts["strategy"]) == (True, "raise_error")
    assert not project.config().auth.otp.allow_sign_in
    await run(page.save())
    auth = project.config().auth
    assert (auth.otp.allow_sign_in, auth.oauth.account_merge_strategy) == (True, "raise_error")


@pytest.mark.anyio
@pytest.mark.parametrize(("before", "after", "warning"), [(True, False, "closes"), (False, True, "opens")])
async def test_sign_up_is_opened_and_closed_after_a_question(
    project: ProjectScene, before: bool, after: bool, warning: str
) -> None:
    project.configure({"auth.allowSignUp": before})
    page = await project.tab().state(AuthMethodsState)
    await run(page.load())
    await run(page.switch("sign_up", after))
    await run(page.save())
    assert [warning in one.text for one in page.consequences] == [True]
    await run(page.stop_saving())
    assert "no such choice" in targets(await run(page.save_anyway()))  # nothing is asked any more
    assert (project.config().auth.allow_sign_up, page.staged_count) == (before, 1)
    await run(page.save())
    await run(page.save_anyway())
    assert (project.config().auth.allow_sign_up, page.staged_count, page.is_asking_to_save) == (after, 0, False)


@pytest.mark.anyio
async def test_the_last_way_to_sign_in_is_not_taken_away_unnoticed(project: ProjectScene) -> None:
    project.configure({"auth.password.allowSignIn": True})
    page = await project.tab().state(AuthMethodsState)
    await run(page.load())
    for name in ("password", "otp", "passkey"):
        await run(page.switch(name, False))
    await run(page.save())
    assert [one.text for one in page.consequences] == ["No way to sign in is left: nobody can sign in any more."]
    await run(page.switch("otp", True))
    assert not page.is_asking_to_save
    await run(page.save())
    auth = project.config().auth
    assert (auth.password.allow_sign_in, auth.otp.allow_sign_in, page.staged_count) == (False, True, 0)


@pytest.mark.anyio
async def test_providers_are_found_to_be_added(project: ProjectScene) -> None:
    tab = project.tab()
    page, dialog = await tab.state(AuthMethodsState), await tab.state(ProviderDialogState)
    await run(page.load())
    await run(page.toggle_adding(True))
    assert len(page.addable) == 12
    await run(page.search_provider("git"))
    assert page.addable == [("github", "GitHub"), ("gitlab", "GitLab")]
    await run(dialog.open_for("github"))
    assert (page.is_adding, dialog.is_open, dialog.keys_url) == (False, True, "https://github.com/settings/developers")
    await run(dialog.submit(OWN_KEYS))
    await run(page.toggle_adding(True))
    assert len(page.addable) == 11
    assert page.signs_in_with == ["github"]
    assert set(CONSOLES) == set(PROVIDERS)


@pytest.mark.anyio
async def test_only_known_settings_change(project: ProjectScene) -> None:
    page = await project.tab().state(AuthMethodsState)
    await run(page.load())
    before = project.config()
    assert "no such setting" in targets(await run(page.switch("project.isProductionMode", True)))
    assert "no such choice" in targets(await run(page.choose("strategy", "steal")))
    assert "no such choice" in targets(await run(page.choose("password", "true")))
    assert "no such choice" in targets(await run(page.write("strategy", "steal")))
    await run(page.save())
    assert (project.config(), page.staged_count) == (before, 0)


@pytest.mark.anyio
async def test_strangers_change_nothing(project: ProjectScene) -> None:
    before = project.config()
    tab = project.tab(project.cleo)
    page = await tab.state(AuthMethodsState)
    for updates in (page.load(), page.switch("password", False), page.save(), page.save_anyway(), page.discard()):
        await run(updates)
    assert (page.switches, page.rows, page.staged_count) == ({}, [], 0)
    dialog = await tab.state(ProviderDialogState)
    dialog.id = "github"
    await run(dialog.submit(OWN_KEYS))
    assert project.config() == before


@pytest.mark.anyio
async def test_a_provider_is_added_changed_without_its_secret_and_removed(project: ProjectScene) -> None:
    tab = project.tab()
    dialog, page = await tab.state(ProviderDialogState), await tab.state(AuthMethodsState)
    await run(page.load())
    await run(dialog.open_for("discord"))
    await run(dialog.submit({"provider_client_id": "id-1"}))
    assert "secret" in dialog.error
    await run(dialog.submit(OWN_KEYS))
    await run(dialog.open_for("discord"))
    assert (dialog.client_id, dialog.has_secret, "s3cret" in repr(dialog.dict())) == ("id-1", True, False)
    await run(dialog.submit({"provider_client_id": "id-1", "provider_connected": "on"}))
    stored = provider(project, "discord")
    assert stored is not None
    assert (stored.client_secret, stored.allow_sign_in, stored.allow_connected_accounts) == ("s3cret", False, True)
    await run(page.ask_to_remove("discord"))
    await run(page.remove())
    assert provider(project, "discord") is None


@pytest.mark.anyio
async def test_another_client_id_does_not_inherit_the_secret(project: ProjectScene) -> None:
    dialog = await project.tab().state(ProviderDialogState)
    await run(dialog.open_for("discord"))
    await run(dialog.submit(OWN_KEYS))
    await run(dialog.submit({"provider_client_id": "id-2"}))
    stored = provider(project, "discord")
    assert stored is not None
    assert (dialog.error != "", stored.client_id) == (True, "id-1")


@pytest.mark.anyio
async def test_shared_keys_are_for_four_providers(project: ProjectScene) -> None:
    dialog = await project.tab().state(ProviderDialogState)
    await run(dialog.open_for("discord"))
    await run(dialog.share(True))
    assert not dialog.is_shared
    assert "no such provider" in targets(await run(dialog.open_for("myspace"))) + dialog.error
