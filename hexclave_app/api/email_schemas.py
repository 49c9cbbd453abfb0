"""What requests about mails may contain (contract 06, sections 3 and 4)."""

import uuid
from typing import Annotated, Any, Literal

from pydantic import WithJsonSchema

from hexclave_app.api.protocol.fields import (
    Boolean,
    FieldError,
    OptionalBoolean,
    OptionalText,
    OptionalUuid,
    Rule,
    Schema,
    Text,
    Uuid,
    is_email,
    is_uuid,
    nullable,
    number,
    one_of,
    printed,
    text,
    wrong_type,
)
from hexclave_app.services.emails.queueing import Recipient
from models import RecipientType
from models.base import JsonValue

MAX_SUPPRESSIONS = 200  # in one page
_uuid_text = text(is_uuid)


def record(value: Any) -> dict[str, JsonValue]:  # noqa: ANN401 - any JSON value
    """A JSON object."""
    if value is None:
        raise FieldError("{path} cannot be null")
    if not isinstance(value, dict):
        raise wrong_type("object", printed(value))
    return value


def _theme(value: Any) -> uuid.UUID | Literal[False] | None:  # noqa: ANN401 - JSON of a request
    """A theme id, false for no theme, null for the project's."""
    if value is None or value is False:
        return value
    return uuid.UUID(_uuid_text(value))


def _not_null(value: uuid.UUID | Literal[False] | None) -> uuid.UUID | Literal[False]:
    if value is None:
        raise FieldError("{path} cannot be null")
    return value


def _true(value: Any) -> bool:  # noqa: ANN401 - JSON of a request
    if value is not True:
        raise FieldError("{path} must be one of the following values: true")
    return True


def _recipient(value: Any) -> Recipient:  # noqa: ANN401 - JSON of a request
    given = record(value)
    kind = RecipientType(one_of([kind.value for kind in RecipientType])(given.get("type")))
    allowed = {"type"}
    user_id, emails = None, None
    if kind is not RecipientType.CUSTOM_EMAILS:
        allowed.add("user_id")
        user_id = uuid.UUID(_uuid_text(given.get("user_id")))
    if kind is not RecipientType.USER_PRIMARY_EMAIL:
        allowed.add("emails")
        listed = given.get("emails")
        if not isinstance(listed, list):
            raise FieldError("{path}.emails must be defined")
        emails = [text(is_email)(email) for email in listed]
    unknown = [name for name in given if name not in allowed]
    if unknown:
        raise FieldError(f"{{path}} contains unknown properties: {', '.join(unknown)}")
    return Recipient(kind, user_id, emails)


Record = Annotated[dict[str, JsonValue] | None, Rule(record), WithJsonSchema({"type": "object"})]
ThemeField = Annotated[
    uuid.UUID | Literal[False] | None,
    Rule(_theme),
    WithJsonSchema({"anyOf": [{"type": "string", "format": "uuid"}, {"const": False}, {"type": "null"}]}),
]
DraftThemeField = Annotated[
    uuid.UUID | Literal[False] | None,
    Rule(lambda value: _not_null(_theme(value))),
    WithJsonSchema({"anyOf": [{"type": "string", "format": "uuid"}, {"const": False}]}),
]
# The years 1 to 9999, which are all that a date can have.
OptionalMillis = Annotated[float | None, Rule(number(minimum=-62_135_596_800_000, maximum=253_402_300_799_999))]


class SendEmail(Schema):
    """A mail to users; the handler checks which fields go together."""

    user_ids: list[Text] | None = None
    all_users: Annotated[bool | None, Rule(_true)] = None
    html: OptionalText = None
    template_id: OptionalUuid = None
    draft_id: OptionalText = None
    variables: Record = None
    subject: OptionalText = None
    notification_category_name: OptionalText = None
    theme_id: ThemeField = None
    is_high_priority: Boolean = False
    scheduled_at_millis: OptionalMillis = None


class OutboxQuery(Schema):
    """A page of the outbox."""

    status: OptionalText = None
    simple_status: OptionalText = None
    limit: OptionalText = None
    cursor: OptionalUuid = None


class MailPath(Schema):
    """One mail."""

    id: Uuid


class OutboxUpdate(Schema):
    """Changes of a mail that is not sent yet."""

    tsx_source: OptionalText = None
    theme_id: Annotated[str | None, Rule(nullable(text()))] = None
    to: Annotated[Recipient | None, Rule(_recipient), WithJsonSchema({"type": "object"})] = None
    variables: Record = None
    skip_deliverability_check: OptionalBoolean = None
    scheduled_at_millis: OptionalMillis = None
    is_paused: OptionalBoolean = None
    cancel: Annotated[bool | None, Rule(_true)] = None


class SuppressionQuery(Schema):
    """A page, and a part of the addresses on it; `cursor` is the `next_cursor` of the page before."""

    limit: Annotated[int, Rule(number(minimum=1, maximum=MAX_SUPPRESSIONS, integer=True))] = 100
    cursor: Text = ""
    query: Text = ""


class NewSuppression(Schema):
    """An address to send nothing to."""

    email: Annotated[str, Rule(text(is_email, min_length=1, max_length=254))]


class SuppressionPath(Schema):
    """One address of the list."""

    email: Text
