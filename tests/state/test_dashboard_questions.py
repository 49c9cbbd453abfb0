"""Questions to the assistant of the dashboard: answered from the documents, paid by a project of one's own."""

from collections.abc import Iterator

import pytest

from hexclave_app.security.rate_limits import Rate
from hexclave_app.services import assistant
from state.dashboard.companion import CompanionState
from state.dashboard.companion_questions import QUESTION, QuestionsState
from state.dashboard.email_assistance import ChatLine
from tests.state.scenes import ProjectScene
from tests.state.tabs import Tab, run, run_in_background
from tests.support.http import Asked, StandIn, stand_in

pytestmark = pytest.mark.anyio


def completion(_asked: Asked) -> tuple[int, object]:
    choice = {
        "index": 0,
        "message": {"role": "assistant", "content": "Set HEXCLAVE_SMTP_HOST."},
        "finish_reason": "stop",
    }
    usage = {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2}
    head = {"id": "x", "object": "chat.completion", "created": 1, "model": "m"}
    return 200, {**head, "choices": [choice], "usage": usage}


@pytest.fixture
def model(monkeypatch: pytest.MonkeyPatch) -> Iterator[StandIn]:
    """The operator's model; it is named before the installation starts."""
    with stand_in(completion) as running:
        monkeypatch.setenv("HEXCLAVE_AI_BASE_URL", f"{running.url}/v1")
        monkeypatch.setenv("HEXCLAVE_AI_MODEL", "some-model")
        yield running


async def ask(tab: Tab, question: object) -> QuestionsState:
    state = await tab.state(QuestionsState)
    await run_in_background(state, "ask", {QUESTION: question})
    return state


async def test_the_model_is_told_the_documents_and_the_conversation(model: StandIn, project: ProjectScene) -> None:
    tab = project.tab()
    companion = await tab.state(CompanionState)
    await run(companion.load())
    assert companion.has_assistant
    await ask(tab, "How do I send mail?")
    questions = await ask(tab, " And then? ")
    assert questions.lines[1:3] == [ChatLine(False, "Set HEXCLAVE_SMTP_HOST."), ChatLine(True, "And then?")]
    assert (len(questions.lines), questions.is_thinking, questions.problem) == (4, False, "")
    told = model.asked[-1].body["messages"]
    assert [message["role"] for message in told] == ["system", "user", "assistant", "user"]
    assert "# Moving users in and out" in told[0]["content"]
    assert "Reflex 0.10.1" not in told[0]["content"]  # what only developers need costs no money
    assert project.project_id not in str(told)


async def test_a_question_is_asked_only_once_and_never_empty(model: StandIn, project: ProjectScene) -> None:
    tab = project.tab()
    for nothing in ("", "   ", None, ["x"]):
        await ask(tab, nothing)
    (await tab.state(QuestionsState)).is_thinking = True
    questions = await ask(tab, "Again?")
    assert (questions.lines, model.asked) == ([], [])


async def test_closing_ends_the_conversation(model: StandIn, project: ProjectScene) -> None:
    tab = project.tab()
    questions = await ask(tab, "x" * 5000)
    assert len(questions.lines[0].text) == 2000
    await run((await tab.state(CompanionState)).close())
    assert (questions.lines, questions.is_thinking) == ([], False)


async def test_a_failing_model_is_said_and_can_be_asked_again(model: StandIn, project: ProjectScene) -> None:
    model.answer = lambda _asked: (500, {"error": "down"})
    tab = project.tab()
    questions = await ask(tab, "Why?")
    assert questions.problem != ""
    assert (questions.is_thinking, [line.is_mine for line in questions.lines]) == (False, [True])
    model.answer = completion
    assert (await ask(tab, "Now?")).problem == ""


async def test_questions_are_counted(model: StandIn, project: ProjectScene, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(assistant, "BY_PROJECT", Rate(1, assistant.BY_PROJECT.per))
    await ask(project.tab(), "One")
    questions = await ask(project.tab(), "Two")
    assert (len(model.asked), questions.problem != "") == (1, True)


async def test_strangers_ask_nothing_on_somebody_elses_account(model: StandIn, project: ProjectScene) -> None:
    for tab in (project.tab(project.cleo), project.tab_of(None, "/projects")):
        questions = await ask(tab, "Who pays?")
        assert (questions.lines, questions.is_thinking) == ([], False)
    assert model.asked == []


async def test_without_a_model_there_is_no_assistant(project: ProjectScene) -> None:
    tab = project.tab()
    companion = await tab.state(CompanionState)
    await run(companion.load())
    questions = await ask(tab, "Anybody there?")
    assert (companion.has_assistant, "HEXCLAVE_AI_BASE_URL" in questions.problem) == (False, True)
