"""Trying the sign-up rules of a project out (contract 03, section 8.3)."""

from dataclasses import replace
from typing import Annotated

from hexclave_app.api.protocol.calls import Call
from hexclave_app.api.protocol.endpoints import ADMIN, Endpoints
from hexclave_app.api.protocol.fields import NullableText, Rule, Schema, is_email, nullable, number, one_of, text
from hexclave_app.services import sign_up
from hexclave_app.services.contact_channels import normalise_email
from hexclave_app.services.end_users import country_code
from hexclave_app.services.risk_scores import BotVerdict, RiskScores
from hexclave_app.services.sign_up_rule_statistics import HOURS, statistics
from hexclave_app.services.sign_up_rules import Outcome, RuleEvaluation, SignUpFacts, evaluate

routes = Endpoints("auth")

_Score = Annotated[int, Rule(number(minimum=0, maximum=100, integer=True))]


class GivenRiskScores(Schema):
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
    risk_scores: GivenRiskScores | None = None


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
        ip=call.end_user.ip if call.end_user else None,
        bot_verdict=BotVerdict(body.turnstile_result),
    )
    if body.risk_scores is not None:
        risk = RiskScores(body.risk_scores.bot, body.risk_scores.free_trial_abuse)
    else:
        risk = sign_up.score(call.session, call.installation, tenancy_id=call.tenancy.id, facts=facts, now=call.now)
    facts = replace(facts, risk=risk)
    outcome = evaluate(call.tenancy.config.auth, facts)
    return {
        "context": {
            "email": normalise_email(facts.email or ""),
            "email_domain": facts.email_domain,
            "country_code": facts.country_code or "",
            "auth_method": facts.auth_method,
            "oauth_provider": facts.oauth_provider or "",
            "turnstile_result": body.turnstile_result,
            "risk_scores": {"bot": risk.bot, "free_trial_abuse": risk.free_trial_abuse},
        },
        "evaluations": [_evaluation_view(evaluation) for evaluation in outcome.evaluations],
        "outcome": _outcome_view(outcome),
    }


@routes.endpoint("GET", "/internal/sign-up-rules-stats", access=ADMIN, scans=True, writes=False)
def stats(call: Call) -> dict[str, object]:
    """Trigger statistics of sign-up rules, 48 hours and all time."""
    found = statistics(call.session, tenancy_id=call.tenancy.id, now=call.now)
    hours = [hour.strftime("%Y-%m-%dT%H:00:00.000Z") for hour in found.hours]
    triggers = [
        {
            "rule_id": rule.rule_id,
            "total_count": sum(rule.hourly),
            "all_time_count": rule.all_time,
            "hourly_counts": [{"hour": hour, "count": number} for hour, number in zip(hours, rule.hourly, strict=True)],
        }
        for rule in found.rules
    ]
    return {
        "rule_triggers": triggers,
        "analytics_hours": HOURS,
        "total_triggers": sum(found.by_action.values()),
        "triggers_by_action": found.by_action,
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
