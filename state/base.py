"""Who may trigger which event: every public handler of a state class declares its access with `guarded`.

The browser can call any public method of any state class with any arguments, so access is checked on every event, from
the login cookie of the socket's handshake and the database, and is never remembered in a var. Inside another page there
are no cookies: there the token counts that this page has given (`state/frames.py`).
"""

import functools
import inspect
import uuid
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, get_origin
from urllib.parse import urlsplit

import reflex as rx
from sqlmodel import Session

from hexclave_app.errors import ApiError
from hexclave_app.installation import Installation, current_installation
from hexclave_app.languages.negotiation import PARAMETER, choose, is_translated
from hexclave_app.languages.speaking import say, spoken
from hexclave_app.languages.supported import Language
from hexclave_app.services.audit.actors import Actor, ActorType, acting
from hexclave_app.services.browser_sessions import Login, find_login, hosted_project, project_id_of_host
from hexclave_app.services.callers import manages_project
from hexclave_app.services.embedding.sessions import find_token_login
from hexclave_app.services.end_users import EndUser, counted_address, read_end_user
from hexclave_app.services.tenancies import TenancySnapshot
from hexclave_app.services.users.records import UserRecord
from hexclave_app.settings import Settings
from models.base import utc_now
from models.projects import DEFAULT_BRANCH_ID, INTERNAL_PROJECT_ID
from state import frames
from state.explanations import explained

ACCESS_MARK = "__hexclave_access__"
FRAME_MARK = "__hexclave_frameable__"

Updates = AsyncIterator[Any]
"""What an event handler that shows progress yields: None to send the changed vars, or events."""


class Access(StrEnum):
    """Who may trigger an event."""

    VISITOR = "visitor"
    """Anybody on a page of an existing project, signed in or not."""
    SIGNED_IN = "signed_in"
    """A user of the host's project."""
    DASHBOARD = "dashboard"
    """A user of project `internal` on the dashboard's host."""
    PROJECT_ADMIN = "project_admin"
    """A dashboard user who manages the project that the page's route names."""


_DASHBOARD = (Access.DASHBOARD, Access.PROJECT_ADMIN)  # speaks English to everybody


