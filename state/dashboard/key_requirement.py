"""Whether browsers must name a publishable client key."""

from typing import Final

import reflex as rx

from hexclave_app.config.overrides import Level
from hexclave_app.languages.speaking import say
from state.dashboard.staged import StagedState
from state.dashboard.staged_settings import Present, Settings, Switch

_SETTINGS: Final[Settings] = {
    "client_key": Switch("project.requirePublishableClientKey", say("keys-require-client"), Level.PROJECT)
}


class KeyRequirementState(StagedState, rx.State):
    """The requirement, beside the key sets themselves."""

    def _settings(self, _present: Present) -> Settings:
        return _SETTINGS
