"""Forged events: whatever a browser sends to a handler of a hosted page or a part, nothing breaks or leaks."""

import inspect
from typing import Any

import pytest
import reflex as rx

from hexclave_app.installation import Installation
from hexclave_app.services import teams
from tests.state.tabs import Tab, run, targets
from tests.state.test_guards import own_handlers, state_classes
from tests.support.hosted import Person, Site, open_site

pytestmark = pytest.mark.anyio

CONFIG = {
    "auth.password.allowSignIn": True,
    "auth.otp.allowSignIn": True,
    "auth.passkey.allowSignIn": True,
    "apiKeys.enabled.user": True,
    "apiKeys.enabled.team": True,
    "teams.allowClientTeamCreation": True,
    "users.allowClientUserDeletion": True,
}
JUNK: list[Any] = [
    None,
    7,
    -1.5,
    True,
    "",
    "\x00\ud800",
    "x" * 100_000,
    "../../etc/passwd",
    "00000000-0000-4000-8000-000000000000",
    [],
    [["x"]],
    {},
    {"email": ["x"], "password": {"$ne": None}, "password_repeat": 7, "method": []},
    {"email": "\x00@example.com", "display_name": {"a": 1}, "team_name": ["x"], "description": 7, "lifetime": {}},
    {"code": 1, "confirmation": [1], "new_password": {}, "new_password_repeat": {}, "invited_email": 5, "own_name": []},
]
# Ends the account of whoever asks, as it shall; the other tests of it look closer.
ENDS = {"LeavingState.delete"}


def handlers() -> list[tuple[type[rx.State], str]]:
    return [
        (kind, name)
        for kind in state_classes()
        if kind.__module__.startswith(("state.hosted", "state.embed")) and not getattr(kind, "_mixin", False)
        for name in own_handlers(kind)
        if f"{kind.__name__}.{name}" not in ENDS
    ]


@pytest.fixture
def site(installation: Installation) -> Site:
    return open_site(installation, CONFIG)


@pytest.fixture
def ada(site: Site) -> Person:
    return site.person("ada@example.com", display_name="Ada")


def arguments_of(kind: type[rx.State], name: str) -> int:
    """How many arguments the browser sends."""
    return len(inspect.signature(kind.event_handlers[name].fn).parameters) - 1


@pytest.mark.parametrize(("kind", "name"), handlers(), ids=lambda one: one if isinstance(one, str) else one.__name__)
async def test_no_forged_event_breaks_anything(site: Site, ada: Person, kind: type[rx.State], name: str) -> None:
    ben = site.person("ben@example.com", display_name="Ben")
    team = site.installation.db.call(teams.create, tenancy=site.tenancy, display_name="Bens secret", creator_id=ben.id)
    sent = [*JUNK, str(team.id), str(ben.id), f"team-{team.id}"]
    for tab in (site.tab(None, "/handler/x?code=x"), site.tab(ada, "/handler/x?login_code=x"), site.frame("/embed/x")):
        state = await tab.state(kind)
        for junk in sent if arguments_of(kind, name) else [None]:
            told = targets(await run(getattr(state, name)(*[junk] * arguments_of(kind, name))))
            assert "Bens secret" not in told + str(shown(tab))
    assert site.user(ben).display_name == "Ben"


def shown(tab: Tab) -> dict[str, Any]:
    """Everything that the browser gets to see of the tab's states."""
    return {
        f"{kind}.{name}": value
        for kind, values in tab._root.dict(initial=True).items()
        for name, value in values.items()
    }