_PLAIN = (str, bool, int, dict, list)  # kinds of arguments that are looked at before a handler runs


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who triggered an event, on the pages of which project."""

    installation: Installation
    host_tenancy: TenancySnapshot
    """The project whose pages these are (`internal` for the dashboard)."""
    user: UserRecord | None
    managed: TenancySnapshot | None
    """With PROJECT_ADMIN: the managed project."""
    host: str
    end_user: EndUser | None
    address: str
    """The network address that tries are counted on; empty when unknown."""
    session_id: uuid.UUID | None = None
    """The session by which the user is signed in here."""
    is_framed: bool = False
    """Whether the tab stands inside another page."""

    @property
    def signed_in(self) -> UserRecord:
        """The user; only for handlers whose access requires one."""
        if self.user is None:
            raise RuntimeError("the handler's access does not require a user")
        return self.user

    @property
    def tenancy(self) -> TenancySnapshot:
        """The managed project; only for handlers with PROJECT_ADMIN."""
        if self.managed is None:
            raise RuntimeError("the handler's access does not name a project")
        return self.managed

    def actor(self) -> Actor:
        """On whose behalf an event changes something."""
        is_dashboard = self.host_tenancy.project_id == INTERNAL_PROJECT_ID
        kind = ActorType.DASHBOARD_USER if is_dashboard else ActorType.USER
        return Actor(kind, str(self.user.id) if self.user is not None else None, self.address or None)


class Refused(Exception):
    """The viewer may not trigger the event; the text says what to do."""


class OnlyOnTop(Refused):
    """The event is not for pages inside other pages: its page opens in a window instead."""


class TokenNeeded(Refused):
    """The page around has to give a fresh token first."""


def guarded(access: Access, *, frameable: bool = True, **event_options: bool) -> Callable[[Callable[..., Any]], Any]:
    """Make a handler an event with checked access; it receives the viewer as its first argument after `self`.

    What is not `frameable` cannot be triggered inside another page, where something may have been laid over the button.
    Known failures become `self.error` where the state has such a var, else a toast. Options go to `rx.event`
    (`background=True`, `supersedes=True`).
    """

    def decorate(handler: Callable[..., Any]) -> Any:  # noqa: ANN401 - what rx.event returns
        signature = inspect.signature(handler)
        parameters = list(signature.parameters.values())
        if len(parameters) < 2 or parameters[1].name.lstrip("_") != "viewer":
            raise TypeError(f"{handler.__qualname__} must take `viewer` as its first argument")

        @functools.wraps(handler)
        async def checked(self: rx.State, *args: Any, **kwargs: Any) -> AsyncIterator[Any]:  # noqa: ANN401 - any handler
            try:
                spoken.set(None if access in _DASHBOARD else language_of(self))
                _check_arguments(signature, self, args, kwargs)
                viewer = await resolve_viewer(self, access, frameable=frameable)
                acting.set(viewer)
                async for update in _updates(handler(self, viewer, *args, **kwargs)):
                    yield frames.stay_inside(update) if viewer.is_framed else update
            except (ApiError, Refused) as error:
                for update in await _show_in_turn(self, error, is_background=event_options.get("background", False)):
                    yield update

        checked.__signature__ = signature.replace(parameters=[parameters[0], *parameters[2:]])  # type: ignore[attr-defined]  # what Reflex inspects
        hidden = (parameters[1].name, "return")
        checked.__annotations__ = {name: kind for name, kind in handler.__annotations__.items() if name not in hidden}
        setattr(checked, ACCESS_MARK, access)
        setattr(checked, FRAME_MARK, frameable)
        return rx.event(checked, **event_options)

    return decorate


async def resolve_viewer(state: rx.State, access: Access, *, frameable: bool = True) -> Viewer:
    """The viewer of this event; raises Refused when the access is not given."""
    installation = current_installation()
    headers = state.router.headers
    host, is_framed = headers.host, frames.is_framed(state)
    if is_framed:
        _check_frame(state, access, frameable=frameable)
    read = await installation.db.read(
        _read_viewer,
        installation=installation,
        host=host,
        cookie=headers.cookie,
        access_token=await frames.access_token_of(state) if is_framed else None,
        project_id=_route_project(state) if access is Access.PROJECT_ADMIN else None,
    )
    if read is None:
        raise Refused(_why_no_project(host, installation.settings))
    host_tenancy, login, managed = read
    user = login.user if login is not None else None
    session_id = login.session_id if login is not None else None
    end_user, address = _network(state)
    viewer = Viewer(installation, host_tenancy, user, managed, host, end_user, address, session_id, is_framed)
    _check(viewer, access)
    return viewer


def language_of(state: rx.State) -> Language | None:
    """The language of the tab's page, by the same rules as it was delivered (`hexclave_app/spoken_pages.py`).

    None on pages that are English for everybody. The headers are those of the tab's socket: what is chosen in another
    tab later does not matter here.
    """
    url, headers = state.router.url, state.router.headers
    if not is_translated(url.path):
        return None
    asked = url.query_parameters.get(PARAMETER)
    return choose(parameter=asked, cookie_header=headers.cookie, accept_language=headers.accept_language)


def _why_no_project(host: str, settings: Settings) -> str:
    suffix = settings.hosted_domain_suffix
    name = (urlsplit(f"//{host}").hostname or "").removesuffix(".")
    if not name.endswith(suffix):
        return say("no-project-named")
    return say("no-project-here") if project_id_of_host(host, settings) else say("bad-project-id")


def _check_arguments(signature: inspect.Signature, state: rx.State, args: Sequence[Any], sent: dict[str, Any]) -> None:
    """What comes from the browser has the kinds that the handler declares; a page never sends anything else."""
    try:
        bound = signature.bind(state, None, *args, **sent).arguments
    except TypeError:
        raise Refused(say("gone")) from None
    for name, value in list(bound.items())[2:]:
        declared = signature.parameters[name].annotation
        kind = get_origin(declared) or declared
        if kind in _PLAIN and (not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool)):
            raise Refused(say("gone"))


def _check_frame(state: rx.State, access: Access, *, frameable: bool) -> None:
    """Inside another page only embedded pages live, and never the dashboard."""
    if access in (Access.DASHBOARD, Access.PROJECT_ADMIN) or not frames.is_embedded_page(state):
        raise Refused(say("not-inside-pages"))
    if not frameable:
        raise OnlyOnTop(say("opens-in-window"))


def _read_viewer(
    session: Session,
    *,
    installation: Installation,
    host: str,
    cookie: str,
    access_token: str | None,
    project_id: str | None,
) -> tuple[TenancySnapshot, Login | None, TenancySnapshot | None] | None:
    tenancy = hosted_project(session, installation=installation, host=host)
    if tenancy is None:
        return None
    now = utc_now()
    if access_token is not None:
        if tenancy.project_id == INTERNAL_PROJECT_ID:
            return None
        login = find_token_login(
            session, installation=installation, tenancy=tenancy, access_token=access_token, now=now
        )
        return tenancy, login, None
    login = find_login(session, installation=installation, host=host, cookie_header=cookie, now=now)
    if project_id is None or login is None or tenancy.project_id != INTERNAL_PROJECT_ID:
        return tenancy, login, None
    managed = installation.tenancies.find(session, project_id, DEFAULT_BRANCH_ID)
    is_managed = managed is not None and manages_project(
        session, internal_tenancy_id=tenancy.id, user_id=login.user.id, owner=managed.owner_team_id
    )
    return tenancy, login, managed if is_managed else None


def _check(viewer: Viewer, access: Access) -> None:
    if access is Access.VISITOR:
        return
    if viewer.user is None:
        raise (TokenNeeded if viewer.is_framed else Refused)(say("please-sign-in"))
    if access is Access.SIGNED_IN:
        return
    is_dashboard = viewer.host_tenancy.project_id == INTERNAL_PROJECT_ID
    if not is_dashboard or viewer.user.restricted_reason(viewer.host_tenancy.config) is not None:
        raise Refused(say("common-only-administrators"))
    if access is Access.PROJECT_ADMIN and viewer.managed is None:
        raise Refused(say("common-no-such-project"))


def _route_project(state: rx.State) -> str | None:
    value = getattr(state, "project_id", None)
    return value if isinstance(value, str) and value else None


def _network(state: rx.State) -> tuple[EndUser | None, str]:
    headers = {name.lower(): value for name, value in state.router.headers.raw_headers.items()}
    proxy = current_installation().settings.trusted_proxy
    return read_end_user(headers, proxy), counted_address(headers, proxy, state.router.session.client_ip)


async def _updates(result: Any) -> AsyncIterator[Any]:  # noqa: ANN401 - what a handler returns
    if inspect.isasyncgen(result):
        async for update in result:
            yield update
    elif inspect.isawaitable(result):
        yield await result
    elif inspect.isgenerator(result):
        for update in result:
            yield update
    else:
        yield result


async def _show_in_turn(state: rx.State, error: ApiError | Refused, *, is_background: bool) -> list[Any]:
    if not is_background:
        return _show(state, error)
    async with state:  # a background event may change vars only while it holds the state
        return _show(state, error)


def _show(state: rx.State, error: ApiError | Refused) -> list[Any]:
    if isinstance(error, OnlyOnTop):
        return [frames.open_on_top(), rx.toast.info(str(error))]
    return [*_shown(state, error), *([frames.ask_for_token()] if isinstance(error, TokenNeeded) else [])]


def _shown(state: rx.State, error: ApiError | Refused) -> list[Any]:
    message = str(error) if isinstance(error, Refused) else error.message
    if isinstance(error, ApiError) and spoken.get() is not None:
        message = explained(error)
    place = getattr(state, "_error_field", None)
    name = place(error) if place is not None else "error"  # asked while the state still knows what it was doing
    if "is_loading" in state.vars:
        state.is_loading = False
    if name in state.vars:
        setattr(state, name, message)
        return []
    return [rx.toast.error(message)]
