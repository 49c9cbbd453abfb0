"""Trying the sign-up rules of a project out (contract 03, section 8.3)."""

from typing import Annotated

from hexclave_app.api.protocol.calls import Call
from hexclave_app.api.protocol.endpoints import ADMIN, Endpoints
from hexclave_app.api.protocol.fields import NullableText, Rule, Schema, is_email, nullable, number, one_of, text
from hexclave_app.services.contact_channels import normalise_email
from hexclave_app.services.end_users import country_code
from hexclave_app.services.sign_up_rules import Outcome, RuleEvaluation, SignUpFacts, evaluate

routes = Endpoints("auth")

_Score = Annotated[int, Rule(number(minimum=0, maximum=100, integer=True))]


class RiskScores(Schema):
    """How risky the imagined person seems."""

    bot: _Score
    free_trial_abuse: _Score


class RulesTest(Schema):
    """An imagined sign-up."""

    email: Annotated[str | None, Rule(nullable(text(is_email)))]
    auth_method: Annotated[str, Rule(one_of(("password", "otp", "oauth", "passkey")))]
    oauth_provider: NullableText
    country_code: NullableText
    turnstile_result: Annotated[str, Rule(one_of(("ok", "invalid", "error")))] = "invalid"
    risk_scores: RiskScores = RiskScores(bot=0, free_trial_abuse=0)


@routes.endpoint("POST", "/internal/sign-up-rules-test", access=ADMIN, body=RulesTest, writes=False)
def dry_run(call: Call) -> dict[str, object]:
    """Dry-run the sign-up rules with a trace."""
    body: RulesTest = call.body
    own_country = call.end_user.country_code if call.end_user else None
    facts = SignUpFacts(
        email=body.email,
        auth_method=body.auth_method,  # type: ignore[arg-type]  # one of them, as the schema has checked
        oauth_provider=body.oauth_provider,
        country_code=own_country if body.country_code is None else country_code(body.country_code),
        risk_bot=body.risk_scores.bot,
        risk_free_trial_abuse=body.risk_scores.free_trial_abuse,
    )
    outcome = evaluate(call.tenancy.config.auth, facts)
    return {
        "context": {
            "email": normalise_email(facts.email or ""),
            "email_domain": facts.email_domain,
            "country_code": facts.country_code or "",
            "auth_method": facts.auth_method,
            "oauth_provider": facts.oauth_provider or "",
            "turnstile_result": body.turnstile_result,
            "risk_scores": {"bot": facts.risk_bot, "free_trial_abuse": facts.risk_free_trial_abuse},
        },
        "evaluations": [_evaluation_view(evaluation) for evaluation in outcome.evaluations],
        "outcome": _outcome_view(outcome),
    }


def _evaluation_view(evaluation: RuleEvaluation) -> dict[str, object]:
    rule = evaluation.rule
    action = {"type": rule.action.type} | ({"message": rule.action.message} if rule.action.message else {})
    view: dict[str, object] = {
        "rule_id": evaluation.rule_id,
        "display_name": rule.display_name or "",
        "enabled": rule.enabled,
        "condition": rule.condition or "",
        "status": evaluation.status.value,
        "action": action,
    }
    return view | ({"error": evaluation.error} if evaluation.error is not None else {})


def _outcome_view(outcome: Outcome) -> dict[str, object]:
    return {
        "should_allow": outcome.should_allow,
        "decision": outcome.decision.value,
        "decision_rule_id": outcome.decided_by.rule_id if outcome.decided_by else None,
        "restricted_because_of_rule_id": outcome.restricted_by.rule_id if outcome.restricted_by else None,
    }
