"""Every public handler of every state class says who may trigger it."""

import importlib
import inspect
import pkgutil

import reflex as rx

import state
from state.base import ACCESS_MARK, FRAME_MARK, Access

# Exists on developers' machines only and touches no data.
UNGUARDED = {"DesignState"}


def state_classes() -> list[type[rx.State]]:
    for module in pkgutil.walk_packages(state.__path__, "state."):
        importlib.import_module(module.name)
    found = {kind for kind in _subclasses(rx.State) if kind.__module__.startswith("state.")}
    return sorted((kind for kind in found if kind.__name__ not in UNGUARDED), key=lambda kind: kind.__name__)


def _subclasses(kind: type[rx.State]) -> set[type[rx.State]]:
    return {one for direct in kind.__subclasses__() for one in {direct, *_subclasses(direct)}}


def own_handlers(kind: type[rx.State]) -> dict[str, object]:
    own = {name for base in kind.__mro__ if base.__module__.startswith("state.") for name in vars(base)}
    return {name: handler.fn for name, handler in kind.event_handlers.items() if name in own and name != "setvar"}


def test_every_handler_declares_its_access() -> None:
    unmarked = [
        f"{kind.__name__}.{name}"
        for kind in state_classes()
        for name, handler in own_handlers(kind).items()
        if not isinstance(getattr(handler, ACCESS_MARK, None), Access)
    ]
    assert unmarked == []


def test_what_is_never_triggered_inside_another_page() -> None:
    never = {
        f"{kind.__name__}.{name}"
        for kind in state_classes()
        for name, handler in own_handlers(kind).items()
        if getattr(handler, FRAME_MARK) is False
    }
    assert never == {
        "AccountKeysState.revoke",
        "AccountSessionsState.ask",
        "AccountSessionsState.revoke",
        "AccountSessionsState.revoke_others",
        "ChallengeState.begin_for_provider",
        "CliAuthState.authorize",
        "CliAuthState.claim_failed",
        "CliAuthState.load",
        "EmbedReturnState.load",
        "FactorsState.disconnect",
        "FactorsState.stop_code",
        "LeavingState.ask",
        "LeavingState.delete",
        "MailboxesState.remove",
        "MailboxesState.stop_sign_in",
        "MfaState.load",
        "MfaState.submit_recovery_code",
        "MfaState.type_code",
        "PasskeyState.ask",
        "PasskeyState.remove",
        "PasswordState.submit",
        "TeamState.ask_to_leave",
        "TeamState.leave",
        "TeamInvitationState.create_account",
        "TeamState.remove_member",
        "TotpState.begin",
        "MailboxesState.ask_to_remove",
        "FactorsState.ask_to_disconnect",
        "FactorsState.ask_about_code",
        "TeamState.ask_to_remove",
        "AccountKeysState.ask_to_revoke",
        "MemberPermissionsState.open",
        "MemberPermissionsState.submit",
        "TotpState.ask",
        "TotpState.confirm",
        "TotpState.type_code",
    }


def test_the_walk_sees_handlers_at_all() -> None:
    seen = {f"{kind.__name__}.{name}" for kind in state_classes() for name in own_handlers(kind)}
    assert {"UsersState.load", "DeleteUserState.delete", "SignInState.submit", "UsersWatch.watch"} <= seen


def test_reflexs_own_setter_finds_nothing_to_set() -> None:
    # Every state has a `setvar` event; it calls `set_<name>`, which must not exist.
    setters = {name for kind in state_classes() for name in dir(kind) if name.startswith("set_")}
    assert setters <= {"set_is_hydrated"}  # Reflex's own flag of a loaded tab


def test_browsers_cannot_pass_a_viewer() -> None:
    handlers = [handler for kind in state_classes() for handler in own_handlers(kind).values()]
    names = {name for handler in handlers for name in inspect.signature(handler).parameters}  # type: ignore[arg-type]  # an event's function may be missing in the types
    assert not names & {"viewer", "_viewer"}
