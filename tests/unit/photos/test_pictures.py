"""Derived sizes are upright, in sRGB and without metadata, whatever was sent."""

import hashlib
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta, timezone
from io import BytesIO

import pytest
from PIL import Image

from inspect_app.photos.pictures import heic_installed, make_pictures
from tests.unit.photos.material import (
    BLUE,
    GREY,
    RED,
    WHITE,
    as_stored,
    cornered,
    display_p3,
    exif,
    flat,
    jpeg_segments,
    near,
    png,
    saved,
    shown,
    webp_chunks,
)


def colour_at(data: bytes, x: float, y: float) -> object:
    image = shown(data).convert("RGB")
    return image.getpixel((int(x * image.width), int(y * image.height)))


def is_upright(data: bytes) -> bool:
    """Whether the marked corners of `cornered()` are where they were before a camera turned it."""
    return (
        near(colour_at(data, 0.05, 0.05), RED, 25)
        and near(colour_at(data, 0.95, 0.05), BLUE, 25)
        and near(colour_at(data, 0.05, 0.95), GREY, 25)
        and near(colour_at(data, 0.95, 0.95), GREY, 25)
    )


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "AVIF"])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_every_orientation_is_shown_upright(form: str, orientation: int) -> None:
    data = saved(as_stored(cornered(), orientation), form, exif=exif(orientation))

    pictures = make_pictures(data)

    assert (pictures.width, pictures.height) == (640, 480)
    assert shown(pictures.screen).size == (640, 480)
    assert shown(pictures.list).size == (320, 240)
    assert is_upright(pictures.screen)
    assert is_upright(pictures.list)


@pytest.mark.parametrize("orientation", [1, 6])
def test_a_large_turned_photo_is_upright_after_the_quick_decode(orientation: int) -> None:
    data = saved(as_stored(cornered(3200, 2400), orientation), "JPEG", exif=exif(orientation))

    pictures = make_pictures(data)

    assert (pictures.width, pictures.height) == (3200, 2400)
    assert shown(pictures.screen).size == (1600, 1200)
    assert is_upright(pictures.screen)


@pytest.mark.parametrize("orientation", [0, 9, 65535])
def test_an_orientation_that_means_nothing_turns_nothing(orientation: int) -> None:
    pictures = make_pictures(saved(cornered(), "JPEG", exif=exif(orientation)))

    assert is_upright(pictures.screen)


def test_an_orientation_in_xmp_alone_is_ignored_as_browsers_do() -> None:
    xmp = b'<x:xmpmeta><rdf:Description tiff:Orientation="6"/></x:xmpmeta>'

    pictures = make_pictures(saved(cornered(), "JPEG", xmp=xmp))

    assert is_upright(pictures.screen)


@pytest.mark.parametrize("size", [(4032, 3024), (2272, 1704), (1, 5000), (2001, 3)])
@pytest.mark.parametrize("form", ["JPEG", "PNG"])
def test_no_side_is_longer_than_its_limit(form: str, size: tuple[int, int]) -> None:
    pictures = make_pictures(saved(flat(size=size), form))

    assert max(shown(pictures.screen).size) == 2000
    assert max(shown(pictures.list).size) == 320


def test_a_small_picture_is_not_made_larger() -> None:
    pictures = make_pictures(saved(flat(size=(30, 20)), "PNG"))

    assert shown(pictures.screen).size == (30, 20)
    assert shown(pictures.list).size == (30, 20)


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_position_and_camera_never_leave(form: str) -> None:
    xmp = b"<x:xmpmeta>SECRETPLACE</x:xmpmeta>"
    options = {"exif": exif(), "icc_profile": display_p3(), "xmp": xmp}
    if form == "JPEG":
        options["comment"] = b"SECRETWORDS"
    data = saved(cornered(), form, **options)
    assert b"SECRET" in data

    pictures = make_pictures(data)

    for size in (pictures.screen, pictures.list):
        assert b"SECRET" not in size
        assert b"Exif" not in size
        assert not shown(size).getexif()
    assert not jpeg_segments(pictures.screen) & {*range(0xE1, 0xF0), 0xFE}
    assert webp_chunks(pictures.list) == {b"VP8 "}


def test_cmyk_is_shown_in_its_colour() -> None:
    pictures = make_pictures(saved(flat((0, 255, 255, 0), "CMYK"), "JPEG"))

    assert near(colour_at(pictures.screen, 0.5, 0.5), (255, 0, 0), 30)
    assert shown(pictures.screen).mode == "RGB"


def test_wide_colours_are_brought_to_srgb() -> None:
    colour = (200, 80, 80)
    red, green = ((value / 255) ** 2.2 for value in colour[:2])
    wide = 1.2249 * red - 0.2249 * green  # Display P3 to sRGB, linear light
    wanted = round(255 * (1.055 * wide ** (1 / 2.4) - 0.055))

    pictures = make_pictures(saved(flat(colour), "PNG", icc_profile=display_p3()))

    found = colour_at(pictures.screen, 0.5, 0.5)
    assert isinstance(found, tuple)
    assert abs(found[0] - wanted) <= 6
    assert found[0] > 210
    assert found[1] < 75


