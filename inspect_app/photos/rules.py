"""What counts as a photo, how large it may be, and the sizes that are derived from it."""

from collections.abc import Sequence
from enum import StrEnum

MAX_BYTES = 40 * 1024 * 1024
"""Largest file taken: a 50-megapixel camera JPEG is about 25 MB."""

MAX_PIXELS = 50_000_000
"""Largest picture decoded: about 150 MB of memory, and room for the 50-megapixel phones."""

HEAD_BYTES = 256
"""As many first bytes as `format_of` wants to see."""

SCREEN_PX = 2000
"""Longest side of the size shown on a screen and printed, at most."""

SCREEN_ENOUGH_PX = 1600
"""A JPEG decoded at 1/2, 1/4 or 1/8 is used as it comes if its longest side is at least this:
asking for exactly 2000 costs a resample that takes as long as all the rest (measured 2026-11)."""

LIST_PX = 320
"""Longest side of the size shown in lists and grids, at most."""

SCREEN_JPEG_QUALITY = 82
LIST_WEBP_QUALITY = 75

DCT_SCALES = (8, 4, 2)
"""The fractions (1/8, 1/4, 1/2) at which a JPEG can be decoded without decoding all of it."""


class Verdict(StrEnum):
    """Why bytes are refused as a photo."""

    EMPTY = "empty"
    TOO_LARGE = "too_large"
    NOT_A_PICTURE = "not_a_picture"
    TOO_MANY_PIXELS = "too_many_pixels"
    TRUNCATED = "truncated"  # begins as a picture, but breaks off or is damaged
    HEIC_NOT_INSTALLED = "heic_not_installed"
    UNSUPPORTED_FORMAT = "unsupported_format"


class Format(StrEnum):
    """The formats taken, each by its media type."""

    JPEG = "image/jpeg"
    PNG = "image/png"
    GIF = "image/gif"
    WEBP = "image/webp"
    AVIF = "image/avif"
    HEIC = "image/heic"


AVIF_BRANDS = frozenset({b"avif", b"avis"})
HEIC_BRANDS = frozenset(
    {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"hevm", b"hevs", b"mif1", b"msf1"}
)

OTHER_PICTURES = (
    b"II*\x00",  # TIFF, and most raw formats of cameras
    b"MM\x00*",
    b"BM",
    b"\x00\x00\x01\x00",  # ICO
    b"8BPS",
    b"\x00\x00\x00\x0cjP  ",  # JPEG 2000
    b"\xff\x4f\xff\x51",
    b"\x00\x00\x00\x0cJXL ",
    b"\xff\x0a",
    b"\x01\xda",  # SGI
    b"FUJIFILMCCD-RAW",
)
"""How the picture formats begin that are known, but not taken."""


def check_size(size_bytes: int) -> Verdict | None:
    """The verdict on a file of this many bytes, before one of them is read."""
    if size_bytes <= 0:
        return Verdict.EMPTY
    return Verdict.TOO_LARGE if size_bytes > MAX_BYTES else None


def check_bytes(head: bytes, *, heic_installed: bool = True) -> Verdict | None:
    """The verdict on a file by its first `HEAD_BYTES` bytes; its name says nothing."""
    if not head:
        return Verdict.EMPTY
    found = format_of(head)
    if found is Format.HEIC and not heic_installed:
        return Verdict.HEIC_NOT_INSTALLED
    if found is not None:
        return None
    known = head.startswith(OTHER_PICTURES) or head[4:8] == b"ftyp"
    return Verdict.UNSUPPORTED_FORMAT if known else Verdict.NOT_A_PICTURE


def check_pixels(width: int, height: int) -> Verdict | None:
    """The verdict on a picture that claims this size, before it is decoded."""
    return Verdict.TOO_MANY_PIXELS if width * height > MAX_PIXELS else None


def format_of(head: bytes) -> Format | None:
    """The format that the first bytes show, or None where it is none of those taken."""
    if head.startswith(b"\xff\xd8\xff"):
        return Format.JPEG
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return Format.PNG
    if head.startswith((b"GIF87a", b"GIF89a")):
        return Format.GIF
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return Format.WEBP
    brands = _brands(head)
    if AVIF_BRANDS & brands:
        return Format.AVIF
    return Format.HEIC if HEIC_BRANDS & brands else None


def _brands(head: bytes) -> frozenset[bytes]:
    """The brands that the `ftyp` box of an ISO media file names, its main one among them."""
    if head[4:8] != b"ftyp":
        return frozenset()
    end = min(int.from_bytes(head[:4], "big"), len(head))
    return frozenset({head[8:12], *(head[at : at + 4] for at in range(16, end - 3, 4))})


def dct_scale(width: int, height: int) -> int:
    """The fraction 1/n at which to decode a JPEG: the smallest that is enough for a screen."""
    longest = max(width, height)
    return next((n for n in DCT_SCALES if longest >= n * SCREEN_ENOUGH_PX), 1)


def fit(width: int, height: int, longest_px: int) -> tuple[int, int]:
    """The size in the same proportions with no side above `longest_px`; never a larger one."""
    longest = max(width, height)
    if longest <= longest_px:
        return width, height
    return (
        max(1, round(width * longest_px / longest)),
        max(1, round(height * longest_px / longest)),
    )


ANGLES: tuple[str, ...] = (
    "front_left",
    "front",
    "front_right",
    "right",
    "rear_right",
    "rear",
    "rear_left",
    "left",
    "plate",
    "dashboard",
    "boot",
)
"""The guided set once around the car: four corners, four sides, then plate, dashboard and boot.

Keep in step with static/js/lib/angles.js.
"""

FREE_ANGLE = "free"
"""The angle of a photo outside the guided set."""


def next_angle(taken: Sequence[str], after: str | None = None) -> str:
    """The first angle after `after` that is not taken yet, around the car; `free` once all are."""
    start = ANGLES.index(after) + 1 if after in ANGLES else 0
    around = ANGLES[start:] + ANGLES[:start]
    return next((angle for angle in around if angle not in taken), FREE_ANGLE)


RETAKE = "retake"
"""The subject of a photo taken at the delivery; `subject_id` is the arrival photo it repeats."""
SUBJECTS = ("angle", RETAKE, "mark", "check", "paper", "belonging", "reading", "finding")
"""What a photo may be of; all but `angle` name the thing by `subject_id` or `subject_code`."""

SHAPE_KINDS = ("arrow", "circle", "pen", "word")
MAX_SHAPES = 60
MAX_POINTS = 2000
"""Of all shapes of one photo together: about 30 s of drawing with the pen."""
MAX_WORD_CHARS = 60
