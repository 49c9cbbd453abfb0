"""Questions about the product, answered from its documents by the model that the operator has named."""

from collections.abc import AsyncIterator
from typing import TYPE_CHECKING, Any, Final

import reflex as rx

from hexclave_app.errors import ApiError
from hexclave_app.gateways.ai import Said
from hexclave_app.languages.speaking import say
from hexclave_app.services import assistant
from state.base import Access, Viewer, guarded, resolve_viewer
from state.dashboard.email_assistance import ChatLine
from state.dashboard.forms import typed

QUESTION: Final = "companion-question"  # the field
_MAX_QUESTION_CHARS: Final = 2_000
_REMEMBERED: Final = 10  # messages of the conversation that the model is told


class QuestionsState(rx.State):
    """The conversation of this tab; nobody else sees it, and it ends when the drawer is closed."""

    if TYPE_CHECKING:
        project_id: str

    lines: list[ChatLine] = []
    asked: int = 0
    """Grows whenever the field for a question must be empty again."""
    problem: str = ""
    is_thinking: bool = False

    @guarded(Access.DASHBOARD, background=True)
    async def ask(self, viewer: Viewer, form: dict[str, Any]) -> AsyncIterator[object]:
        """Ask; other events go on meanwhile."""
        question = typed(form, QUESTION)[:_MAX_QUESTION_CHARS]
        async with self:
            if not question or self.is_thinking:
                return
            # Its project pays for the question, so it has to be one of the viewer's.
            here = await resolve_viewer(self, Access.PROJECT_ADMIN) if self.project_id else viewer
            self.is_thinking, self.problem = True, ""
            self.lines = [*self.lines, ChatLine(is_mine=True, text=question)]
            self.asked += 1
            asked = self.asked
            said = [Said("user" if line.is_mine else "assistant", line.text) for line in self.lines[-_REMEMBERED:]]
        yield rx.call_script(f"document.getElementById({QUESTION!r})?.focus()")  # the field is a new, empty one
        project_id = here.managed.project_id if here.managed is not None else None
        answer, problem = "", ""
        try:
            answer = await assistant.explain(
                viewer.installation, said, project_id=project_id, address=viewer.address
            ) or say("companion-no-answer")
        except ApiError as error:
            problem = error.message
        async with self:
            if self.asked == asked:  # else the conversation was ended meanwhile
                self.is_thinking, self.problem = False, problem
                self.lines = [*self.lines, ChatLine(is_mine=False, text=answer)] if answer else self.lines

    def _forget_all(self) -> None:
        self.lines, self.problem, self.is_thinking = [], "", False
        self.asked += 1
