"""G6 and G8: saving one field, and taking a photo of 12 megapixels in."""

import os
import tempfile
import uuid
from collections.abc import Iterator
from io import BytesIO
from itertools import count
from pathlib import Path

from PIL import Image

from bench.material import another, camera_photo, material
from bench.measure import Line, in_turns, p50
from bench.rich import photo_fields
from bench.run import Run
from bench.wire import HTMX, good
from inspect_app.photos.rules import (
    LIST_PX,
    LIST_WEBP_QUALITY,
    SCREEN_JPEG_QUALITY,
    SCREEN_PX,
)

SAVE_TARGET = 4.0
PHOTO_TARGET = 1.5
SAVES, PHOTOS = 150, 5


def save(run: Run) -> Iterator[Line]:
    """G6: the customer's words, as the outbox sends them, against two bare inserts."""
    numbers = count(1)
    path = f"/visits/{run.rich.open}/order"

    def ours() -> None:
        fields = {"part": "words", "customer_words": f"It squeals when I brake. {next(numbers)}"}
        key = {"Idempotency-Key": str(uuid.uuid4())}
        good(run.ours.post(path, fields, {**HTMX, **key}))

    def floor() -> None:
        good(run.floor.post("/create", {"value": f"It squeals when I brake. {next(numbers)}"}))

    samples = run.effort.times(SAVES)
    yield in_turns(
        "G6",
        "save one field with receipt, history and fragment, p50 / two bare inserts, both durable",
        SAVE_TARGET,
        floor=lambda: p50(floor, samples),
        ours=lambda: p50(ours, samples),
        effort=run.effort,
    )


def photo(run: Run) -> Iterator[Line]:
    """G8: the whole answer to a photo against the bare making and writing of the same sizes."""
    numbers = count(1)
    path = f"/visits/{run.rich.open}/photos"
    samples = run.effort.times(PHOTOS)

    def ours() -> None:
        sent = another(camera_photo(), next(numbers))
        fields = photo_fields(sent)
        answer = good(run.ours.upload(path, fields, sent, HTMX))
        assert answer.headers["x-photo-sha256"] == fields["sha256"]

    with tempfile.TemporaryDirectory(dir=run.floor_folder) as folder:
        yield in_turns(
            "G8",
            f"take {material()} of 12 megapixels in, p50 / making and fsyncing the same sizes",
            PHOTO_TARGET,
            floor=lambda: p50(
                lambda: bare_photo(another(camera_photo(), next(numbers)), Path(folder)), samples
            ),
            ours=lambda: p50(ours, samples),
            effort=run.effort,
        )


def bare_photo(content: bytes, folder: Path) -> None:
    """The received bytes, a screen JPEG and a list WebP, each written and fsynced."""
    screen, small = BytesIO(), BytesIO()
    with Image.open(BytesIO(content)) as picture:
        shown = _within(picture.size, SCREEN_PX)
        picture.draft("RGB", shown)
        upright = picture.convert("RGB").resize(shown, Image.Resampling.LANCZOS, reducing_gap=2)
        upright.save(screen, "JPEG", quality=SCREEN_JPEG_QUALITY)
        listed = upright.resize(_within(shown, LIST_PX), Image.Resampling.LANCZOS, reducing_gap=2)
        listed.save(small, "WEBP", quality=LIST_WEBP_QUALITY)
    for kept in (content, screen.getvalue(), small.getvalue()):
        with (folder / uuid.uuid4().hex).open("wb") as file:
            file.write(kept)
            file.flush()
            os.fsync(file.fileno())


def _within(size: tuple[int, int], longest: int) -> tuple[int, int]:
    """The size with its longer side at most `longest` px."""
    scale = min(1.0, longest / max(size))
    return round(size[0] * scale), round(size[1] * scale)
