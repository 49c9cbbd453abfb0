"""A page that cannot be loaded says why in its place; a refused change leaves the page where it is."""

from typing import Any

import pytest
import reflex as rx
from reflex.state import BaseState

from state.base import ACCESS_MARK, Access
from state.dashboard.apps import AppsState
from tests.state.scenes import ProjectScene
from tests.state.tabs import run, targets


def pages() -> list[type[BaseState]]:
    """States of pages about a project that are loaded as a whole."""
    return [
        kind
        for kind in sorted(rx.State.get_substates(), key=lambda one: one.__name__)
        if {"error", "is_loading"} <= kind.vars.keys()
        and getattr(getattr(kind.event_handlers.get("load"), "fn", None), ACCESS_MARK, None) is Access.PROJECT_ADMIN
    ]


@pytest.mark.anyio
@pytest.mark.parametrize("page", pages(), ids=lambda page: page.__name__)
async def test_a_page_of_others_says_that_it_cannot_be_shown(project: ProjectScene, page: Any) -> None:
    shown = await project.tab(project.cleo).state(page)
    toasts = targets(await run(shown.load()))
    assert (shown.error, shown.is_loading, toasts) == (
        "This project does not exist, or your teams do not own it.", False, ""
    )  # fmt: skip


def test_most_pages_are_looked_at() -> None:
    assert len(pages()) > 15


@pytest.mark.anyio
async def test_a_refused_change_does_not_take_the_place_of_the_page(project: ProjectScene) -> None:
    page = await project.tab().state(AppsState)
    await run(page.load())
    assert "no such app" in targets(await run(page.switch("catalyst", True)))
    assert page.error == ""
