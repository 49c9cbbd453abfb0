"""Where the configuration of a project comes from, and taking it over into the dashboard."""

from collections.abc import Mapping
from typing import Final

import reflex as rx

from hexclave_app.languages.speaking import say
from hexclave_app.services import project_configs
from models.base import JsonValue
from state.base import Access, Viewer, guarded
from state.dashboard.pushable import PushableState

_FACTS: Final = (
    ("repository", say("settings-source-repository")),
    ("branch", say("settings-source-branch")),
    ("config_file_path", say("settings-source-file")),
    ("commit_hash", say("settings-source-commit")),
    ("workflow_path", say("settings-source-workflow")),
)


class ConfigSourceState(PushableState, rx.State):
    """The source of the branch's configuration."""

    kind: str = ""
    facts: list[tuple[str, str]] = []
    is_asking: bool = False

    def _begin_anew(self) -> None:
        self.is_asking = False

    @guarded(Access.PROJECT_ADMIN)
    async def ask(self, _viewer: Viewer, is_asking: bool) -> None:
        """Open the question, or close it."""
        self.is_asking = is_asking is True and self.is_pushed

    @guarded(Access.PROJECT_ADMIN)
    async def unlink(self, viewer: Viewer) -> list[object]:
        """Let the dashboard keep the configuration from now on; it stays as it is."""
        self.is_asking = False
        await viewer.installation.db.run(project_configs.unlink, project_id=viewer.tenancy.project_id)
        return [rx.toast.success(say("settings-source-unlinked")), ConfigSourceState.refresh]

    async def _show(self, viewer: Viewer) -> None:
        source = await viewer.installation.db.read(project_configs.get_source, project_id=viewer.tenancy.project_id)
        self.kind, self.facts = str(source.get("type")), _facts(source)


def _facts(source: Mapping[str, JsonValue]) -> list[tuple[str, str]]:
    repository = "/".join(str(source[name]) for name in ("owner", "repo") if source.get(name))
    known = {**source, "repository": repository}
    return [(label, str(known[name])) for name, label in _FACTS if known.get(name)]
