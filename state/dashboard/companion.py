"""The companion at the right edge of the dashboard: the assistant, documents, what is new, and whom to ask.

Nothing of it is loaded before it is opened, and nothing is kept once it is closed. It stays open from page to page.
"""

from dataclasses import dataclass
from typing import Final

import reflex as rx

from hexclave_app.services import assistant, handbook
from hexclave_app.version import SERVER_VERSION
from state.base import Access, Viewer, guarded
from state.dashboard.companion_questions import QuestionsState
from state.dashboard.news import NewsState

DOCUMENTS: Final = "documents"
NEWS: Final = "news"
SUPPORT: Final = "support"
ASK: Final = "ask"
PANELS: Final = (ASK, DOCUMENTS, NEWS, SUPPORT)

_MAX_QUERY_CHARS: Final = 100
# The document about a page, by how the rest of its address begins.
_ABOUT: Final = (
    ("email", "emails"),
    ("users", "bulk-users"),
    ("auth-methods", "authentication"),
    ("sign-up-rules", "authentication"),
    ("onboarding", "authentication"),
    ("domains", "authentication"),
    ("setup", "embedding"),
)


@dataclass(frozen=True)
class DocumentLink:
    """A document in the list, or a section that a search has found."""

    id: str
    title: str
    section: int = 0
    hint: str = ""
    excerpt: str = ""
    is_about_page: bool = False


class CompanionState(rx.State):
    """What is open beside the page."""

    panel: str = ""
    """One of PANELS; nothing while it is closed."""
    query: str = ""
    links: list[DocumentLink] = []
    document: str = ""
    document_title: str = ""
    document_html: str = ""
    section: int = 0
    support_email: str = ""
    support_url: str = ""
    feature_requests_url: str = ""
    version: str = ""
    has_assistant: bool = False

    @rx.var
    def has_support(self) -> bool:
        """Whether the operator has said whom to ask."""
        return self.support_email != "" or self.support_url != ""

    @guarded(Access.VISITOR)
    async def load(self, viewer: Viewer) -> None:
        """On every page: whom the operator wants to be asked, and whether something is new."""
        settings = viewer.installation.settings
        self.support_email, self.support_url = settings.support_email, settings.support_url
        self.feature_requests_url = settings.feature_requests_url
        self.has_assistant = assistant.is_there(viewer.installation)
        (await self.get_state(NewsState))._look()  # noqa: SLF001 - public methods of a state are events
        if self.panel == DOCUMENTS and not self.document and not self.query:
            self.links = self._listed()  # another page is another document's subject

    @guarded(Access.DASHBOARD)
    async def show(self, _viewer: Viewer, panel: str) -> None:
        """Open a panel, or close it if it is the open one."""
        wanted = panel if panel in PANELS and panel != self.panel else ""
        await self._empty()
        self.panel = wanted
        if wanted == DOCUMENTS:
            self.links = self._listed()
        elif wanted == NEWS:
            (await self.get_state(NewsState))._show()  # noqa: SLF001 - public methods of a state are events
        elif wanted == SUPPORT:
            self.version = SERVER_VERSION

    @guarded(Access.DASHBOARD)
    async def close(self, _viewer: Viewer) -> None:
        """Close what is open."""
        await self._empty()

    @guarded(Access.DASHBOARD)
    async def read(self, _viewer: Viewer, document: str, section: int) -> None:
        """Open a document at one of its sections."""
        found = handbook.documents().get(document)
        if found is None:
            return
        self.panel = DOCUMENTS
        self.document, self.document_title, self.document_html = found.id, found.title, found.html
        self.section = section if any(one.number == section for one in found.sections) else 0

    @guarded(Access.DASHBOARD)
    async def go_back(self, _viewer: Viewer) -> None:
        """Leave the document for the list, or for what was searched."""
        self.document = self.document_title = self.document_html = ""
        self.links = self._found() if self.query else self._listed()

    @guarded(Access.DASHBOARD, supersedes=True)
    async def search(self, _viewer: Viewer, text: str) -> None:
        """Show the sections with these words; without any, the list."""
        self.query = text.strip()[:_MAX_QUERY_CHARS]
        self.links = self._found() if self.query else self._listed()

    def _listed(self) -> list[DocumentLink]:
        about = about_page(self.router.url.path)
        documents = handbook.documents().values()
        links = [DocumentLink(one.id, one.title, is_about_page=one.id == about) for one in documents]
        return sorted(links, key=lambda link: not link.is_about_page)

    def _found(self) -> list[DocumentLink]:
        return [
            DocumentLink(one.document.id, one.section.heading, one.section.number, one.document.title, one.excerpt)
            for one in handbook.search(self.query)
        ]

    async def _empty(self) -> None:
        self.panel = self.query = self.document = self.document_title = self.document_html = ""
        self.links, self.section = [], 0
        (await self.get_state(NewsState)).releases = []
        (await self.get_state(QuestionsState))._forget_all()  # noqa: SLF001 - public methods of a state are events


def about_page(path: str) -> str:
    """The document about a page of the dashboard, if there is one."""
    rest = path.strip("/").split("/", 2)[2:]
    found = (document for begin, document in _ABOUT if rest and rest[0].startswith(begin))
    return next(found, "")
