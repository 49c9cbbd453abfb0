"""The companion: what it opens, whom it names, and that nothing of it is kept once it is closed."""

from collections.abc import Callable, Iterator

import pytest

from hexclave_app.installation import Installation, current_installation
from hexclave_app.services import internal_project
from state.dashboard.companion import CompanionState, about_page
from state.dashboard.news import NewsState
from state.dashboard.shell import ShellState
from tests.state.scenes import ProjectScene, TabOf, project_scene
from tests.state.tabs import run, targets

pytestmark = pytest.mark.anyio


@pytest.fixture
def supported(
    installation: Installation, monkeypatch: pytest.MonkeyPatch, tab_of: TabOf
) -> Iterator[Callable[[], ProjectScene]]:
    """A scene on an installation whose operator has said whom to ask."""
    monkeypatch.setenv("HEXCLAVE_SUPPORT_EMAIL", "help@example.com")
    monkeypatch.setenv("HEXCLAVE_FEATURE_REQUESTS_URL", "https://wishes.example.com/new")
    current_installation.cache_clear()
    opened = current_installation()
    opened.db.call(internal_project.ensure, settings=opened.settings)
    yield lambda: project_scene(opened, tab_of)
    opened.close()


async def test_documents_begin_with_the_one_about_the_page(project: ProjectScene) -> None:
    tab = project.tab()
    tab.go(f"/projects/{project.project_id}/email-drafts")
    companion = await tab.state(CompanionState)
    await run(companion.show("documents"))
    first, second = companion.links[:2]
    assert (companion.panel, first.id, first.is_about_page, second.is_about_page) == (
        "documents",
        "emails",
        True,
        False,
    )
    tab.go(f"/projects/{project.project_id}/sign-up-rules")
    await run(companion.load())
    assert companion.links[0].id == "authentication"


@pytest.mark.parametrize(
    ("path", "document"),
    [
        ("/projects/p/users/u", "bulk-users"),
        ("/projects/p/email-viewer/m", "emails"),
        ("/projects/p", ""),
        ("/projects", ""),
        ("/", ""),
    ],
)
def test_pages_have_a_document_or_none(path: str, document: str) -> None:
    assert about_page(path) == document


async def test_a_document_is_read_left_and_searched(project: ProjectScene) -> None:
    companion = await project.tab().state(CompanionState)
    await run(companion.show("documents"))
    await run(companion.search("  passwords guessers "))
    found = companion.links[0]
    assert (found.id, found.hint != "", found.section > 0) == ("authentication", True, True)
    await run(companion.read(found.id, found.section))
    assert (companion.document, companion.section) == ("authentication", found.section)
    assert f'id="document-section-{found.section}"' in companion.document_html
    await run(companion.go_back())
    assert (companion.document, companion.document_html, companion.links[0]) == ("", "", found)
    await run(companion.search(""))
    assert len(companion.links) > 3


@pytest.mark.parametrize("document", ["../../etc/passwd", "README.md", "", "contract/01-protocol"])
async def test_only_documents_of_ours_are_read(project: ProjectScene, document: str) -> None:
    companion = await project.tab().state(CompanionState)
    await run(companion.read(document, 0))
    assert (companion.panel, companion.document_html) == ("", "")


async def test_a_forged_section_or_panel_leads_nowhere(project: ProjectScene) -> None:
    companion = await project.tab().state(CompanionState)
    await run(companion.show("settings"))
    assert companion.panel == ""
    await run(companion.read("emails", 10**9))
    assert (companion.document, companion.section) == ("emails", 0)
    await run(companion.search("x" * 100_000))
    assert len(companion.query) == 100


async def test_closing_forgets_everything_and_the_button_closes_too(project: ProjectScene) -> None:
    tab = project.tab()
    companion, news = await tab.state(CompanionState), await tab.state(NewsState)
    await run(companion.read("emails", 1))
    await run(companion.show("news"))
    assert (companion.panel, companion.document_html, news.releases != []) == ("news", "", True)
    await run(companion.show("news"))
    await run(companion.show("documents"))
    await run(companion.close())
    assert (companion.panel, companion.links, companion.document_html, news.releases) == ("", [], "", [])


async def test_it_stays_open_from_page_to_page(project: ProjectScene) -> None:
    tab = project.tab()
    companion = await tab.state(CompanionState)
    await run(companion.read("emails", 2))
    await run((await tab.state(ShellState)).enter())
    await run(companion.load())
    assert (companion.panel, companion.document, companion.section) == ("documents", "emails", 2)


async def test_without_an_operator_to_ask_nobody_is_named(project: ProjectScene) -> None:
    companion = await project.tab().state(CompanionState)
    await run(companion.load())
    assert (companion.has_support, companion.feature_requests_url) == (False, "")


async def test_the_operator_is_named(supported: Callable[[], ProjectScene]) -> None:
    companion = await supported().tab().state(CompanionState)
    await run(companion.load())
    assert (companion.has_support, companion.support_email) == (True, "help@example.com")
    assert companion.feature_requests_url == "https://wishes.example.com/new"


async def test_strangers_open_nothing_and_are_not_disturbed(project: ProjectScene) -> None:
    companion = await project.tab_of(None, "/projects").state(CompanionState)
    assert targets(await run(companion.load())) == ""  # on its way to the sign-in page
    await run(companion.show("documents"))
    await run(companion.read("emails", 0))
    await run(companion.search("smtp"))
    assert (companion.panel, companion.links, companion.document_html) == ("", [], "")
