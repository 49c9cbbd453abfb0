"""The product's own documents: read, made safe to show, and searched by their sections.

They are files of the repository, so they are ours; still nothing of them but text and structure reaches a page. HTML in
them stays text, links lead to other documents or out by https, pictures are left out.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from pathlib import Path
from typing import Any, Final

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

ROOT: Final = Path(__file__).resolve().parent.parent.parent
README: Final = "readme"
_FOLDER: Final = "docs"
_FIRST: Final = (
    README,
    "authentication",
    "emails",
    "embedding",
    "languages",
    "bulk-users",
)  # the rest is for developers
_EXCERPT_CHARS: Final = 160
_MAX_FOUND: Final = 20
_IN_TITLE, _IN_HEADING, _IN_TEXT = 4, 3, 1


@dataclass(frozen=True, slots=True)
class Section:
    """What stands below a heading, as plain text; its number is the one of its heading."""

    number: int
    heading: str
    text: str


@dataclass(frozen=True, slots=True)
class Document:
    """A document as pages show it."""

    id: str
    title: str
    html: str
    sections: tuple[Section, ...]
    source: str


@dataclass(frozen=True, slots=True)
class Found:
    """A section that fits a search."""

    document: Document
    section: Section
    excerpt: str


def documents(root: Path = ROOT) -> Mapping[str, Document]:
    """All documents by id, those for administrators first."""
    files = {README: root / "README.md", **{file.stem: file for file in sorted((root / _FOLDER).glob("*.md"))}}
    names = sorted(files, key=lambda name: (_FIRST.index(name) if name in _FIRST else len(_FIRST), name))
    there = [(name, files[name], files[name].stat().st_mtime_ns) for name in names if files[name].is_file()]
    return _read(tuple(there))


def for_administrators(root: Path = ROOT) -> list[Document]:
    """Without what only developers of the product need."""
    return [one for one in documents(root).values() if one.id in _FIRST]


def search(query: str, root: Path = ROOT) -> list[Found]:
    """The sections with every word of the query, the best first."""
    words = query.lower().split()
    if not words:
        return []
    found = [
        (_fit(words, document, section), Found(document, section, _excerpt(words, section.text)))
        for document in documents(root).values()
        for section in document.sections
    ]
    best = sorted((one for one in found if one[0]), key=lambda one: -one[0])
    return [one for _, one in best[:_MAX_FOUND]]


def parse(id_: str, markdown: str, known: Iterable[str]) -> Document:
    """One document; `known` are the ids that its links may name."""
    parser = MarkdownIt("commonmark", {"html": False}, renderer_cls=_Safe).enable("table")
    tokens = _without_pictures(parser.parse(markdown))
    sections = tuple(_sections(tokens))
    html = parser.renderer.render(tokens, parser.options, {"known": frozenset(known)})
    title = sections[0].heading if sections else id_
    return Document(id_, title, html, sections, markdown)


@lru_cache(maxsize=1)
def _read(files: tuple[tuple[str, Path, int], ...]) -> Mapping[str, Document]:
    names = [name for name, _, _ in files]
    return {name: parse(name, file.read_text(encoding="utf-8"), names) for name, file, _ in files}


class _Safe(RendererHTML):
    """Writes documents one level deeper than they are, because the page around has the only h1."""

    def __init__(self, parser: Any = None) -> None:  # noqa: ANN401 - the library's own signature
        super().__init__(parser)
        self._open_links: list[str] = []

    def heading_open(self, tokens: Sequence[Token], at: int, _options: OptionsDict, _env: EnvType) -> str:
        """A heading that search results lead to."""
        return f'<{_level(tokens[at])} id="{section_id(tokens[at].meta["number"])}" tabindex="-1">'

    def heading_close(self, tokens: Sequence[Token], at: int, _options: OptionsDict, _env: EnvType) -> str:
        """The end of a heading."""
        return f"</{_level(tokens[at])}>\n"

    def table_open(self, _tokens: Sequence[Token], _at: int, _options: OptionsDict, _env: EnvType) -> str:
        """A table that may be wider than the page."""
        return '<div tabindex="0"><table>\n'

    def table_close(self, _tokens: Sequence[Token], _at: int, _options: OptionsDict, _env: EnvType) -> str:
        """The end of a table."""
        return "</table></div>\n"

    def fence(self, tokens: Sequence[Token], at: int, _options: OptionsDict, _env: EnvType) -> str:
        """Lines of code, which may be longer than the page is wide."""
        return f'<pre tabindex="0"><code>{escape(tokens[at].content)}</code></pre>\n'

    def code_block(self, tokens: Sequence[Token], at: int, options: OptionsDict, env: EnvType) -> str:
        """The same, set in by spaces."""
        return self.fence(tokens, at, options, env)

    def link_open(self, tokens: Sequence[Token], at: int, _options: OptionsDict, env: EnvType) -> str:
        """A way to another document, or out of the product; anything else stays text."""
        target = str(tokens[at].attrs.get("href", ""))
        document = _document_of(target)
        if document in env["known"]:
            self._open_links.append("button")
            return f'<button type="button" data-document="{escape(document)}">'
        is_outside = target.startswith("https://")
        self._open_links.append("a" if is_outside else "span")
        return f'<a href="{escape(target)}" target="_blank" rel="noopener noreferrer">' if is_outside else "<span>"

    def link_close(self, _tokens: Sequence[Token], _at: int, _options: OptionsDict, _env: EnvType) -> str:
        """The end of a link."""
        return f"</{self._open_links.pop()}>"


def section_id(number: int) -> str:
    """The id of a heading within a page."""
    return f"document-section-{number}"


def _level(token: Token) -> str:
    return f"h{min(int(token.tag[1]) + 1, 6)}"


def _document_of(target: str) -> str:
    """The document that a link between files names: `docs/emails.md#x`, `emails.md`, `../README.md`."""
    file = target.partition("#")[0]
    name = re.fullmatch(r"(?:\.\./|\./|docs/)?([\w-]+)\.md", file)
    return name[1].lower() if name else ""


def _without_pictures(tokens: list[Token]) -> list[Token]:
    """The same without tables and paragraphs that hold pictures; headings get their numbers."""
    kept: list[Token] = []
    number = 0
    for block in _blocks(tokens):
        if block[0].type in ("table_open", "paragraph_open") and any(map(_has_picture, block)):
            continue
        _unhead(block)
        if block[0].type == "heading_open":
            block[0].meta["number"] = number
            number += 1
        kept += block
    return kept


def _unhead(block: list[Token]) -> None:
    """An empty cell at the head of a table heads nothing."""
    for before, inside, after in zip(block, block[1:], block[2:], strict=False):
        if before.type == "th_open" and not inside.content:
            before.tag = after.tag = "td"


def _blocks(tokens: list[Token]) -> Iterable[list[Token]]:
    """The outermost pieces of a document, each with all its tokens."""
    depth, block = 0, list[Token]()
    for token in tokens:
        block.append(token)
        depth += token.nesting
        if depth == 0:
            yield block
            block = []


def _has_picture(token: Token) -> bool:
    return any(child.type == "image" for child in token.children or ())


def _sections(tokens: list[Token]) -> Iterable[Section]:
    heading, text, number = "", list[str](), 0
    is_heading = False
    for token in tokens:
        if token.type == "heading_open":
            if heading:
                yield Section(number, heading, " ".join(text))
            heading, text, number, is_heading = "", [], token.meta["number"], True
        elif token.type == "heading_close":
            is_heading = False
        elif token.type == "inline" and is_heading:
            heading = _plain(token)
        elif token.type in ("inline", "fence", "code_block"):
            text.append(_plain(token))
    if heading:
        yield Section(number, heading, " ".join(text))


def _plain(token: Token) -> str:
    breaks = ("softbreak", "hardbreak")
    children = token.children or [token]
    parts = [" " if child.type in breaks else child.content for child in children]
    return " ".join("".join(parts).split())


def _fit(words: Sequence[str], document: Document, section: Section) -> int:
    """How well a section fits; 0 unless every word is somewhere in it."""
    places = ((document.title, _IN_TITLE), (section.heading, _IN_HEADING), (section.text, _IN_TEXT))
    fits = [max((worth for text, worth in places if word in text.lower()), default=0) for word in words]
    # A word of the title alone is a reason to show the beginning, not every section.
    is_named = section.number == 0 or any(word in f"{section.heading} {section.text}".lower() for word in words)
    return sum(fits) if all(fits) and is_named else 0


def _excerpt(words: Sequence[str], text: str) -> str:
    at = min((place for word in words if (place := text.lower().find(word)) >= 0), default=0)
    begin = max(0, at - _EXCERPT_CHARS // 3)
    begin = text.rfind(" ", 0, begin) + 1 if begin else 0
    end = begin + _EXCERPT_CHARS
    return f"{'… ' if begin else ''}{text[begin:end].strip()}{' …' if end < len(text) else ''}"
