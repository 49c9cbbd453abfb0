"""Conditions of sign-up rules as the builder draws them, to and from the text that is stored.

What the builder cannot draw is not an error: `parse` says None, and the text is edited as it is. Nothing is ever drawn
that would come back as a different condition.
"""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from hexclave_app.languages.speaking import say

Joint = Literal["all", "any"]

TEXT_FIELDS: Final = ("email", "emailDomain")
CHOICE_FIELDS: Final = ("countryCode", "authMethod", "oauthProvider")
NUMBER_FIELDS: Final = ("riskScores.bot", "riskScores.free_trial_abuse")
FIELDS: Final = {
    "email": say("sign-up-rules-field-email"),
    "emailDomain": say("sign-up-rules-field-domain"),
    "countryCode": say("sign-up-rules-field-country"),
    "authMethod": say("sign-up-rules-field-method"),
    "oauthProvider": say("sign-up-rules-field-provider"),
    "riskScores.bot": say("sign-up-rules-field-bot"),
    "riskScores.free_trial_abuse": say("sign-up-rules-field-abuse"),
}
_EQUAL: Final = {"==": say("sign-up-rules-is"), "!=": say("sign-up-rules-is-not")}
TEXT_OPERATORS: Final = {
    **_EQUAL,
    "contains": say("sign-up-rules-contains"),
    "startsWith": say("sign-up-rules-starts-with"),
    "endsWith": say("sign-up-rules-ends-with"),
    "matches": say("sign-up-rules-matches"),
    "in": say("sign-up-rules-is-one-of"),
}
CHOICE_OPERATORS: Final = {**_EQUAL, "in": TEXT_OPERATORS["in"]}
NUMBER_OPERATORS: Final = {
    **_EQUAL,
    ">": say("sign-up-rules-more"),
    ">=": say("sign-up-rules-at-least"),
    "<": say("sign-up-rules-less"),
    "<=": say("sign-up-rules-at-most"),
}

_TOKEN: Final = re.compile(
    r"""\s*(?:
        (?P<text>"(?:[^"\\\x00-\x1f]|\\["\\nrt])*")
      | (?P<number>[0-9]{1,3})(?![\w.])
      | (?P<name>[A-Za-z][A-Za-z_]*)
      | (?P<sign>&&|\|\||==|!=|>=|<=|[<>().,\[\]])
    )""",
    re.VERBOSE,
)
_JOINTS: Final[dict[str, Joint]] = {"&&": "all", "||": "any"}


@dataclass(frozen=True)
class Clause:
    """One comparison; the value of a list has commas between its entries."""

    field: str = "email"
    operator: str = "=="
    value: str = ""


@dataclass(frozen=True)
class Group:
    """Comparisons of which all or any must hold."""

    joint: Joint
    clauses: tuple[Clause, ...]


@dataclass(frozen=True)
class Condition:
    """Groups of which all or any must hold."""

    joint: Joint
    groups: tuple[Group, ...]


@dataclass(frozen=True)
class _Node:
    joint: Joint
    parts: "tuple[_Node | Clause, ...]"


class _NotDrawn(Exception):
    """The builder has no picture for this text."""


def operators_of(field: str) -> dict[str, str]:
    """What a field can be compared by."""
    if field in NUMBER_FIELDS:
        return NUMBER_OPERATORS
    return CHOICE_OPERATORS if field in CHOICE_FIELDS else TEXT_OPERATORS


def written(condition: Condition) -> str:
    """The text of a condition; empty without a comparison."""
    groups = [_written_group(group, is_alone=len(condition.groups) == 1) for group in condition.groups if group.clauses]
    return _sign(condition.joint).join(groups)


def parse(text: str) -> Condition | None:
    """The picture of a text; None when the builder has none."""
    if not text.strip():
        return Condition("all", ())
    try:
        tokens = _Tokens(text)
        tree = _either(tokens)
        tokens.expect_end()
        return _drawn(tree)
    except _NotDrawn:
        return None


def problem(clause: Clause) -> str:
    """Why a comparison cannot be right; empty when it can."""
    if clause.field in NUMBER_FIELDS:
        is_score = clause.value.isascii() and clause.value.isdigit() and len(clause.value) <= 3
        return "" if is_score and int(clause.value) <= 100 else say("sign-up-rules-number-wrong")
    if not clause.value.strip():
        return say("sign-up-rules-value-missing")
    entries = entries_of(clause.value) if clause.operator == "in" else [clause.value]
    if clause.field == "countryCode" and not all(re.fullmatch("[A-Z]{2}", one) for one in entries):
        return say("sign-up-rules-country-wrong")
    if clause.operator == "matches":
        try:
            re.compile(clause.value)
        except re.error:
            return say("sign-up-rules-expression-wrong")
    return ""


def entries_of(value: str) -> list[str]:
    """The entries of a list as it is typed."""
    return [one.strip() for one in value.split(",") if one.strip()]


def _written_group(group: Group, *, is_alone: bool) -> str:
    text = _sign(group.joint).join(_written_clause(clause) for clause in group.clauses)
    return text if is_alone or len(group.clauses) == 1 else f"({text})"


