"""Who may open an account: the rules of a project, their order, what they did, and trying them out."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any, Final, cast

import reflex as rx
from pydantic import JsonValue
from sqlmodel import Session

from hexclave_app.api.contact_channel_schemas import ServerChannelCreate
from hexclave_app.config.overrides import Level
from hexclave_app.config.schema_auth import Auth, SignUpRule
from hexclave_app.errors import StatusError
from hexclave_app.languages.speaking import say
from hexclave_app.services import project_configs, tenancies
from hexclave_app.services.end_users import country_code
from hexclave_app.services.risk_scores import RiskScores
from hexclave_app.services.sign_up_rule_statistics import HOURS, Statistics, statistics
from hexclave_app.services.sign_up_rules import AuthMethod, Outcome, SignUpFacts, evaluate
from models.base import utc_now
from models.projects import DEFAULT_BRANCH_ID
from state.base import Access, Viewer, guarded
from state.dashboard.config_saves import is_pushed, propose
from state.dashboard.forms import checked, json_text, typed, typed_or_none, whole_number
from state.dashboard.rule_history import METHODS
from state.dashboard.rule_settings import DEFAULT_ACTION, ORDER, RULES_KEY, SWITCH, as_stored, name_of, rule_settings
from state.dashboard.staged import StagedState
from state.dashboard.staged_settings import Present, Settings

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
BAR_STEP, BARS_HEIGHT = 2, 24
BARS_WIDTH: Final = HOURS * BAR_STEP
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
    bars: str
    """The last 48 hours, drawn: a path for a picture of `BARS_WIDTH` by `BARS_HEIGHT`."""
    place: int
    is_first: bool
    is_last: bool


@dataclass(frozen=True)
class Verdict:
    """What one rule says about the imagined sign-up."""

    id: str
    name: str
    status: str
    error: str


class SignUpRulesState(StagedState, rx.State):
    """The rules in the order of their evaluation."""

    rows: list[RuleRow] = []
    moved: str = ""
    """What was moved last and where it is now, to be read out."""
    deleting_id: str = ""

    def _settings(self, present: Present) -> Settings:
        return rule_settings(present.config.auth.sign_up_rules)

    def _begin_anew(self) -> None:
        super()._begin_anew()
        self.deleting_id = self.moved = ""

    @guarded(Access.PROJECT_ADMIN)
    async def move(self, viewer: Viewer, rule_id: str, is_up: bool) -> object:
        """Evaluate a rule earlier or later than its neighbour; stored when it is saved."""
        return await self._reorder(viewer, rule_id, self._place_of(rule_id) + (-1 if is_up else 1))

    @guarded(Access.PROJECT_ADMIN)
    async def put(self, viewer: Viewer, rule_id: str, place: int) -> object:
        """Evaluate a rule as the first, second … one; stored when it is saved."""
        return await self._reorder(viewer, rule_id, place)

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
        if not await save_rules(self, viewer, partial(_without, rule_id=rule_id)):
            return None
        return [rx.toast.success(say("sign-up-rules-deleted")), SignUpRulesState.refresh]

    async def _show_page(self, viewer: Viewer) -> None:
        counted = await viewer.installation.db.scan(statistics, tenancy_id=viewer.tenancy.id, now=utc_now())
        self.rows = _rows(viewer.tenancy.config.auth.sign_up_rules, counted)

    def _arrange(self) -> None:
        rows, last = {row.id: row for row in self.rows}, len(self.rows) - 1
        order = [one for one in self._value(ORDER) or [] if one in rows]
        self.rows = [
            replace(
                rows[one],
                is_on=self.switches.get(f"{SWITCH}{one}", False),
                place=place,
                is_first=place == 0,
                is_last=place == last,
            )
            for place, one in enumerate(order)
        ]

    def _place_of(self, rule_id: str) -> int:
        place = next((row.place for row in self.rows if row.id == rule_id), None)
        if place is None:
            raise StatusError(404, say("sign-up-rules-gone"))
        return place

    async def _reorder(self, viewer: Viewer, rule_id: str, place: int) -> object:
        rows = list(self.rows)
        row = rows.pop(self._place_of(rule_id))
        place = min(max(place, 0), len(rows))
        rows.insert(place, row)
        event = await self._stage(viewer, ORDER, [one.id for one in rows])
        self.moved = say("sign-up-rules-moved", rule=row.name, place=place + 1, count=len(rows))
        return event


class RuleTesterState(rx.State):
    """Tries the rules, as they are after Save, on an imagined sign-up; nothing is written."""

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
        page = await self.get_state(SignUpRulesState)
        outcome = evaluate(_as_shown(viewer.tenancy.config.auth, page), facts)
        self.context = json_text(facts.variables())
        self.decision, self.is_allowed = _DECISIONS[outcome.decision.value], outcome.should_allow
        self.restricted_by = (
            name_of(outcome.restricted_by.rule_id, outcome.restricted_by.rule) if outcome.restricted_by else ""
        )
        self.verdicts = _verdicts(outcome)


def _as_shown(auth: Auth, page: SignUpRulesState) -> Auth:
    """The rules as the page shows them, unless it shows others."""
    rules = auth.sign_up_rules
    if {row.id for row in page.rows} != set(rules):
        return auth
    shown = {row.id: rules[row.id].model_copy(update={"enabled": row.is_on}) for row in page.rows}
    action = page.texts.get(DEFAULT_ACTION, auth.sign_up_rules_default_action)
    return auth.model_copy(update={"sign_up_rules": shown, "sign_up_rules_default_action": action})


def facts_of(form: Mapping[str, Any], viewer: Viewer) -> SignUpFacts:
    """The imagined sign-up in a form; raises a plain 400 for one that cannot be."""
    email, method = typed_or_none(form, "test_email"), typed(form, "test_method")
    if email is not None:
        values = {"user_id": str(viewer.signed_in.id), "value": email, "type": "email", "used_for_auth": False}
        email = checked(ServerChannelCreate, values).value
    if method not in METHODS:
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
    stored = as_stored(rules[rule_id]) if rule_id in rules else {}
    if is_new:
        changes = {**changes, "priority": max((int(rule.priority) for rule in rules.values()), default=0) + 1}
    return {f"{RULES_KEY}.{rule_id}": {**stored, **changes}}


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


def _rows(rules: Mapping[str, SignUpRule], counted: Statistics) -> list[RuleRow]:
    matches = {one.rule_id: one for one in counted.rules}
    return [
        RuleRow(
            id=rule_id,
            name=name_of(rule_id, rule),
            is_on=rule.enabled,
            action=rule.action.type,
            condition=rule.condition or "",
            recent=sum(matches[rule_id].hourly) if rule_id in matches else 0,
            all_time=matches[rule_id].all_time if rule_id in matches else 0,
            bars=bars(matches[rule_id].hourly) if rule_id in matches else "",
            place=place,
            is_first=False,
            is_last=False,
        )
        for place, (rule_id, rule) in enumerate(rules.items())
    ]


def bars(numbers: Sequence[int]) -> str:
    """The numbers as upright lines; the highest one reaches the top."""
    highest = max(numbers, default=0)
    return "".join(
        f"M{place * BAR_STEP + BAR_STEP / 2:g} {BARS_HEIGHT}v{-max(2, round(BARS_HEIGHT * number / highest))}"
        for place, number in enumerate(numbers)
        if number
    )


def _verdicts(outcome: Outcome) -> list[Verdict]:
    return [
        Verdict(one.rule_id, name_of(one.rule_id, one.rule), _STATUSES[one.status.value], one.error or "")
        for one in outcome.evaluations
    ]
