"""What the frame of the dashboard remembers of somebody: the folded sidebar, news that were seen."""

from pathlib import Path

import pytest

from hexclave_app.services import changelog
from state.dashboard import news
from state.dashboard.companion import CompanionState
from state.dashboard.news import NewsState
from state.dashboard.rail import RailState
from state.dashboard.shell import ShellState
from tests.state.scenes import ProjectScene
from tests.state.tabs import run, targets

NOTES = """# Changelog

## Unreleased

- [major] Mails are `sealed`.
- Teams have
  pages.
"""


@pytest.mark.anyio
async def test_the_sidebar_folds_up_and_unfolds(project: ProjectScene) -> None:
    rail = await project.tab().state(RailState)
    seen = []
    for _ in range(2):
        await run(rail.toggle())
        seen.append(rail.is_narrow)
    assert seen == [True, False]


@pytest.mark.anyio
async def test_news_are_unseen_until_the_panel_was_open(
    project: ProjectScene, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "CHANGELOG.md"
    file.write_text(NOTES)
    entries = changelog.entries
    monkeypatch.setattr(changelog, "entries", lambda: entries(file))
    tab = project.tab()
    panel, companion = await tab.state(NewsState), await tab.state(CompanionState)
    await run(companion.load())
    seen = [panel.is_unseen]
    await run(companion.show("news"))
    assert [(one.title, one.notes) for one in panel.releases] == [
        ("Unreleased", ["Mails are sealed.", "Teams have pages."])
    ]
    await run(companion.close())
    seen.append(panel.is_unseen)
    file.write_text(f"{NOTES}- One more.\n")
    await run(companion.load())
    assert ([*seen, panel.is_unseen], news.newest(), panel.releases) == ([True, False, True], "Unreleased 3", [])


@pytest.mark.anyio
async def test_the_open_project_stands_first_and_the_account_is_one_click_away(project: ProjectScene) -> None:
    shell = await project.tab().state(ShellState)
    await run(shell.enter())
    assert shell.projects[0].is_open
    assert "/handler/account-settings" in targets(await run(shell.open_account()))
