"""How endpoints are declared and run: access first, then schema, then one transaction, then the answer.

`Endpoints` is a FastAPI router whose routes follow the contract's own order of checks instead of FastAPI's: body
decoding, authentication, access type, schema, handler. Every route declares its access; there is no default.
"""

import inspect
from collections.abc import Awaitable, Callable, Collection, Coroutine, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar, cast

from fastapi import APIRouter
from fastapi.routing import APIRoute
from pydantic import BaseModel, TypeAdapter
from starlette.requests import Request
from starlette.responses import Response

from hexclave_app.api.protocol.answers import Answer
from hexclave_app.api.protocol.calls import Call
from hexclave_app.services.callers import AccessType

Handler = Callable[[Call], object]
H = TypeVar("H", bound=Handler)
SchemaType = type[BaseModel] | TypeAdapter[Any]
Overloads = SchemaType | Mapping[AccessType, SchemaType]

NOBODY: frozenset[AccessType] = frozenset()
CLIENT_OR_HIGHER = frozenset(AccessType)
SERVER_OR_HIGHER = frozenset((AccessType.SERVER, AccessType.ADMIN))
ADMIN_ONLY = frozenset((AccessType.ADMIN,))


@dataclass(frozen=True)
class Access:
    """Who may reach an endpoint."""

    types: frozenset[AccessType]
    is_open: bool = False
    """Also reachable without authentication (then `call.caller` may be None)."""
    needs_user: bool = False
    """The schema demands a signed-in user: SCHEMA_ERROR `auth.user must be defined` without one."""
    needs_internal: bool = False
    """The schema demands project `internal`."""
    is_own: bool = False
    """About the signed-in user: without one, CANNOT_GET_OWN_USER_WITHOUT_USER beats every other failure."""


PUBLIC = Access(CLIENT_OR_HIGHER, is_open=True)
ANYONE = Access(CLIENT_OR_HIGHER)
ANY_USER = Access(CLIENT_OR_HIGHER, needs_user=True)
OWN_USER = Access(CLIENT_OR_HIGHER, is_own=True)
SERVER = Access(SERVER_OR_HIGHER)
ADMIN = Access(ADMIN_ONLY)


@dataclass(frozen=True)
class Endpoint:
    """One route of the contract."""

    method: str
    path: str
    access: Access
    handler: Handler
    body: Overloads | None = None
    query: Overloads | None = None
    params: SchemaType | None = None
    status: int = 200
    scans: bool = False
    """A read that may take long: runs in a thread on every database."""
    caller_only: bool = False
    """The handler needs nothing but the caller: where one statement finds it, no transaction is opened."""
    is_keyed: bool = False
    """The handler's usual path consists of keyed statements (`Database.keyed`)."""
    writes: bool | None = None
    """Whether the handler changes rows; by default every method but GET."""
    keeps_status: bool = False
    """Whether the override-error-status header is ignored (contract 01, section 17)."""
    is_built: bool = True
    is_async: bool = field(default=False)

    @property
    def changes(self) -> bool:
        """Whether the handler needs a write transaction."""
        return self.method != "GET" if self.writes is None else self.writes


class EndpointRoute(APIRoute):
    """A FastAPI route that hands the request to the contract's pipeline."""

    endpoint_info: Endpoint

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """Never used by the product: `pipeline.Api` runs endpoints itself, before FastAPI's own order of checks."""

        async def refuse(request: Request) -> Response:
            raise RuntimeError(f"{request.url.path} must be reached through the API application")

        return refuse