def _written_clause(clause: Clause) -> str:
    field, operator, value = clause.field, clause.operator, clause.value
    if field in NUMBER_FIELDS:
        return f"{field} {operator} {int(value) if value.isascii() and value.isdigit() else 0}"
    if operator == "in":
        return f"{field} in [{', '.join(_quoted(one) for one in entries_of(value))}]"
    if operator in _EQUAL:
        return f"{field} {operator} {_quoted(value)}"
    return f"{field}.{operator}({_quoted(value)})"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _sign(joint: Joint) -> str:
    return " && " if joint == "all" else " || "


class _Tokens:
    """The words of a text, one after the other."""

    def __init__(self, text: str) -> None:
        self._found = list(_tokens(text))
        self._next = 0

    def peek(self) -> tuple[str, str]:
        """The next word and its kind; empty at the end."""
        return self._found[self._next] if self._next < len(self._found) else ("", "")

    def take(self, kind: str, value: str = "") -> str:
        """The next word, which must be of that kind (and be that one)."""
        found_kind, found = self.peek()
        if found_kind != kind or (value and found != value):
            raise _NotDrawn
        self._next += 1
        return found

    def has(self, value: str) -> bool:
        """Whether the next word is that sign; then it is taken."""
        if self.peek() != ("sign", value):
            return False
        self._next += 1
        return True

    def expect_end(self) -> None:
        """Nothing may follow."""
        if self.peek() != ("", ""):
            raise _NotDrawn


def _tokens(text: str) -> Iterator[tuple[str, str]]:
    position, end = 0, len(text.rstrip())
    while position < end:
        match = _TOKEN.match(text, position)
        if match is None or match.lastgroup is None:
            raise _NotDrawn
        yield match.lastgroup, match.group(match.lastgroup)
        position = match.end()


def _either(tokens: _Tokens, depth: int = 0) -> _Node | Clause:
    return _joined(tokens, "||", depth)


def _joined(tokens: _Tokens, sign: str, depth: int) -> _Node | Clause:
    if depth > 6:  # the builder draws two levels, so this is far from it
        raise _NotDrawn
    parts = [_operand(tokens, sign, depth)]
    while tokens.has(sign):
        parts.append(_operand(tokens, sign, depth))
    return parts[0] if len(parts) == 1 else _Node(_JOINTS[sign], tuple(parts))


def _operand(tokens: _Tokens, sign: str, depth: int) -> _Node | Clause:
    if sign == "||":
        return _joined(tokens, "&&", depth)
    if tokens.has("("):
        inner = _either(tokens, depth + 1)
        tokens.take("sign", ")")
        return inner
    return _clause(tokens)


def _clause(tokens: _Tokens) -> Clause:
    field = tokens.take("name")
    while tokens.has("."):
        name = tokens.take("name")
        if name in TEXT_OPERATORS and name != "in" and field in TEXT_FIELDS:
            tokens.take("sign", "(")
            value = _text(tokens)
            tokens.take("sign", ")")
            return _kept(Clause(field, name, value))
        field = f"{field}.{name}"
    kind, operator = tokens.peek()
    tokens.take(kind)
    if operator not in operators_of(field) or field not in FIELDS:
        raise _NotDrawn
    if field in NUMBER_FIELDS:
        return _kept(Clause(field, operator, str(int(tokens.take("number")))))
    return _kept(Clause(field, operator, _list(tokens) if operator == "in" else _text(tokens)))


def _kept(clause: Clause) -> Clause:
    """The clause, if writing it makes the same clause again."""
    is_kept = bool(clause.value) and clause.value == clause.value.strip() and (clause.field in FIELDS)
    if not is_kept:
        raise _NotDrawn
    return clause


def _text(tokens: _Tokens) -> str:
    return str(json.loads(tokens.take("text")))


def _list(tokens: _Tokens) -> str:
    tokens.take("sign", "[")
    entries = [_text(tokens)]
    while tokens.has(","):
        entries.append(_text(tokens))
    tokens.take("sign", "]")
    if any("," in one or one != one.strip() or not one for one in entries):
        raise _NotDrawn
    return ", ".join(entries)


def _drawn(tree: _Node | Clause) -> Condition:
    if isinstance(tree, Clause):
        return Condition("all", (Group("all", (tree,)),))
    clauses = _only_clauses(tree.parts)
    if clauses is not None:
        return Condition("all", (Group(tree.joint, clauses),))
    return Condition(tree.joint, tuple(_group(part) for part in tree.parts))


def _group(part: _Node | Clause) -> Group:
    if isinstance(part, Clause):
        return Group("all", (part,))
    clauses = _only_clauses(part.parts)
    if clauses is None:
        raise _NotDrawn
    return Group(part.joint, clauses)


def _only_clauses(parts: Sequence[_Node | Clause]) -> tuple[Clause, ...] | None:
    clauses = tuple(part for part in parts if isinstance(part, Clause))
    return clauses if len(clauses) == len(parts) else None
