"""The builder of sign-up rules never changes what a condition means."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hexclave_app.services.sign_up_conditions import matches
from state.dashboard.rule_conditions import (
    FIELDS,
    NUMBER_FIELDS,
    Clause,
    Condition,
    Group,
    entries_of,
    operators_of,
    parse,
    problem,
    written,
)

VARIABLES: dict[str, object] = {
    "email": "ada@example.com",
    "emailDomain": "example.com",
    "countryCode": "GB",
    "authMethod": "password",
    "oauthProvider": "",
    "riskScores": {"bot": 60, "free_trial_abuse": 5},
}


@st.composite
def clauses(draw: st.DrawFn) -> Clause:
    field = draw(st.sampled_from(sorted(FIELDS)))
    operator = draw(st.sampled_from(sorted(operators_of(field))))
    if field in NUMBER_FIELDS:
        return Clause(field, operator, str(draw(st.integers(0, 100))))
    word = st.text(st.sampled_from('ab@.é"\\ \n'), min_size=1).map(str.strip).filter(bool)
    if operator == "in":
        return Clause(field, operator, ", ".join(draw(st.lists(word, min_size=1, max_size=3))))
    return Clause(field, operator, draw(word))


joints = st.sampled_from(["all", "any"])
groups = st.builds(lambda joint, found: Group(joint, tuple(found)), joints, st.lists(clauses(), min_size=1, max_size=3))


@given(st.builds(lambda joint, found: Condition(joint, tuple(found)), joints, st.lists(groups, min_size=1, max_size=3)))
def test_what_is_drawn_and_written_is_drawn_and_written_the_same(condition: Condition) -> None:
    text = written(condition)
    again = parse(text)
    assert again is not None
    assert written(again) == text


@pytest.mark.parametrize(
    "text",
    [
        "!(email == 'a')",
        "email.size() > 3",
        'email == "a" ? true : false',
        'email == "a" || (emailDomain == "b" && (countryCode == "GB" || authMethod == "otp"))',
        'email in ["a,b"]',
        "email in []",
        'email == " a"',
        'email == ""',
        r'email == "\x41"',
        '"a" == email',
        'email == "a" &&',
        "riskScores.bot > 1.5",
        'riskScores.bot == "1"',
        'unknown == "a"',
        'countryCode.contains("G")',
        '((((((((email == "a"))))))))' * 2,
        "not cel at all",
    ],
)
def test_what_cannot_be_drawn_is_left_to_the_text(text: str) -> None:
    assert parse(text) is None


@pytest.mark.parametrize(
    "text",
    [
        'email.endsWith("@example.com") && riskScores.bot >= 50',
        'email == "x" || emailDomain == "example.com" && countryCode == "GB"',
        '(email == "x" || emailDomain == "example.com") && countryCode != "GB"',
        'countryCode in ["DE", "FR"] || (authMethod == "password" && riskScores.free_trial_abuse < 5)',
        'email.matches("^a.a@")',
    ],
)
def test_the_picture_means_what_the_text_means(text: str) -> None:
    condition = parse(text)
    assert condition is not None
    assert matches(written(condition), VARIABLES) == matches(text, VARIABLES)


@pytest.mark.parametrize(
    ("clause", "is_right"),
    [
        (Clause("riskScores.bot", ">", "101"), False),
        (Clause("riskScores.bot", ">", "100"), True),
        (Clause("countryCode", "in", "GB, de"), False),
        (Clause("email", "matches", "("), False),
        (Clause("email", "==", " "), False),
        (Clause("email", "matches", "^a"), True),
    ],
)
def test_wrong_values_are_told(clause: Clause, is_right: bool) -> None:
    assert (problem(clause) == "") is is_right


def test_lists_forgive_spaces_and_empty_entries() -> None:
    assert entries_of(" a, ,b,") == ["a", "b"]
