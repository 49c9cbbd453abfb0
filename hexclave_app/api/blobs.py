"""Public files: logos and profile images."""

from hexclave_app.api.protocol.answers import Answer
from hexclave_app.api.protocol.calls import Call
from hexclave_app.api.protocol.endpoints import PUBLIC, Endpoints
from hexclave_app.api.protocol.fields import Schema, Text
from hexclave_app.errors import StatusError
from hexclave_app.gateways.blobs import open_blobs

routes = Endpoints("blobs")

_HEADERS = {
    "cache-control": "public, max-age=31536000, immutable",
    "content-security-policy": "default-src 'none'; sandbox",
    "cross-origin-resource-policy": "cross-origin",
}


class BlobPath(Schema):
    """Path of a file."""

    folder: Text
    name: Text


@routes.endpoint("GET", "/blobs/{folder}/{name}", access=PUBLIC, params=BlobPath)
async def read_blob(call: Call) -> Answer:
    """A stored public file."""
    found = await open_blobs(call.installation.settings).get(f"{call.path.folder}/{call.path.name}")
    if found is None:
        raise StatusError(404, "There is no such file.")
    data, content_type = found
    return Answer(data, headers=_HEADERS, content_type=content_type)
