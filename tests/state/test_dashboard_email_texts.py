"""Texts that are changed in the preview: what was typed stays text, and everything can be taken back."""

from typing import Any

import pytest

from hexclave_app.config.builtins import DEFAULT_THEME_ID
from hexclave_app.mail_templates import texts_in_place
from hexclave_app.mail_templates.language import parse
from hexclave_app.mail_templates.marking import Marker
from state.dashboard import email_sources
from state.dashboard.email_drafts import WRITE, DraftsState
from state.dashboard.email_themes import ThemesState
from tests.state.scenes import ProjectScene
from tests.state.tabs import run

pytestmark = pytest.mark.anyio

HEADER = "---\nsubject: Ahoy\n---\n"
BODY = (
    "<mj-section><mj-column><mj-text>Set <b>sail</b> {{ user.displayName }}</mj-text>"
    "{% for place in ['Dover', 'Calais'] %}<mj-text>  Harbour  </mj-text>{% endfor %}</mj-column></mj-section>"
)
SOURCE = HEADER + BODY
THEME = (
    "<mjml><mj-body><mj-section><mj-column><mj-text>Ours</mj-text></mj-column></mj-section>{{ body }}</mj-body></mjml>"
)


def regions_of(source: str) -> dict[str, dict[str, Any]]:
    marker = Marker()
    marker.marked(parse(source), "template")
    return marker.regions


@pytest.fixture
async def page(project: ProjectScene) -> DraftsState:
    """The editor of a draft."""
    page = await project.tab().state(DraftsState)
    await run(page.create({"draft_name": "July"}))
    await run(page.refresh())
    await run(page.open_draft(page.rows[0].id, WRITE))
    await run(page.edit(SOURCE))
    return page


def place_of(page: DraftsState | ThemesState, text: str) -> str:
    return next(name for name, region in page._regions.items() if region["originalText"] == text)


async def test_a_text_is_changed_where_it_stands(page: DraftsState) -> None:
    assert page.texts == 3
    assert "STACK_EDITABLE_START" in page.preview_marked
    assert "STACK_" not in page.preview + page.preview_dark
    before = page.round
    await run(page.edit_text(place_of(page, "sail"), " full  speed "))
    assert page.source == SOURCE.replace("sail", "full speed")
    assert ("<b>full speed</b>" in page.preview, page.round > before, page.is_changed) == (True, True, True)
    await run(page.edit_text(place_of(page, "Harbour"), "Port"))
    assert page.preview.count("Port") == 2


@pytest.mark.parametrize(
    "typed",
    ["<script>alert(1)</script>", "{{ user.displayName }}", "{% for x in y %}", "{# gone", "</mj-text>", "a & b", "{"],
)
async def test_what_was_typed_stays_text(page: DraftsState, typed: str) -> None:
    await run(page.edit_text(place_of(page, "Set"), typed))
    assert page.problem == ""
    assert "<script" not in page.preview
    assert page.texts == 3
    shown = typed.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    assert shown in page.preview.replace("&#123;", "{")
    assert "John Doe" in page.preview


@pytest.mark.parametrize("typed", ["", "  ", "x" * 5_001])
async def test_no_text_and_too_much_of_it_are_refused(page: DraftsState, typed: str) -> None:
    before = page.frame_round
    await run(page.edit_text(place_of(page, "Set"), typed))
    assert (page.source, page.text_note.startswith("The text stays"), page.frame_round > before) == (SOURCE, True, True)


async def test_places_that_are_not_shown_are_not_changed(page: DraftsState) -> None:
    place = place_of(page, "Harbour")
    page.source = SOURCE.replace("Set", "Hoist the")
    await run(page.edit_text(place, "Port"))
    for unknown in ("template-99", "theme-0", ""):
        await run(page.edit_text(unknown, "Port"))
    assert page.source == SOURCE.replace("Set", "Hoist the")
    await run(page.edit("{{ nothing }}"))
    assert (page.texts, page.problem) == (0, "'nothing' is undefined")
    await run(page.edit_text(place, "Port"))
    assert page.source == "{{ nothing }}"


async def test_changes_are_taken_back_one_by_one(page: DraftsState) -> None:
    stored = page._saved[0]
    await run(page.edit_text(place_of(page, "sail"), "speed"))
    await run(page.undo())
    assert (page.source, page.is_changed, page.can_undo) == (SOURCE, True, True)
    await run(page.undo())
    assert (page.source, page.is_changed, page.can_undo) == (stored, False, False)
    await run(page.undo())
    assert page.source == stored
    await run(page.close_editor())
    await run(page.open_draft(page.rows[0].id, WRITE))
    assert not page.can_undo


async def test_only_so_many_changes_are_kept(page: DraftsState, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(email_sources, "MAX_UNDO_CHARS", 2 * len(SOURCE) + 5)
    for ending in ("1", "2", "3"):
        await run(page.edit(SOURCE + ending))
    assert page._earlier == [SOURCE + "1", SOURCE + "2"]
    monkeypatch.setattr(email_sources, "MAX_UNDO", 1)
    await run(page.edit(SOURCE + "4"))
    assert page._earlier == [SOURCE + "3"]


async def test_what_is_fixed_is_explained(page: DraftsState) -> None:
    await run(page.explain_fixed())
    assert "Only marked texts" in page.text_note
    await run(page.edit(SOURCE + " "))
    assert page.text_note == ""


async def test_in_the_editor_of_a_theme_its_own_texts_are_changed(project: ProjectScene) -> None:
    page = await project.tab().state(ThemesState)
    await run(page.open_theme(DEFAULT_THEME_ID))
    await run(page.edit(THEME))
    assert page.texts == 1
    await run(page.edit_text(place_of(page, "Ours"), "Yours"))
    assert page.source == THEME.replace("Ours", "Yours")


async def test_strangers_change_no_text(project: ProjectScene, page: DraftsState) -> None:
    other = await project.tab(project.cleo).state(DraftsState)
    other.source, other._regions, other._earlier = SOURCE, dict(page._regions), ["x"]
    await run(other.edit_text(place_of(page, "Set"), "Theirs"))
    await run(other.undo())
    assert other.source == SOURCE


def test_a_region_of_another_source_changes_nothing() -> None:
    region = next(iter(regions_of(SOURCE).values()))
    assert texts_in_place.replaced(SOURCE, region, "New") == SOURCE.replace("Set", "New")
    assert texts_in_place.replaced("---\nsubject: Other\n---\n" + BODY, region, "New") is None
    assert texts_in_place.replaced("", region, "New") is None
