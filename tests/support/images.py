"""Images as clients send them."""

import base64
from io import BytesIO

from PIL import Image


def picture(size: tuple[int, int] = (4, 4), colour: str = "red") -> str:
    """A plain PNG as data URL."""
    out = BytesIO()
    Image.new("RGB", size, colour).save(out, "PNG")
    return "data:image/png;base64," + base64.b64encode(out.getvalue()).decode()
