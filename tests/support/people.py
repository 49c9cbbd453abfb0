"""Signed-in people of a project under test, and what happened to it."""

from dataclasses import dataclass

from sqlmodel import Session, col, select

from hexclave_app.installation import Installation
from models import WebhookEvent
from models.base import JsonValue
from tests.support.clients import ApiClient
from tests.support.projects import TestProject, as_client, as_server
from tests.support.tokens import token_for

Event = tuple[str, JsonValue]


@dataclass(frozen=True)
class Person:
    """A user of a project, and the client that acts as this user."""

    id: str
    client: ApiClient


async def person(client: ApiClient, installation: Installation, project: TestProject, **fields: object) -> Person:
    """A new user, signed in."""
    created = await as_server(client, project).post("/users", fields)
    assert created.status_code == 201, created.text
    user_id = created.json()["id"]
    token = token_for(installation, project.id, user_id=user_id)
    return Person(user_id, as_client(client, project).as_(access_token=token))


def happened(installation: Installation, project: TestProject) -> list[Event]:
    """Type and payload of every webhook event of a project, sorted."""

    def read(session: Session) -> list[Event]:
        mine = select(WebhookEvent).where(col(WebhookEvent.tenancy_id) == project.tenancy_id)
        return sorted(((row.type, row.payload) for row in session.exec(mine)), key=repr)

    return installation.db.call(read)


def since(before: list[Event], after: list[Event]) -> list[Event]:
    """The events that came in between."""
    rest = list(after)
    for event in before:
        rest.remove(event)
    return rest
