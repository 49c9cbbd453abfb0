"""Sign-up rules: which accounts people may open by themselves (contract 03, section 8.3)."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Literal

from sqlmodel import Session

from hexclave_app.config.schema_auth import Auth, SignUpRule
from hexclave_app.services import sign_up_rule_history
from hexclave_app.services import sign_up_rule_statistics as rule_statistics
from hexclave_app.services.contact_channels import normalise_email
from hexclave_app.services.end_users import EndUser
from hexclave_app.services.risk_scores import NO_RISK, BotVerdict, RiskScores
from hexclave_app.services.sign_up_conditions import ConditionError, matches
from hexclave_app.services.tenancies import TenancySnapshot
from models import AnalyticsEvent, SignUpRuleTrigger

RULE_TRIGGER = "$sign-up-rule-trigger"

AuthMethod = Literal["password", "otp", "oauth", "passkey"]


@dataclass(frozen=True, slots=True, kw_only=True)
class SignUpFacts:
    """What rules know about somebody who wants an account."""

    email: str | None
    auth_method: AuthMethod
    oauth_provider: str | None = None
    country_code: str | None = None
    ip: str | None = None
    ip_is_trusted: bool = False
    has_verified_provider: bool = False
    bot_verdict: BotVerdict = BotVerdict.OK
    risk: RiskScores = NO_RISK

    @classmethod
    def about(
        cls,
        end_user: EndUser | None,
        *,
        email: str | None,
        auth_method: AuthMethod,
        bot_verdict: BotVerdict = BotVerdict.OK,
    ) -> "SignUpFacts":
        """The facts of somebody at a known place."""
        return cls(
            email=email,
            auth_method=auth_method,
            country_code=end_user.country_code if end_user else None,
            ip=end_user.ip if end_user else None,
            ip_is_trusted=end_user.is_trusted if end_user else False,
            bot_verdict=bot_verdict,
        )

    @property
    def email_domain(self) -> str:
        """The part after the @ of the normalised address; empty without an address."""
        return normalise_email(self.email or "").rpartition("@")[2]

    def variables(self) -> dict[str, object]:
        """The variables of conditions."""
        return {
            "email": normalise_email(self.email or ""),
            "emailDomain": self.email_domain,
            "countryCode": self.country_code or "",
            "authMethod": self.auth_method,
            "oauthProvider": self.oauth_provider or "",
            "riskScores": {"bot": self.risk.bot, "free_trial_abuse": self.risk.free_trial_abuse},
        }


class RuleStatus(StrEnum):
    """What became of one rule."""

    MATCHED = "matched"
    NOT_MATCHED = "not_matched"
    DISABLED = "disabled"
    MISSING_CONDITION = "missing_condition"
    ERROR = "error"


class Decision(StrEnum):
    """Who decided, and how."""

    ALLOW = "allow"
    REJECT = "reject"
    DEFAULT_ALLOW = "default-allow"
    DEFAULT_REJECT = "default-reject"


@dataclass(frozen=True, slots=True)
class RuleEvaluation:
    """One rule that was looked at."""

    rule_id: str
    rule: SignUpRule
    status: RuleStatus
    error: str | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the rules say about one sign-up; rules after the deciding one were not looked at."""

    facts: SignUpFacts
    evaluations: Sequence[RuleEvaluation]
    decision: Decision
    decided_by: RuleEvaluation | None
    restricted_by: RuleEvaluation | None
    recorded: Sequence[uuid.UUID] = ()
    """The matches that were kept of it."""

    @property
    def should_allow(self) -> bool:
        """Whether the account may be opened, restricted or not."""
        return self.decision in (Decision.ALLOW, Decision.DEFAULT_ALLOW)

    @property
    def triggers(self) -> Sequence[RuleEvaluation]:
        """The rules that matched."""
        return [evaluation for evaluation in self.evaluations if evaluation.status is RuleStatus.MATCHED]

    def private_details(self) -> str | None:
        """What administrators read about a restriction; None without one."""
        if self.restricted_by is None:
            return None
        name = self.restricted_by.rule.display_name
        return f"Restricted by sign-up rule {self.restricted_by.rule_id}" + (f": {name}" if name else "")


def evaluate(auth: Auth, facts: SignUpFacts) -> Outcome:
    """Go through the rules in their order until one decides; a rule that fails does not match."""
    variables = facts.variables()
    evaluations: list[RuleEvaluation] = []
    restricted_by = None
    for rule_id, rule in auth.sign_up_rules.items():
        evaluation = _evaluate_rule(rule_id, rule, variables)
        evaluations.append(evaluation)
        if evaluation.status is not RuleStatus.MATCHED:
            continue
        if rule.action.type in ("allow", "reject"):
            return Outcome(facts, evaluations, Decision(rule.action.type), evaluation, restricted_by)
        if rule.action.type == "restrict":
            restricted_by = restricted_by or evaluation
    return Outcome(facts, evaluations, Decision(f"default-{auth.sign_up_rules_default_action}"), None, restricted_by)


def record(session: Session, *, tenancy: TenancySnapshot, outcome: Outcome, now: datetime) -> list[uuid.UUID]:
    """Write down each rule that matched, also when the sign-up is rejected; returns the matches that were kept."""
    kept: list[uuid.UUID] = []
    for evaluation in outcome.triggers:
        trigger = SignUpRuleTrigger(
            tenancy_id=tenancy.id,
            created_at=now,
            rule_id=evaluation.rule_id,
            action=evaluation.rule.action.type,
            email=outcome.facts.email,
            auth_method=outcome.facts.auth_method,
            oauth_provider=outcome.facts.oauth_provider,
        )
        count = rule_statistics.count(
            session, tenancy_id=tenancy.id, rule_id=trigger.rule_id, action=trigger.action, now=now
        )
        kept += sign_up_rule_history.keep(session, trigger, count=count)
        session.add(_event(trigger))
    return kept


def _event(trigger: SignUpRuleTrigger) -> AnalyticsEvent:
    return AnalyticsEvent(
        tenancy_id=trigger.tenancy_id,
        event_type=RULE_TRIGGER,
        event_at=trigger.created_at,
        data={
            "rule_id": trigger.rule_id,
            "action": trigger.action,
            "email": trigger.email,
            "auth_method": trigger.auth_method,
            "oauth_provider": trigger.oauth_provider,
        },
    )


def _evaluate_rule(rule_id: str, rule: SignUpRule, variables: dict[str, object]) -> RuleEvaluation:
    if not rule.enabled:
        return RuleEvaluation(rule_id, rule, RuleStatus.DISABLED)
    if not rule.condition:
        return RuleEvaluation(rule_id, rule, RuleStatus.MISSING_CONDITION)
    try:
        is_match = matches(rule.condition, variables)
    except ConditionError as error:
        return RuleEvaluation(rule_id, rule, RuleStatus.ERROR, str(error))
    return RuleEvaluation(rule_id, rule, RuleStatus.MATCHED if is_match else RuleStatus.NOT_MATCHED)
