"""The editor of one sign-up rule: a picture where the condition has one, always the text, and a live trial."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any, Final

import reflex as rx
from pydantic import JsonValue

from hexclave_app.errors import StatusError
from hexclave_app.languages.speaking import say
from hexclave_app.security.random_ids import new_id
from hexclave_app.services import sign_up_replay
from hexclave_app.services.sign_up_conditions import ConditionError, check, matches
from hexclave_app.services.sign_up_rules import SignUpFacts
from state.base import Access, Viewer, guarded
from state.dashboard.forms import ticked, typed, typed_or_none
from state.dashboard.rule_conditions import FIELDS, Clause, Condition, Group, operators_of, parse, problem, written
from state.dashboard.sign_up_rules import SignUpRulesState, changed_rule, save_rules
from state.dashboard.wording import grouped

ACTIONS: Final = {
    "allow": say("sign-up-rules-does-allow"),
    "reject": say("sign-up-rules-does-reject"),
    "restrict": say("sign-up-rules-does-restrict"),
    "log": say("sign-up-rules-does-log"),
}
_MAX_GROUPS, _MAX_CLAUSES = 10, 20
_MAX_VALUE_CHARS: Final = 1_000


@dataclass(frozen=True)
class ClauseRow:
    """A comparison in the picture."""

    key: str
    field: str
    operator: str
    value: str
    operators: list[tuple[str, str]]
    problem: str


@dataclass(frozen=True)
class GroupRow:
    """A group in the picture."""

    key: str
    joint: str
    clauses: list[ClauseRow]


class RuleEditorState(rx.State):
    """The rule that is being written."""

    if TYPE_CHECKING:
        project_id: str

    is_open: bool = False
    error: str = ""
    rule_id: str = ""
    """Empty for a new rule."""
    name: str = ""
    is_on: bool = True
    action: str = "reject"
    message: str = ""
    text: str = ""
    text_version: int = 0
    """Grows when the text changes by other means than typing, so that the field shows it."""
    has_picture: bool = True
    is_drawn: bool = True
    joint: str = "all"
    groups: list[GroupRow] = []
    problem: str = ""
    sample: str = ""
    verdict: str = ""
    replayed: str = ""
    """How many of those who signed up already the condition matches; empty while it is not tried."""
    replayed_users: list[str] = []
    _serial: int = 0

    @guarded(Access.PROJECT_ADMIN)
    async def open_for(self, viewer: Viewer, rule_id: str) -> None:
        """Show a rule, or an empty one."""
        rule = viewer.tenancy.config.auth.sign_up_rules.get(rule_id)
        self.rule_id = rule_id if rule is not None else ""
        self.name = rule.display_name or "" if rule is not None else ""
        self.is_on = rule.enabled if rule is not None else True
        self.action = rule.action.type if rule is not None else "reject"
        self.message = rule.action.message or "" if rule is not None else ""
        self.error, self.sample, self.is_open = "", "", True
        self._forget_replay()
        self._take_text(rule.condition or "" if rule is not None else "")
        self.is_drawn = self.has_picture
        if rule is None:
            self._draw(Condition("all", (Group("all", (Clause(),)),)))

    @guarded(Access.PROJECT_ADMIN)
    async def toggle(self, _viewer: Viewer, is_open: bool) -> None:
        """Close the editor."""
        self.is_open, self.error = is_open is True, ""

    @guarded(Access.PROJECT_ADMIN)
    async def show(self, _viewer: Viewer, mode: str | list[str]) -> None:
        """Show the picture, if there is one, or the text."""
        self.is_drawn = mode == "picture" and self.has_picture
        self.text_version += 1

    @guarded(Access.PROJECT_ADMIN)
    async def change_text(self, _viewer: Viewer, text: str) -> None:
        """Take the typed condition."""
        self._take_text(str(text))

    @guarded(Access.PROJECT_ADMIN)
    async def choose_action(self, _viewer: Viewer, action: str) -> None:
        """Choose what the rule does."""
        self.action = action if action in ACTIONS else self.action

    @guarded(Access.PROJECT_ADMIN)
    async def change_sample(self, _viewer: Viewer, email: str) -> None:
        """Try the condition on another address."""
        self.sample = str(email).strip()
        self._judge()

    @guarded(Access.PROJECT_ADMIN)
    async def replay(self, viewer: Viewer) -> None:
        """Say whom the condition matches among those who signed up already."""
        self._judge()
        self._forget_replay()
        if self.problem or not self.text.strip():
            raise StatusError(400, self.problem or say("sign-up-rules-condition-missing"))
        try:
            found = await viewer.installation.db.scan(
                sign_up_replay.replay, tenancy=viewer.tenancy, condition=self.text
            )
        except ConditionError as error:
            raise StatusError(400, str(error)) from None
        self.replayed = say(
            "sign-up-rules-replayed",
            matched=found.matched,
            matches=grouped(found.matched),
            all=found.looked_at,
            number=grouped(found.looked_at),
        )
        nobody = say("common-no-name")
        self.replayed_users = [user.primary_email or user.display_name or nobody for user in found.examples]

    @guarded(Access.PROJECT_ADMIN)
    async def choose_joint(self, _viewer: Viewer, joint: str) -> None:
        """Say whether all groups must hold, or any of them."""
        self.joint = "any" if joint == "any" else "all"
        self._write()

    @guarded(Access.PROJECT_ADMIN)
    async def choose_group_joint(self, _viewer: Viewer, key: str, joint: str) -> None:
        """Say whether all comparisons of a group must hold, or any of them."""
        self._change_group(key, lambda group: replace(group, joint="any" if joint == "any" else "all"))

    @guarded(Access.PROJECT_ADMIN)
    async def add_group(self, _viewer: Viewer) -> None:
        """Add a group with one comparison."""
        if len(self.groups) < _MAX_GROUPS:
            self.groups = [*self.groups, GroupRow(self._key(), "all", [self._row(Clause())])]
        self._write()

    @guarded(Access.PROJECT_ADMIN)
    async def add_clause(self, _viewer: Viewer, key: str) -> None:
        """Add a comparison to a group."""
        self._change_group(
            key,
            lambda group: replace(group, clauses=[*group.clauses, self._row(Clause())][:_MAX_CLAUSES]),
        )

    @guarded(Access.PROJECT_ADMIN)
    async def remove_clause(self, _viewer: Viewer, key: str) -> None:
        """Remove a comparison; a group without any goes, too."""
        kept = [replace(group, clauses=[one for one in group.clauses if one.key != key]) for group in self.groups]
        self.groups = [group for group in kept if group.clauses]
        self._write()

    @guarded(Access.PROJECT_ADMIN)
    async def change_clause(self, _viewer: Viewer, key: str, part: str, value: str) -> None:
        """Change the field, the operator or the value of a comparison."""
        self.groups = [
            replace(
                group, clauses=[_changed(one, part, str(value)) if one.key == key else one for one in group.clauses]
            )
            for group in self.groups
        ]
        self._write()

    @guarded(Access.PROJECT_ADMIN)
    async def submit(self, viewer: Viewer, form: dict[str, Any]) -> object:
        """Store the rule; its text is checked as the sign-up will read it."""
        self._judge()
        wrong = [one.problem for group in self.groups for one in group.clauses if one.problem]
        if self.is_drawn and wrong:
            raise StatusError(400, wrong[0])
        if self.problem or not self.text.strip():
            raise StatusError(400, self.problem or say("sign-up-rules-condition-missing"))
        action: dict[str, JsonValue] = {"type": self.action}
        message = typed_or_none(form, "rule_message")
        changes: dict[str, JsonValue] = {
            "displayName": typed(form, "rule_name") or say("sign-up-rules-new-name"),
            "enabled": ticked(form, "rule_enabled"),
            "condition": self.text,
            "action": action | ({"message": message} if message is not None else {}),
        }
        rule_id, is_new = self.rule_id or str(new_id()), not self.rule_id
        change = partial(changed_rule, rule_id=rule_id, changes=changes, is_new=is_new)
        is_saved = await save_rules(self, viewer, change)
        self.is_open = False
        if not is_saved:
            return None
        return [rx.toast.success(say("common-saved")), SignUpRulesState.refresh]

    def _take_text(self, text: str) -> None:
        self.text = text
        self._forget_replay()
        condition = parse(text)
        self.has_picture = condition is not None
        if condition is not None:
            self._draw(condition)
        self._judge()

    def _draw(self, condition: Condition) -> None:
        self.joint = condition.joint
        self.groups = [
            GroupRow(self._key(), group.joint, [self._row(one) for one in group.clauses]) for group in condition.groups
        ]

    def _write(self) -> None:
        self.text = written(_condition(self.joint, self.groups))
        self.has_picture = True
        self.text_version += 1
        self._forget_replay()
        self._judge()

    def _change_group(self, key: str, change: Callable[[GroupRow], GroupRow]) -> None:
        self.groups = [change(group) if group.key == key else group for group in self.groups]
        self._write()

    def _forget_replay(self) -> None:
        self.replayed, self.replayed_users, self.error = "", [], ""

    def _judge(self) -> None:
        self.problem = self.verdict = ""
        if not self.text.strip():
            return
        try:
            check(self.text)
            if self.sample:
                facts = SignUpFacts(email=self.sample, auth_method="password").variables()
                self.verdict = "matches" if matches(self.text, facts) else "does not match"
        except ConditionError as error:
            self.problem = str(error)

    def _row(self, clause: Clause) -> ClauseRow:
        return _shown(self._key(), clause)

    def _key(self) -> str:
        self._serial += 1
        return str(self._serial)


def _shown(key: str, clause: Clause) -> ClauseRow:
    operators = list(operators_of(clause.field).items())
    return ClauseRow(key, clause.field, clause.operator, clause.value, operators, problem(clause))


def _changed(row: ClauseRow, part: str, value: str) -> ClauseRow:
    clause = Clause(row.field, row.operator, row.value)
    if part == "field" and value in FIELDS:
        operator = clause.operator if clause.operator in operators_of(value) else "=="
        clause = replace(clause, field=value, operator=operator)
    elif part == "operator" and value in operators_of(clause.field):
        clause = replace(clause, operator=value)
    elif part == "value":
        clause = replace(clause, value=str(value).strip()[:_MAX_VALUE_CHARS])
    return _shown(row.key, clause)


def _condition(joint: str, groups: list[GroupRow]) -> Condition:
    return Condition(
        "any" if joint == "any" else "all",
        tuple(
            Group(
                "any" if group.joint == "any" else "all",
                tuple(Clause(one.field, one.operator, one.value) for one in group.clauses),
            )
            for group in groups
        ),
    )
