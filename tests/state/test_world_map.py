"""The outlines of the map: every country can be seen, and the page leaves as much room as they take."""

import json
import re
from pathlib import Path

import pytest
from babel import Locale

from components.ui.figures import MAP_STEPS, WORLD
from hexclave_app.frontend import ROOT
from state.dashboard.overview_charts import MAP_COLOURS, map_step

SCRIPT = (ROOT / Path("assets/world.js")).read_text(encoding="utf-8")


def written(name: str) -> dict[str, object] | list[object]:
    found = re.search(rf"export const {name} = (.*?);\n", SCRIPT, re.DOTALL)
    assert found
    value: dict[str, object] | list[object] = json.loads(re.sub(r",\n}", "\n}", found[1]))
    return value


def test_the_page_leaves_room_for_the_map_before_it_is_there() -> None:
    assert written("VIEW")[2:] == list(WORLD)  # type: ignore[index]  # a list


def test_every_country_has_its_place_and_small_ones_a_dot() -> None:
    outlines, centres, dots = written("OUTLINES"), written("CENTRES"), written("DOTS")
    known = set(Locale("en").territories)
    assert set(centres) <= known
    assert set(outlines) - {""} <= set(centres)
    assert set(centres) - set(outlines) <= set(dots)
    assert {"US", "DE", "BR", "JP", "XK"} <= set(outlines)
    assert {"SG", "MT", "HK", "MC"} <= set(dots)


@pytest.mark.parametrize(
    ("count", "most", "step"), [(1, 1, 5), (1, 2, 1), (1, 1_000, 1), (10, 1_000, 2), (100, 1_000, 3), (1_000, 1_000, 5)]
)
def test_colours_follow_the_logarithm(count: int, most: int, step: int) -> None:
    assert map_step(count, most) == step
    assert len(MAP_STEPS) == MAP_COLOURS
