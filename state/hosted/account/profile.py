"""The profile tab: one's own name and picture."""

from typing import Any

import reflex as rx

from hexclave_app.gateways.blobs import open_blobs
from hexclave_app.languages.speaking import say
from hexclave_app.pages import routes
from hexclave_app.services.images import resolve_image
from hexclave_app.services.users import deletion, updates
from models.base import JsonValue, utc_now
from state.base import Access, Refused, Updates, Viewer, guarded
from state.dashboard.wording import initials
from state.hosted.returns import sign_out_script

_FOLDER = "user-profile-images"
_MAX_NAME = 256  # characters


class ProfileState(rx.State):
    """Name and picture."""

    name: str = ""
    initials: str = ""
    image: str = ""
    name_error: str = ""
    is_saving: bool = False

    @guarded(Access.SIGNED_IN)
    async def load(self, viewer: Viewer) -> None:
        """Show what is stored."""
        user = viewer.signed_in
        self.name, self.image, self.name_error = user.display_name or "", user.profile_image_url or "", ""
        self.initials = initials(user.display_name or user.primary_email or "?")
        self.is_saving = False

    @guarded(Access.SIGNED_IN)
    async def save_name(self, viewer: Viewer, form: dict[str, Any]) -> Updates:
        """Change the name."""
        name = str(form.get("display_name") or "").strip()
        self.name_error = "" if len(name) <= _MAX_NAME else say("name-too-long", length=_MAX_NAME)
        if self.name_error:
            return
        self.is_saving = True
        yield
        await _change(viewer, {"display_name": name or None})
        self.name, self.is_saving = name, False
        yield rx.toast.success(say("name-saved"))

    @guarded(Access.SIGNED_IN)
    async def save_image(self, viewer: Viewer, data_url: str) -> Updates:
        """Change the picture to what the browser has cut out."""
        if not data_url:
            yield rx.toast.error(say("picture-unreadable"))
            return
        blobs = open_blobs(viewer.installation.settings)
        stored = await resolve_image(data_url, folder=_FOLDER, allow_http=False, blobs=blobs)
        await _change(viewer, {"profile_image_url": stored})
        self.image = stored or ""
        yield rx.toast.success(say("picture-saved"))

    @guarded(Access.SIGNED_IN)
    async def remove_image(self, viewer: Viewer) -> None:
        """Have no picture."""
        await _change(viewer, {"profile_image_url": None})
        self.image = ""


class LeavingState(rx.State):
    """Deleting one's account, in two steps."""

    is_asking: bool = False

    @guarded(Access.SIGNED_IN, frameable=False)
    async def ask(self, _viewer: Viewer) -> None:
        """Ask once more."""
        self.is_asking = True

    @guarded(Access.SIGNED_IN)
    async def stop_asking(self, _viewer: Viewer) -> None:
        """Keep the account."""
        self.is_asking = False

    @guarded(Access.SIGNED_IN, frameable=False)
    async def delete(self, viewer: Viewer) -> Updates:
        """Delete the account, where the project lets people do so."""
        if not viewer.host_tenancy.config.users.allow_client_user_deletion:
            raise Refused(say("deletion-off"))
        if not self.is_asking:
            raise Refused(say("deletion-not-confirmed"))
        self.is_asking = False
        await viewer.installation.db.run(
            deletion.delete, tenancy_id=viewer.host_tenancy.id, user_id=viewer.signed_in.id
        )
        yield rx.call_script(sign_out_script(routes.HOME))


async def _change(viewer: Viewer, changes: dict[str, JsonValue]) -> None:
    await viewer.installation.db.run(
        updates.update,
        installation=viewer.installation,
        tenancy=viewer.host_tenancy,
        user_id=viewer.signed_in.id,
        changes=changes,
        now=utc_now(),
    )
