"""What waits for Save on the page of sign-up rules: which rules are on, their order, the default action."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, cast

from pydantic import JsonValue

from hexclave_app.config.schema_auth import SignUpRule
from hexclave_app.errors import StatusError
from hexclave_app.languages.speaking import say
from state.dashboard.staged_settings import Changes, Choice, Present, Setting, Settings, yes_or_no

RULES_KEY: Final = "auth.signUpRules"
ORDER: Final = "order"
DEFAULT_ACTION: Final = "default_action"
DEFAULT_ACTIONS: Final = {"allow": say("sign-up-rules-allowed"), "reject": say("sign-up-rules-rejected")}
SWITCH: Final = "rule:"
"""Before the id of a rule: the setting that turns it on."""


@dataclass(frozen=True)
class RuleSwitch(Setting):
    """Whether one rule is on."""

    rule_id: str
    label: str

    def read(self, present: Present) -> JsonValue:
        """Whether it is on; None when the rule has gone."""
        rule = present.config.auth.sign_up_rules.get(self.rule_id)
        return rule.enabled if rule is not None else None

    def checked(self, value: object, _present: Present) -> JsonValue:
        """Only yes and no."""
        return yes_or_no(value)

    def write(self, changes: Changes, value: JsonValue, present: Present) -> None:
        """Write the rule as a whole."""
        _write_rule(changes, present, self.rule_id, {"enabled": value})


@dataclass(frozen=True)
class RuleOrder(Setting):
    """The ids of the rules from top to bottom."""

    label: str

    def read(self, present: Present) -> JsonValue:
        """All ids in the order of their evaluation."""
        return list(present.config.auth.sign_up_rules)

    def checked(self, value: object, present: Present) -> JsonValue:
        """All rules, each once."""
        if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
            raise StatusError(400, say("common-no-choice"))
        return self.settled(list(dict.fromkeys(value)), present)

    def settled(self, value: JsonValue, present: Present) -> JsonValue:
        """Without rules that have gone; new ones are on top."""
        known = present.config.auth.sign_up_rules
        kept = [one for one in cast("list[str]", value) if one in known]
        return [*(one for one in known if one not in kept), *kept]

    def has_moved(self, was: JsonValue, present: Present) -> bool:
        """Whether those that were there have another order; adding and deleting moves nothing."""
        before, now = cast("list[str]", was), list(present.config.auth.sign_up_rules)
        return [one for one in before if one in now] != [one for one in now if one in before]

    def write(self, changes: Changes, value: JsonValue, present: Present) -> None:
        """Rewrite all priorities as n … 1."""
        order = cast("list[str]", self.settled(value, present))
        for number, rule_id in enumerate(order):
            _write_rule(changes, present, rule_id, {"priority": len(order) - number})


def rule_settings(rules: Mapping[str, SignUpRule]) -> Settings:
    """The settings of a page with these rules."""
    return {
        ORDER: RuleOrder(say("sign-up-rules-order")),
        DEFAULT_ACTION: Choice("auth.signUpRulesDefaultAction", say("sign-up-rules-default-action"), DEFAULT_ACTIONS),
        **{f"{SWITCH}{rule_id}": RuleSwitch(rule_id, name_of(rule_id, rule)) for rule_id, rule in rules.items()},
    }


def name_of(rule_id: str, rule: SignUpRule) -> str:
    """What a rule is called."""
    return rule.display_name or say("sign-up-rules-unnamed", id=rule_id[:8])


def as_stored(rule: SignUpRule) -> dict[str, JsonValue]:
    """A rule as the configuration has it."""
    return cast("dict[str, JsonValue]", rule.model_dump(mode="json", by_alias=True, exclude_none=True))


def _write_rule(changes: Changes, present: Present, rule_id: str, new: Mapping[str, JsonValue]) -> None:
    key = f"{RULES_KEY}.{rule_id}"
    known = changes.pushable.get(key) or as_stored(present.config.auth.sign_up_rules[rule_id])
    changes.pushable[key] = {**known, **new}
