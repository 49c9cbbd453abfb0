"""Logos and profile images: checked, re-encoded and stored (contract 04, section 1.1.1; 02, section 4.3).

What is stored is never what was sent: pixels are decoded and encoded anew, which drops metadata and whatever else a
file may carry behind its image.
"""

import base64
import binascii
import re
import struct
from io import BytesIO

from anyio import CapacityLimiter, to_thread
from PIL import Image, ImageOps

from hexclave_app.errors import StatusError
from hexclave_app.gateways.blobs import CONTENT_TYPES, BlobStore
from hexclave_app.security.random_ids import new_id

MAX_BYTES = 1_000_000  # of the Base64 text, and of the decoded file
MAX_SIDE = 4_096  # pixels

_DATA_URL = re.compile(r"data:image/(?:png|jpe?g|gif|bmp|webp);base64,", re.IGNORECASE)
_HTTP_URL = re.compile(r"https?://\S+", re.IGNORECASE)
_EXTENSIONS = {"PNG": "png", "JPEG": "jpg", "GIF": "gif", "BMP": "png", "WEBP": "webp"}  # a bitmap would grow 100-fold
_FORMATS = {"png": "PNG", "jpg": "JPEG", "gif": "GIF", "webp": "WEBP"}
_QUALITY = 90
_DECODERS = CapacityLimiter(2)  # one image may need 200 MB while it is decoded


async def resolve_image(value: str | None, *, folder: str, allow_http: bool, blobs: BlobStore) -> str | None:
    """The URL to store for an image given as data URL, as http(s) URL (where allowed) or as null; else plain 400."""
    if value is None:
        return None
    if allow_http and _HTTP_URL.fullmatch(value):
        return value
    match = _DATA_URL.match(value)
    if match is None:
        raise StatusError(
            400,
            "The image must be a data URL of a PNG, JPEG, GIF, BMP or WebP image in Base64.",
            message_key="error-picture-unreadable",
        )
    data, extension = await to_thread.run_sync(reencode, _decoded(value[match.end() :]), limiter=_DECODERS)
    return await blobs.put(f"{folder}/{new_id()}.{extension}", data, CONTENT_TYPES[extension])


def reencode(data: bytes) -> tuple[bytes, str]:
    """The image as a fresh file without metadata (the first frame of an animation), and its extension."""
    try:
        with Image.open(BytesIO(data), formats=tuple(_EXTENSIONS)) as image:
            if max(image.size) > MAX_SIDE:
                raise StatusError(
                    400,
                    f"The image is larger than {MAX_SIDE} × {MAX_SIDE} pixels.",
                    message_key="error-picture-too-large",
                )
            extension = _EXTENSIONS[str(image.format)]
            image.load()
            upright = _upright(image)
            has_alpha = upright.has_transparency_data and extension != "jpg"
            pixels = upright.convert("RGBA" if has_alpha else "RGB")
    except (OSError, ValueError, SyntaxError, EOFError, MemoryError, Image.DecompressionBombError):
        # Whatever Pillow's decoders raise on a broken or hostile file.
        raise StatusError(400, "The image cannot be decoded.", message_key="error-picture-unreadable") from None
    pixels.info.clear()  # comments, colour profiles and the like would be written again
    out = BytesIO()
    pixels.save(out, _FORMATS[extension], quality=_QUALITY)
    return out.getvalue(), extension


def _upright(image: Image.Image) -> Image.Image:
    try:
        return ImageOps.exif_transpose(image)
    except (SyntaxError, ValueError, KeyError, OSError, struct.error):
        return image  # broken metadata is no reason to refuse a photograph


def _decoded(text: str) -> bytes:
    if len(text) > MAX_BYTES:
        raise StatusError(400, f"The image is larger than {MAX_BYTES} bytes.", message_key="error-picture-too-large")
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise StatusError(400, "The image is not valid Base64.", message_key="error-picture-unreadable") from None
