"""Draws the outlines of countries for the map of the overview, from the open data of Natural Earth (public domain).

They come in the npm package world-atlas, whose archive is the only argument:
`npm pack world-atlas@2.0.2 && .venv/bin/python -m tools.draw_world world-atlas-2.0.2.tgz` writes assets/world.js.
"""

import base64
import hashlib
import json
import math
import sys
import tarfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

from babel.core import get_global

ARCHIVE: Final = "IXfV0qwlKXpckz1FhwXVwKRjiIhOnWttOskm5CtxMsjgE/MXAYRHWJqgXOpM8IkcPBoXnyTU5lFHcYa5ChG0LQ=="  # SHA-512
TARGET: Final = Path(__file__).resolve().parent.parent / "assets" / "world.js"
SCALE: Final = 185  # units of the map for one of the projection: a world of about 1000
_EQUAL_EARTH: Final = (1.340264, -0.081106, 0.000893, 0.003796)  # Šavrič, Patterson and Jenny, 2018
_ROOT_OF_3: Final = math.sqrt(3)
_MIDDLE: Final = 11  # degrees east: the edges of the map are in the sea
_WITHOUT_CODE: Final = {"Kosovo": "XK"}  # what Natural Earth leaves without a number but has a code of its own
_LEFT_OUT: Final = {"AQ"}
_SMALL: Final = 12.0  # square units of the map: whatever is smaller gets a dot, too, or nobody could see it

Point = tuple[float, float]
Ring = list[Point]


def main(archive: Path) -> None:
    """Write the module with the outlines and with dots for small countries."""
    if base64.b64encode(hashlib.sha512(archive.read_bytes()).digest()).decode() != ARCHIVE:
        sys.exit(f"{archive} is not the archive that this tool knows.")
    coarse, fine = read(archive, "110m"), read(archive, "50m")
    outlines = {code: "".join(map(path, rings)) for code, rings in coarse.items()}
    centres = {code: centre(rings) for code, rings in sorted((fine | coarse).items()) if code}
    dots = [code for code in centres if code not in coarse or area(coarse[code]) < _SMALL]
    lines = (
        "/* Drawn by tools/draw_world.py from Natural Earth (public domain). */",
        f"export const VIEW = {json.dumps(view(coarse.values()))};",
        f"export const OUTLINES = {entries(outlines)};",
        f"export const CENTRES = {entries(centres)};",
        f"export const DOTS = {json.dumps(dots)};",
    )
    TARGET.write_text("".join(f"{line}\n" for line in lines))


def read(archive: Path, scale: str) -> dict[str, list[Ring]]:
    """The projected rings of each country."""
    with tarfile.open(archive) as opened:
        member = opened.extractfile(f"package/countries-{scale}.json")
        topology = json.load(member) if member is not None else {}
    arcs = [list(decoded(arc, topology["transform"])) for arc in topology["arcs"]]
    countries: dict[str, list[Ring]] = {}
    for geometry in topology["objects"]["countries"]["geometries"]:
        code = code_of(geometry)
        if code is not None and code not in _LEFT_OUT:
            countries.setdefault(code, []).extend(rings_of(geometry, arcs))
    return dict(sorted(countries.items()))


def code_of(geometry: dict[str, Any]) -> str | None:
    """The two letters of a country; None for regions without a code."""
    name = geometry["properties"]["name"]
    if "id" not in geometry:
        return _WITHOUT_CODE.get(name, "")
    return str(get_global("territory_aliases")[geometry["id"]][0])


def decoded(arc: Sequence[Sequence[int]], transform: dict[str, Any]) -> Iterator[Point]:
    """Longitude and latitude of the points of an arc, which are differences of whole numbers."""
    (x_scale, y_scale), (x_0, y_0) = transform["scale"], transform["translate"]
    x = y = 0
    for dx, dy in arc:
        x, y = x + dx, y + dy
        yield x * x_scale + x_0, y * y_scale + y_0


def rings_of(geometry: dict[str, Any], arcs: Sequence[Sequence[Point]]) -> Iterator[Ring]:
    """The rings of a geometry on the map; a negative number is an arc walked backwards."""
    polygons = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
    for polygon in polygons:
        for numbers in polygon:
            ring: Ring = []
            for number in numbers:
                points = arcs[number] if number >= 0 else arcs[~number][::-1]
                ring.extend(points[1:] if ring else points)
            yield from ([projected(*point) for point in part] for part in cut(unwrapped(ring)))


