"""Who may open an account: the rules of a project, their order, what they did, and trying them out."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, Final, cast

import reflex as rx
from pydantic import JsonValue
from sqlmodel import Session

from hexclave_app.api.contact_channel_schemas import ServerChannelCreate
from hexclave_app.config.overrides import Level
from hexclave_app.config.schema_auth import SignUpRule
from hexclave_app.errors import StatusError
from hexclave_app.languages.speaking import say
from hexclave_app.services import project_configs, tenancies
from hexclave_app.services.end_users import country_code
from hexclave_app.services.risk_scores import RiskScores
from hexclave_app.services.sign_up_rule_statistics import Statistics, statistics
from hexclave_app.services.sign_up_rules import AuthMethod, Outcome, SignUpFacts, evaluate
from models.base import utc_now
from models.projects import DEFAULT_BRANCH_ID
from state.base import Access, Viewer, guarded
from state.dashboard.config_saves import is_pushed, propose, save_pushable
from state.dashboard.forms import checked, json_text, typed, typed_or_none, whole_number
from state.dashboard.switches import PushableState

RULES_KEY: Final = "auth.signUpRules"
METHODS: Final = (
    ("password", say("sign-up-rules-password")),
    ("otp", say("sign-up-rules-otp")),
    ("oauth", say("sign-up-rules-oauth")),
    ("passkey", say("sign-up-rules-passkey")),
)
_STATUSES: Final = {
    "matched": say("sign-up-rules-says-matched"),
    "not_matched": say("sign-up-rules-says-not-matched"),
    "disabled": say("sign-up-rules-says-disabled"),
    "missing_condition": say("sign-up-rules-says-missing-condition"),
    "error": say("sign-up-rules-says-error"),
}
_DECISIONS: Final = {
    "allow": say("sign-up-rules-decision-allow"),
    "reject": say("sign-up-rules-decision-reject"),
    "default-allow": say("sign-up-rules-decision-default-allow"),
    "default-reject": say("sign-up-rules-decision-default-reject"),
}
RuleChange = Callable[[Mapping[str, SignUpRule]], dict[str, JsonValue]]
"""Makes the keys to write of the rules as they are; null for a rule that goes."""


@dataclass(frozen=True)
class RuleRow:
    """A rule as the list shows it."""

    id: str
    name: str
    is_on: bool
    action: str
    condition: str
    recent: int
    all_time: int
    is_first: bool
    is_last: bool


@dataclass(frozen=True)
class Verdict:
    """What one rule says about the imagined sign-up."""

    id: str
    name: str
    status: str
    error: str


class SignUpRulesState(PushableState, rx.State):
    """The rules in the order of their evaluation."""

    rows: list[RuleRow] = []
    default_action: str = "allow"
    deleting_id: str = ""

    def _begin_anew(self) -> None:
        self.deleting_id = ""

    @guarded(Access.PROJECT_ADMIN)
    async def switch(self, viewer: Viewer, rule_id: str, is_on: bool) -> object:
        """Turn a rule on or off; applies at once."""
        change = partial(changed_rule, rule_id=str(rule_id), changes={"enabled": is_on is True})
        return await self._store(viewer, change)

    @guarded(Access.PROJECT_ADMIN)
    async def move(self, viewer: Viewer, rule_id: str, is_up: bool) -> object:
        """Evaluate a rule earlier or later than its neighbour; applies at once."""
        change = partial(_moved, rule_id=str(rule_id), step=-1 if is_up is True else 1)
        return await self._store(viewer, change)

    @guarded(Access.PROJECT_ADMIN)
    async def choose_default(self, viewer: Viewer, action: str) -> object:
        """Say what happens when no rule decides."""
        if action not in ("allow", "reject"):
            raise StatusError(400, say("common-no-choice"))
        is_saved = await save_pushable(self, viewer, {"auth.signUpRulesDefaultAction": action})
        return SignUpRulesState.refresh if is_saved else None

    @guarded(Access.PROJECT_ADMIN)
    async def ask_to_delete(self, _viewer: Viewer, rule_id: str) -> None:
        """Open the question for one rule."""
        self.deleting_id = str(rule_id)

    @guarded(Access.PROJECT_ADMIN)
    async def stop_asking(self, _viewer: Viewer) -> None:
        """Close the question."""
        self.deleting_id = ""

    @guarded(Access.PROJECT_ADMIN)
    async def delete(self, viewer: Viewer) -> object:
        """Delete the rule that was asked about."""
        rule_id, self.deleting_id = self.deleting_id, ""
        events = await self._store(viewer, partial(_without, rule_id=rule_id))
        return [rx.toast.success(say("sign-up-rules-deleted")), *events] if events else []

    async def _store(self, viewer: Viewer, change: RuleChange) -> list[object]:
        return [SignUpRulesState.refresh] if await save_rules(self, viewer, change) else []

    async def _show(self, viewer: Viewer) -> None:
        auth = viewer.tenancy.config.auth
        counted = await viewer.installation.db.scan(statistics, tenancy_id=viewer.tenancy.id, now=utc_now())
        self.rows = _rows(auth.sign_up_rules, counted)
        self.default_action = auth.sign_up_rules_default_action


class RuleTesterState(rx.State):
    """Tries the stored rules on an imagined sign-up; nothing is written."""

    if TYPE_CHECKING:
        project_id: str

    error: str = ""
    decision: str = ""
    is_allowed: bool = False
    restricted_by: str = ""
    verdicts: list[Verdict] = []
    context: str = ""
    """What the conditions were evaluated with."""

    @guarded(Access.PROJECT_ADMIN)
    async def submit(self, viewer: Viewer, form: dict[str, Any]) -> None:
        """Show what the rules would say."""
        self.error, self.decision, self.verdicts, self.context = "", "", [], ""
        facts = facts_of(form, viewer)
        outcome = evaluate(viewer.tenancy.config.auth, facts)
        self.context = json_text(facts.variables())
        self.decision, self.is_allowed = _DECISIONS[outcome.decision.value], outcome.should_allow
        self.restricted_by = (
            _name(outcome.restricted_by.rule_id, outcome.restricted_by.rule) if (outcome.restricted_by) else ""
        )
        self.verdicts = _verdicts(outcome)


def facts_of(form: Mapping[str, Any], viewer: Viewer) -> SignUpFacts:
    """The imagined sign-up in a form; raises a plain 400 for one that cannot be."""
    email, method = typed_or_none(form, "test_email"), typed(form, "test_method")
    if email is not None:
        values = {"user_id": str(viewer.signed_in.id), "value": email, "type": "email", "used_for_auth": False}
        email = checked(ServerChannelCreate, values).value
    if method not in dict(METHODS):
        raise StatusError(400, say("sign-up-rules-method-missing"))
    country = typed(form, "test_country")
    if country and country_code(country) is None:
        raise StatusError(400, say("sign-up-rules-country-wrong"))
    bot = whole_number(form, "test_bot", say("sign-up-rules-bot-score"))
    abuse = whole_number(form, "test_abuse", say("sign-up-rules-abuse-score"))
    if max(bot, abuse) > 100:
        raise StatusError(400, say("sign-up-rules-score-wrong"))
    return SignUpFacts(
        email=email,
        auth_method=cast("AuthMethod", method),
        oauth_provider=typed_or_none(form, "test_provider"),
        country_code=country_code(country) if country else None,
        risk=RiskScores(bot, abuse),
    )


async def save_rules(page: rx.State, viewer: Viewer, change: RuleChange) -> bool:
    """Make a change of the rules, or show it where they are kept elsewhere."""
    if await is_pushed(viewer):
        await propose(page, viewer, change(viewer.tenancy.config.auth.sign_up_rules))
        return False
    await viewer.installation.db.run(_save, project_id=viewer.tenancy.project_id, change=change)
    return True


def changed_rule(
    rules: Mapping[str, SignUpRule], *, rule_id: str, changes: Mapping[str, JsonValue], is_new: bool = False
) -> dict[str, JsonValue]:
    """A rule that is changed, or added on top of the others; a plain 404 for one that others have deleted."""
    if not is_new and rule_id not in rules:
        raise StatusError(404, say("sign-up-rules-gone"))
    stored = _stored(rules[rule_id]) if rule_id in rules else {}
    if is_new:
        changes = {**changes, "priority": max((int(rule.priority) for rule in rules.values()), default=0) + 1}
    return {f"{RULES_KEY}.{rule_id}": {**stored, **changes}}


def _moved(rules: Mapping[str, SignUpRule], *, rule_id: str, step: int) -> dict[str, JsonValue]:
    order = list(rules)
    if rule_id not in rules:
        raise StatusError(404, say("sign-up-rules-gone"))
    place = order.index(rule_id)
    target = min(max(place + step, 0), len(order) - 1)
    order.insert(target, order.pop(place))
    return {
        f"{RULES_KEY}.{one}": {**_stored(rules[one]), "priority": len(order) - number}
        for number, one in enumerate(order)
    }


def _without(rules: Mapping[str, SignUpRule], *, rule_id: str) -> dict[str, JsonValue]:
    if rule_id not in rules:
        raise StatusError(404, say("sign-up-rules-gone"))
    return {f"{RULES_KEY}.{rule_id}": None}


def _save(session: Session, *, project_id: str, change: RuleChange) -> None:
    project_configs.lock_project(session, project_id)
    project_configs.require_unlinked(session, project_id=project_id)
    config = change(tenancies.load(session, project_id, DEFAULT_BRANCH_ID).config.auth.sign_up_rules)
    gone = [key for key, value in config.items() if value is None]
    kept = {key: value for key, value in config.items() if value is not None}
    for level in (Level.BRANCH, Level.ENVIRONMENT) if gone else ():
        project_configs.reset(session, project_id=project_id, level=level, keys=gone)
    if kept:
        project_configs.patch_pushable(session, project_id=project_id, config=kept)


def _stored(rule: SignUpRule) -> dict[str, JsonValue]:
    return cast("dict[str, JsonValue]", rule.model_dump(mode="json", by_alias=True, exclude_none=True))


def _name(rule_id: str, rule: SignUpRule) -> str:
    return rule.display_name or say("sign-up-rules-unnamed", id=rule_id[:8])


def _rows(rules: Mapping[str, SignUpRule], counted: Statistics) -> list[RuleRow]:
    triggers = {one.rule_id: (sum(one.hourly), one.all_time) for one in counted.rules}
    last = len(rules) - 1
    return [
        RuleRow(
            rule_id,
            _name(rule_id, rule),
            rule.enabled,
            rule.action.type,
            rule.condition or "",
            *triggers.get(rule_id, (0, 0)),
            number == 0,
            number == last,
        )
        for number, (rule_id, rule) in enumerate(rules.items())
    ]


def _verdicts(outcome: Outcome) -> list[Verdict]:
    return [
        Verdict(one.rule_id, _name(one.rule_id, one.rule), _STATUSES[one.status.value], one.error or "")
        for one in outcome.evaluations
    ]
