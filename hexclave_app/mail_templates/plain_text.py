"""The text part of a mail, made from its markup (MJML or HTML) so that nobody has to write it twice."""

import re
from html.parser import HTMLParser
from typing import Final

_BLOCKS: Final = frozenset(
    {
        "address", "article", "blockquote", "center", "div", "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header",
        "hr", "li", "mj-button", "mj-divider", "mj-section", "mj-text", "ol", "p", "pre", "section", "table", "tr",
        "ul",
    }
)  # fmt: skip
_HIDDEN: Final = frozenset({"head", "mj-head", "script", "style", "title"})
_RULES: Final = frozenset({"hr", "mj-divider"})
_LINKS: Final = frozenset({"a", "mj-button"})


def plain_text(markup: str) -> str:
    """Readable text: a line per block, links with their addresses, no more than one empty line in a row."""
    reader = _Reader()
    reader.feed(markup)
    reader.close()
    lines = (re.sub(r"[ \t\r\n\f]+", " ", line).strip() for line in "".join(reader.parts).split("\x00"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


class _Reader(HTMLParser):
    """Collects text; NUL stands for a line break, because line breaks of the source are mere spaces."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._hidden_depth = 0
        self._links: list[tuple[str, int]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin an element."""
        if tag in _HIDDEN:
            self._hidden_depth += 1
        if tag in _BLOCKS:
            self.parts.append("\x00\x00" if tag != "li" else "\x00- ")
        if tag in _RULES:
            self.parts.append("----\x00")
        if tag == "br":
            self.parts.append("\x00")
        if tag == "td":
            self.parts.append(" ")
        if tag in ("img", "mj-image"):
            self._write(dict(attrs).get("alt") or "")
        if tag in _LINKS:
            self._links.append((dict(attrs).get("href") or "", len(self.parts)))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An element without content."""
        self.handle_starttag(tag, attrs)
        self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        """End an element."""
        if tag in _HIDDEN:
            self._hidden_depth = max(0, self._hidden_depth - 1)
        if tag in _LINKS and self._links:
            target, start = self._links.pop()
            label = "".join(self.parts[start:]).strip()
            if target and target not in ("#", label, f"mailto:{label}"):
                self._write(f": {target}" if label else target)
        if tag in _BLOCKS:
            self.parts.append("\x00")

    def handle_data(self, data: str) -> None:
        """Text between elements."""
        self._write(data)

    def _write(self, text: str) -> None:
        if not self._hidden_depth:
            self.parts.append(text.replace("\x00", ""))
