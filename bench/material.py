"""Photos to send: a real one of 12 megapixels where CORPUS has one, otherwise one made here."""

import os
import random
from functools import cache
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageFilter

CAMERA = (4000, 3000)
TABLET_PX = 2000
"""What a tablet sends by default: at most about 2,000 px."""
SEED = 12
COMMENT = b"\xff\xfe"


def corpus_photo() -> Path | None:
    """A photo of 4000 x 3000 from the corpus."""
    place = os.environ.get("CORPUS") or Path(__file__).parents[2] / "shared" / "corpus"
    for path in sorted(Path(place).glob("photos/interior/*.jpg")):
        with Image.open(path) as picture:
            if picture.size == CAMERA:
                return path
    return None


@cache
def camera_photo() -> bytes:
    """One JPEG of 12 megapixels."""
    path = corpus_photo()
    return path.read_bytes() if path else _made()


def material() -> str:
    """Which photo was measured with."""
    return "a real photo" if corpus_photo() else "a made photo"


def _made() -> bytes:
    """Soft shapes and a fine grain: compresses to some megabytes, as a photo does."""
    dice = random.Random(SEED)
    small = Image.frombytes("RGB", (40, 30), dice.randbytes(40 * 30 * 3))
    soft = small.resize(CAMERA, Image.Resampling.BICUBIC)
    grain = Image.frombytes("L", (1000, 750), dice.randbytes(1000 * 750)).resize(CAMERA)
    grain = grain.filter(ImageFilter.GaussianBlur(1))
    content = BytesIO()
    Image.blend(soft, grain.convert("RGB"), 0.15).save(content, "JPEG", quality=88)
    return content.getvalue()


@cache
def tablet_photo() -> bytes:
    """The same as a tablet sends it."""
    content = BytesIO()
    with Image.open(BytesIO(camera_photo())) as picture:
        picture.draft("RGB", (TABLET_PX, TABLET_PX * picture.height // picture.width))
        picture.thumbnail((TABLET_PX, TABLET_PX))
        picture.convert("RGB").save(content, "JPEG", quality=82)
    return content.getvalue()


def another(photo: bytes, number: int) -> bytes:
    """The same picture with other bytes: a comment after the JPEG's first marker."""
    words = f"photo {number}".encode()
    return photo[:2] + COMMENT + (len(words) + 2).to_bytes(2, "big") + words + photo[2:]
