"""Hypothesis strategies: arbitrary JSON, overrides near the schema, and overrides that the checks accept."""

from hypothesis import strategies as st
from pydantic import JsonValue

from hexclave_app.config.overrides import Level, Override
from hexclave_app.config.tree import ROOT, Choice, Group, Leaf, Node, Record, Sequence

ODD_TEXT = st.text("aZ0.$-_: é\0\ud800", max_size=6)
SCALARS: st.SearchStrategy[JsonValue] = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | ODD_TEXT
    | st.sampled_from(["postgres", "smtp", "never", "day", "https://*.example.com", "include-by-default"])
)
JSON_VALUES: st.SearchStrategy[JsonValue] = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(ODD_TEXT, inner, max_size=3),
    max_leaves=12,
)
RECORD_IDS = st.sampled_from(["a", "b", "B", "payments", "1df07ae6-abf3-4a40-83a5-a1a2cbe336ac", "google", "$x", "p-1"])


def _paths(node: Node) -> list[str]:
    """Every path of the schema, records entered through `*`."""
    if isinstance(node, Group):
        return [path for name, child in node.fields.items() for path in (name, *_below(name, child.node))]
    if isinstance(node, Record):
        return ["*", *_below("*", node.value)]
    if isinstance(node, Choice):
        return [path for option in node.options for path in _paths(option)]
    return node.indexes if isinstance(node, Sequence) else []


def _below(name: str, node: Node) -> list[str]:
    return [f"{name}.{path}" for path in _paths(node)]


SCHEMA_PATHS = _paths(ROOT)
LEGACY_PATHS = [
    *("emails.theme", "emails.themeList", "payments.offers", "payments.groups", "payments.catalogs.*", "workflows"),
    *("payments.products.*.groupId", "payments.items.*.default", "sourceOfTruth.connectionString"),
]


@st.composite
def known_keys(draw: st.DrawFn) -> str:
    """A dotted key of the schema or of its history, with some record ids filled in."""
    path = draw(st.sampled_from(SCHEMA_PATHS + LEGACY_PATHS))
    return ".".join(draw(RECORD_IDS) if segment == "*" else segment for segment in path.split("."))


JSON_OBJECTS: st.SearchStrategy[Override] = st.dictionaries(known_keys() | ODD_TEXT, JSON_VALUES, max_size=6)
NESTED_KEYS = st.text("ab.", min_size=1, max_size=5)
SMALL_OVERRIDES: st.SearchStrategy[Override] = st.dictionaries(
    NESTED_KEYS,
    st.recursive(SCALARS, lambda inner: st.dictionaries(st.sampled_from(["a", "b"]), inner, max_size=2), max_leaves=4),
    max_size=5,
)


def _values(node: Node, level: Level) -> st.SearchStrategy[JsonValue]:
    """Values that the error check takes at the node."""
    if isinstance(node, Leaf):
        samples: list[JsonValue] = [True, False, 0, 3, 2.5, "never", "text", "https://a.example", "1.00"]
        samples += ["google", "github", "team", "user", "hosted", "smtp", "managed", "link_method", "allow", "reject"]
        samples += ["day", "when-repeated", "postgres"]
        return st.none() | st.sampled_from([sample for sample in samples if node.accepts(sample)])
    if isinstance(node, Choice):
        return st.one_of([_values(option, level) for option in node.options])
    if isinstance(node, Sequence):
        return st.tuples(*(_values(element, level).filter(_is_given) for element in node.elements)).map(list)
    if isinstance(node, Record):
        ids = RECORD_IDS.filter(lambda text: not node.ids.is_strict or node.ids.accepts(text))
        return st.none() | st.dictionaries(ids, _values(node.value, level), max_size=3)
    fields = {name: child.node for name, child in node.fields.items() if child.is_writable_at(level)}
    return st.none() | st.fixed_dictionaries(
        {}, optional={name: _values(child, level) for name, child in fields.items()}
    )


def _is_given(value: JsonValue) -> bool:
    return value is not None


@st.composite
def accepted_overrides(draw: st.DrawFn, level: Level) -> Override:
    """An override of a few keys, flat at any depth, that the error check of the level takes."""
    override: Override = {}
    for _ in range(draw(st.integers(0, 5))):
        key = ""
        node: Node = ROOT
        for _ in range(draw(st.integers(1, 6))):
            below = _children(draw, node, level)
            if below is None:
                break
            key, node = f"{key}.{below[0]}" if key else below[0], below[1]
        if key:
            override[key] = draw(_values(node, level))
    return override


def _children(draw: st.DrawFn, node: Node, level: Level) -> tuple[str, Node] | None:
    if isinstance(node, Choice):
        node = node.options[-1]
    if isinstance(node, Record):
        return draw(RECORD_IDS.filter(node.ids.accepts)), node.value
    if isinstance(node, Group):
        fields = {name: child.node for name, child in node.fields.items() if child.is_writable_at(level)}
        return draw(st.sampled_from(sorted(fields.items(), key=lambda item: item[0]))) if fields else None
    return None
