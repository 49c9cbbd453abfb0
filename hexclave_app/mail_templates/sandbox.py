"""Jinja as far as a mail needs it: values, conditions, loops and a few filters. Everything else is refused by name.

Nothing in a template is an object of Python: values are JSON, `.` looks up keys, and what may be called is listed here.
"""

from types import BuiltinMethodType, MethodType
from typing import Any, Final

from jinja2 import StrictUndefined, Template, TemplateSyntaxError, Undefined, nodes
from jinja2.exceptions import SecurityError
from jinja2.filters import FILTERS
from jinja2.runtime import Context, LoopContext, Macro
from jinja2.sandbox import ImmutableSandboxedEnvironment

from hexclave_app.mail_templates.language import TemplateError

_FILTERS: Final = (
    "abs", "capitalize", "count", "d", "default", "e", "escape", "first", "float", "int", "join", "last", "length",
    "lower", "max", "min", "replace", "reverse", "round", "sort", "striptags", "sum", "title", "trim", "truncate",
    "unique", "upper", "urlencode", "wordcount",
)  # fmt: skip
_TEXT_METHODS: Final = frozenset(
    {"capitalize", "endswith", "lower", "lstrip", "replace", "rstrip", "split", "startswith", "strip", "title", "upper"}
)
_OBJECT_METHODS: Final = frozenset({"get", "items", "keys", "values"})
_LOOP_NAMES: Final = frozenset(
    {"cycle", "first", "index", "index0", "last", "length", "nextitem", "previtem", "revindex", "revindex0"}
)
_REFUSED_NODES: Final = (
    nodes.Extends, nodes.FromImport, nodes.Import, nodes.Include, nodes.EvalContextModifier,
    nodes.ScopedEvalContextModifier,
)  # fmt: skip
_MAX_RANGE: Final = 1_000
_MAX_FACTOR: Final = 10**12


class MailEnvironment(ImmutableSandboxedEnvironment):
    """The sandbox; `compiled` is the only way in."""

    intercepted_binops = frozenset({"*", "**", "%"})

    def __init__(self, *, is_markup: bool) -> None:
        super().__init__(autoescape=is_markup, undefined=StrictUndefined, finalize=_printed, cache_size=0)
        self.globals = {"range": _short_range}
        self.filters = {name: FILTERS[name] for name in _FILTERS}

    def compiled(self, text: str) -> Template:
        """A template that may be rendered; raises TemplateError."""
        try:
            for node in self.parse(text).find_all(_REFUSED_NODES):
                raise TemplateError(f"Line {node.lineno}: {type(node).__name__.lower()} is not available in mails.")
            return self.from_string(text)
        except TemplateSyntaxError as error:
            raise TemplateError(f"Line {error.lineno}: {error.message}") from None

    def getattr(self, obj: Any, attribute: str) -> Any:  # noqa: ANN401 - Jinja's signature
        """A key of an object, or one of the listed names."""
        if isinstance(obj, dict):
            if attribute in obj:
                return obj[attribute]
            if attribute in _OBJECT_METHODS:
                return getattr(obj, attribute)
            return self.undefined(obj=obj, name=attribute)
        is_known = (isinstance(obj, str) and attribute in _TEXT_METHODS) or (
            isinstance(obj, LoopContext) and attribute in _LOOP_NAMES
        )
        if is_known:
            return getattr(obj, attribute)
        if isinstance(obj, Undefined):
            return self.undefined(hint=str(obj), name=attribute)  # names what is undefined by raising
        raise SecurityError(f"{attribute!r} is not available in mails.")

    def getitem(self, obj: Any, argument: Any) -> Any:  # noqa: ANN401 - Jinja's signature
        """A key of an object, or a position in a list or text."""
        if isinstance(obj, dict | list | str):
            try:
                return obj[argument]
            except (LookupError, TypeError):
                return self.undefined(obj=obj, name=argument)
        raise SecurityError(f"{argument!r} is not available in mails.")

    def is_safe_callable(self, obj: Any) -> bool:  # noqa: ANN401 - Jinja's signature
        """Macros, `range`, and the listed methods; these come from `getattr` only."""
        if isinstance(obj, Undefined):
            str(obj)  # raises the error that names it
        return obj is _short_range or isinstance(obj, Macro | BuiltinMethodType | MethodType)

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:  # noqa: ANN401, ARG002 - Jinja's signature
        """Arithmetic with numbers only: repeated and padded texts could fill the memory."""
        if operator == "**" or not all(isinstance(side, int | float) for side in (left, right)):
            raise SecurityError(f"{operator!r} is available for small numbers only.")
        if operator == "*" and max(abs(left), abs(right)) > _MAX_FACTOR:
            raise SecurityError("The numbers are too large.")
        return self.binop_table[operator](left, right)


def _short_range(*bounds: int) -> range:
    found = range(*bounds)
    if len(found) > _MAX_RANGE:
        raise SecurityError(f"A range may have at most {_MAX_RANGE} steps.")
    return found


def _printed(value: object) -> object:
    """Values as a mail shows them: nothing for null, numbers as JSON writes them."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, str | int | float | Undefined):
        return value
    raise TemplateError("Only texts, numbers and booleans can be printed.")
