"""Real pictures, good and broken ones: each gets the verdict that the table says."""

import json
from pathlib import Path

import pytest
from PIL import ImageChops, ImageStat

from inspect_app.photos.pictures import BadPicture, heic_installed, make_pictures
from inspect_app.photos.rules import HEAD_BYTES, Format, Verdict, format_of
from tests.unit.photos.material import (
    CORPUS,
    as_stored,
    cornered,
    exif,
    jpeg_segments,
    saved,
    shown,
    webp_chunks,
)

TABLE: dict[str, str] = json.loads(
    Path(__file__).with_name("corpus_verdicts.json").read_text("utf-8")
)
"""Path in the corpus to the verdict, or the upright size of what is taken ("640x480")."""

REAL = {
    file.relative_to(CORPUS).as_posix(): file
    for folder in ("images-edge", "photos")
    for file in sorted((CORPUS / folder).rglob("*"))
    if file.is_file()
}

MADE = {
    "made/photo.jpg": (saved(cornered(), "JPEG", exif=exif(6)), "480x640"),
    "made/text.jpg": (b"no picture", "not_a_picture"),
    "made/short.jpg": (saved(cornered(), "JPEG")[:2000], "truncated"),
}


def expected(name: str, data: bytes) -> str:
    """The table's verdict; for HEIC only where the optional decoder is installed."""
    if format_of(data[:HEAD_BYTES]) is Format.HEIC and not heic_installed():
        return Verdict.HEIC_NOT_INSTALLED
    return TABLE[name]


CASES = {
    **{name: (file.read_bytes(), expected(name, file.read_bytes())) for name, file in REAL.items()},
    **MADE,
}


def test_the_table_names_every_real_picture() -> None:
    assert not REAL or set(REAL) == set(TABLE)


@pytest.mark.parametrize("name", CASES)
def test_a_picture_gets_its_verdict_and_loses_its_metadata(name: str) -> None:
    data, wanted = CASES[name]
    if wanted in set(Verdict):
        with pytest.raises(BadPicture, match=f"^{wanted}$"):
            make_pictures(data)
        return

    pictures = make_pictures(data)

    assert f"{pictures.width}x{pictures.height}" == wanted
    assert not jpeg_segments(pictures.screen) & {*range(0xE1, 0xF0), 0xFE}
    assert webp_chunks(pictures.list) == {b"VP8 "}
    screen, listed = shown(pictures.screen), shown(pictures.list)
    assert max(screen.size) <= 2000
    assert max(listed.size) <= 320
    assert (screen.width > screen.height) == (pictures.width > pictures.height)


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_real_photo_in_every_orientation_looks_the_same(orientation: int) -> None:
    folder = "images-edge/orientation/Landscape"
    if REAL:
        plain, turned = (CASES[f"{folder}_{n}.jpg"][0] for n in (1, orientation))
    else:
        plain = saved(cornered(), "JPEG")
        turned = saved(as_stored(cornered(), orientation), "JPEG", exif=exif(orientation))

    one, other = (shown(make_pictures(data).list).convert("L") for data in (plain, turned))

    assert one.size == other.size
    # A turned landscape would differ by 40 and more; coding alone by about 2.
    assert ImageStat.Stat(ImageChops.difference(one, other)).mean[0] < 10
