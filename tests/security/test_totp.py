"""TOTP against the vectors of RFC 6238 and RFC 4226, and its window."""

from datetime import UTC, datetime, timedelta

import pytest

from hexclave_app.security.totp import STEP_S, code_of, current_step, matching_step

SECRET = b"12345678901234567890"
NOW = datetime.fromtimestamp(1_111_111_109, tz=UTC)


@pytest.mark.parametrize(
    ("second", "code"),
    [  # RFC 6238, appendix B, SHA-1; six digits are the last six of the eight
        (59, "94287082"),
        (1_111_111_109, "07081804"),
        (1_111_111_111, "14050471"),
        (1_234_567_890, "89005924"),
        (2_000_000_000, "69279037"),
        (20_000_000_000, "65353130"),
    ],
)
def test_the_vectors_of_rfc_6238(second: int, code: str) -> None:
    now = datetime.fromtimestamp(second, tz=UTC)
    assert code_of(SECRET, current_step(now)) == code[-6:]
    assert matching_step(SECRET, code[-6:], now) == second // STEP_S


@pytest.mark.parametrize(
    ("step", "code"), list(enumerate(["755224", "287082", "359152", "969429", "338314", "254676", "287922", "162583"]))
)
def test_the_vectors_of_rfc_4226(step: int, code: str) -> None:
    assert code_of(SECRET, step) == code


@pytest.mark.parametrize(("steps", "is_accepted"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
def test_one_step_before_and_after_is_accepted(steps: int, is_accepted: bool) -> None:
    code = code_of(SECRET, current_step(NOW))
    found = matching_step(SECRET, code, NOW + timedelta(seconds=steps * STEP_S))
    assert found == (current_step(NOW) if is_accepted else None)


@pytest.mark.parametrize("code", ["", "000000", "8180", "081804 1", "７８１８０４", "٠٨١٨٠٤", "\ud800", "081804" * 9])
def test_anything_else_is_no_code(code: str) -> None:
    assert matching_step(SECRET, code, NOW) is None


def test_a_code_may_be_pasted_with_spaces_around_it() -> None:
    assert matching_step(SECRET, " 081804\n", NOW) == current_step(NOW)


def test_short_and_empty_secrets_have_codes() -> None:
    assert len(code_of(b"", 1)) == len(code_of(b"x", 1)) == 6
