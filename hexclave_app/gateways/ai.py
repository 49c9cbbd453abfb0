"""A model behind any OpenAI-compatible API that the operator names, through pydantic-ai."""

import asyncio
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from hexclave_app.errors import StatusError

LIMIT_S: Final = 120.0
TOOL_RESULT: Final = {"success": True}
_TOLD: Final = "The source was handed to the editor; the user decides whether to save it."


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where the model is."""

    base_url: str
    api_key: str
    model: str


@dataclass(frozen=True, slots=True)
class Tool:
    """A tool with one text argument `content`, which the client carries out."""

    name: str
    description: str


@dataclass(frozen=True, slots=True)
class Said:
    """A message of the conversation so far."""

    role: str
    text: str


@dataclass(frozen=True, slots=True)
class ToolCall:
    """A tool that the model wants to be used."""

    id: str
    name: str
    args: dict[str, Any]


@dataclass(slots=True)
class Reply:
    """What the model said, in its order."""

    blocks: list[str | ToolCall] = field(default_factory=list)


async def ask(
    endpoint: Endpoint, *, system: str, conversation: Sequence[Said], tools: Sequence[Tool], max_rounds: int
) -> Reply:
    """Let the model answer, feeding tool calls back; plain 502 and 504 when it cannot."""
    # Loaded only here: the library takes 60 MB that an installation without an assistant does not need.
    from pydantic_ai.direct import model_request  # noqa: PLC0415 - slow to import, rarely needed
    from pydantic_ai.exceptions import AgentRunError, UserError  # noqa: PLC0415 - slow to import, rarely needed
    from pydantic_ai.messages import ModelRequest, TextPart, ToolCallPart, ToolReturnPart  # noqa: PLC0415 - slow to import, rarely needed
    from pydantic_ai.models import ModelRequestParameters  # noqa: PLC0415 - slow to import, rarely needed
    from pydantic_ai.models.openai import OpenAIChatModel  # noqa: PLC0415 - slow to import, rarely needed
    from pydantic_ai.providers.openai import OpenAIProvider  # noqa: PLC0415 - slow to import, rarely needed
    from pydantic_ai.tools import ToolDefinition  # noqa: PLC0415 - slow to import, rarely needed

    provider = OpenAIProvider(base_url=endpoint.base_url, api_key=endpoint.api_key or "none")
    model = OpenAIChatModel(endpoint.model, provider=provider)
    parameters = ModelRequestParameters(
        function_tools=[
            ToolDefinition(name=tool.name, description=tool.description, parameters_json_schema=_CONTENT_SCHEMA)
            for tool in tools
        ]
    )
    history: list[Any] = _history(system, conversation)
    reply = Reply()
    try:
        async with asyncio.timeout(LIMIT_S):
            for _ in range(max_rounds if tools else 1):
                response = await model_request(model, history, model_request_parameters=parameters)
                history.append(response)
                calls = [part for part in response.parts if isinstance(part, ToolCallPart)]
                for part in response.parts:
                    if isinstance(part, TextPart) and part.content:
                        reply.blocks.append(part.content)
                    elif isinstance(part, ToolCallPart):
                        reply.blocks.append(ToolCall(part.tool_call_id, part.tool_name, _args(part.args)))
                if not calls:
                    break
                returns = [ToolReturnPart(call.tool_name, _TOLD, call.tool_call_id) for call in calls]
                history.append(ModelRequest(parts=returns))
    except TimeoutError:
        raise StatusError(504, "The assistant took too long.") from None
    except (AgentRunError, UserError, ValueError) as error:
        raise StatusError(502, f"The assistant's provider failed: {type(error).__name__}") from error
    return reply


_CONTENT_SCHEMA: Final = {
    "type": "object",
    "properties": {"content": {"type": "string", "description": "The whole new source."}},
    "required": ["content"],
    "additionalProperties": False,
}


def _history(system: str, conversation: Sequence[Said]) -> list[Any]:
    from pydantic_ai.messages import (  # noqa: PLC0415 - as above
        ModelRequest,
        ModelResponse,
        SystemPromptPart,
        TextPart,
        UserPromptPart,
    )

    history: list[Any] = [ModelRequest(parts=[SystemPromptPart(system)])]
    for said in conversation:
        if said.role == "assistant":
            history.append(ModelResponse(parts=[TextPart(said.text)]))
        else:
            history.append(ModelRequest(parts=[UserPromptPart(said.text)]))
    return history


def _args(given: object) -> dict[str, Any]:
    """The arguments of a call; a model may send text that is no JSON."""
    if isinstance(given, str):
        try:
            given = json.loads(given)
        except ValueError:
            return {"content": given}
    return dict(given) if isinstance(given, dict) else {}