@pytest.mark.parametrize("profile", [b"no profile at all", display_p3()[:200]])
def test_a_damaged_profile_does_not_cost_the_photo(profile: bytes) -> None:
    pictures = make_pictures(saved(flat(), "JPEG", icc_profile=profile))

    assert near(colour_at(pictures.screen, 0.5, 0.5), RED)


def test_a_profile_of_another_colour_space_is_ignored() -> None:
    pictures = make_pictures(saved(flat(128, "L"), "JPEG", icc_profile=display_p3()))

    assert near(colour_at(pictures.screen, 0.5, 0.5), GREY)


def test_sixteen_bit_grey_is_scaled_not_clipped() -> None:
    row = b"\0" + b"".join(value.to_bytes(2, "big") for value in (0, 32768, 65535) for _ in "abcd")

    pictures = make_pictures(png(12, 12, 16, 0, row * 12))

    assert near(colour_at(pictures.screen, 0.1, 0.5), (0, 0, 0))
    assert near(colour_at(pictures.screen, 0.5, 0.5), GREY)
    assert near(colour_at(pictures.screen, 0.9, 0.5), WHITE)


def test_sixteen_bit_colour_is_shown_in_its_colour() -> None:
    row = b"\0" + b"\xdc\xdc\x14\x14\x14\x14" * 16

    pictures = make_pictures(png(16, 16, 16, 2, row * 16))

    assert near(colour_at(pictures.screen, 0.5, 0.5), RED)


@pytest.mark.parametrize(
    "image",
    [
        flat((220, 20, 20, 0), "RGBA"),
        flat((10, 0), "LA"),
        flat((220, 20, 20, 0), "RGBA").quantize(),
    ],
    ids=["colour", "grey", "palette"],
)
def test_what_is_transparent_is_white(image: Image.Image) -> None:
    pictures = make_pictures(saved(image, "PNG"))

    assert near(colour_at(pictures.screen, 0.5, 0.5), WHITE)


@pytest.mark.parametrize("mode", ["1", "L", "P"])
def test_few_colours_are_shown_in_theirs(mode: str) -> None:
    pictures = make_pictures(saved(flat(WHITE).convert(mode), "PNG"))

    assert near(colour_at(pictures.screen, 0.5, 0.5), WHITE)


@pytest.mark.parametrize("form", ["GIF", "PNG", "WEBP", "AVIF", "MPO"])
def test_the_first_of_several_frames_is_shown(form: str) -> None:
    data = saved(flat(RED), form, save_all=True, append_images=[flat(BLUE), flat(GREY)])

    pictures = make_pictures(data)

    assert near(colour_at(pictures.screen, 0.5, 0.5), RED, 20)
    assert near(colour_at(pictures.list, 0.5, 0.5), RED, 20)


def test_a_photo_is_named_by_its_own_bytes_and_kind() -> None:
    data = saved(flat(), "WEBP")

    pictures = make_pictures(data)

    assert pictures.sha256 == hashlib.sha256(data).hexdigest()
    assert pictures.mime == "image/webp"
    assert Image.open(BytesIO(pictures.screen)).format == "JPEG"
    assert Image.open(BytesIO(pictures.list)).format == "WEBP"


def test_the_time_of_a_photo_is_the_cameras_with_its_offset() -> None:
    data = saved(flat(), "JPEG", exif=exif(taken="2026:11:23 09:30:00", offset="+09:00"))

    assert make_pictures(data).taken_at == datetime(2026, 11, 23, 0, 30, tzinfo=UTC)


def test_a_camera_without_offset_runs_on_the_shops_time() -> None:
    data = saved(flat(), "JPEG", exif=exif(taken="2026:11:23 09:30:00"))
    seoul = timezone(timedelta(hours=9))

    assert make_pictures(data, local_zone=seoul).taken_at == datetime(
        2026, 11, 23, 0, 30, tzinfo=UTC
    )
    assert make_pictures(data).taken_at is None


@pytest.mark.parametrize("taken", ["0000:00:00 00:00:00", "yesterday", "", "0001:01:01 00:00:00"])
def test_a_time_that_is_none_is_none(taken: str) -> None:
    data = saved(flat(), "JPEG", exif=exif(taken=taken, offset="+14:00"))

    assert make_pictures(data).taken_at is None


def test_several_at_once_give_what_one_gives() -> None:
    data = saved(cornered(), "JPEG", icc_profile=display_p3())
    alone = make_pictures(data)

    with ThreadPoolExecutor(4) as threads:
        together = list(threads.map(make_pictures, [data] * 12))

    assert all(pictures == alone for pictures in together)


def test_without_its_decoder_heic_is_not_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pillow_heif", None)

    assert not heic_installed()
