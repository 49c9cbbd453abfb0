"""Request schemas of contact channels (contract 03, section 12)."""

from typing import Annotated

from hexclave_app.api.protocol.fields import (
    Boolean,
    Email,
    OptionalUserIdOrMe,
    OptionalUuid,
    Rule,
    Schema,
    Url,
    UserIdOrMe,
    Uuid,
    is_email,
    not_empty,
    one_of,
    text,
)

MAX_EMAIL_CHARS = 256

Address = Annotated[str, Rule(text(is_email, not_empty, max_length=MAX_EMAIL_CHARS))]
ChannelType = Annotated[str, Rule(one_of(("email",)))]


class ChannelCreate(Schema):
    """A new address, as users add it to their account."""

    user_id: UserIdOrMe
    value: Address
    type: ChannelType
    used_for_auth: Boolean
    is_primary: Boolean = False


class ServerChannelCreate(ChannelCreate):
    """A new address, as servers add it."""

    is_verified: Boolean = False


class ChannelUpdate(Schema):
    """What users may change about an address."""

    value: Address = ""
    type: ChannelType = "email"
    used_for_auth: Boolean = False
    is_primary: Boolean = False


class ServerChannelUpdate(ChannelUpdate):
    """What servers may change, too."""

    is_verified: Boolean = False


class ChannelQuery(Schema):
    """Whose channels, or which one."""

    user_id: OptionalUserIdOrMe = None
    contact_channel_id: OptionalUuid = None


class ChannelPath(Schema):
    """Which channel of which user."""

    user_id: UserIdOrMe
    contact_channel_id: Uuid


class VerificationRequest(Schema):
    """Which page the link of the verification mail opens."""

    callback_url: Url


class PrimaryVerificationRequest(Schema):
    """The deprecated form, which names the address."""

    email: Email
    callback_url: Url
