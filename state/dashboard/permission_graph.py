"""Where permissions and the lines between them stand in the drawing: containers left, what they contain right."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

NODE_WIDTH: Final = 176
NODE_HEIGHT: Final = 30
_COLUMN: Final = NODE_WIDTH + 72
_ROW: Final = NODE_HEIGHT + 14
_MARGIN: Final = 4


@dataclass(frozen=True)
class GraphNode:
    """A permission; places are pixels from the upper left corner."""

    id: str
    left: int
    top: int
    is_system: bool


@dataclass(frozen=True)
class GraphEdge:
    """A line from a container to what it contains, as the path of an SVG."""

    key: str
    path: str


@dataclass(frozen=True)
class Drawing:
    """Everything with its size."""

    nodes: list[GraphNode]
    edges: list[GraphEdge]
    width: int
    height: int


EMPTY: Final = Drawing([], [], 0, 0)


def drawn(contained: Mapping[str, Sequence[str]]) -> Drawing:
    """The drawing of all permissions that contain something or are contained; cycles are drawn, too."""
    lines = [(one, other) for one in sorted(contained) for other in sorted(contained[one]) if other in contained]
    connected = sorted({end for line in lines for end in line})
    if not connected:
        return EMPTY
    layers = _ordered(_layers(connected, lines), lines)
    place = {
        one: (_MARGIN + number * _COLUMN, _MARGIN + row * _ROW)
        for number, layer in enumerate(layers)
        for row, one in enumerate(layer)
    }
    nodes = [GraphNode(one, *place[one], is_system=one.startswith("$")) for one in connected]
    edges = [GraphEdge(f"{one}>{other}", _path(place[one], place[other])) for one, other in lines]
    tallest = max(len(layer) for layer in layers)
    width = len(layers) * _COLUMN - (_COLUMN - NODE_WIDTH) + 2 * _MARGIN
    return Drawing(nodes, edges, width, tallest * _ROW - (_ROW - NODE_HEIGHT) + 2 * _MARGIN)


def _layers(ids: Sequence[str], lines: Sequence[tuple[str, str]]) -> list[list[str]]:
    """Each permission one column right of its farthest container; lines that close a cycle do not count."""
    forward = _without_cycles(ids, lines)
    depth = dict.fromkeys(ids, 0)
    open_lines = {one: sum(end == one for _, end in forward) for one in ids}
    ready = [one for one in ids if not open_lines[one]]
    while ready:
        container = ready.pop()
        for other in (end for start, end in forward if start == container):
            depth[other] = max(depth[other], depth[container] + 1)
            open_lines[other] -= 1
            if not open_lines[other]:
                ready.append(other)
    layers: list[list[str]] = [[] for _ in range(max(depth.values()) + 1)]
    for one in ids:
        layers[depth[one]].append(one)
    return layers


def _without_cycles(ids: Sequence[str], lines: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """The lines without those that lead back to where the walk came from."""
    inner = {end for start, end in lines if start != end}
    below: dict[str, list[str]] = {one: [end for start, end in lines if start == one] for one in ids}
    forward: list[tuple[str, str]] = []
    way: set[str] = set()
    done: set[str] = set()

    def visit(one: str) -> None:
        way.add(one)
        for other in below[one]:
            if other in way:
                continue
            forward.append((one, other))
            if other not in done:
                visit(other)
        way.remove(one)
        done.add(one)

    for root in sorted(ids, key=lambda one: (one in inner, one)):
        if root not in done:
            visit(root)
    return forward


def _ordered(layers: list[list[str]], lines: Sequence[tuple[str, str]]) -> list[list[str]]:
    """Within each column near their containers, so that few lines cross."""
    rows: dict[str, float] = {}
    for layer in layers:
        containers = {one: [rows[start] for start, end in lines if end == one and start in rows] for one in layer}
        layer.sort(key=lambda one: (_mean(containers[one]), one))
        rows |= {one: float(row) for row, one in enumerate(layer)}
    return layers


def _mean(numbers: Sequence[float]) -> float:
    return sum(numbers) / len(numbers) if numbers else 0.0


def _path(start: tuple[int, int], end: tuple[int, int]) -> str:
    half = NODE_HEIGHT // 2
    x1, y1, x2, y2 = start[0] + NODE_WIDTH, start[1] + half, end[0], end[1] + half
    bend = max(abs(x2 - x1) // 2, 24)
    return f"M{x1} {y1} C{x1 + bend} {y1} {x2 - bend} {y2} {x2} {y2}"
