"""What an endpoint's handler gets: the caller, the session of its transaction, and the validated input."""

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session

from hexclave_app import errors
from hexclave_app.errors import StatusError
from hexclave_app.installation import Installation
from hexclave_app.services.audit.actors import Actor, ActorType
from hexclave_app.services.callers import AccessType, Caller
from hexclave_app.services.end_users import EndUser
from hexclave_app.services.tenancies import TenancySnapshot
from hexclave_app.services.users.records import UserRecord
from models.projects import INTERNAL_PROJECT_ID

_ACTOR_TYPES = {
    AccessType.CLIENT: ActorType.USER,
    AccessType.SERVER: ActorType.SERVER,
    AccessType.ADMIN: ActorType.ADMIN,
}


@dataclass(slots=True)
class Call:
    """One request on its way through a handler."""

    installation: Installation
    caller: Caller | None
    end_user: EndUser | None
    headers: dict[str, str]
    now: datetime
    address: str = ""
    raw_body: object = None
    content: bytes = b""
    """The body as it came, for signatures over it."""
    body: Any = None
    query: Any = None
    path: Any = None
    open_session: Session | None = None

    @property
    def session(self) -> Session:
        """The transaction of a sync handler; async handlers open their own through `installation.db`."""
        if self.open_session is None:
            raise RuntimeError("an async handler has no session: use call.installation.db")
        return self.open_session

    @property
    def authenticated(self) -> Caller:
        """The caller of an endpoint that requires authentication."""
        if self.caller is None:
            raise errors.AccessTypeRequired
        return self.caller

    @property
    def tenancy(self) -> TenancySnapshot:
        """The tenancy of an authenticated request."""
        return self.authenticated.tenancy

    @property
    def is_client(self) -> bool:
        """Whether only the rights of the signed-in user count."""
        return self.authenticated.is_client

    def actor(self) -> Actor:
        """On whose behalf the request changes something."""
        caller = self.caller
        if caller is None:
            return Actor(ActorType.USER, None, self.address or None)
        if caller.admin_user_id is not None:
            return Actor(ActorType.DASHBOARD_USER, str(caller.admin_user_id), self.address or None)
        user_id = str(caller.user.id) if caller.user is not None else None
        kind = _ACTOR_TYPES[caller.access]
        if kind is ActorType.USER and caller.tenancy.project_id == INTERNAL_PROJECT_ID:
            kind = ActorType.DASHBOARD_USER
        return Actor(kind, user_id, self.address or None)

    def current_user(self) -> UserRecord:
        """The signed-in user; raises USER_AUTHENTICATION_REQUIRED."""
        if self.authenticated.user is None:
            raise errors.UserAuthenticationRequired
        return self.authenticated.user

    def own_user(self) -> UserRecord:
        """The signed-in user where `me` is meant; raises CANNOT_GET_OWN_USER_WITHOUT_USER."""
        if self.authenticated.user is None:
            raise errors.CannotGetOwnUserWithoutUser
        return self.authenticated.user

    def check_own(self, user_id: uuid.UUID | None, message: str) -> None:
        """Refuse a client that names another user than itself (plain 403)."""
        if self.is_client and (user_id is None or user_id != self.own_user().id):
            raise StatusError(403, message)
