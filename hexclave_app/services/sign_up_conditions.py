"""Conditions of sign-up rules: the subset of CEL that the contract allows (03, section 8.3).

What a project writes here runs on our machine. So only the operators of the contract are let through, no loops (CEL's
macros can multiply to hours), and no text long enough to nest deeper than the parser's stack.
"""

from functools import lru_cache
from typing import Final

import cel

MAX_CONDITION_CHARS: Final = 5_000  # the parser recurses: from some 20 000 nested operators on it would end the process
_VARIABLES: Final = frozenset({"email", "emailDomain", "countryCode", "authMethod", "oauthProvider", "riskScores"})
_FUNCTIONS: Final = frozenset(
    {"contains", "startsWith", "endsWith", "matches", "@in", "!_", "_&&_", "_||_", "_?_:_"}
    | {"_==_", "_!=_", "_<_", "_<=_", "_>_", "_>=_"}
)  # fmt: skip
_EVALUATION_ERRORS: Final = (RuntimeError, ValueError, TypeError, ArithmeticError, KeyError)


class ConditionError(Exception):
    """A condition cannot be read, or cannot be applied to this sign-up."""


def matches(condition: str, variables: dict[str, object]) -> bool:
    """Whether a condition holds; raises ConditionError when it has no answer."""
    program = _compile(condition)
    try:
        result = program.execute(variables)
    except _EVALUATION_ERRORS as error:
        raise ConditionError(str(error)) from None
    if not isinstance(result, bool):
        raise ConditionError(f"The condition is not true or false but a {type(result).__name__}.")
    return result


def check(condition: str) -> None:
    """Raise ConditionError for a text that no sign-up could be judged by."""
    _compile(condition)


@lru_cache(maxsize=1_000)
def _compile(condition: str) -> cel.Program:
    if len(condition) > MAX_CONDITION_CHARS:
        raise ConditionError(f"The condition is longer than {MAX_CONDITION_CHARS} characters.")
    try:
        program = cel.compile(condition)
    except _EVALUATION_ERRORS as error:
        raise ConditionError(str(error)) from None
    unknown = sorted({*program.variables()} - _VARIABLES) + sorted({*program.functions()} - _FUNCTIONS)
    if unknown:
        raise ConditionError(f"The condition uses what rules do not know: {', '.join(unknown)}.")
    return program
