"""The assistant beside an editor: it answers, and proposes a source that the person accepts or discards."""

import uuid
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from hexclave_app.errors import ApiError
from hexclave_app.gateways.ai import Reply, Said, ToolCall
from hexclave_app.languages.speaking import say
from hexclave_app.services import assistant
from hexclave_app.services.assistant import Question
from hexclave_app.services.emails import drafts
from models.base import JsonValue, utc_now
from state.base import Access, Viewer, guarded
from state.dashboard.differences import DiffLine, differences
from state.dashboard.email_sources import SourceEditor
from state.dashboard.forms import typed

_MAX_QUESTION_CHARS: Final = 4_000
_REMEMBERED: Final = 20  # messages of the conversation that the model is told


@dataclass(frozen=True)
class ChatLine:
    """A message of the conversation."""

    is_mine: bool
    text: str


class Assisted(SourceEditor, mixin=True):
    """An editor with an assistant; the conversation belongs to what is opened."""

    has_assistant: bool = False
    chat: list[ChatLine] = []
    chat_round: int = 0
    """Grows whenever the field for a question must be empty again."""
    chat_problem: str = ""
    is_thinking: bool = False
    changes: list[DiffLine] = []
    _proposal: str = ""

    @guarded(Access.PROJECT_ADMIN, background=True)
    async def ask_assistant(self, viewer: Viewer, form: dict[str, Any]) -> AsyncIterator[object]:
        """Ask for a change; other events go on meanwhile."""
        question = typed(form, "question")[:_MAX_QUESTION_CHARS]
        async with self:
            if not question or self.is_thinking or not self.opened_id:
                return
            opened, source = self.opened_id, self.source
            self.is_thinking, self.chat_problem = True, ""
            self.chat = [*self.chat, ChatLine(is_mine=True, text=question)]
            self.chat_round += 1
            said = [Said("user" if line.is_mine else "assistant", line.text) for line in self.chat[-_REMEMBERED:]]
        yield None
        try:
            answer, proposal = await self._answer(viewer, opened, source, said)
        except ApiError as error:
            async with self:
                self.is_thinking, self.chat_problem = False, error.message
            return
        async with self:
            self.is_thinking = False
            if self.opened_id == opened:
                self.chat = [*self.chat, ChatLine(is_mine=False, text=answer)]
                self._propose(proposal)

    @guarded(Access.PROJECT_ADMIN)
    async def accept_change(self, viewer: Viewer) -> object:
        """Put the proposed source into the editor; it is saved when the person saves."""
        proposal = self._proposal
        if not proposal:
            return None
        self._propose("")
        return await self._replace(viewer, proposal)

    @guarded(Access.PROJECT_ADMIN)
    async def discard_change(self, _viewer: Viewer) -> None:
        """Keep the source as it is."""
        self._propose("")

    async def _begin_chat(self, viewer: Viewer) -> None:
        """Show the conversation about what is opened now."""
        settings = viewer.installation.settings
        self.has_assistant = bool(settings.ai_base_url and settings.ai_model)
        self.chat_problem, self.is_thinking = "", False
        self.chat_round += 1
        self._propose("")
        saved = await viewer.installation.db.read(
            drafts.list_messages, tenancy_id=viewer.tenancy.id, thread_id=uuid.UUID(self.opened_id)
        )
        self.chat = [line for line in map(_line, saved) if line is not None]

    async def _answer(self, viewer: Viewer, opened: str, source: str, said: Sequence[Said]) -> tuple[str, str]:
        """What the assistant says, and the source that it proposes; both sides are kept in the conversation."""
        tool = f"create-email-{self._kind()}"
        current = "\n\n".join(
            (say("emails-assistant-source"), source, say("emails-assistant-told-wish", wish=said[-1].text))
        )
        reply = await assistant.ask(
            viewer.installation,
            Question(f"email-assistant-{self._kind()}", [tool], [*said[:-1], Said("user", current)]),
            project_id=viewer.tenancy.project_id,
            address=viewer.address,
        )
        proposal = _proposed(reply)
        texts = [block for block in reply.blocks if isinstance(block, str)]
        answer = "\n\n".join(texts) or say("emails-assistant-proposed" if proposal else "emails-assistant-nothing")
        for role, text in (("user", said[-1].text), ("assistant", answer)):
            content: JsonValue = {"role": role, "content": [{"type": "text", "text": text}]}
            await viewer.installation.db.run(
                drafts.add_message,
                tenancy_id=viewer.tenancy.id,
                thread_id=uuid.UUID(opened),
                content=content,
                now=utc_now(),
            )
        return answer, proposal

    def _kind(self) -> str:
        """`template`, `theme` or `draft`."""
        raise NotImplementedError

    def _propose(self, source: str) -> None:
        self._proposal = source if source != self.source else ""
        self.changes = differences(self.source, source) if self._proposal else []


def _proposed(reply: Reply) -> str:
    calls = [block for block in reply.blocks if isinstance(block, ToolCall)]
    contents = [str(call.args["content"]) for call in calls if isinstance(call.args.get("content"), str)]
    return contents[-1] if contents else ""


def _line(message: JsonValue) -> ChatLine | None:
    """A saved message; those of other clients may have any shape, and what is no text is left out."""
    if not isinstance(message, dict) or message.get("role") not in ("user", "assistant"):
        return None
    content = message.get("content")
    parts = content if isinstance(content, list) else [{"text": content}]
    text = "\n".join(part["text"] for part in parts if isinstance(part, dict) and isinstance(part.get("text"), str))
    return ChatLine(message["role"] == "user", text) if text else None
