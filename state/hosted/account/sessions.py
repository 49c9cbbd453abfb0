"""Where one is signed in, and which mails one wants."""

from dataclasses import dataclass

import reflex as rx

from hexclave_app.languages.dates import ago, exactly
from hexclave_app.languages.speaking import say
from hexclave_app.services import notification_preferences, sessions
from hexclave_app.services.users import updates
from models.base import utc_now
from state.base import Access, Refused, Updates, Viewer, guarded
from state.hosted.typed import known_id


@dataclass(frozen=True)
class SessionRow:
    """A session as the list shows it."""

    id: str
    is_current: bool
    signed_in: str
    last_used: str
    last_used_exactly: str
    ip: str
    place: str


@dataclass(frozen=True)
class Choice:
    """A kind of mail."""

    id: str
    name: str
    is_wanted: bool
    can_change: bool


class AccountSessionsState(rx.State):
    """The list of sessions."""

    is_loading: bool = True
    rows: list[SessionRow] = []
    is_asking: bool = False

    @guarded(Access.SIGNED_IN)
    async def load(self, viewer: Viewer) -> None:
        """Show the sessions, the present one first."""
        now, current = utc_now(), viewer.session_id
        found = await viewer.installation.db.scan(
            sessions.list_for_user,
            tenancy_id=viewer.host_tenancy.id,
            user_id=viewer.signed_in.id,
            with_impersonations=False,
        )
        rows = []
        for info in sorted(found, key=lambda one: (one.id != current, -one.last_active_at.timestamp())):
            ip_info = info.ip_info or {}
            rows.append(
                SessionRow(
                    id=str(info.id),
                    is_current=info.id == current,
                    signed_in=exactly(info.created_at),
                    last_used=ago(info.last_active_at, now),
                    last_used_exactly=exactly(info.last_active_at),
                    ip=str(ip_info.get("ip") or ""),
                    place=str(ip_info.get("cityName") or ip_info.get("countryCode") or ""),
                )
            )
        self.rows, self.is_loading, self.is_asking = rows, False, False

    @guarded(Access.SIGNED_IN, frameable=False)
    async def revoke(self, viewer: Viewer, session_id: str) -> Updates:
        """End another session of one's own."""
        await viewer.installation.db.run(
            sessions.revoke,
            tenancy_id=viewer.host_tenancy.id,
            session_id=known_id(session_id),
            current_session_id=viewer.session_id,
            owner_id=viewer.signed_in.id,
        )
        yield AccountSessionsState.load

    @guarded(Access.SIGNED_IN, frameable=False)
    async def ask(self, _viewer: Viewer) -> None:
        """Ask before all others end."""
        self.is_asking = True

    @guarded(Access.SIGNED_IN)
    async def stop_asking(self, _viewer: Viewer) -> None:
        """Let them live."""
        self.is_asking = False

    @guarded(Access.SIGNED_IN, frameable=False)
    async def revoke_others(self, viewer: Viewer) -> Updates:
        """End all sessions but this one."""
        await viewer.installation.db.run(
            updates.revoke_sessions,
            tenancy_id=viewer.host_tenancy.id,
            user_id=viewer.signed_in.id,
            except_session_id=viewer.session_id,
        )
        yield [rx.toast.success(say("signed-out-elsewhere")), AccountSessionsState.load]


class NotificationsState(rx.State):
    """Kinds of mails."""

    rows: list[Choice] = []

    @guarded(Access.SIGNED_IN)
    async def load(self, viewer: Viewer) -> None:
        """Show what was chosen."""
        views = await viewer.installation.db.read(
            notification_preferences.list_all, tenancy_id=viewer.host_tenancy.id, user_id=viewer.signed_in.id
        )
        self.rows = [
            Choice(
                id=str(view["notification_category_id"]),
                name=str(view["notification_category_name"]),
                is_wanted=bool(view["enabled"]),
                can_change=bool(view["can_disable"]),
            )
            for view in views
        ]

    @guarded(Access.SIGNED_IN)
    async def choose(self, viewer: Viewer, category_id: str, is_wanted: bool) -> Updates:
        """Want or do not want a kind of mail."""
        chosen = notification_preferences.category(known_id(category_id))
        if not chosen.can_disable:
            raise Refused(say("mails-cannot-be-off"))
        await viewer.installation.db.run(
            notification_preferences.choose,
            tenancy_id=viewer.host_tenancy.id,
            user_id=viewer.signed_in.id,
            chosen=chosen,
            is_enabled=bool(is_wanted),
        )
        yield NotificationsState.load
