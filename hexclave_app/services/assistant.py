"""The assistant of the e-mail editors and of the dashboard: prompts, and who may ask how often (contract 07, 4.1)."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

import orjson
from sqlmodel import Session

from hexclave_app.errors import StatusError, TooManyAttempts
from hexclave_app.gateways import ai
from hexclave_app.gateways.ai import Endpoint, Reply, Said, Tool, ToolCall
from hexclave_app.installation import Installation
from hexclave_app.security.hashing import token_hash
from hexclave_app.security.rate_limits import Rate
from hexclave_app.services import callers, handbook
from hexclave_app.services.attempts import Counter
from models import Project
from models.base import utc_now

View = dict[str, object]

MAX_ROUNDS: Final = 5
BY_ADDRESS: Final = Rate(10, timedelta(minutes=10))  # without credentials: enough to try it out
BY_PROJECT: Final = Rate(200, timedelta(minutes=10))
_MAX_CONVERSATION: Final = 400_000  # characters

_LANGUAGE: Final = """\
Sources are MJML with Jinja placeholders below a header between two `---` lines. Header keys: `subject: …` and
`category: Transactional|Marketing` (both required in templates), and `variable: name string|number|boolean preview`
(a `?` after the type makes it optional, the preview is JSON). A template begins with <mj-section> and sees
`user.displayName` (may be null), `project.displayName` and `variables.*`. A theme is a whole <mjml> document that shows
`{{ children }}`, and sees `unsubscribeLink` (may be null) and `projectLogos.logoUrl|logoFullUrl|logoDarkModeUrl|
logoFullDarkModeUrl` (each may be null). There are no imports, no includes and no scripts."""
_PROMPTS: Final = {
    "email-assistant-template": "You write e-mail templates. Call createEmailTemplate with the whole source.",
    "email-assistant-theme": "You write and change e-mail themes. Call createEmailTheme with the whole source.",
    "email-assistant-draft": "You write and change e-mail drafts. Call createEmailDraft with the whole source.",
    "email-wysiwyg-editor": "You change exactly one text of an e-mail source and answer with the whole source only.",
    "wysiwyg-edit": "You change exactly one text of a source and answer with the whole new source only.",
    "rewrite-template-source": "You turn a template into a draft: no variables, sample values instead. Answer with it.",
    "command-center-ask-ai": "You answer questions about this user infrastructure platform, shortly and correctly.",
    "docs-ask-ai": "You answer questions about this user infrastructure platform, shortly and correctly.",
}
_GUIDE: Final = """\
You answer questions of administrators about Hexclave for Python, shortly, in plain sentences without Markdown. Say only
what the documents below say. When they do not answer the question, say that they do not, and which one comes nearest.
You see no data of the installation: no project, no user, no settings. The documents are:"""
_TOOLS: Final = {
    "create-email-template": Tool("createEmailTemplate", "Put a whole template source into the editor."),
    "create-email-theme": Tool("createEmailTheme", "Put a whole theme source into the editor."),
    "create-email-draft": Tool("createEmailDraft", "Put a whole draft source into the editor."),
}
_KNOWN_TOOLS: Final = frozenset({*_TOOLS, "docs", "sql-query", "update-dashboard"})
PROMPTS: Final = tuple(_PROMPTS)


@dataclass(frozen=True, slots=True)
class Question:
    """A checked request."""

    prompt: str
    tools: Sequence[str]
    conversation: Sequence[Said]


def require_known_tools(names: Sequence[str]) -> None:
    """Plain 400 for a tool that nobody knows."""
    unknown = [name for name in names if name not in _KNOWN_TOOLS]
    if unknown:
        raise StatusError(400, f"Unknown tools: {', '.join(unknown)}.")


def is_managed_by(session: Session, *, project_id: str, internal_tenancy_id: uuid.UUID, user_id: uuid.UUID) -> bool:
    """Whether a dashboard user manages a project."""
    project = session.get(Project, project_id)
    owner = project.owner_team_id if project else None
    return callers.manages_project(session, internal_tenancy_id=internal_tenancy_id, user_id=user_id, owner=owner)


async def ask(installation: Installation, question: Question, *, project_id: str | None, address: str) -> Reply:
    """Ask the operator's model; plain 503 without one, 429 for too many questions."""
    await _admit(installation, question.conversation, project_id=project_id, address=address)
    return await ai.ask(
        _endpoint(installation),
        system=f"{_PROMPTS[question.prompt]}\n\n{_LANGUAGE}",
        conversation=question.conversation,
        tools=[_TOOLS[name] for name in question.tools if name in _TOOLS],
        max_rounds=MAX_ROUNDS,
    )


