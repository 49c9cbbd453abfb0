"""Where browsers of administrators fetch files of users (outside the SDK's contract)."""

from hexclave_app.api.protocol.answers import Answer
from hexclave_app.api.protocol.calls import Call
from hexclave_app.api.protocol.endpoints import PUBLIC, Endpoints
from hexclave_app.api.protocol.fields import Schema, Text
from hexclave_app.errors import StatusError
from hexclave_app.services.users import downloads

routes = Endpoints("user downloads")


class TicketPath(Schema):
    """What a page has asked for, sealed."""

    ticket: Text


@routes.endpoint("GET", f"{downloads.PATH}{{ticket}}", access=PUBLIC, params=TicketPath)
async def download_users(call: Call) -> Answer:
    """The file, for the signed-in administrator who has asked for it."""
    found = await call.installation.db.read(
        downloads.admit,
        installation=call.installation,
        ticket=call.path.ticket,
        host=call.headers.get("host", ""),
        cookie_header=call.headers.get("cookie", ""),
        now=call.now,
    )
    if found is None:
        raise StatusError(404, "This download has expired. Please ask for the file again in the dashboard.")
    tenancy, asked = found
    name = downloads.file_name(tenancy.project_id, asked, call.now)
    return Answer(
        stream=downloads.written(call.installation, tenancy=tenancy, asked=asked),
        content_type="application/json; charset=utf-8" if asked.is_json else "text/csv; charset=utf-8",
        headers={"content-disposition": f'attachment; filename="{name}"'},
    )
