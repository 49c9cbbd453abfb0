"""The editors of mails: themes, unsaved changes, and the assistant whose proposals a person decides about."""

import json
import uuid
from collections.abc import Iterator

import pytest
import reflex as rx

from hexclave_app.config.builtins import DEFAULT_THEME_ID, THEMES
from hexclave_app.services.emails import drafts
from hexclave_app.services.emails.previews import Scheme, in_scheme
from models.base import JsonValue, utc_now
from state.dashboard.differences import DiffLine, differences
from state.dashboard.email_assistance import ChatLine
from state.dashboard.email_drafts import DraftsState
from state.dashboard.email_themes import ThemesState
from tests.state.scenes import ProjectScene
from tests.state.tabs import run, run_in_background, targets
from tests.support.http import Asked, StandIn, stand_in

pytestmark = pytest.mark.anyio

OURS = "<mj-section><mj-column><mj-text>Ours</mj-text></mj-column></mj-section>"
THEME = f"<mjml><mj-body>{OURS}{{{{ children }}}}</mj-body></mjml>"
DARK = "@media (prefers-color-scheme: dark) { a { color: red; } }"


async def ask(page: rx.State, question: str) -> None:
    await run_in_background(page, "ask_assistant", {"question": question})


async def test_themes_are_made_written_used_and_removed(project: ProjectScene) -> None:
    page = await project.tab().state(ThemesState)
    await run(page.load())
    assert [(row.name, row.is_active) for row in page.rows][:2] == [("Default Light", True), ("Default Dark", False)]
    await run(page.create({"theme_name": " "}))
    assert page.name_error.startswith("Enter a name")
    await run(page.create({"theme_name": "Ours"}))
    await run(page.refresh())
    made = page.rows[-1].id
    await run(page.open_theme(made))
    assert (page.opened_name, page.is_built_in, page.is_active) == ("Ours", False, False)
    assert "Verify your email" in page.preview + page.subject
    assert "Unsubscribe" in page.preview
    await run(page.edit("<mjml>{{ nothing }}</mjml>"))
    await run(page.save())
    assert "nothing" in page.problem
    assert project.config().emails.themes[made].tsx_source == page._saved[0]
    await run(page.edit(THEME))
    assert (page.problem, "Ours" in page.preview, page.is_changed) == ("", True, True)
    await run(page.save())
    assert (project.config().emails.themes[made].tsx_source, page.is_changed) == (THEME, False)
    await run(page.activate(made))
    assert (project.config().emails.selected_theme_id, page.is_active) == (made, True)
    assert page.active_name == "Default Light"
    await run(page.refresh())
    assert (page.active_name, "Ours" in page.active_preview, "Ours" in page.active_preview_dark) == ("Ours", True, True)
    await run(page.delete())
    assert made not in project.config().emails.themes
    assert (project.config().emails.selected_theme_id, page.opened_id) == (DEFAULT_THEME_ID, "")


async def test_a_copy_leaves_its_original_alone_and_a_built_in_theme_returns_to_its_default(
    project: ProjectScene,
) -> None:
    page = await project.tab().state(ThemesState)
    await run(page.open_theme(DEFAULT_THEME_ID))
    await run(page.edit(THEME))
    assert "Save your changes first" in targets(await run(page.duplicate(DEFAULT_THEME_ID)))
    assert len(project.config().emails.themes) == len(THEMES)
    await run(page.save())
    await run(page.duplicate(DEFAULT_THEME_ID))
    await run(page.refresh())
    copy = page.rows[-1]
    assert (copy.name, copy.is_built_in, copy.is_active) == ("Copy of Default Light", False, False)
    assert project.config().emails.themes[copy.id].tsx_source == THEME
    await run(page.delete())  # the opened one: Default Light, which is in use
    themes = project.config().emails.themes
    assert themes[DEFAULT_THEME_ID].tsx_source == next(one.source for one in THEMES if one.id == DEFAULT_THEME_ID)
    assert (themes[copy.id].tsx_source, project.config().emails.selected_theme_id) == (THEME, DEFAULT_THEME_ID)


async def test_themes_of_a_project_are_for_its_administrators(project: ProjectScene) -> None:
    page = await project.tab(project.cleo).state(ThemesState)
    await run(page.load())
    await run(page.create({"theme_name": "Theirs"}))
    await run(page.open_theme(DEFAULT_THEME_ID))
    await run(page.activate(THEMES[1].id))
    page.opened_id = DEFAULT_THEME_ID
    await run(page.save())
    await run(page.delete())
    assert (page.rows, page.source, "own it" in page.error) == ([], "", True)
    assert len(project.config().emails.themes) == len(THEMES)
    assert project.config().emails.selected_theme_id == DEFAULT_THEME_ID


