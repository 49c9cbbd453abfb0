"""Editable regions: literal texts of a source, wrapped in comments that survive rendering (contract 06, section 3)."""

import hashlib
import re
from typing import Any, Final

from hexclave_app.mail_templates.language import Source

_TOKEN: Final = re.compile(r"({%.*?%}|{{.*?}}|{#.*?#}|<!--.*?-->|<[^>]*>)", re.DOTALL)
_TAG: Final = re.compile(r"<(/?)([A-Za-z][\w-]*)([^>]*?)(/?)>", re.DOTALL)
_ATTRIBUTE: Final = re.compile(r"([\w-]+)\s*=\s*\"([^\"]*)\"")
_TEXTUAL: Final = frozenset({"mj-text", "mj-button", "mj-table"})
_VOID: Final = frozenset({"area", "br", "col", "hr", "img", "input", "link", "meta", "wbr"})
_CONTEXT_LENGTH: Final = 60


class Marker:
    """Marks sources of one mail and collects what it marked."""

    def __init__(self) -> None:
        self.regions: dict[str, dict[str, Any]] = {}

    def marked(self, source: Source, file: str) -> str:
        """The body with comment pairs around literal texts and dynamic expressions inside textual elements."""
        parts: list[str] = []
        found: list[dict[str, Any]] = []
        stack: list[tuple[str, dict[str, str]]] = []
        siblings = [0]
        position = 0
        for token in _TOKEN.split(source.body):
            if token.startswith("<") and not token.startswith("<!--"):
                _follow(token, stack, siblings)
                parts.append(token)
            elif _is_textual(stack) and token.startswith("{{"):
                parts.append(f"<!-- STACK_EXPR_START -->{token}<!-- STACK_EXPR_END -->")
            elif _is_textual(stack) and token.strip() and not token.startswith(("{", "<!--")):
                identifier = f"{file}-{len(self.regions) + len(found)}"
                parts.append(
                    f"<!-- STACK_EDITABLE_START {identifier} -->{token}<!-- STACK_EDITABLE_END {identifier} -->"
                )
                start = source.body_start + position
                found.append(
                    {"id": identifier, **_region(source, token, start), **_place(stack, siblings), "sourceFile": file}
                )
                siblings[-1] += 1
            else:
                parts.append(token)
            position += len(token)
        _count_occurrences(found)
        self.regions |= {region["id"]: region for region in found}
        return "".join(parts)


def _is_textual(stack: list[tuple[str, dict[str, str]]]) -> bool:
    return any(name in _TEXTUAL for name, _ in stack)


def _follow(token: str, stack: list[tuple[str, dict[str, str]]], siblings: list[int]) -> None:
    tag = _TAG.match(token)
    if tag is None:
        return
    closes, name, attributes, is_empty = tag.groups()
    if closes:
        if any(opened == name for opened, _ in stack):
            while stack.pop()[0] != name:
                siblings.pop()
            siblings.pop()
        return
    siblings[-1] += 1
    if not is_empty and name not in _VOID:
        stack.append((name, dict(_ATTRIBUTE.findall(attributes))))
        siblings.append(0)


def _region(source: Source, token: str, start: int) -> dict[str, Any]:
    text = token.strip()
    start += token.index(text)
    offset = start - source.body_start
    before = source.body[:offset]
    return {
        "loc": {
            "start": start,
            "end": start + len(text),
            "line": before.count("\n") + 1,
            "column": offset - (before.rfind("\n") + 1),
        },
        "originalText": text,
        "textHash": hashlib.sha256(text.encode()).hexdigest()[:16],
        "sourceContext": {
            "before": before[-_CONTEXT_LENGTH:],
            "after": source.body[offset + len(text) :][:_CONTEXT_LENGTH],
        },
    }


def _place(stack: list[tuple[str, dict[str, str]]], siblings: list[int]) -> dict[str, Any]:
    name, attributes = stack[-1]
    return {
        "jsxPath": [opened for opened, _ in stack],
        "parentElement": {"tagName": name, "props": attributes},
        "siblingIndex": siblings[-1],
    }


def _count_occurrences(regions: list[dict[str, Any]]) -> None:
    seen: dict[str, int] = {}
    for region in regions:
        text = region["originalText"]
        seen[text] = seen.get(text, 0) + 1
        region["occurrenceIndex"] = seen[text]
    for region in regions:
        region["occurrenceCount"] = seen[region["originalText"]]
