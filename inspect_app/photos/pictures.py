"""Makes the screen and list sizes of a received photo: upright, in sRGB, without metadata.

Fast because a JPEG is decoded once, at the DCT scale nearest to the screen size, turned after it
was shrunk, and because the list size is made from the screen size.
"""

import hashlib
import importlib
import os
import struct
import threading
import warnings
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from io import BytesIO

# Imported for their effect: a plugin registers itself, and Image.open(formats=…) loads none.
import PIL.AvifImagePlugin
import PIL.GifImagePlugin
import PIL.JpegImagePlugin
import PIL.MpoImagePlugin
import PIL.PngImagePlugin
import PIL.WebPImagePlugin  # noqa: F401
from PIL import ExifTags, Image

from inspect_app.photos.colours import in_srgb, plain
from inspect_app.photos.rules import (
    HEAD_BYTES,
    LIST_PX,
    LIST_WEBP_QUALITY,
    MAX_PIXELS,
    SCREEN_JPEG_QUALITY,
    SCREEN_PX,
    Format,
    Verdict,
    check_bytes,
    check_pixels,
    check_size,
    dct_scale,
    fit,
    format_of,
)

Image.MAX_IMAGE_PIXELS = MAX_PIXELS

PILLOW_NAMES = {
    Format.JPEG: ("JPEG",),  # a picture with several in one file (MPO) is found through JPEG
    Format.PNG: ("PNG",),
    Format.GIF: ("GIF",),
    Format.WEBP: ("WEBP",),
    Format.AVIF: ("AVIF",),
    Format.HEIC: ("HEIF",),
}

TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
"""What makes a picture upright, by its EXIF orientation; any other value means that it is."""

SIDEWAYS = frozenset({5, 6, 7, 8})

DECODER_FAILS = (
    OSError,
    SyntaxError,
    ValueError,
    TypeError,
    LookupError,
    ArithmeticError,
    AttributeError,
    EOFError,
    RuntimeError,
    MemoryError,
    struct.error,
    zlib.error,
)
"""What Pillow and the decoders under it raise on damaged files, as seen on fuzzed pictures."""

_at_once = threading.BoundedSemaphore(max(1, (os.cpu_count() or 1) - 1))
"""Pictures made at the same time in this process: one core stays free for those who save."""

_header = threading.Lock()
"""Held while headers are read: Python's warning filters belong to all threads."""


class BadPicture(Exception):
    """The bytes cannot be taken as a photo; `code` says why."""

    def __init__(self, code: Verdict) -> None:
        super().__init__(code.value)
        self.code = code


@dataclass(frozen=True)
class Pictures:
    """What is known of a received photo, and the sizes derived from it.

    `width` and `height` are those of the received picture, upright. `screen` is JPEG, `list` WebP;
    both are upright sRGB without metadata. `taken_at` is UTC, or None where the file doesn't say.
    """

    sha256: str
    mime: str
    width: int
    height: int
    screen: bytes
    list: bytes
    taken_at: datetime | None


def heic_installed() -> bool:
    """Whether the optional HEIC decoder is there; the first call makes it known to Pillow."""
    try:
        importlib.import_module("pillow_heif").register_heif_opener()
    except ImportError:
        return False
    return True


def make_pictures(data: bytes, *, local_zone: tzinfo | None = None) -> Pictures:
    """Makes both sizes of a received photo and reads what it says of itself.

    A camera that names no time zone is taken to run on `local_zone`. Raises BadPicture, and
    nothing else, whatever the bytes are. Waits while all cores but one are making pictures.
    """
    head = data[:HEAD_BYTES]
    found = format_of(head)
    refusal = check_size(len(data)) or check_bytes(
        head, heic_installed=found is not Format.HEIC or heic_installed()
    )
    if refusal or found is None:
        raise BadPicture(refusal or Verdict.NOT_A_PICTURE)
    sha256 = hashlib.sha256(data).hexdigest()
    with _at_once:
        try:
            image = _opened(data, found)
            width, height = image.size
            shown = _shrunk(image, found)
            exif = _exif_of(image)
            orientation = exif.get(ExifTags.Base.Orientation)
            screen = _upright(in_srgb(shown, image.info.get("icc_profile")), orientation)
            pictures = _encoded(screen)
        except DECODER_FAILS as damage:
            raise BadPicture(Verdict.TRUNCATED) from damage
    if orientation in SIDEWAYS:
        width, height = height, width
    return Pictures(
        sha256=sha256,
        mime=found.value,
        width=width,
        height=height,
        screen=pictures[0],
        list=pictures[1],
        taken_at=_taken_at(exif, local_zone),
    )


