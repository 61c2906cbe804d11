"""Pictures made for the tests, and where real ones lie."""

import os
import struct
import zlib
from io import BytesIO
from pathlib import Path

from PIL import Image

RED, BLUE, WHITE, GREY = (220, 20, 20), (20, 20, 220), (255, 255, 255), (128, 128, 128)

CORPUS = Path(os.environ.get("CORPUS") or Path(__file__).parents[4] / "shared" / "corpus")
"""Real pictures; where the folder is missing, the pictures made here are all there is."""

STORED_BY = {
    1: None,
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}
"""How a camera turns an upright picture before it writes this EXIF orientation."""


def saved(image: Image.Image, form: str, **options: object) -> bytes:
    file = BytesIO()
    image.save(file, form, **options)
    return file.getvalue()


def shown(data: bytes) -> Image.Image:
    image = Image.open(BytesIO(data))
    image.load()
    return image


def near(found: object, wanted: tuple[int, int, int], tolerance: int = 12) -> bool:
    """Whether a pixel has this colour, but for what lossy coding does to it."""
    assert isinstance(found, tuple)
    return all(abs(a - b) <= tolerance for a, b in zip(found, wanted, strict=True))


def flat(colour: object = RED, mode: str = "RGB", size: tuple[int, int] = (64, 48)) -> Image.Image:
    return Image.new(mode, size, colour)  # type: ignore[arg-type]  # any colour of any mode


def cornered(width: int = 640, height: int = 480) -> Image.Image:
    """A grey picture whose top left eighth is red and top right eighth is blue."""
    image = flat(GREY, size=(width, height))
    image.paste(RED, (0, 0, width // 8, height // 8))
    image.paste(BLUE, (width - width // 8, 0, width, height // 8))
    return image


def as_stored(upright: Image.Image, orientation: int) -> Image.Image:
    """The pixels as a camera stores them that also writes this orientation."""
    turn = STORED_BY[orientation]
    return upright if turn is None else upright.transpose(turn)


def exif(orientation: int = 1, **tags: str) -> Image.Exif:
    """EXIF with an orientation, a position and a camera's name; `tags` go to the Exif part."""
    known = {"taken": 0x9003, "offset": 0x9011}
    made = Image.Exif()
    made[0x0112] = orientation
    made[0x010F] = "SECRETCAMERA"
    made.get_ifd(0x8769).update({known[name]: value for name, value in tags.items()})
    made.get_ifd(0x8825).update({1: "N", 2: (37.0, 33.0, 59.0), 3: "E", 4: (126.0, 58.0, 41.0)})
    return made


def png(width: int, height: int, bits: int, colour_type: int, rows: bytes = b"") -> bytes:
    """A PNG written by hand; `rows` are uncompressed, each after its filter byte."""
    head = struct.pack(">IIBBBBB", width, height, bits, colour_type, 0, 0, 0)
    chunks = [(b"IHDR", head), (b"IDAT", zlib.compress(rows)), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
        for name, body in chunks
    )


def jpeg_claiming(width: int, height: int) -> bytes:
    """A small JPEG whose header claims another size."""
    data = bytearray(saved(flat(), "JPEG"))
    at = data.index(b"\xff\xc0")
    data[at + 5 : at + 9] = struct.pack(">HH", height, width)
    return bytes(data)


def jpeg_segments(data: bytes) -> set[int]:
    """The markers before the picture data of a JPEG: 0xE1 is where EXIF and XMP are, 0xE2 ICC."""
    found, at = set(), 2
    while data[at + 1] != 0xDA:
        found.add(data[at + 1])
        at += 2 + int.from_bytes(data[at + 2 : at + 4], "big")
    return found


def webp_chunks(data: bytes) -> set[bytes]:
    found, at = set(), 12
    while at < len(data):
        found.add(data[at : at + 4])
        size = int.from_bytes(data[at + 4 : at + 8], "little")
        at += 8 + size + size % 2
    return found


def display_p3(gamma: float = 2.2) -> bytes:
    """An ICC profile with the primaries of Display P3 (adapted to D50) and a plain gamma."""

    def xyz(x: float, y: float, z: float) -> bytes:
        return b"XYZ \0\0\0\0" + struct.pack(">3i", *(round(v * 65536) for v in (x, y, z)))

    curve = b"curv\0\0\0\0" + struct.pack(">IHxx", 1, round(gamma * 256))
    name = b"Wide\0"
    text = b"desc\0\0\0\0" + struct.pack(">I", len(name)) + name + bytes(78)
    text += bytes(-len(text) % 4)
    tags = {
        b"desc": text,
        b"cprt": b"text\0\0\0\0none\0\0\0\0",
        b"wtpt": xyz(0.9642, 1.0, 0.8249),
        b"rXYZ": xyz(0.51512, 0.24120, -0.00105),
        b"gXYZ": xyz(0.29198, 0.69225, 0.04189),
        b"bXYZ": xyz(0.15710, 0.06657, 0.78407),
        b"rTRC": curve,
        b"gTRC": curve,
        b"bTRC": curve,
    }
    table, body = b"", b""
    start = 128 + 4 + 12 * len(tags)
    for tag, value in tags.items():
        table += tag + struct.pack(">II", start + len(body), len(value))
        body += value
    head = struct.pack(">I4xI4s4s4s", start + len(body), 0x02100000, b"mntr", b"RGB ", b"XYZ ")
    head += bytes(12) + b"acsp" + bytes(28) + struct.pack(">3i", 63190, 65536, 54061)
    return head.ljust(128, b"\0") + struct.pack(">I", len(tags)) + table + body
