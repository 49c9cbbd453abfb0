"""The assistant of the e-mail editors, with a stand-in for the model."""

import json
from collections.abc import Iterator

import pytest

from hexclave_app.installation import Installation
from tests.support.clients import ApiClient, known_error
from tests.support.http import Asked, StandIn, stand_in
from tests.support.projects import as_dashboard, as_server, create_project, dashboard_user

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
QUESTION = {
    "quality": "smart",
    "speed": "fast",
    "systemPrompt": "email-assistant-template",
    "tools": ["create-email-template", "docs"],
    "messages": [{"role": "user", "content": [{"type": "text", "text": "Make it blue"}]}],
}


def completion(asked: Asked) -> tuple[int, object]:
    """First a tool call, then a closing word."""
    has_result = any(message["role"] == "tool" for message in asked.body["messages"])
    call = {
        "id": "call_1",
        "type": "function",
        "function": {"name": "createEmailTemplate", "arguments": json.dumps({"content": "<mj-section />"})},
    }
    message: dict[str, object] = {"role": "assistant", "content": "Done." if has_result else None}
    message |= {} if has_result else {"tool_calls": [call]}
    choice = {"index": 0, "message": message, "finish_reason": "stop" if has_result else "tool_calls"}
    usage = {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2}
    head = {"id": "x", "object": "chat.completion", "created": 1, "model": "m"}
    return 200, {**head, "choices": [choice], "usage": usage}


@pytest.fixture(scope="module")
def model() -> Iterator[StandIn]:
    with stand_in(completion) as running:
        yield running


@pytest.fixture
def environment(model: StandIn) -> dict[str, str]:
    model.asked.clear()
    model.answer = completion
    return {
        "HEXCLAVE_AI_BASE_URL": f"{model.url}/v1",
        "HEXCLAVE_AI_API_KEY": "the-key",
        "HEXCLAVE_AI_MODEL": "some-model",
    }


@pytest.fixture
def server(client: ApiClient, installation: Installation) -> ApiClient:
    return as_server(client, create_project(installation))


async def test_sources_come_back_as_tool_calls_for_the_editor(server: ApiClient, model: StandIn) -> None:
    answer = (await server.post("/ai/query/generate", QUESTION)).json()
    assert answer == {
        "content": [
            {
                "type": "tool-call",
                "toolName": "createEmailTemplate",
                "toolCallId": "call_1",
                "args": {"content": "<mj-section />"},
                "argsText": '{"content":"<mj-section />"}',
                "result": {"success": True},
            },
            {"type": "text", "text": "Done."},
        ],
        "finalText": "Done.",
        "conversationId": None,
    }
    first = model.asked[0]
    assert (first.headers["authorization"], first.body["model"]) == ("Bearer the-key", "some-model")
    assert [message["role"] for message in first.body["messages"]] == ["system", "user"]
    assert [tool["function"]["name"] for tool in first.body["tools"]] == ["createEmailTemplate"]


async def test_a_stream_has_the_frames_that_clients_read(server: ApiClient) -> None:
    streamed = await server.post("/ai/query/stream", QUESTION)
    assert streamed.headers["content-type"].startswith("text/event-stream")
    frames = [line.removeprefix("data: ") for line in streamed.text.split("\n") if line]
    assert frames.pop() == "[DONE]"
    kinds = [json.loads(frame)["type"] for frame in frames]
    assert kinds == [
        "start", "start-step", "tool-input-start", "tool-input-available", "tool-output-available",
        "text-start", "text-delta", "text-end", "finish-step", "finish",
    ]  # fmt: skip


async def test_without_tools_the_model_is_asked_once(server: ApiClient, model: StandIn) -> None:
    await server.post("/ai/query/generate", {**QUESTION, "tools": [], "systemPrompt": "wysiwyg-edit"})
    assert len(model.asked) == 1


async def test_a_failing_provider_is_told_without_its_secrets(server: ApiClient, model: StandIn) -> None:
    model.answer = lambda _asked: (401, {"error": {"message": "wrong key the-key"}})
    failed = await server.post("/ai/query/generate", QUESTION)
    assert (failed.status_code, "the-key" in failed.text) == (502, False)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"messages": []}, "SCHEMA_ERROR"),
        ({"messages": [{"role": "king", "content": "x"}]}, "SCHEMA_ERROR"),
        ({"quality": "best"}, "SCHEMA_ERROR"),
        ({"surprise": 1}, "SCHEMA_ERROR"),
        ({"tools": ["rm"]}, None),
        ({"systemPrompt": "be-evil"}, None),
    ],
)
async def test_bad_questions_never_reach_the_model(
    server: ApiClient, model: StandIn, change: dict[str, object], code: str | None
) -> None:
    refused = await server.post("/ai/query/generate", {**QUESTION, **change})
    assert (refused.status_code, known_error(refused)) == (400, code)
    assert model.asked == []


async def test_only_those_who_manage_a_project_ask_about_it(
    client: ApiClient, server: ApiClient, installation: Installation
) -> None:
    ada, cleo = dashboard_user(installation), dashboard_user(installation, "Cleo")
    project = create_project(installation, owner_team_id=ada.team_id)
    body = {**QUESTION, "projectId": project.id}
    callers = (as_dashboard(client, ada), as_dashboard(client, cleo), server, client)
    answers = [await caller.post("/ai/query/generate", body) for caller in callers]
    assert [answer.status_code for answer in answers] == [200, 403, 403, 403]


async def test_strangers_may_ask_a_few_times_only(client: ApiClient) -> None:
    answers = [(await client.post("/ai/query/generate", {**QUESTION, "tools": []})).status_code for _ in range(11)]
    assert answers == [200] * 10 + [429]


class TestWithoutModel:
    @pytest.fixture
    def environment(self) -> dict[str, str]:
        return {}

    async def test_without_a_model_the_answer_says_what_is_missing(self, server: ApiClient) -> None:
        refused = await server.post("/ai/query/generate", QUESTION)
        assert (refused.status_code, "HEXCLAVE_AI_BASE_URL" in refused.text) == (503, True)
