"""The assistant (contract 07, section 4.1)."""

from typing import Annotated, Any, Literal

from hexclave_app.api.email_schemas import record
from hexclave_app.api.protocol.answers import Answer
from hexclave_app.api.protocol.calls import Call
from hexclave_app.api.protocol.endpoints import PUBLIC, Endpoints
from hexclave_app.api.protocol.fields import (
    FieldError,
    NoQuery,
    NullableText,
    Rule,
    Schema,
    Text,
    one_of,
    text,
)
from hexclave_app.errors import StatusError
from hexclave_app.gateways.ai import Said
from hexclave_app.services import assistant
from hexclave_app.services.assistant import Question
from models.projects import INTERNAL_PROJECT_ID

routes = Endpoints("assistant")

_ROLES = one_of(("user", "assistant", "tool"))


def _message(value: Any) -> Said:  # noqa: ANN401 - any JSON value
    given = record(value)
    if set(given) - {"role", "content"}:
        raise FieldError("{path} contains unknown properties: " + ", ".join(set(given) - {"role", "content"}))
    return Said(_ROLES(given.get("role")), _text_of(given.get("content")))


def _text_of(content: object) -> str:
    """The text of a message; parts that are no text (images, tool results) are left out."""
    if isinstance(content, str):
        return content
    if isinstance(content, list):
        return "".join(_text_of(part.get("text")) for part in content if isinstance(part, dict))
    return ""


def _messages(value: Any) -> list[Said]:  # noqa: ANN401 - JSON of a request
    if not isinstance(value, list) or not value:
        raise FieldError("{path} field must have at least 1 items")
    return [_message(item) for item in value]


class Mode(Schema):
    """Whole or in frames."""

    mode: Annotated[Literal["generate", "stream"], Rule(one_of(("generate", "stream")))]


class Query(Schema):
    """A question with its conversation."""

    quality: Annotated[str, Rule(one_of(("dumb", "smart", "smartest")))]
    speed: Annotated[str, Rule(one_of(("slow", "fast")))]
    systemPrompt: Annotated[str, Rule(text())]  # noqa: N815 - the contract's name
    tools: list[Text]
    messages: Annotated[list[Said], Rule(_messages)]
    projectId: NullableText = None  # noqa: N815 - the contract's name
    mcpCallMetadata: Annotated[dict[str, Any] | None, Rule(lambda value: value and record(value))] = None  # noqa: N815 - the contract's name


@routes.endpoint("POST", "/ai/query/{mode}", access=PUBLIC, params=Mode, body=Query, query=NoQuery)
async def query(call: Call) -> object:
    """Ask the assistant of the e-mail editors."""
    body: Query = call.body
    assistant.require_known_tools(body.tools)
    if body.systemPrompt not in assistant.PROMPTS:
        raise StatusError(400, f"Unknown prompt {body.systemPrompt!r}.")
    if body.projectId is not None:
        await _require_manager(call, body.projectId)
    question = Question(body.systemPrompt, body.tools, body.messages)
    project_id = call.caller.tenancy.project_id if call.caller else None
    reply = await assistant.ask(call.installation, question, project_id=project_id, address=call.address)
    if call.path.mode == "stream":
        return Answer(assistant.frames(reply), content_type="text/event-stream; charset=utf-8")
    conversation_id = (body.mcpCallMetadata or {}).get("conversationId")
    return assistant.view(reply, conversation_id if isinstance(conversation_id, str) else None)


async def _require_manager(call: Call, project_id: str) -> None:
    """Only dashboard users ask about a project, and only about their own (plain 403)."""
    caller = call.caller
    is_dashboard_user = caller is not None and caller.user is not None
    if is_dashboard_user and caller is not None and caller.tenancy.project_id == INTERNAL_PROJECT_ID:
        owned = await call.installation.db.read(
            assistant.is_managed_by,
            project_id=project_id,
            internal_tenancy_id=caller.tenancy.id,
            user_id=call.current_user().id,
        )
        if owned:
            return
    raise StatusError(403, "You do not manage this project.")
