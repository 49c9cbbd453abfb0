"""Makes the style sheet of Radix Themes small: only colours, components and breakpoints that pages use stay.

The whole sheet (Reflex imports it) is 700 kB, and nothing is painted before it is there. What is used is read from the
compiled pages and from the modules of Radix that they import; a class that no module can produce styles nothing.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import tinycss2  # type: ignore[import-untyped]  # the library has no types

SHEET: Final = "radix_themes.css"
_GLOBAL_STYLES: Final = "__reflex_global_styles.css"
_WHOLE: Final = "@import url('@radix-ui/themes/styles.css');"
_IMPORT: Final = re.compile(r'import \{([^}]*)\} from "@radix-ui/themes"')
_MODULE: Final = re.compile(r'from"(\.{1,2}/[^"]+\.js)"')
_FAMILY: Final = re.compile(r"\brt-[A-Z]\w*")
_RESPONSIVE: Final = re.compile(r'(\w+):\(\{ \["initial"\][^}]*\}')
_BREAKPOINT: Final = re.compile(r'\["(\w+)"\] :')
_PROP: Final = re.compile(r'(\w+):\{type:"[^"]*",className:"(rt-r-[\w-]+)"')
_ANY_RESPONSIVE: Final = '["initial"]'


class UnknownStylesError(RuntimeError):
    """Reflex or Radix has changed in a way that this module does not know."""


@dataclass(frozen=True, slots=True)
class Used:
    """What the pages use: `families` of classes of components (`rt-Button`), and by breakpoint prefixes of classes."""

    families: frozenset[str]
    responsive: Mapping[str, frozenset[str]]


def write_lean_styles(web: Path, sources: Iterable[Path]) -> None:
    """Put a lean sheet where the whole one is imported; `sources` are the files that name colours."""
    themes = web / "node_modules" / "@radix-ui" / "themes"
    compiled = [path.read_text() for path in _compiled(web)]
    used = used_by(compiled, themes)
    colors = used_colors((path.read_text() for path in sources), themes)
    # In the order of the whole sheet: of two rules of one weight the later counts.
    sheets = [*(f"tokens/colors/{name}.css" for name in colors), "tokens/base.css", "components.css", "utilities.css"]
    styles = web / "styles"
    (styles / SHEET).write_text("".join(lean((themes / sheet).read_text(), used) for sheet in sheets))
    imports = (styles / _GLOBAL_STYLES).read_text()
    if imports.count(_WHOLE) != 1:
        msg = f"Reflex's {_GLOBAL_STYLES} has changed: adapt {__name__} to it."
        raise UnknownStylesError(msg)
    (styles / _GLOBAL_STYLES).write_text(imports.replace(_WHOLE, f"@import url('./{SHEET}');"))


def used_colors(sources: Iterable[str], themes: Path) -> list[str]:
    """The scales of colours whose names occur as a text or in a variable."""
    known = sorted(path.stem for path in (themes / "tokens" / "colors").glob("*.css"))
    named = re.compile(rf"""(?:["']({"|".join(known)})["'])|--({"|".join(known)})-a?\d""")
    found = {one or other for source in sources for one, other in named.findall(source)}
    return sorted(found)


def used_by(compiled: Iterable[str], themes: Path) -> Used:
    """What compiled pages can produce; raises for anything of Radix whose module is not found."""
    names: set[str] = set()
    responsive: defaultdict[str, set[str]] = defaultdict(set)
    families: set[str] = set()
    for source in compiled:
        families.update(_FAMILY.findall(source))
        for imported in _IMPORT.findall(source):
            names.update(name.split(" as ")[0].strip() for name in imported.split(","))
        found = list(_RESPONSIVE.finditer(source))
        if source.count(_ANY_RESPONSIVE) != len(found):
            msg = f"A value by breakpoint is compiled in a way that {__name__} does not know."
            raise UnknownStylesError(msg)
        for match in found:
            for breakpoint_ in _BREAKPOINT.findall(match[0]):
                responsive[breakpoint_].add(match[1])
    prefixes: defaultdict[str, set[str]] = defaultdict(set)
    for source in _reachable(names, themes / "dist" / "esm"):
        families.update(_FAMILY.findall(source))
        for prop, prefix in _PROP.findall(source):
            prefixes[prop].add(prefix)
    return Used(
        families=frozenset(families),
        responsive={
            one: frozenset(prefix for prop in props for prefix in prefixes[prop])
            for one, props in responsive.items()
            if one != "initial"
        },
    )


def lean(css: str, used: Used) -> str:
    """The sheet without rules that style nothing of what is used."""
    rules = tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True)
    return "".join(_kept(rules, used))


def _compiled(web: Path) -> Iterator[Path]:
    for folder in ("app", "app_components", "components", "utils"):
        yield from sorted(path for path in (web / folder).rglob("*.js*") if path.suffix in {".js", ".jsx"})


def _kept(rules: Iterable[Any], used: Used) -> Iterator[str]:
    for rule in rules:
        if rule.type == "error":
            msg = f"Radix's style sheet cannot be read: {rule.message}"
            raise UnknownStylesError(msg)
        if rule.type == "qualified-rule":
            selectors = [one for one in _alternatives(rule.prelude) if _is_used(one, used)]
            if selectors:
                heads = ",".join(tinycss2.serialize(one).strip() for one in selectors)
                yield f"{heads}{{{tinycss2.serialize(rule.content)}}}\n"
        elif rule.at_keyword in {"media", "supports", "layer"} and rule.content is not None:
            inner = tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True)
            body = "".join(_kept(inner, used))
            if body:
                yield f"@{rule.at_keyword}{tinycss2.serialize(rule.prelude)}{{{body}}}\n"
        else:
            yield rule.serialize() + "\n"


def _is_used(selector: list[Any], used: Used) -> bool:
    """Tell whether anything on a page can match; what stands in `:not()` excludes nothing."""
    return all(
        any(_is_used(one, used) for one in _alternatives(part.arguments))
        if part.type == "function" and part.lower_name in {"is", "where", "has"}
        else before != "." or part.type != "ident" or _can_be_there(part.value, used)
        for before, part in zip([None, *selector], selector, strict=False)
    )


def _can_be_there(name: str, used: Used) -> bool:
    if _FAMILY.fullmatch(name):
        return name in used.families
    breakpoint_, colon, base = name.partition(":")
    if not colon:
        return True
    return any(base == prefix or base.startswith(f"{prefix}-") for prefix in used.responsive.get(breakpoint_, ()))


def _alternatives(tokens: Iterable[Any]) -> list[list[Any]]:
    lists: list[list[Any]] = [[]]
    for part in tokens:
        if part == ",":
            lists.append([])
        else:
            lists[-1].append(part)
    return lists


def _reachable(names: Iterable[str], root: Path) -> Iterator[str]:
    waiting = [root / "components" / f"{re.sub(r'(?<!^)(?=[A-Z])', '-', name).lower()}.js" for name in sorted(names)]
    seen: set[Path] = set()
    while waiting:
        path = waiting.pop().resolve()
        if path in seen:
            continue
        seen.add(path)
        if not path.exists():
            msg = f"Radix has no module {path.name}: adapt {__name__} to it."
            raise UnknownStylesError(msg)
        source = path.read_text()
        yield source
        waiting.extend(path.parent / target for target in _MODULE.findall(source))
