"""Embedded parts and the page around them, for state tests."""

import json
import re

from models.base import JsonValue
from state.embed.frame import EmbedState
from state.frames import FrameState
from tests.state.tabs import Tab, run, targets

APP = "https://app.example.com"
NONCE = "n" * 43
CONFIG: dict[str, JsonValue] = {
    "domains.trustedDomains": {"a": {"baseUrl": APP}},
    "domains.allowLocalhost": False,
    "teams.allowClientTeamCreation": True,
    "users.allowClientUserDeletion": True,
}


async def meet(tab: Tab, access_token: str = "", changes: dict[str, object] | None = None) -> str:
    """Introduce the page around; the stage that the part is in then."""
    told: dict[str, object] = {"origin": APP, "nonce": NONCE, "return_url": f"{APP}/notes"}
    told |= {"access_token": access_token, **(changes or {})}
    await run((await tab.state(EmbedState)).meet(told))
    return (await tab.state(FrameState)).stage


def posted(events: list[object], kind: str) -> dict[str, object]:
    """The data of the message to the page around."""
    found = re.search(rf'post\("{kind}", (\{{.*?\}})\)', targets(events).replace('\\"', '"'))
    assert found is not None, targets(events)
    told: dict[str, object] = json.loads(found[1])
    return told
