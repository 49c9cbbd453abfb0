"""Every row of `known-errors.csv` has exactly one class that says the same."""

import csv
import inspect
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from hexclave_app import errors
from hexclave_app.errors.base import KnownError, all_known_errors

CSV = Path(__file__).resolve().parent.parent / "docs" / "contract" / "known-errors.csv"
with CSV.open(encoding="utf-8", newline="") as file:
    ROWS = {row["code"]: row for row in csv.DictReader(file) if row["status"]}
OWN = {"PASSWORD_REQUIREMENTS_NOT_MET"}  # abstract in the contract; the SDK can read it, and we refuse common passwords
CLASSES = [error for error in all_known_errors() if error.code not in OWN]

GIVEN: dict[str, dict[str, Any]] = {
    "ACCESS_TOKEN_EXPIRED": {"expired_at_millis": 1_700_000_000_123},
    "ADMIN_ACCESS_TOKEN_EXPIRED": {"expired_at_millis": 1_700_000_000_123},
    "ALL_OVERLOADS_FAILED": {"overload_errors": [{"code": "A"}]},
    "INSUFFICIENT_ACCESS_TYPE": {"allowed_access_types": ["server", "admin"]},
    "PRODUCT_DOES_NOT_EXIST": {"context": None},
    "USER_EMAIL_ALREADY_EXISTS": {"would_work_if_email_was_verified": False},
    "CONTACT_CHANNEL_ALREADY_USED_FOR_AUTH_BY_SOMEONE_ELSE": {"would_work_if_email_was_verified": False},
    "OAUTH_ACCESS_TOKEN_NOT_AVAILABLE": {"details": "the reason"},
}
# What the reference leaves out although the SDK reads it, and fails without it (contract 01, section 6; 03, section 7).
ADDED = {
    "INVALID_SCOPE": "scope:string",
    "PASSKEY_AUTHENTICATION_FAILED": "message:string",
    "PASSKEY_REGISTRATION_FAILED": "message:string",
}
SHOWN = {
    "expired_at_iso": "2023-11-14T22:13:20.123Z",
    "n": "1",
    "error_json_indented_by_2": '{\n    "code": "A"\n  }',
    "allowed: each quoted with '' and joined by ' or '": "'server' or 'admin'",
    "type": "email",
}


def arguments(error: type[KnownError]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for name, parameter in list(inspect.signature(error.__init__).parameters.items())[1:]:
        kind = str(parameter.annotation)
        if "dict[str, str]" in kind:
            values[name] = {"type": "anonymous"}
        elif "bool" in kind:
            values[name] = True
        else:
            values[name] = 42 if "int" in kind else f"some {name}"
    return {**values, **GIVEN.get(error.code, {})}


def expected_message(template: str, values: dict[str, Any]) -> str:
    text = re.sub(r" {3}\[.*\]$", "", template, flags=re.DOTALL).replace("\\n", "\n")
    # `[… {x} …]` is a part that is there when x is; a bracket right after the final point is only a remark.
    text = re.sub(r"\[((?:[^\[\]]*\{[^\[\]]*)+)\]", r"\1", text)
    text = re.sub(r"\s*\[[^\[\]]*\]$", "", text)
    shown = {name: str(value) for name, value in values.items()} | SHOWN
    if "restricted_reason" in values:
        shown["type"] = values["restricted_reason"]["type"]
    return re.sub(r"\{([^{}]+)\}", lambda match: shown[match[1]], text)


def fits(value: object, kind: str) -> bool:
    simple = {"string": str, "number": int, "boolean": bool, "null": type(None)}
    if kind.endswith("[]"):
        return isinstance(value, list)
    if kind.startswith("{"):
        return isinstance(value, dict) and list(value) == ["type"]
    return any(isinstance(value, simple.get(part, str)) for part in kind.split("|"))


def test_there_is_exactly_one_class_per_row() -> None:
    assert [error.code for error in CLASSES] == sorted(ROWS)


@pytest.mark.parametrize("error", CLASSES, ids=lambda error: error.code)
def test_a_class_says_what_its_row_says(error: type[KnownError]) -> None:
    row, values = ROWS[error.code], arguments(error)
    build: Callable[..., KnownError] = error
    raised = build(**values)
    assert raised.status == int(row["status"])
    assert raised.message == expected_message(row["message_template"], values)
    told = row["details_fields"] or ADDED.get(error.code, "")
    fields = dict(field.split(":", 1) for field in re.split(r";(?![^{]*\})", told) if field)
    body = raised.body()
    details = body.get("details", {})
    assert isinstance(details, dict)
    assert list(body) == (["code", "details", "error"] if fields else ["code", "error"])
    assert set(details) == set(fields)
    assert {name for name, kind in fields.items() if not fits(details[name], kind)} == set()


def test_optional_parts_of_messages_are_left_out_when_unknown() -> None:
    expired = errors.AccessTokenExpired(
        expired_at_millis=None, project_id=None, user_id=None, refresh_token_id=None
    ).body()
    assert "None" not in str(expired["error"])
    assert "expired at" not in str(expired["error"])
    assert expired["details"] == {
        "expired_at_millis": None, "project_id": None, "user_id": None, "refresh_token_id": None,
    }  # fmt: skip


def test_an_unverified_address_gets_the_hint_to_sign_in_with_the_old_method() -> None:
    taken = errors.UserEmailAlreadyExists(email="ada@example.org", would_work_if_email_was_verified=True)
    assert taken.message.endswith(
        " but the email is not verified. Please login to your existing account with the method you used to sign up,"
        " and then verify your email to sign in with this login method."
    )
