"""Photos and pen strokes for the journeys: real ones from CORPUS, else made here."""

import json
import random
from collections.abc import Sequence
from io import BytesIO
from math import sin
from pathlib import Path

from PIL import Image, ImageDraw
from playwright.sync_api import FilePayload

from tests.conftest import corpus

FRAME = (1280, 720)
FRAMES_PER_PHOTO = 8
LETTERS = 3
PHOTO_FOLDERS = ("exterior", "damage", "interior")
Strokes = list[list[tuple[float, float]]]


def photos(count: int) -> list[FilePayload]:
    """So many photos as a camera roll gives them."""
    found = _real_photos() or [_made_photo(number) for number in range(count)]
    return [
        {
            "name": f"{number + 1}.jpg",
            "mimeType": "image/jpeg",
            "buffer": found[number % len(found)],
        }
        for number in range(count)
    ]


def signature(number: int = 0) -> Strokes:
    """A hand's strokes in fractions of a pad: letters that people wrote, side by side."""
    place = corpus()
    if place is None:
        return [[(0.1 + x / 50, 0.5 + 0.3 * sin(x * (number + 2) / 3)) for x in range(41)]]
    drawings = json.loads((place / "signatures" / "omniglot-korean-pointgroups.json").read_text())
    name: Strokes = []
    for letter in range(LETTERS):
        groups = drawings[(number + letter * 7) % len(drawings)]["pointGroups"]
        name += _fitted(
            [[(point["x"], point["y"]) for point in group["points"]] for group in groups], letter
        )
    return name


def film(path: Path) -> Path:
    """Writes what the fake camera sees: one photo after the other, as motion JPEG."""
    with path.open("wb") as out:
        for photo in _real_photos() or [_made_photo(number) for number in range(4)]:
            frame = _frame(photo)
            for _ in range(FRAMES_PER_PHOTO):
                out.write(frame)
    return path


def _real_photos() -> list[bytes]:
    place = corpus()
    if place is None:
        return []
    paths = [path for name in PHOTO_FOLDERS for path in sorted((place / "photos" / name).iterdir())]
    return [path.read_bytes() for path in paths]


def _frame(photo: bytes) -> bytes:
    with Image.open(BytesIO(photo)) as opened:
        opened.draft("RGB", FRAME)
        picture = opened.convert("RGB").resize(FRAME)
    content = BytesIO()
    picture.save(content, "JPEG", quality=80)
    return content.getvalue()


def _colour(chance: random.Random, least: int, most: int) -> tuple[int, int, int]:
    return tuple(chance.randrange(least, most) for _ in range(3))  # type: ignore[return-value]  # 3


def _made_photo(number: int) -> bytes:
    """A car against a wall, in another light each time; every photo has other bytes."""
    chance = random.Random(number)
    picture = Image.new("RGB", (1600, 1200), _colour(chance, 120, 220))
    pen = ImageDraw.Draw(picture)
    paint = _colour(chance, 30, 200)
    pen.rectangle((0, 800, 1600, 1200), fill=(90, 92, 96))
    pen.rounded_rectangle((200, 500, 1400, 850), 90, fill=paint)
    pen.rounded_rectangle((450, 330, 1120, 560), 110, fill=paint)
    for x in (450, 1150):
        pen.ellipse((x - 110, 740, x + 110, 960), fill=(25, 25, 28))
    content = BytesIO()
    picture.save(content, "JPEG", quality=88)
    return content.getvalue()


def _fitted(strokes: Sequence[Sequence[tuple[float, float]]], letter: int) -> Strokes:
    """Scaled into the letter's part of the pad, thinned to what a quick hand leaves; dots are left
    out, for a mouse cannot make them."""
    xs = [x for stroke in strokes for x, _ in stroke]
    ys = [y for stroke in strokes for _, y in stroke]
    width, height = max(max(xs) - min(xs), 1), max(max(ys) - min(ys), 1)
    left, wide = 0.1 + letter * 0.8 / LETTERS, 0.7 / LETTERS
    return [
        [
            (left + wide * (x - min(xs)) / width, 0.15 + 0.7 * (y - min(ys)) / height)
            for x, y in [*stroke[:-1:3], stroke[-1]]
        ]
        for stroke in strokes
        if len(stroke) > 1
    ]
