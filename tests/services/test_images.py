"""Images: what is accepted, what is stored, and what attackers get."""

import base64
import struct
import zlib
from io import BytesIO
from pathlib import Path

import pytest
from obstore.store import LocalStore
from PIL import Image, PngImagePlugin

from hexclave_app.errors import StatusError
from hexclave_app.gateways.blobs import BlobStore, ObjectBlobStore, content_type_of, open_blobs
from hexclave_app.services.images import MAX_SIDE, reencode, resolve_image
from hexclave_app.settings import load_settings

ORIGIN = "https://auth.example"


@pytest.fixture
def blobs(tmp_path: Path) -> BlobStore:
    return ObjectBlobStore(LocalStore(prefix=tmp_path / "blobs", mkdir=True), origin=ORIGIN)


def encoded(format_name: str, size: tuple[int, int] = (8, 6), mode: str = "RGB") -> bytes:
    out = BytesIO()
    Image.new(mode, size, "red").save(out, format_name)
    return out.getvalue()


def data_url(data: bytes, subtype: str = "png") -> str:
    return f"data:image/{subtype};base64,{base64.b64encode(data).decode()}"


def declared_png(width: int, height: int) -> bytes:
    """A PNG that claims a size without having the pixels."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0")) + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    ("format_name", "subtype", "extension"),
    [
        ("PNG", "png", "png"),
        ("JPEG", "jpeg", "jpg"),
        ("JPEG", "jpg", "jpg"),
        ("GIF", "gif", "gif"),
        ("BMP", "bmp", "png"),
        ("WEBP", "WebP", "webp"),
        ("JPEG", "png", "jpg"),
    ],
)
async def test_each_format_is_stored_under_a_random_name(
    blobs: BlobStore, format_name: str, subtype: str, extension: str
) -> None:
    value = data_url(encoded(format_name), subtype)
    url = await resolve_image(value, folder="team-profile-images", allow_http=False, blobs=blobs)
    assert url is not None
    assert url.startswith(f"{ORIGIN}/api/v1/blobs/team-profile-images/")
    assert url.endswith(f".{extension}")
    assert url != await resolve_image(value, folder="team-profile-images", allow_http=False, blobs=blobs)
    found = await blobs.get(url.removeprefix(f"{ORIGIN}/api/v1/blobs/"))
    assert found is not None
    assert Image.open(BytesIO(found[0])).size == (8, 6)


async def test_null_and_allowed_addresses_pass_unchanged(blobs: BlobStore) -> None:
    assert await resolve_image(None, folder="x", allow_http=False, blobs=blobs) is None
    url = "https://cdn.example/a.svg?b#c"
    assert await resolve_image(url, folder="x", allow_http=True, blobs=blobs) == url


@pytest.mark.parametrize(
    "value",
    [
        "",
        "https://cdn.example/a.png",
        "javascript:alert(1)",
        "data:image/svg+xml;base64,PHN2Zy8+",
        "data:text/html;base64,PGI+",
        "data:image/png;base64,***",
        "data:image/png;base64,",
        "data:image/png,abc",
        data_url(b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
        data_url(b"\x89PNG\r\n\x1a\n" + b"\0" * 40),
        data_url(encoded("PNG")[:-30]),
        data_url(encoded("TIFF")),
        data_url(encoded("ICO")),
        data_url(encoded("PNG", (MAX_SIDE + 1, 1))),
        data_url(declared_png(60_000, 60_000)),
        data_url(declared_png(2**31 - 1, 2**31 - 1)),
        "data:image/png;base64," + "A" * 1_000_004,
    ],
)
async def test_everything_else_is_a_plain_400(blobs: BlobStore, value: str) -> None:
    with pytest.raises(StatusError) as caught:
        await resolve_image(value, folder="x", allow_http=False, blobs=blobs)
    assert caught.value.status == 400


def test_metadata_does_not_survive() -> None:
    out, info = BytesIO(), PngImagePlugin.PngInfo()
    info.add_text("Comment", "private place")
    picture = Image.new("RGB", (4, 4))
    picture.save(out, "PNG", pnginfo=info, exif=b"Exif\0\0secret exif", icc_profile=b"secret profile")
    data, _ = reencode(out.getvalue())
    assert b"private" not in data
    assert b"secret" not in data


@pytest.mark.parametrize("format_name", ["GIF", "JPEG", "WEBP"])
def test_comments_and_profiles_do_not_survive(format_name: str) -> None:
    out = BytesIO()
    Image.new("RGB", (4, 4)).save(out, format_name, comment=b"private", icc_profile=b"private" * 20)
    assert b"private" not in reencode(out.getvalue())[0]


@pytest.mark.parametrize("format_name", ["PNG", "JPEG", "GIF", "BMP", "WEBP"])
def test_a_script_behind_the_pixels_is_cut_off(format_name: str) -> None:
    data, _ = reencode(encoded(format_name) + b"<script>alert(1)</script>")
    assert b"<script>" not in data


def test_a_photograph_is_turned_upright_before_its_metadata_goes() -> None:
    exif, out = Image.Exif(), BytesIO()
    exif[0x0112] = 6  # orientation: rotated
    Image.new("RGB", (8, 4)).save(out, "JPEG", exif=exif)
    assert Image.open(BytesIO(reencode(out.getvalue())[0])).size == (4, 8)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "I;16"])
def test_unusual_pixels_are_accepted(mode: str) -> None:
    out = BytesIO()
    Image.new(mode, (4, 4)).save(out, "PNG")
    assert reencode(out.getvalue())[1] == "png"


def test_transparency_stays() -> None:
    out = BytesIO()
    Image.new("RGBA", (2, 2), (255, 0, 0, 0)).save(out, "PNG")
    assert Image.open(BytesIO(reencode(out.getvalue())[0])).getchannel("A").getextrema() == (0, 0)


def test_a_bitmap_that_would_unfold_to_megabytes_stays_small() -> None:
    assert len(reencode(encoded("BMP", (500, 500)))[0]) < 10_000


@pytest.mark.parametrize(
    "key",
    [
        "secrets.json",
        "../secrets.json",
        "project-logos/../../secrets.json",
        "project-logos/7f0b0c5e-9c33-4f6e-8d8f-1f4f3c1f2a00.html",
        "project-logos/7f0b0c5e-9c33-4f6e-8d8f-1f4f3c1f2a00.png\n",
        "/7f0b0c5e-9c33-4f6e-8d8f-1f4f3c1f2a00.png",
    ],
)
async def test_keys_have_one_grammar(blobs: BlobStore, key: str) -> None:
    assert content_type_of(key) is None
    assert await blobs.get(key) is None
    with pytest.raises(ValueError, match="no key"):
        await blobs.put(key, b"", "image/png")


async def test_an_unknown_file_is_none(blobs: BlobStore) -> None:
    assert await blobs.get("project-logos/7f0b0c5e-9c33-4f6e-8d8f-1f4f3c1f2a00.png") is None


@pytest.mark.parametrize("has_url", [True, False])
async def test_the_settings_choose_the_folder(tmp_path: Path, has_url: bool) -> None:
    folder = tmp_path / ("elsewhere" if has_url else "data/blobs")
    environment = {"HEXCLAVE_DATA_DIR": str(tmp_path / "data")}
    if has_url:
        environment["HEXCLAVE_BLOB_URL"] = folder.as_uri()
    url = await resolve_image(
        data_url(encoded("PNG")), folder="project-logos", allow_http=False, blobs=open_blobs(load_settings(environment))
    )
    assert url is not None
    assert (folder / "project-logos" / url.rpartition("/")[2]).is_file()
