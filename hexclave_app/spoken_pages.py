"""Delivers pages in the visitor's language. They are built once: where a text belongs, the build has left a mark.

Hosted pages speak the language of `languages/negotiation.py`, all others English. What is in the HTML before any script
ran and what the browser makes of the same messages is the same text, so nothing changes when the page becomes live.
"""

import gzip
import html
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from typing import Any, Final
from urllib.parse import parse_qs

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from hexclave_app.languages import negotiation
from hexclave_app.languages.catalog import PAGES, format_message, messages
from hexclave_app.languages.patterns import Value
from hexclave_app.languages.supported import ENGLISH, Language, find

_MARK: Final = re.compile("\ue000([^\ue001]*)\ue001")
_MESSAGES: Final = '["@messages",{}]'
_COMPONENT: Final = "\ue002"
_EMBEDDED: Final = "/embed/"
_HTML_TAG: Final = '<html lang="en"'
_KEPT_PAGES: Final = 512  # pages × languages; each takes 30–60 kB
_WITHOUT: Final = (b"accept-encoding", b"if-none-match", b"if-modified-since", b"range", b"if-range")
_STALE: Final = ("etag", "last-modified", "content-length", "accept-ranges", "content-encoding", "vary")


@dataclass(frozen=True, slots=True)
class Delivered:
    """A text as it leaves, plain and compressed."""

    plain: bytes
    compressed: bytes
    etag: str


class SpokenPages:
    """Replaces the marks of HTML answers."""

    def __init__(self, pages: ASGIApp) -> None:
        self._pages = pages

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one connection; sockets and other files pass through."""
        if scope["type"] != "http" or scope["method"] not in ("GET", "HEAD") or scope["path"].startswith("/assets/"):
            await self._pages(scope, receive, send)
        else:
            await self._answer_page(scope, receive, send)

    async def _answer_page(self, scope: Scope, receive: Receive, send: Send) -> None:
        language, is_new_choice = _language_of(scope)
        held: Message | None = None
        body = bytearray()

        async def rewrite(message: Message) -> None:
            nonlocal held
            if message["type"] == "http.response.start":
                if not Headers(raw=message["headers"]).get("content-type", "").startswith("text/html"):
                    await send(message)
                    return
                held = message
            elif held is None:
                await send({**message, "body": b""} if scope["method"] == "HEAD" else message)
            else:
                body.extend(message.get("body", b""))
                if not message.get("more_body"):
                    _describe(held, scope, language, is_new_choice=is_new_choice)
                    await _deliver(scope, send, held, _page(bytes(body), language))

        await self._pages(_plainly_asked(scope), receive, rewrite)


def translate(page: str, language: Language) -> str:
    """The page with every mark replaced, and with language and direction on its root."""
    spoken = _MARK.sub(lambda mark: _replacement(html.unescape(mark[1]), language), page)
    return spoken.replace(_HTML_TAG, f'<html lang="{language.code}" dir="{language.direction}"', 1)


def _replacement(mark: str, language: Language) -> str:
    return messages_script(language) if mark == _MESSAGES else html.escape(_said(mark, language))


def _said(mark: str, language: Language) -> str:
    key, given, *around = json.loads(mark)
    arguments = {name: _with_marks_said(value, language) for name, value in given.items()}
    if key == "@spoken":
        return "true" if arguments["code"] == language.code else "false"
    if not around:
        return format_message(language, key, arguments)
    name, side = around
    sides = format_message(language, key, {**arguments, name: _COMPONENT}).split(_COMPONENT)
    return str(sides[side])


def _with_marks_said(value: Value, language: Language) -> Value:
    return _MARK.sub(lambda mark: _said(mark[1], language), value) if isinstance(value, str) else value


@lru_cache
def messages_script(language: Language) -> str:
    """The script that stands in the head of a page: nothing in it can end the script element."""
    told: Mapping[str, Any] = {
        "code": language.code,
        "direction": language.direction,
        "messages": messages(language, PAGES),
    }
    data = json.dumps(told, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    return f"globalThis.hexclaveLanguage={data};"


@lru_cache(maxsize=_KEPT_PAGES)
def _page(page: bytes, language: Language) -> Delivered:
    return _delivered(translate(page.decode(), language))


def _delivered(text: str) -> Delivered:
    plain = text.encode()
    return Delivered(plain, gzip.compress(plain, mtime=0), f'"{blake2b(plain, digest_size=16).hexdigest()}"')


def _language_of(scope: Scope) -> tuple[Language, bool]:
    """The language of an answer, and whether the address has chosen it."""
    if not negotiation.is_translated(scope["path"]):
        return ENGLISH, False
    headers = Headers(scope=scope)
    asked = parse_qs(scope["query_string"].decode("latin-1")).get(negotiation.PARAMETER, [None])[0]
    is_part = scope["path"].startswith(_EMBEDDED)  # speaks the language of the page around and chooses for nobody else
    language = negotiation.choose(
        parameter=asked,
        cookie_header="" if is_part else headers.get("cookie", ""),
        accept_language=headers.get("accept-language", ""),
    )
    return language, find(asked) is not None and not is_part


def _plainly_asked(scope: Scope) -> Scope:
    """The same question for the whole file as it was built."""
    headers = [(name, value) for name, value in scope["headers"] if name not in _WITHOUT]
    return {**scope, "method": "GET", "headers": headers, "extensions": {}}


def _describe(start: Message, scope: Scope, language: Language, *, is_new_choice: bool) -> None:
    headers = MutableHeaders(raw=list(start["headers"]))
    for name in _STALE:
        del headers[name]
    headers["content-language"] = language.code
    if negotiation.is_translated(scope["path"]):
        headers["vary"] = "Accept-Encoding, Accept-Language, Cookie"
    else:
        headers["vary"] = "Accept-Encoding"
    if is_new_choice:
        headers.append("set-cookie", negotiation.cookie(language, is_secure=scope.get("scheme") == "https"))
    start["headers"] = headers.raw


async def _deliver(scope: Scope, send: Send, start: Message, content: Delivered) -> None:
    """Send a finished text: as it is, compressed, or only that it has not changed."""
    asked = Headers(scope=scope)
    headers = MutableHeaders(raw=start["headers"])
    headers["etag"] = content.etag
    body = content.plain
    if start["status"] == 200 and content.etag in asked.get("if-none-match", "").replace("W/", "").split(", "):
        start["status"], body = 304, b""
    else:
        if "gzip" in asked.get("accept-encoding", ""):
            headers["content-encoding"], body = "gzip", content.compressed
        headers["content-length"] = str(len(body))
    start["headers"] = headers.raw
    await send(start)
    await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else body})
