"""Shows on an open page what others change meanwhile."""

import uuid
from collections.abc import AsyncIterator
from typing import TYPE_CHECKING, Final, cast

import reflex as rx
from sqlmodel import Session

from models import AuditHead, Tenancy
from state.base import Access, Viewer, guarded
from state.dashboard import paths
from state.dashboard.app_page import AppPageState
from state.dashboard.apps import ApiKeysAppState, AppsState
from state.dashboard.audit_log import AuditLogState
from state.dashboard.auth_methods import AuthMethodsState
from state.dashboard.config_source import ConfigSourceState
from state.dashboard.domains import DomainsState
from state.dashboard.email_settings import EmailSettingsState
from state.dashboard.email_suppressions import SuppressionsState
from state.dashboard.email_templates import TemplatesState
from state.dashboard.email_themes import ThemesState
from state.dashboard.expert_mode import ExpertModeState
from state.dashboard.key_requirement import KeyRequirementState
from state.dashboard.keys import KeysState
from state.dashboard.onboarding import OnboardingState
from state.dashboard.overview import OverviewState
from state.dashboard.permissions import PermissionsState
from state.dashboard.settings import SettingsState
from state.dashboard.sign_up_rules import SignUpRulesState
from state.dashboard.team_detail import TeamDetailState
from state.dashboard.team_settings import TeamSettingsState
from state.dashboard.teams import TeamsState
from state.dashboard.user_detail import UserDetailState
from state.dashboard.watching import watching

_ANY: Final = "*"
_REFRESHED: Final = (
    (paths.overview(_ANY), OverviewState.follow),
    (paths.user(_ANY, _ANY), UserDetailState.refresh),
    (paths.team(_ANY, _ANY), TeamDetailState.refresh),
    (paths.teams(_ANY), TeamsState.refresh),
    (paths.team_settings(_ANY), TeamSettingsState.refresh),
    (paths.onboarding(_ANY), OnboardingState.refresh),
    (paths.auth_methods(_ANY), AuthMethodsState.refresh),
    (paths.project_permissions(_ANY), PermissionsState.refresh),
    (paths.team_permissions(_ANY), PermissionsState.refresh),
    (paths.sign_up_rules(_ANY), SignUpRulesState.refresh),
    (paths.api_keys(_ANY), ApiKeysAppState.refresh),
    (paths.apps(_ANY), AppsState.refresh),
    (paths.app(_ANY, _ANY), AppPageState.refresh),
    (paths.audit_log(_ANY), AuditLogState.refresh),
    (paths.domains(_ANY), DomainsState.refresh),
    (paths.keys(_ANY), [KeysState.refresh, KeyRequirementState.refresh]),
    (paths.settings(_ANY), [SettingsState.refresh, ConfigSourceState.refresh]),
    (paths.email_templates(_ANY), TemplatesState.follow),
    (paths.email_template(_ANY, _ANY), TemplatesState.follow),
    (paths.email_themes(_ANY), ThemesState.follow),
    (paths.email_theme(_ANY, _ANY), ThemesState.follow),
    (paths.email_suppressions(_ANY), SuppressionsState.refresh),
    (paths.email_settings(_ANY), EmailSettingsState.follow),
    (paths.expert_mode(_ANY), ExpertModeState.refresh),
)

Marks = tuple[int, int, int]
"""The newest audit entry, version of the configuration and user number of a project: what changes moves one of them."""


class LiveState(rx.State):
    """Runs as long as a page is open in a tab."""

    if TYPE_CHECKING:
        project_id: str

    error: str = ""
    """Why nothing is watched; the page says it itself."""
    _path: str = ""
    _seen: Marks | None = None

    @guarded(Access.PROJECT_ADMIN, background=True, supersedes=True)
    async def watch(self, viewer: Viewer) -> AsyncIterator[object]:
        """Refresh the page whenever the project has changed, until the tab shows another one."""
        path = self.router.url.path
        refresh = refresh_of(path)
        if refresh is None:
            return
        async with self:
            seen = self._seen if self._path == path else None  # what a tab has seen whose connection was lost
            self._path = path
        async with watching(viewer.installation, read_marks, viewer.tenancy.id) as marks:
            while self.router.url.path == path:
                newest = await marks.other_than(seen)
                if newest == seen:
                    continue
                async with self:
                    self._seen = newest
                if seen is not None:
                    yield refresh
                seen = newest


def read_marks(session: Session, *, tenancy_id: uuid.UUID) -> Marks:
    """What moves with every change of a project: two keyed reads."""
    head, tenancy = session.get(AuditHead, tenancy_id), session.get(Tenancy, tenancy_id)
    return (
        head.seq if head is not None else 0,
        tenancy.version if tenancy is not None else -1,
        tenancy.last_user_seq if tenancy is not None else -1,
    )


def refresh_of(path: str) -> object | None:
    """The event that refreshes the page at a path; None for pages that do not follow changes."""
    parts = path.strip("/").split("/")
    for pattern, refresh in _REFRESHED:
        wanted = pattern.strip("/").split("/")
        if len(wanted) == len(parts) and all(one in (_ANY, part) for one, part in zip(wanted, parts, strict=True)):
            return cast("object", refresh)
    return None
