"""How much script a page brings along, compressed: a bound for pages that end users wait for."""

import re
from pathlib import Path

import pytest

from hexclave_app import frontend
from tests.support.servers import Server

pytestmark = pytest.mark.browser

BUILT = frontend.INDEX.parent
MAX_PAGE = 350_000  # bytes of compressed script
MAX_LOADER = 10_000


def compressed(path: Path) -> int:
    """What goes over the wire."""
    packed = path.with_name(f"{path.name}.gz")  # tiny files are not worth packing
    return (packed if packed.exists() else path).stat().st_size


def test_pages_of_end_users_bring_little_script(server: Server) -> None:
    sizes = {}
    for folder in ("handler", "embed"):
        for page in (BUILT / folder).glob("*/index.html"):
            names = set(re.findall(r"/assets/([\w.-]+\.js)", page.read_text(encoding="utf-8")))
            sizes[page.parent.relative_to(BUILT).as_posix()] = sum(compressed(BUILT / "assets" / one) for one in names)
    assert len(sizes) > 20
    assert {page: size for page, size in sizes.items() if size > MAX_PAGE} == {}


def test_the_script_of_pages_around_is_small(server: Server) -> None:
    assert compressed(BUILT / "hexclave.js") < MAX_LOADER
