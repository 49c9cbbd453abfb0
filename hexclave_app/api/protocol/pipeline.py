"""The API as an ASGI application: every request goes through the contract's order of checks (01, sections 2 to 7)."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, cast
from urllib.parse import quote

import structlog
from fastapi import FastAPI
from pydantic import TypeAdapter, ValidationError
from sqlmodel import Session
from starlette.responses import StreamingResponse
from starlette.types import Receive, Scope, Send

from hexclave_app import errors
from hexclave_app.api.protocol.answers import Answer, EncodedAnswer, encode_answer, error_answer
from hexclave_app.api.protocol.calls import Call
from hexclave_app.api.protocol.decoding import (
    MAX_BODY_BYTES,
    UNDEFINED,
    BodyTooLarge,
    ClientGone,
    Undefined,
    decode_body,
    decode_query,
    read_credentials,
    read_headers,
)
from hexclave_app.api.protocol.endpoints import Endpoint, SchemaType, as_answer, overload, run_async
from hexclave_app.api.protocol.fields import NoQuery
from hexclave_app.api.protocol.routing import RouteTable
from hexclave_app.api.protocol.schema_errors import messages_of, schema_error
from hexclave_app.errors import ApiError
from hexclave_app.installation import Installation
from hexclave_app.languages.speaking import asked_with
from hexclave_app.security.random_ids import request_id
from hexclave_app.services.audit.actors import acting
from hexclave_app.services.callers import Caller, CheckedForm, authenticate, authenticate_at_once, check_form
from hexclave_app.services.end_users import counted_address, read_end_user
from hexclave_app.whole_answers import EXTENSION
from models.base import utc_now
from models.projects import INTERNAL_PROJECT_ID

log = structlog.get_logger()

_VERSION = re.compile(r"^/api/(?:v1|v2beta[1-5]|latest)(?=/|$)")
_MAX_LENGTH_DIGITS = 12
_METHODS = frozenset({"GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
_INTERNAL_ERROR = (
    "Something went wrong. Please make sure the data you entered is correct, and try again.\n\nRequest ID: {}"
)


@dataclass(slots=True)
class _Request:
    """A request as far as it is decoded."""

    method: str
    pathname: str
    headers: dict[str, str]
    query: dict[str, str]
    params: dict[str, str]
    peer: str
    content: bytes = b""
    body: object = UNDEFINED
    form: CheckedForm | None = None


class Api:
    """Serves every path below `/api/`, and `/health`."""

    def __init__(self, installation: Installation, endpoints: Sequence[Endpoint], documented: FastAPI) -> None:
        self.installation = installation
        self.documented = documented
        self.routes = RouteTable(endpoints)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            return
        headers = read_headers(scope["headers"])
        identifier = request_id()
        try:
            answer = await self._answer(scope, receive, headers)
            if scope["method"] == "HEAD":
                answer = replace(answer, body=None, stream=None)
            encoded = encode_answer(answer, headers, identifier)
        except ClientGone:
            return
        except Exception:  # the edge of a request
            # The edge of a request: whatever happened inside is logged, and nothing internal is shown.
            log.exception("request failed", request_id=identifier, method=scope["method"], path=scope["path"])
            answer = Answer(_INTERNAL_ERROR.format(identifier), 500)
            encoded = encode_answer(answer, headers, identifier)
        if answer.stream is not None:
            streamed = StreamingResponse(answer.stream, encoded.status)
            streamed.raw_headers = encoded.headers
            await streamed(scope, receive, send)
            return
        await _send_answer(encoded, scope, send)

    async def _answer(self, scope: Scope, receive: Receive, headers: dict[str, str]) -> Answer:
        method, pathname = scope["method"], _pathname(scope)
        if method == "HEAD" and pathname == "/health":
            method = "GET"
        if method == "OPTIONS":
            return Answer()
        if method not in _METHODS:
            return Answer("Method not allowed", 405, may_override_status=False)
        if pathname.endswith("/") and pathname != "/api/":
            query = scope["query_string"].decode("latin-1")
            target = pathname.rstrip("/") + (f"?{query}" if query else "")
            return Answer(None, 308, {"location": re.sub(r"^/{2,}", "/", target)})
        endpoint, params, has_other_methods = self.routes.find(method, _route_path(pathname))
        if endpoint is None and has_other_methods:
            return Answer(None, 405, may_override_status=False)
        peer = scope.get("client") or ("", 0)
        request = _Request(method, pathname, headers, decode_query(scope["query_string"]), params, peer[0])
        try:
            answer = await self._run(endpoint, request, receive)
        except ApiError as error:
            answer = error_answer(error)
        except BodyTooLarge:
            answer = Answer(f"The request body is larger than {MAX_BODY_BYTES} bytes.", 413)
        keeps_status = endpoint is not None and endpoint.keeps_status
        return replace(answer, may_override_status=False) if keeps_status else answer

    async def _run(self, endpoint: Endpoint | None, request: _Request, receive: Receive) -> Answer:
        headers = request.headers
        asked_with.set(headers)
        request.content = await _read_body(receive, headers)
        request.body = decode_body(request.method, headers.get("content-type", ""), request.content)
        request.form = check_form(read_credentials(headers), self.installation.tokens)
        if endpoint is None:
            return await self._not_found(request)
        if not (endpoint.is_async or endpoint.caller_only):
            return await self._run_in_transaction(endpoint, request)
        call = await self._call_without_session(endpoint, request)
        if call is None:
            return await self._run_in_transaction(endpoint, request)
        acting.set(call)
        if endpoint.is_async:
            return as_answer(await run_async(endpoint, call), endpoint.status)
        return as_answer(endpoint.handler(call), endpoint.status)

    async def _call_without_session(self, endpoint: Endpoint, request: _Request) -> Call | None:
        """The call of an endpoint without a transaction around its handler; None when finding the caller takes one."""
        if request.form is None:
            return self._prepare(None, endpoint, request)
        call = self._new_call(request)
        call.caller = await self.installation.db.at_once(
            authenticate_at_once, self.installation, request.form, end_user=call.end_user, now=call.now
        )
        if call.caller is not None:
            _validate(endpoint, request, call)
            return call
        return await self.installation.db.read(self._prepare, endpoint, request) if endpoint.is_async else None

    async def _run_in_transaction(self, endpoint: Endpoint, request: _Request) -> Answer:
        db = self.installation.db
        if endpoint.is_keyed and request.form is None:
            return await db.keyed(self._handle, endpoint, request)
        run = db.scan if endpoint.scans else db.run if endpoint.changes else db.read
        return await run(self._handle, endpoint, request)

    def _handle(self, session: Session, endpoint: Endpoint, request: _Request) -> Answer:
        call = self._prepare(session, endpoint, request)
        call.open_session = session
        acting.set(call)
        return as_answer(endpoint.handler(call), endpoint.status)

    def _prepare(self, session: Session | None, endpoint: Endpoint, request: _Request) -> Call:
        """Authentication, then access type, then schema."""
        call = self._new_call(request)
        if request.form is not None and session is not None:
            call.caller = authenticate(session, self.installation, request.form, end_user=call.end_user, now=call.now)
        _validate(endpoint, request, call)
        return call

    def _new_call(self, request: _Request) -> Call:
        end_user = read_end_user(request.headers, self.installation.settings.trusted_proxy)
        address = counted_address(request.headers, self.installation.settings.trusted_proxy, request.peer)
        call = Call(self.installation, None, end_user, request.headers, utc_now(), address, raw_body=request.body)
        call.content = request.content
        return call

    async def _not_found(self, request: _Request) -> Answer:
        if request.form is not None:
            await self.installation.db.read(authenticate, self.installation, request.form, end_user=None, now=utc_now())
        url = f"{self.installation.settings.origin}{request.pathname}"
        return Answer(f"404 — there is no {request.method} {url}. See the API documentation for what exists.", 404)


async def _send_answer(encoded: EncodedAnswer, scope: Scope, send: Send) -> None:
    if EXTENSION in scope.get("extensions", ()):
        await send({"type": EXTENSION, "head": encoded.head(), "body": encoded.content})
        return
    await send({"type": "http.response.start", "status": encoded.status, "headers": encoded.headers})
    await send({"type": "http.response.body", "body": encoded.content})


def _pathname(scope: Scope) -> str:
    """The path as it was requested, still percent-encoded: an encoded slash does not separate segments."""
    raw = scope.get("raw_path")
    if raw is None:
        return quote(scope["path"])
    return cast("bytes", raw).partition(b"?")[0].decode("latin-1")


def _route_path(pathname: str) -> str:
    if not pathname.startswith("/api/"):
        return pathname  # /health and the pages' own /auth/session/…
    shortened, count = _VERSION.subn("", pathname)
    return (shortened or "/") if count else "/api/unknown"


async def _read_body(receive: Receive, headers: Mapping[str, str]) -> bytes:
    if "content-length" not in headers and "transfer-encoding" not in headers:
        return b""  # RFC 9112, section 6.3: such a request has no body
    length = headers.get("content-length", "0")
    if length.isdecimal() and (len(length) > _MAX_LENGTH_DIGITS or int(length) > MAX_BODY_BYTES):
        raise BodyTooLarge
    chunks: list[bytes] = []
    size, has_more = 0, True
    while has_more:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise ClientGone
        chunks.append(message.get("body", b""))
        size += len(chunks[-1])
        if size > MAX_BODY_BYTES:
            raise BodyTooLarge
        has_more = message.get("more_body", False)
    return b"".join(chunks)


def _validate(endpoint: Endpoint, request: _Request, call: Call) -> None:
    """Check the request against the endpoint's schema; the order of failures is that of contract 01, section 4."""
    caller = call.caller
    if endpoint.access.is_own and (caller is None or caller.user is None):
        raise errors.CannotGetOwnUserWithoutUser
    access_type = caller.access if caller else None
    context = {"user_id": caller.user.id if caller and caller.user else None}
    messages = _auth_messages(endpoint, caller)
    call.body = _part("body", overload(endpoint.body, access_type), request.body, context, messages)
    call.path = _part("params", endpoint.params, request.params, context, messages)
    call.query = _part("query", overload(endpoint.query, access_type), request.query, context, messages)
    if access_type is None and not endpoint.access.is_open:
        raise errors.AccessTypeRequired
    if access_type is not None and access_type not in endpoint.access.types:
        allowed = [name for name in ("client", "server", "admin") if name in endpoint.access.types]
        raise errors.InsufficientAccessType(actual_access_type=access_type.value, allowed_access_types=allowed)
    if messages:
        raise schema_error(request.method, request.pathname, messages)


def _auth_messages(endpoint: Endpoint, caller: Caller | None) -> list[str]:
    messages = []
    if caller is not None:
        if endpoint.access.needs_internal and caller.tenancy.project_id != INTERNAL_PROJECT_ID:
            messages.append(f"auth.project.id must be one of the following values: {INTERNAL_PROJECT_ID}")
        if endpoint.access.needs_user and caller.user is None:
            messages.append("auth.user must be defined")
    return messages


def _part(root: str, schema: SchemaType | None, value: object, context: dict[str, Any], messages: list[str]) -> object:
    if schema is None:
        return None
    if schema is NoQuery and not value:
        return None
    if isinstance(value, Undefined):
        messages.append(f"{root} must be defined")
        return None
    if value is None:
        messages.append(f"{root} cannot be null")
        return None
    try:
        if isinstance(schema, TypeAdapter):
            return cast("object", schema.validate_python(value, context=context))
        return schema.model_validate(value, context=context)
    except ValidationError as error:
        messages.extend(messages_of(error, root))
        return None
