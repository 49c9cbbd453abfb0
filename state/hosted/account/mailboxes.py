"""E-mail addresses of one's own account."""

from dataclasses import dataclass
from typing import Any

import reflex as rx

from hexclave_app.languages.speaking import say
from hexclave_app.pages import routes
from hexclave_app.services import contact_channel_changes, email_verification, limits
from hexclave_app.services.contact_channel_changes import NewChannel
from hexclave_app.services.contact_channels import normalise_email
from models import ContactChannel
from state.base import Access, Refused, Updates, Viewer, guarded
from state.hosted.signing_in import mailed_page, sign_in_context
from state.hosted.typed import known_id, typed_email


@dataclass(frozen=True)
class Mailbox:
    """An address as the list shows it."""

    id: str
    address: str
    is_primary: bool
    is_verified: bool
    is_for_sign_in: bool
    is_last_for_sign_in: bool


class MailboxesState(rx.State):
    """The list of addresses."""

    is_loading: bool = True
    rows: list[Mailbox] = []
    email_error: str = ""
    is_saving: bool = False
    asked_id: str = ""
    asked_address: str = ""

    def _error_field(self, _error: Exception) -> str:
        """What goes wrong with a known address is told in a toast."""
        self.is_saving = False
        return "email_error" if self.is_loading else ""

    @guarded(Access.SIGNED_IN)
    async def load(self, viewer: Viewer) -> None:
        """Show the addresses: the primary one first, then the verified ones."""
        self.email_error, self.is_saving, self.asked_id = "", False, ""
        channels = [one for one in await _channels(viewer) if one.type == "email"]
        for_auth = sum(bool(one.used_for_auth) for one in channels)
        channels.sort(key=lambda one: (not one.is_primary, not one.is_verified))
        self.rows = [
            Mailbox(
                id=str(one.id),
                address=one.value,
                is_primary=bool(one.is_primary),
                is_verified=one.is_verified,
                is_for_sign_in=bool(one.used_for_auth),
                is_last_for_sign_in=bool(one.used_for_auth) and for_auth == 1,
            )
            for one in channels
        ]
        self.is_loading = False

    @guarded(Access.SIGNED_IN)
    async def add(self, viewer: Viewer, form: dict[str, Any]) -> Updates:
        """Add an address and mail the link that proves it."""
        email = typed_email(form)
        self.email_error = "" if email else say("bad-email")
        if email is None:
            yield rx.set_focus("email")
            return
        if any(row.address == normalise_email(email) for row in self.rows):
            self.email_error = say("address-there-already")
            return
        self.is_saving = True
        yield
        channel = await viewer.installation.db.run(
            contact_channel_changes.create,
            tenancy_id=viewer.host_tenancy.id,
            user_id=viewer.signed_in.id,
            new=NewChannel(value=email, used_for_auth=False),
        )
        await _send(self, viewer, str(channel.id))
        yield [rx.toast.success(say("address-link-sent")), MailboxesState.load]

    @guarded(Access.SIGNED_IN)
    async def send_link(self, viewer: Viewer, channel_id: str) -> Updates:
        """Mail the link that proves an address."""
        await _send(self, viewer, channel_id)
        yield rx.toast.success(say("link-on-its-way"))

    @guarded(Access.SIGNED_IN)
    async def make_primary(self, viewer: Viewer, channel_id: str) -> Updates:
        """Use a verified address first."""
        if not (await _own(viewer, channel_id)).is_verified:
            raise Refused(say("address-not-verified"))
        await _change(viewer, channel_id, {"is_primary": True})
        yield MailboxesState.load

    @guarded(Access.SIGNED_IN)
    async def use_for_sign_in(self, viewer: Viewer, channel_id: str) -> Updates:
        """Sign in with a verified address."""
        if not (await _own(viewer, channel_id)).is_verified:
            raise Refused(say("address-not-verified"))
        await _change(viewer, channel_id, {"used_for_auth": True})
        yield MailboxesState.load

    @guarded(Access.SIGNED_IN, frameable=False)
    async def stop_sign_in(self, viewer: Viewer, channel_id: str) -> Updates:
        """Do not sign in with an address anymore; never the last one."""
        await _require_another(viewer, channel_id)
        await _change(viewer, channel_id, {"used_for_auth": False})
        yield MailboxesState.load

    @guarded(Access.SIGNED_IN, frameable=False)
    async def ask_to_remove(self, viewer: Viewer, channel_id: str) -> None:
        """Ask before an address is removed."""
        channel = await _own(viewer, channel_id)
        self.asked_id, self.asked_address = str(channel.id), channel.value

    @guarded(Access.SIGNED_IN)
    async def stop_asking(self, _viewer: Viewer) -> None:
        """Keep the address."""
        self.asked_id = ""

    @guarded(Access.SIGNED_IN, frameable=False)
    async def remove(self, viewer: Viewer, channel_id: str) -> Updates:
        """Remove an address; never the last one to sign in with."""
        self.asked_id = ""
        await _require_another(viewer, channel_id)
        await viewer.installation.db.run(
            contact_channel_changes.delete,
            tenancy_id=viewer.host_tenancy.id,
            user_id=viewer.signed_in.id,
            channel_id=known_id(channel_id),
        )
        yield MailboxesState.load


async def _channels(viewer: Viewer) -> list[ContactChannel]:
    found = await viewer.installation.db.scan(
        contact_channel_changes.list_channels,
        tenancy_id=viewer.host_tenancy.id,
        user_id=viewer.signed_in.id,
        channel_id=None,
    )
    return list(found)


async def _own(viewer: Viewer, channel_id: str) -> ContactChannel:
    wanted = known_id(channel_id)
    for channel in await _channels(viewer):
        if channel.id == wanted:
            return channel
    raise Refused(say("address-gone"))


async def _require_another(viewer: Viewer, channel_id: str) -> None:
    channel = await _own(viewer, channel_id)
    if channel.used_for_auth and sum(bool(one.used_for_auth) for one in await _channels(viewer)) == 1:
        raise Refused(say("last-address"))


async def _change(viewer: Viewer, channel_id: str, changes: dict[str, bool]) -> None:
    await viewer.installation.db.run(
        contact_channel_changes.update,
        tenancy_id=viewer.host_tenancy.id,
        user_id=viewer.signed_in.id,
        channel_id=known_id(channel_id),
        changes=changes,
    )


async def _send(state: rx.State, viewer: Viewer, channel_id: str) -> None:
    context, user_id = sign_in_context(viewer), viewer.signed_in.id
    await limits.mail(context, recipient=user_id)
    await viewer.installation.db.run(
        email_verification.send,
        context,
        user_id=user_id,
        channel_id=known_id(channel_id),
        callback_url=await mailed_page(state, viewer, routes.EMAIL_VERIFICATION),
    )
