"""Drafts and the saved conversations of the assistant (contract 06, section 4)."""

from typing import Annotated, Any

from pydantic import Field

from hexclave_app.api.email_schemas import DraftThemeField, MailPath
from hexclave_app.api.protocol.calls import Call
from hexclave_app.api.protocol.endpoints import ADMIN, Endpoints
from hexclave_app.api.protocol.fields import NoQuery, OptionalText, Schema, Text, Uuid
from hexclave_app.services.emails import drafts

routes = Endpoints("e-mail drafts")

DRAFTS = "/internal/email-drafts"
THREAD = "/internal/ai-chat/{threadId}"

View = dict[str, object]


class DraftCreate(Schema):
    """A new draft."""

    display_name: Text
    theme_id: DraftThemeField = None
    tsx_source: OptionalText = None


class DraftUpdate(Schema):
    """Changes of a draft."""

    display_name: OptionalText = None
    theme_id: DraftThemeField = None
    tsx_source: OptionalText = None


class ThreadPath(Schema):
    """The conversation about one template, theme or draft."""

    threadId: Uuid  # noqa: N815 - the contract's name


class ThreadMessage(Schema):
    """A message in the client's own shape."""

    message: Annotated[Any, Field()]


@routes.endpoint("GET", DRAFTS, access=ADMIN, query=NoQuery)
def list_drafts(call: Call) -> View:
    """List drafts, last updated first."""
    return {"drafts": drafts.list_all(call.session, tenancy_id=call.tenancy.id)}


@routes.endpoint("POST", DRAFTS, access=ADMIN, query=NoQuery, body=DraftCreate)
def create_draft(call: Call) -> View:
    """Create a draft."""
    draft = drafts.create(
        call.session,
        tenancy_id=call.tenancy.id,
        display_name=call.body.display_name,
        theme=call.body.theme_id,
        source=call.body.tsx_source,
        now=call.now,
    )
    return {"id": str(draft.id)}


@routes.endpoint("GET", DRAFTS + "/{id}", access=ADMIN, query=NoQuery, params=MailPath)
def read_draft(call: Call) -> View:
    """Read a draft."""
    return drafts.view(drafts.get(call.session, tenancy_id=call.tenancy.id, draft_id=call.path.id))


@routes.endpoint("PATCH", DRAFTS + "/{id}", access=ADMIN, query=NoQuery, params=MailPath, body=DraftUpdate)
def update_draft(call: Call) -> View:
    """Change a draft; without a theme it goes back to the project's."""
    drafts.update(
        call.session,
        tenancy_id=call.tenancy.id,
        draft_id=call.path.id,
        display_name=call.body.display_name,
        theme=call.body.theme_id,
        source=call.body.tsx_source,
        now=call.now,
    )
    return {"ok": "ok"}


@routes.endpoint("DELETE", DRAFTS + "/{id}", access=ADMIN, query=NoQuery, params=MailPath)
def delete_draft(call: Call) -> View:
    """Delete a draft; mails sent from it stay."""
    drafts.delete(call.session, tenancy_id=call.tenancy.id, draft_id=call.path.id)
    return {"ok": "ok"}


@routes.endpoint("GET", THREAD, access=ADMIN, query=NoQuery, params=ThreadPath)
def list_messages(call: Call) -> View:
    """List the saved messages of a conversation with the assistant."""
    found = drafts.list_messages(call.session, tenancy_id=call.tenancy.id, thread_id=call.path.threadId)
    return {"messages": found}


@routes.endpoint("PATCH", THREAD, access=ADMIN, query=NoQuery, params=ThreadPath, body=ThreadMessage)
def add_message(call: Call) -> View:
    """Append a message to a conversation."""
    drafts.add_message(
        call.session,
        tenancy_id=call.tenancy.id,
        thread_id=call.path.threadId,
        content=call.body.message,
        now=call.now,
    )
    return {}
