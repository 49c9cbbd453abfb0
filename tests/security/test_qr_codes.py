"""QR codes: module by module what an independent encoder (segno, for the same mask) makes of the same text."""

import hashlib

import pytest

from hexclave_app.security.qr_codes import encode, svg

URI = "otpauth://totp/Engine:ada@example.com?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Engine"


@pytest.mark.parametrize(
    ("text", "side", "digest"), [(URI, 41, "d449483ad2b7fb86"), ("x" * 200, 57, "c8294f9a437b1546")]
)
def test_codes_are_those_of_an_independent_encoder(text: str, side: int, digest: str) -> None:
    matrix = encode(text)
    modules = "".join("01"[is_dark] for row in matrix for is_dark in row)
    assert (len(matrix), hashlib.sha256(modules.encode()).hexdigest()[:16]) == (side, digest)


def test_a_text_that_fits_no_code_is_refused() -> None:
    with pytest.raises(ValueError, match="too long"):
        encode("x" * 400)


def test_the_image_is_dark_on_white_and_carries_no_text() -> None:
    image = svg("<script>")
    assert image.startswith("<svg ")
    assert 'fill="#fff"' in image
    assert "script" not in image
