"""Which endpoints of the contract are built; the others answer 501 with a text that names them."""

import csv
from collections.abc import Callable, Sequence
from pathlib import Path

from hexclave_app.api.protocol.calls import Call
from hexclave_app.api.protocol.endpoints import PUBLIC, Endpoint
from hexclave_app.errors import StatusError

_CONTRACT = Path(__file__).resolve().parent.parent.parent / "docs" / "contract" / "endpoints"
_ANY_PATH = "/{any}"  # the row of CORS preflights, which no route serves


def contract_endpoints() -> list[tuple[str, str, str]]:
    """(area, method, path) of every endpoint of the contract, each once."""
    found: dict[tuple[str, str], str] = {}
    for file in sorted(_CONTRACT.glob("*.csv")):
        with file.open(encoding="utf-8", newline="") as rows:
            for row in csv.DictReader(rows):
                for method in row["method"].split("|"):
                    if row["path"] != _ANY_PATH:
                        found.setdefault((method, row["path"]), file.stem)
    return [(area, method, path) for (method, path), area in found.items()]


def unbuilt_endpoints(built: Sequence[Endpoint]) -> list[Endpoint]:
    """A 501 endpoint for each one of the contract that is missing."""
    present = {(endpoint.method, shape(endpoint.path)) for endpoint in built}
    return [
        Endpoint(method=method, path=path, access=PUBLIC, handler=_refusal(method, path), is_built=False, writes=False)
        for _, method, path in contract_endpoints()
        if (method, shape(path)) not in present
    ]


def coverage_table(built: Sequence[Endpoint]) -> str:
    """The content of `docs/coverage.md`: which endpoints of the contract are built."""
    present = {(endpoint.method, shape(endpoint.path)) for endpoint in built}
    rows = [(*row, (row[1], shape(row[2])) in present) for row in contract_endpoints()]
    areas = dict.fromkeys(area for area, *_ in rows)
    totals = [
        f"| {area} | {sum(row[3] for row in rows if row[0] == area)} | {sum(row[0] == area for row in rows)} |"
        for area in areas
    ]
    return "\n".join(
        [
            "# Coverage of the contract",
            "",
            "Generated from `docs/contract/endpoints/*.csv` and the routers: do not edit. Rewrite it with",
            "`UPDATE=1 .venv/bin/pytest tests/api/test_coverage.py`. An endpoint that is not built answers 501.",
            "",
            f"Built: {sum(row[3] for row in rows)} of {len(rows)}.",
            "",
            "| area | built | of |",
            "|---|---|---|",
            *totals,
            "",
            "| area | method | path | state |",
            "|---|---|---|---|",
            *(f"| {area} | {method} | `{path}` | {'built' if done else '501'} |" for area, method, path, done in rows),
            "",
        ]
    )


def shape(path: str) -> str:
    """The path with its parameters' names removed: they are free."""
    return "/".join("{}" if segment.startswith("{") else segment for segment in path.split("/"))


def _refusal(method: str, path: str) -> Callable[[Call], object]:
    def refuse(call: Call) -> object:
        raise StatusError(501, f"{method} {path} is part of the contract, but this version of the server lacks it.")

    return refuse
