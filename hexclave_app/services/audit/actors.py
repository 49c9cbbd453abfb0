"""Who is acting right now: set once per request, event or command, read when a change is recorded."""

from contextvars import ContextVar
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Protocol


class ActorType(StrEnum):
    """In which role somebody acts."""

    USER = "user"
    """A signed-in user of the project, or a visitor who is about to become one."""
    SERVER = "server"
    """The project's own back end, by its secret server key."""
    ADMIN = "admin"
    """Somebody with the project's super secret admin key."""
    DASHBOARD_USER = "dashboard_user"
    """A user of project `internal` who manages the project."""
    COMMAND_LINE = "command_line"
    """The operator of the installation."""
    SYSTEM = "system"
    """A job of the product itself."""


@dataclass(frozen=True, slots=True)
class Actor:
    """One acting party."""

    type: ActorType
    id: str | None = None
    address: str | None = None


class Acting(Protocol):
    """Anything that knows on whose behalf it runs, worked out only when a change is recorded."""

    def actor(self) -> Actor:
        """The acting party."""


SYSTEM: Final = Actor(ActorType.SYSTEM)
acting: ContextVar[Acting | None] = ContextVar("acting", default=None)


@dataclass(frozen=True, slots=True)
class ActingAs:
    """A known actor."""

    known: Actor

    def actor(self) -> Actor:
        """The acting party."""
        return self.known


def current_actor() -> Actor:
    """Who acts in this context."""
    source = acting.get()
    return source.actor() if source is not None else SYSTEM