async def test_an_unknown_theme_is_neither_opened_nor_used(project: ProjectScene) -> None:
    page = await project.tab().state(ThemesState)
    for event in (page.open_theme("x"), page.activate("x"), page.duplicate("x")):
        page.error = ""
        await run(event)
        assert "no theme" in page.error
    assert project.config().emails.selected_theme_id == DEFAULT_THEME_ID


async def test_who_is_overtaken_hears_of_it_and_may_load_the_other_version(project: ProjectScene) -> None:
    page, others = await project.tab().state(ThemesState), await project.tab().state(ThemesState)
    for one in (page, others):
        await run(one.open_theme(DEFAULT_THEME_ID))
    await run(page.edit("<mjml>mine</mjml>"))
    await run(page.follow())
    assert not page.is_overtaken
    await run(others.edit(THEME))
    await run(others.save())
    await run(others.follow())
    await run(page.follow())
    assert (others.is_overtaken, page.is_overtaken, page.source) == (False, True, "<mjml>mine</mjml>")
    await run(page.load_theirs())
    assert (page.is_overtaken, page.source, page.is_changed) == (False, THEME, False)
    await run(page.undo())
    assert (page.source, page.is_changed) == ("<mjml>mine</mjml>", True)


async def test_who_edits_what_is_gone_is_led_back(project: ProjectScene) -> None:
    page, others = await project.tab().state(ThemesState), await project.tab().state(ThemesState)
    await run(others.create({"theme_name": "Ours"}))
    await run(others.refresh())
    made = others.rows[-1].id
    for one in (page, others):
        await run(one.open_theme(made))
    await run(others.delete())
    await run(page.follow())
    assert page.is_overtaken
    assert "/email-themes" in targets(await run(page.load_theirs()))
    assert (page.opened_id, page.is_overtaken) == ("", False)


async def test_changes_are_not_lost_without_a_question(project: ProjectScene) -> None:
    page = await project.tab().state(ThemesState)
    await run(page.open_theme(DEFAULT_THEME_ID))
    stored = page.source
    assert "changed = true" in targets(await run(page.edit(THEME)))
    await run(page.close_editor())
    assert (page.is_leaving, page.opened_id) == (True, DEFAULT_THEME_ID)
    await run(page.stay())
    assert (page.is_leaving, page.source) == (False, THEME)
    assert "changed = false" in targets(await run(page.edit(stored)))
    assert not page.is_changed
    await run(page.edit(THEME))
    await run(page.close_editor())
    events = targets(await run(page.leave()))
    assert "changed = false" in events
    assert f"/projects/{project.project_id}/email-themes" in events
    assert (page.opened_id, page.is_leaving) == ("", False)
    await run(page.open_theme(DEFAULT_THEME_ID))
    await run(page.close_editor())
    assert page.opened_id == ""


async def test_previews_show_both_colour_schemes(project: ProjectScene) -> None:
    page = await project.tab().state(ThemesState)
    await run(page.open_theme(DEFAULT_THEME_ID))
    assert "prefers-color-scheme" not in page.preview + page.preview_dark
    assert page.preview != page.preview_dark
    assert in_scheme(DARK, Scheme.DARK).startswith("@media (min-width: 0)")
    assert in_scheme(DARK, Scheme.LIGHT).startswith("@media (max-width: 0)")


def test_a_change_is_shown_by_its_lines() -> None:
    before = "\n".join("abcdefghij")
    after = before.replace("a\n", "A\n").replace("\nj", "\nJ")
    assert differences(before, after) == [
        DiffLine("-", "a"), DiffLine("+", "A"), DiffLine(" ", "b"), DiffLine(" ", "c"), DiffLine("…", ""),
        DiffLine(" ", "h"), DiffLine(" ", "i"), DiffLine("-", "j"), DiffLine("+", "J"),
    ]  # fmt: skip


def completion(asked: Asked) -> tuple[int, object]:
    """First a proposal, then a closing word."""
    has_result = any(message["role"] == "tool" for message in asked.body["messages"])
    tool = asked.body["tools"][0]["function"]["name"]
    call = {"id": "call_1", "type": "function", "function": {"name": tool, "arguments": json.dumps({"content": THEME})}}
    message: dict[str, object] = {"role": "assistant", "content": "Bluer now." if has_result else None}
    message |= {} if has_result else {"tool_calls": [call]}
    choice = {"index": 0, "message": message, "finish_reason": "stop" if has_result else "tool_calls"}
    usage = {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2}
    head = {"id": "x", "object": "chat.completion", "created": 1, "model": "m"}
    return 200, {**head, "choices": [choice], "usage": usage}


