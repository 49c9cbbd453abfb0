"""Sign-up rules: conditions, order, decisions."""

import pytest

from hexclave_app.config.schema_auth import Auth
from hexclave_app.services.risk_scores import RiskScores
from hexclave_app.services.sign_up_conditions import MAX_CONDITION_CHARS, ConditionError, matches
from hexclave_app.services.sign_up_rules import Decision, RuleStatus, SignUpFacts, evaluate

ADA = SignUpFacts(email=" Ada@Example.org ", auth_method="otp", country_code="NZ", risk=RiskScores(bot=40))
VARIABLES = ADA.variables()


def rule(condition: str | None, action: str, *, enabled: bool = True) -> dict[str, object]:
    return {"enabled": enabled, "condition": condition, "displayName": "Mine", "action": {"type": action}}


def auth(rules: dict[str, dict[str, object]], default: str = "allow") -> Auth:
    return Auth.model_validate({"signUpRules": rules, "signUpRulesDefaultAction": default})


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ('email == "ada@example.org"', True),
        ('emailDomain in ["example.org", "example.com"]', True),
        ('countryCode != "NZ"', False),
        ('authMethod == "password" || oauthProvider == ""', True),
        ("!(riskScores.bot >= 41) && riskScores.free_trial_abuse < 1", True),
        ('riskScores.bot > 39 ? authMethod == "otp" : false', True),
        ('email.contains("@example")', True),
        ('email.startsWith("ada@") && email.endsWith(".org")', True),
        ('email.matches("^a.a@")', True),
        ('email.matches("[0-9]")', False),
        ('emailDomain.matches("\\\\.org$")', True),
        ('email.contains("\\"")', False),
    ],
)
def test_the_operators_of_the_contract(condition: str, expected: bool) -> None:
    assert matches(condition, VARIABLES) is expected


@pytest.mark.parametrize(
    "condition",
    [
        "email",  # not a boolean
        "riskScores.bot",
        "(((",
        'email.matches("[")',
        "nobody == 1",
        "riskScores.unknown > 1",
        "[1, 2].all(email, true)",  # loops could run for hours
        "[1, 2].exists(email, true)",
        "[1, 2].exists_one(email, true)",
        "[true].map(email, email)[0]",
        "[true].filter(email, email) == [true]",
        'email.size() > 1 && email + "x" == "y"',
        'timestamp("2026-01-01T00:00:00Z") == timestamp("2026-01-01T00:00:00Z")',
        "true" + " == true" * (MAX_CONDITION_CHARS // 8),
        "email" + ".a" * (MAX_CONDITION_CHARS // 2 - 3),
        "!" * MAX_CONDITION_CHARS + "true",
    ],
)
def test_everything_else_is_an_error(condition: str) -> None:
    with pytest.raises(ConditionError):
        matches(condition, VARIABLES)


def test_no_rule_leaves_it_to_the_default() -> None:
    assert evaluate(auth({}), ADA).decision is Decision.DEFAULT_ALLOW
    refused = evaluate(auth({}, "reject"), ADA)
    assert (refused.decision, refused.should_allow) == (Decision.DEFAULT_REJECT, False)


def test_the_first_deciding_rule_ends_the_evaluation() -> None:
    outcome = evaluate(auth({"a": rule("true", "log"), "b": rule("true", "allow"), "c": rule("true", "reject")}), ADA)
    assert (outcome.decision, outcome.should_allow) == (Decision.ALLOW, True)
    assert [(item.rule_id, item.status) for item in outcome.evaluations] == [
        ("a", RuleStatus.MATCHED),
        ("b", RuleStatus.MATCHED),
    ]


def test_a_restriction_stays_while_later_rules_decide() -> None:
    rules = {"a": rule("true", "restrict"), "b": rule("true", "restrict"), "c": rule("true", "reject")}
    outcome = evaluate(auth(rules), ADA)
    assert outcome.should_allow is False
    assert outcome.restricted_by is not None
    assert outcome.restricted_by.rule_id == "a"
    assert outcome.private_details() == "Restricted by sign-up rule a: Mine"


def test_failing_disabled_and_empty_rules_do_not_match() -> None:
    rules = {"a": rule("email", "reject"), "b": rule("true", "reject", enabled=False), "c": rule(None, "reject")}
    outcome = evaluate(auth(rules), ADA)
    assert outcome.decision is Decision.DEFAULT_ALLOW
    assert [item.status for item in outcome.evaluations] == [
        RuleStatus.ERROR,
        RuleStatus.DISABLED,
        RuleStatus.MISSING_CONDITION,
    ]


def test_without_an_address_the_texts_are_empty() -> None:
    facts = SignUpFacts(email=None, auth_method="oauth", oauth_provider="github")
    assert evaluate(
        auth({"a": rule('email == "" && emailDomain == "" && countryCode == ""', "reject")}), facts
    ).triggers
