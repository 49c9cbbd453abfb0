"""Codes as people type them: with what stands between, and in the digits of their own keyboard."""

import pytest

from state.hosted.typed import typed_code, typed_digits


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("abc123", "abc123"),
        (" ab-c 12.3 ", "abc123"),
        ("ＡＢＣ１２３", "ABC123"),
        ("١٢٣٤٥٦", "123456"),
        ("۱۲۳۴۵۶", "123456"),
        ("", ""),
        (None, "None"),
        ("1" * 10_000, "1" * 100),
    ],
)
def test_a_code_is_its_letters_and_digits(typed: object, code: str) -> None:
    assert typed_code(typed) == code


def test_a_code_of_digits_has_nothing_else() -> None:
    assert typed_digits("a1 b2-٣") == "123"