def is_there(installation: Installation) -> bool:
    """Whether the operator has named a model."""
    return bool(installation.settings.ai_base_url and installation.settings.ai_model)


async def explain(
    installation: Installation, conversation: Sequence[Said], *, project_id: str | None, address: str
) -> str:
    """Answer a question about the product from its own documents; fails like `ask`."""
    await _admit(installation, conversation, project_id=project_id, address=address)
    documents = "\n\n".join(f"<document>\n{one.source}\n</document>" for one in handbook.for_administrators())
    reply = await ai.ask(
        _endpoint(installation),
        system=f"{_GUIDE}\n\n{documents}",
        conversation=conversation,
        tools=[],
        max_rounds=1,
    )
    return "\n\n".join(block for block in reply.blocks if isinstance(block, str))


async def _admit(
    installation: Installation, conversation: Sequence[Said], *, project_id: str | None, address: str
) -> None:
    if not is_there(installation):
        raise StatusError(503, "This installation has no assistant: its operator has to set HEXCLAVE_AI_BASE_URL.")
    if sum(len(said.text) for said in conversation) > _MAX_CONVERSATION:
        raise StatusError(400, "The conversation is too long.")
    counted = (f"ai:{project_id}", BY_PROJECT) if project_id else (f"ai-ip:{token_hash(address)}", BY_ADDRESS)
    wait = await installation.counters.take([Counter(*counted)], now=utc_now())
    if wait is not None:
        raise TooManyAttempts(retry_after=wait)


def _endpoint(installation: Installation) -> Endpoint:
    settings = installation.settings
    return Endpoint(settings.ai_base_url, settings.ai_api_key, settings.ai_model)


def view(reply: Reply, conversation_id: str | None) -> View:
    """The reply of `generate`."""
    texts = [block for block in reply.blocks if isinstance(block, str)]
    return {
        "content": [_block(block) for block in reply.blocks],
        "finalText": texts[-1] if texts else "",
        "conversationId": conversation_id,
    }


def frames(reply: Reply) -> str:
    """The reply of `stream`: server-sent events of the UI-message stream."""
    events: list[View] = [{"type": "start"}, {"type": "start-step"}]
    for number, block in enumerate(reply.blocks):
        if isinstance(block, str):
            name = f"text-{number}"
            events += [
                {"type": "text-start", "id": name},
                {"type": "text-delta", "id": name, "delta": block},
                {"type": "text-end", "id": name},
            ]
        else:
            call = {"toolCallId": block.id, "toolName": block.name}
            events += [
                {"type": "tool-input-start", **call},
                {"type": "tool-input-available", **call, "input": block.args},
                {"type": "tool-output-available", "toolCallId": block.id, "output": ai.TOOL_RESULT},
            ]
    events += [{"type": "finish-step"}, {"type": "finish"}]
    return "".join(f"data: {orjson.dumps(event).decode()}\n\n" for event in events) + "data: [DONE]\n\n"


def _block(block: str | ToolCall) -> View:
    if isinstance(block, str):
        return {"type": "text", "text": block}
    return {
        "type": "tool-call",
        "toolName": block.name,
        "toolCallId": block.id,
        "args": block.args,
        "argsText": orjson.dumps(block.args).decode(),
        "result": ai.TOOL_RESULT,
    }
