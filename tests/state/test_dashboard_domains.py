"""Trusted domains: added with their variants, changed, and never trusted twice."""

import pytest

from state.dashboard.domains import DomainDialogState, DomainsState
from tests.state.scenes import ProjectScene
from tests.state.tabs import run


def trusted(project: ProjectScene) -> set[tuple[str | None, str]]:
    found = project.config().domains.trusted_domains.values()
    return {(one.base_url, one.handler_path) for one in found}


@pytest.mark.anyio
async def test_a_domain_is_added_with_and_without_www(project: ProjectScene) -> None:
    dialog = await project.tab().state(DomainDialogState)
    await run(dialog.open_for(""))
    await run(dialog.submit({"domain": "example.com", "with_www": "on"}))
    both = {("https://example.com", "/handler"), ("https://www.example.com", "/handler")}
    assert trusted(project) == both
    for form in ({"domain": "*.example.net", "with_www": "on"}, {"domain": "www.example.org", "with_www": "on"}):
        await run(dialog.open_for(""))
        await run(dialog.submit(form))
    assert trusted(project) - both == {("https://*.example.net", "/handler"), ("https://www.example.org", "/handler")}


@pytest.mark.anyio
@pytest.mark.parametrize(
    "form",
    [
        {"domain": "Example.com"},
        {"domain": "http://example.com"},
        {"domain": "example.com", "with_www": "on"},
        {"domain": "example.com/other"},
    ],
)
async def test_no_domain_is_trusted_twice(project: ProjectScene, form: dict[str, str]) -> None:
    dialog = await project.tab().state(DomainDialogState)
    await run(dialog.submit({"domain": "example.com"}))
    before = trusted(project)
    await run(dialog.open_for(""))
    await run(dialog.submit(form))
    assert "trusted already" in dialog.error
    assert trusted(project) == before


@pytest.mark.anyio
async def test_a_domain_is_changed_in_its_place(project: ProjectScene) -> None:
    tab = project.tab()
    dialog, table = await tab.state(DomainDialogState), await tab.state(DomainsState)
    for domain in ("example.com", "example.net"):
        await run(dialog.open_for(""))
        await run(dialog.submit({"domain": domain}))
    await run(table.load())
    row = table.rows[0]
    await run(dialog.open_for(row.id))
    assert (dialog.host, dialog.handler_path, dialog.is_http) == ("example.com", "/handler", False)
    await run(dialog.choose_http(True))
    await run(dialog.submit({"domain": "example.com", "handler_path": "/auth", "with_www": "on"}))
    await run(table.refresh())
    assert [(one.id, one.base_url, one.handler_path, one.is_http) for one in table.rows] == [
        (row.id, "http://example.com", "/auth", True),
        (table.rows[1].id, "https://example.net", "/handler", False),
    ]
    await run(dialog.submit({"domain": "example.net"}))
    assert "trusted already" in dialog.error


@pytest.mark.anyio
async def test_a_domain_that_others_removed_is_not_brought_back(project: ProjectScene) -> None:
    tab = project.tab()
    dialog, table = await tab.state(DomainDialogState), await tab.state(DomainsState)
    await run(dialog.submit({"domain": "example.com"}))
    await run(table.load())
    await run(dialog.open_for(table.rows[0].id))
    await run(table.ask_to_remove(table.rows[0].id))
    await run(table.remove())
    await run(dialog.submit({"domain": "example.com"}))
    assert dialog.error == "This domain is not trusted any more."
    assert trusted(project) == set()


@pytest.mark.anyio
async def test_strangers_change_no_domain(project: ProjectScene) -> None:
    mine = await project.tab().state(DomainDialogState)
    await run(mine.submit({"domain": "example.com"}))
    before, tab = trusted(project), project.tab(project.cleo)
    dialog = await tab.state(DomainDialogState)
    dialog.id = next(iter(project.config().domains.trusted_domains))
    await run(dialog.submit({"domain": "evil.example"}))
    page = await tab.state(DomainsState)
    for updates in (page.load(), page.switch("localhost", False), page.save()):
        await run(updates)
    assert project.config().domains.allow_localhost
    assert trusted(project) == before
