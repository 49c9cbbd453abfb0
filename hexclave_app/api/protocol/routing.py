"""From method and path to an endpoint: a tree of path segments, so that the number of routes costs nothing."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from urllib.parse import unquote

from hexclave_app.api.protocol.endpoints import Endpoint


@dataclass(slots=True)
class _Node:
    """One place in the tree; literal segments win over parameters, as in the reference's router."""

    literals: dict[str, "_Node"] = field(default_factory=dict)
    parameter: "_Node | None" = None
    endpoints: dict[str, tuple[Endpoint, tuple[str, ...]]] = field(default_factory=dict)


class RouteTable:
    """All endpoints of the API."""

    def __init__(self, endpoints: Sequence[Endpoint]) -> None:
        self._root = _Node()
        for endpoint in endpoints:
            self._add(endpoint)

    def find(self, method: str, path: str) -> tuple[Endpoint | None, dict[str, str], bool]:
        """The endpoint, its path parameters, and whether the path exists with other methods."""
        segments = [unquote(segment) if "%" in segment else segment for segment in path.split("/")[1:]]
        found = self._walk(self._root, segments, 0, method)
        if found is not None:
            node, values = found
            endpoint, names = node.endpoints[method]
            return endpoint, dict(zip(names, values, strict=True)), False
        return None, {}, self._walk(self._root, segments, 0, None) is not None

    def _add(self, endpoint: Endpoint) -> None:
        node, names = self._root, []
        for segment in endpoint.path.split("/")[1:]:
            if segment.startswith("{"):
                names.append(segment.strip("{}"))
                node.parameter = node.parameter or _Node()
                node = node.parameter
            else:
                node = node.literals.setdefault(segment, _Node())
        if endpoint.method in node.endpoints:
            raise ValueError(f"declared twice: {endpoint.method} {endpoint.path}")
        node.endpoints[endpoint.method] = (endpoint, tuple(names))

    def _walk(
        self, node: _Node, segments: list[str], position: int, method: str | None
    ) -> tuple[_Node, tuple[str, ...]] | None:
        if position == len(segments):
            is_here = method in node.endpoints if method is not None else bool(node.endpoints)
            return (node, ()) if is_here else None
        segment = segments[position]
        literal = node.literals.get(segment)
        if literal is not None and (found := self._walk(literal, segments, position + 1, method)) is not None:
            return found
        if node.parameter is not None and segment:
            found = self._walk(node.parameter, segments, position + 1, method)
            if found is not None:
                return found[0], (segment, *found[1])
        return None