def unwrapped(ring: Ring) -> Ring:
    """The ring with longitudes from the middle of the map on, without a jump where the map ends."""
    longitudes = [longitude - _MIDDLE for longitude, _ in ring]
    for place in range(1, len(longitudes)):
        longitudes[place] -= 360 * round((longitudes[place] - longitudes[place - 1]) / 360)
    return [(longitude, latitude) for longitude, (_, latitude) in zip(longitudes, ring, strict=True)]


def cut(ring: Ring) -> Iterator[Ring]:
    """The parts of the ring on the map: what goes on beyond one edge comes in at the other."""
    for turn in (-360, 0, 360):
        part = [(longitude + turn, latitude) for longitude, latitude in ring]
        for side in (1, -1):
            part = list(clipped(part, side))
        if part:
            yield part


def clipped(ring: Ring, side: int) -> Iterator[Point]:
    """The ring without what is east (1) or west (-1) of the map."""
    for (x_0, y_0), (x, y) in pairwise([*ring[-1:], *ring]):
        is_in, was_in = side * x <= 180, side * x_0 <= 180
        if is_in != was_in:
            yield side * 180, y_0 + (y - y_0) * (side * 180 - x_0) / (x - x_0)
        if is_in:
            yield x, y


def projected(longitude: float, latitude: float) -> Point:
    """Where a place is on the map: Equal Earth, in which no country looks larger than it is."""
    x, y = equal_earth(math.radians(longitude), math.radians(latitude))
    return x * SCALE, -y * SCALE


def equal_earth(longitude: float, latitude: float) -> Point:
    """The projection of a point in radians."""
    a_1, a_2, a_3, a_4 = _EQUAL_EARTH
    theta = math.asin(_ROOT_OF_3 / 2 * math.sin(latitude))
    square = theta**2
    slope = a_1 + 3 * a_2 * square + square**3 * (7 * a_3 + 9 * a_4 * square)
    y = theta * (a_1 + a_2 * square + square**3 * (a_3 + a_4 * square))
    return 2 * longitude * math.cos(theta) / (_ROOT_OF_3 * slope), y


def view(countries: Iterable[Sequence[Ring]]) -> list[int]:
    """What there is to see: the left and upper edge, width and height."""
    xs, ys = zip(*(point for rings in countries for ring in rings for point in ring), strict=True)
    left, top = math.floor(min(xs)), math.floor(min(ys))
    return [left, top, math.ceil(max(xs)) - left, math.ceil(max(ys)) - top]


def path(ring: Ring) -> str:
    """A ring as SVG draws it: each point beside the one before, in whole tenths."""
    points = [(round(10 * x), round(10 * y)) for x, y in ring]
    steps = [(x - x_0, y - y_0) for (x_0, y_0), (x, y) in pairwise(points)]
    kept = [step for step in steps if step != (0, 0)]
    if len(kept) < 3:
        return ""
    start = ",".join(tenth(one) for one in points[0])
    return f"M{start}l{' '.join(','.join(tenth(one) for one in step) for step in kept[:-1])}z"


def tenth(number: int) -> str:
    """A number of tenths as short as it can be written."""
    return f"{number / 10:g}".replace("0.", ".", 1) if abs(number) < 10 else f"{number / 10:g}"


def area(rings: Sequence[Ring]) -> float:
    """The area of all rings together."""
    return sum(abs(signed_area(ring)) for ring in rings)


def signed_area(ring: Ring) -> float:
    """Positive or negative by the sense of the ring."""
    return sum(x_0 * y - x * y_0 for (x_0, y_0), (x, y) in pairwise(ring)) / 2


def centre(rings: Sequence[Ring]) -> list[float]:
    """The middle of the largest ring."""
    largest = max(rings, key=lambda ring: abs(signed_area(ring)))
    xs, ys = zip(*largest, strict=True)
    return [round((min(xs) + max(xs)) / 2, 1), round((min(ys) + max(ys)) / 2, 1)]


def entries(values: Mapping[str, object]) -> str:
    """An object of JavaScript, an entry in each line."""
    lines = (f"  {json.dumps(key)}: {json.dumps(value, separators=(',', ':'))}," for key, value in values.items())
    return "\n".join(("{", *lines, "}"))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