class TestAssistant:
    @pytest.fixture(autouse=True)
    def model(self, monkeypatch: pytest.MonkeyPatch) -> Iterator[StandIn]:
        """The operator's model; it is named before the installation starts."""
        with stand_in(completion) as running:
            monkeypatch.setenv("HEXCLAVE_AI_BASE_URL", f"{running.url}/v1")
            monkeypatch.setenv("HEXCLAVE_AI_MODEL", "some-model")
            yield running

    async def test_a_proposal_changes_nothing_until_it_is_accepted(self, model: StandIn, project: ProjectScene) -> None:
        page = await project.tab().state(ThemesState)
        await run(page.open_theme(DEFAULT_THEME_ID))
        stored = page.source
        assert page.has_assistant
        await ask(page, "Make it blue")
        assert page.chat == [ChatLine(True, "Make it blue"), ChatLine(False, "Bluer now.")]
        assert (page.source, page.is_changed, page.is_thinking) == (stored, False, False)
        assert DiffLine("+", THEME) in page.changes
        told = model.asked[0].body["messages"][-1]["content"]
        assert "Make it blue" in told
        assert stored in told
        await run(page.discard_change())
        assert (page.source, page.changes) == (stored, [])
        await run(page.accept_change())
        assert page.source == stored
        await ask(page, "Make it bluer")
        await run(page.accept_change())
        assert (page.source, page.is_changed, page.changes) == (THEME, True, [])
        assert "Ours" in page.preview
        assert project.config().emails.themes[DEFAULT_THEME_ID].tsx_source == stored

    async def test_a_conversation_belongs_to_what_it_is_about(self, model: StandIn, project: ProjectScene) -> None:
        page = await project.tab().state(DraftsState)
        await run(page.create({"draft_name": "July"}))
        await run(page.refresh())
        await run(page.open_draft(page.rows[0].id, "write"))
        await ask(page, "Shorter")
        assert [tool["function"]["name"] for tool in model.asked[0].body["tools"]] == ["createEmailDraft"]
        await run(page.close_editor())
        other = await project.tab().state(DraftsState)
        await run(other.load())
        await run(other.refresh())
        await run(other.open_draft(other.rows[0].id, "write"))
        assert [line.text for line in other.chat] == ["Shorter", "Bluer now."]
        themes = await project.tab().state(ThemesState)
        await run(themes.open_theme(DEFAULT_THEME_ID))
        assert themes.chat == []

    async def test_a_failing_model_is_told_and_the_source_stays(self, model: StandIn, project: ProjectScene) -> None:
        model.answer = lambda _asked: (500, {"error": {"message": "secret"}})
        page = await project.tab().state(ThemesState)
        await run(page.open_theme(DEFAULT_THEME_ID))
        await ask(page, "Make it blue")
        assert "provider failed" in page.chat_problem
        assert (page.is_thinking, page.changes) == (False, [])

    async def test_strangers_cannot_ask(self, model: StandIn, project: ProjectScene) -> None:
        page = await project.tab(project.cleo).state(ThemesState)
        page.opened_id = DEFAULT_THEME_ID
        await ask(page, "Make it blue")
        await run(page.accept_change())
        assert (model.asked, page.chat, page.source) == ([], [], "")

    async def test_messages_of_other_clients_may_look_different(self, project: ProjectScene) -> None:
        tenancy_id = project.tenancy().id
        strange: list[JsonValue] = [None, "x", {"role": "tool", "content": "x"}, {"role": "user"}, {"role": 1}]
        for message in [*strange, {"role": "user", "content": "Old"}]:
            project.installation.db.call(
                drafts.add_message,
                tenancy_id=tenancy_id,
                thread_id=uuid.UUID(DEFAULT_THEME_ID),
                content=message,
                now=utc_now(),
            )
        page = await project.tab().state(ThemesState)
        await run(page.open_theme(DEFAULT_THEME_ID))
        assert page.chat == [ChatLine(True, "Old")]


async def test_without_a_model_the_page_says_so(project: ProjectScene) -> None:
    page = await project.tab().state(ThemesState)
    await run(page.open_theme(DEFAULT_THEME_ID))
    assert not page.has_assistant
    await ask(page, "Make it blue")
    assert "HEXCLAVE_AI_BASE_URL" in page.chat_problem