class Endpoints(APIRouter):
    """The routes of one noun."""

    def __init__(self, tag: str) -> None:
        super().__init__(tags=[tag], route_class=EndpointRoute)
        self.endpoints: list[Endpoint] = []

    def endpoint(  # noqa: PLR0913 - a declaration, one keyword per fact of the contract
        self,
        method: str,
        path: str,
        *,
        access: Access,
        body: Overloads | None = None,
        query: Overloads | None = None,
        params: SchemaType | None = None,
        status: int = 200,
        scans: bool = False,
        caller_only: bool = False,
        is_keyed: bool = False,
        writes: bool | None = None,
        keeps_status: bool = False,
    ) -> Callable[[H], H]:
        """Declare a handler for one method and path (without the version prefix)."""

        def register(handler: H) -> H:
            info = Endpoint(
                method=method,
                path=path,
                access=access,
                handler=handler,
                body=body,
                query=query,
                params=params,
                status=status,
                scans=scans,
                caller_only=caller_only,
                is_keyed=is_keyed,
                writes=writes,
                keeps_status=keeps_status,
                is_async=inspect.iscoroutinefunction(handler),
            )
            self.endpoints.append(info)
            self._document(info)
            return handler

        return register

    def _document(self, info: Endpoint) -> None:
        def documented() -> None: ...  # FastAPI must not read the handler's own signature

        documented.__doc__ = inspect.getdoc(info.handler)
        self.add_api_route(
            info.path,
            documented,
            methods=[info.method],
            status_code=info.status,
            response_model=None,
            openapi_extra=openapi_of(info),
            summary=(inspect.getdoc(info.handler) or "").partition("\n")[0],
            operation_id=f"{info.method.lower()} {info.path}",
        )


def overload(overloads: Overloads | None, access: AccessType | None) -> SchemaType | None:
    """The schema for one access type; admin falls back to server's, server to client's (contract 01, section 8)."""
    if not isinstance(overloads, Mapping):
        return overloads
    order = [AccessType.ADMIN, AccessType.SERVER, AccessType.CLIENT]
    start = order.index(access) if access is not None else 0
    for candidate in [*order[start:], *order[::-1]]:
        if candidate in overloads:
            return overloads[candidate]
    return None


def _schemas(overloads: Overloads | None) -> Collection[SchemaType]:
    if overloads is None:
        return []
    return list(dict.fromkeys(overloads.values())) if isinstance(overloads, Mapping) else [overloads]


def json_schema(schema: SchemaType) -> dict[str, Any]:
    """The JSON schema of a request part, without references to elsewhere."""
    if isinstance(schema, TypeAdapter):
        return schema.json_schema()
    return schema.model_json_schema()


def openapi_of(info: Endpoint) -> dict[str, Any]:
    """OpenAPI additions of an endpoint: its parameters and body as the contract's pipeline validates them."""
    extra: dict[str, Any] = {
        "x-access": sorted(info.access.types) + (["none"] if info.access.is_open else []),
        "parameters": [],
    }
    for place, schemas in (("path", [info.params] if info.params else []), ("query", _schemas(info.query))):
        for schema in schemas:
            described = json_schema(schema)
            extra["parameters"] += [
                {
                    "name": name,
                    "in": place,
                    "required": place == "path" or name in described.get("required", ()),
                    "schema": _inline(part, described),
                }
                for name, part in described.get("properties", {}).items()
            ]
    bodies = [_inline(described, described) for schema in _schemas(info.body) for described in [json_schema(schema)]]
    if bodies:
        content = bodies[0] if len(bodies) == 1 else {"anyOf": bodies}
        extra["requestBody"] = {"required": True, "content": {"application/json": {"schema": content}}}
    return extra


def _inline(part: Any, root: dict[str, Any], depth: int = 0) -> Any:  # noqa: ANN401 - a piece of JSON schema
    if isinstance(part, list):
        return [_inline(item, root, depth) for item in part]
    if not isinstance(part, dict):
        return part
    if "$ref" in part and depth < 8:
        return _inline(root["$defs"][part["$ref"].rpartition("/")[2]], root, depth + 1)
    return {key: _inline(value, root, depth) for key, value in part.items() if key != "$defs"}


async def run_async(info: Endpoint, call: Call) -> object:
    """Run an async handler."""
    return await cast("Callable[[Call], Awaitable[object]]", info.handler)(call)


def as_answer(result: object, status: int) -> Answer:
    """What a handler returned, as an answer."""
    return result if isinstance(result, Answer) else Answer(result, status)