def _opened(data: bytes, found: Format) -> Image.Image:
    """The picture with its header read and its size judged, nothing decoded yet."""
    try:
        with _quiet_headers():
            image = Image.open(BytesIO(data), formats=PILLOW_NAMES[found])
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as bomb:
        raise BadPicture(Verdict.TOO_MANY_PIXELS) from bomb
    if check_pixels(*image.size):
        raise BadPicture(Verdict.TOO_MANY_PIXELS)
    return image


@contextmanager
def _quiet_headers() -> Iterator[None]:
    """Odd metadata is no reason to refuse or to warn; a picture that is too large always is."""
    with _header, warnings.catch_warnings():
        warnings.filterwarnings("ignore", category=UserWarning, module=r"PIL\.")
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        yield


def _shrunk(image: Image.Image, found: Format) -> Image.Image:
    """The first frame at screen size, as L, RGB or CMYK."""
    if found is Format.JPEG:
        scale = dct_scale(*image.size)
        # Wants the true proportions: a square would make it decode at a larger scale.
        image.draft(None, (max(1, image.width // scale), max(1, image.height // scale)))
    image.load()
    flat = plain(image)
    size = fit(*flat.size, SCREEN_PX)
    if size == flat.size:
        return flat
    return flat.resize(size, Image.Resampling.BICUBIC, reducing_gap=2.0)


def _upright(image: Image.Image, orientation: object) -> Image.Image:
    turn = TURNS.get(orientation) if isinstance(orientation, int) else None
    return image if turn is None else image.transpose(turn)


def _encoded(screen: Image.Image) -> tuple[bytes, bytes]:
    """The screen size as JPEG and the list size, made from it, as WebP."""
    small = screen.resize(fit(*screen.size, LIST_PX), Image.Resampling.BICUBIC, reducing_gap=2.0)
    # `info` is what Pillow would write metadata from.
    screen.info = {}
    small.info = {}
    large_file, small_file = BytesIO(), BytesIO()
    screen.save(large_file, "JPEG", quality=SCREEN_JPEG_QUALITY, exif=b"")
    small.save(small_file, "WEBP", quality=LIST_WEBP_QUALITY, method=2, exif=b"")
    return large_file.getvalue(), small_file.getvalue()


def _exif_of(image: Image.Image) -> dict[int, object]:
    """The tags of a decoded picture that are used here; none where they cannot be read.

    Not `image.getexif()`: it also takes an orientation from XMP, which browsers ignore, so that
    the tablet and the shop would show the same photo differently.
    """
    exif = Image.Exif()
    try:
        with _quiet_headers():
            exif.load(image.info.get("exif") or b"")
            return {**dict(exif), **exif.get_ifd(ExifTags.IFD.Exif)}
    except DECODER_FAILS:
        return {}


def _taken_at(exif: dict[int, object], local_zone: tzinfo | None) -> datetime | None:
    """When the photo was taken, by the camera's clock (Exif 2.32, 4.6.6: DateTimeOriginal)."""
    moment = str(exif.get(ExifTags.Base.DateTimeOriginal, "")).strip("\0 ")
    offset = str(exif.get(ExifTags.Base.OffsetTimeOriginal, "")).strip("\0 ")
    try:
        clock = datetime.fromisoformat(moment.replace(":", "-", 2) + offset)
        if clock.tzinfo is None:
            return clock.replace(tzinfo=local_zone).astimezone(UTC) if local_zone else None
        return clock.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
