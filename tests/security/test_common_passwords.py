"""Passwords that guessers try first."""

import pytest

from hexclave_app.security.common_passwords import common_words, is_common


@pytest.mark.parametrize(
    "password",
    [
        "password", "Password1", "P@ssw0rd!", "passw0rd123", "12345678", "qwertz123", "1q2w3e4r5t", "iloveyou2",
        "Summer2024!", "dragon!!", "aaaaaaaa", "abcabcabc", "24121985", "1985-12-24", "monkeymonkey", "letmein123456",
        "Adm1n1234", "trustno1", "michael1985", "zaq12wsx", "asdf1234", "qwertyqwerty", "LIVERPOOL", "$uperman99",
        "  password  ",
    ],
)  # fmt: skip
def test_dressed_up_words_walks_runs_and_dates_are_common(password: str) -> None:
    assert is_common(password)


@pytest.mark.parametrize(
    "password",
    ["correct horse battery staple", "correct horse", "elephant giraffe", "Tr0ub4dor&3", "xkcd-quiet-lamp",
     "vK7#mqpL2x", "password83749283749", "mysummerhouse", "déjà-vu-encore", "сложный пароль",
     "密码密码很难猜到", "🦄🐢🦊🐝🦉🐙🐠🐌"],
)  # fmt: skip
def test_what_takes_more_than_a_dictionary_is_not_common(password: str) -> None:
    assert not is_common(password)


def test_the_list_stands_for_more_than_ten_thousand_passwords() -> None:
    endings = ["", "1", "12", "123", "!", "1!", "2025", "007", "99", "_"]
    long_enough = [word + ending for word in common_words() for ending in endings if len(word + ending) >= 8]
    assert len(long_enough) > 10_000
    assert all(map(is_common, long_enough))


def test_hostile_input_costs_little_and_breaks_nothing() -> None:
    for text in ("", " ", "1234qwer5678asdf!" * 4, "\ud800" * 70, "\0" * 70, "a1" * 35):
        assert is_common(text) in (True, False)
