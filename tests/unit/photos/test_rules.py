"""What is known before a picture is opened: size, first bytes, claimed pixels, angles."""

import re
from pathlib import Path

import pytest

from inspect_app.photos.rules import (
    ANGLES,
    FREE_ANGLE,
    MAX_BYTES,
    MAX_PIXELS,
    SCREEN_ENOUGH_PX,
    SCREEN_PX,
    Format,
    Verdict,
    check_bytes,
    check_pixels,
    check_size,
    dct_scale,
    fit,
    format_of,
    next_angle,
)

JS = Path(__file__).parents[3] / "static" / "js" / "lib"


@pytest.mark.parametrize(
    ("size", "code"),
    [
        (-1, Verdict.EMPTY),
        (0, Verdict.EMPTY),
        (1, None),
        (MAX_BYTES, None),
        (MAX_BYTES + 1, Verdict.TOO_LARGE),
        (100 * 1024 * 1024, Verdict.TOO_LARGE),
    ],
)
def test_a_file_is_judged_by_its_size_first(size: int, code: Verdict | None) -> None:
    assert check_size(size) is code


def test_a_picture_may_have_fifty_megapixels_and_not_one_more() -> None:
    assert check_pixels(MAX_PIXELS, 1) is None
    assert check_pixels(MAX_PIXELS + 1, 1) is Verdict.TOO_MANY_PIXELS
    assert check_pixels(8160, 6120) is None  # a 50-megapixel phone


@pytest.mark.parametrize(
    ("head", "form"),
    [
        (b"\xff\xd8\xff\xe0\0\x10JFIF", Format.JPEG),
        (b"\x89PNG\r\n\x1a\n", Format.PNG),
        (b"GIF87a", Format.GIF),
        (b"RIFF\x10\0\0\0WEBPVP8 ", Format.WEBP),
        (b"RIFF\x10\0\0\0WAVEfmt ", None),
        (b"\0\0\0\x1cftypavif\0\0\0\0avifmif1miaf", Format.AVIF),
        (b"\0\0\0\x18ftypmif1\0\0\0\0mif1avif", Format.AVIF),
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", Format.HEIC),
        (b"\0\0\0\x14ftypmif1\0\0\0\0mif1avif", Format.HEIC),  # the last lies beyond its box
        (b"\0\0\0\x18ftypisom\0\0\0\0isommp42", None),
        (b"\0\0\0\x00ftyp", None),
        (b"plain words", None),
        (b"", None),
    ],
)
def test_the_format_is_what_the_first_bytes_say(head: bytes, form: Format | None) -> None:
    assert format_of(head) is form


def test_heic_is_refused_by_name_without_its_decoder() -> None:
    head = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic"

    assert check_bytes(head, heic_installed=False) is Verdict.HEIC_NOT_INSTALLED
    assert check_bytes(head, heic_installed=True) is None


@pytest.mark.parametrize(
    ("size", "scale"),
    [
        ((4000, 3000), 2),
        ((3000, 4000), 2),
        ((3200, 2400), 2),
        ((3199, 2400), 1),
        ((6000, 4000), 2),
        ((8064, 6048), 4),
        ((50_000, 1000), 8),
        ((1, 1), 1),
    ],
)
def test_a_jpeg_is_decoded_at_the_smallest_scale_that_is_enough(
    size: tuple[int, int], scale: int
) -> None:
    assert dct_scale(*size) == scale
    assert scale == 1 or max(size) / scale >= SCREEN_ENOUGH_PX


@pytest.mark.parametrize(
    ("size", "fitted"),
    [
        ((4000, 3000), (2000, 1500)),
        ((3024, 4032), (1500, 2000)),
        ((2000, 2000), (2000, 2000)),
        ((2001, 1), (2000, 1)),
        ((1, 50_000_000), (1, 2000)),
        ((10, 20), (10, 20)),
    ],
)
def test_a_picture_fits_in_its_own_proportions(
    size: tuple[int, int], fitted: tuple[int, int]
) -> None:
    assert fit(*size, SCREEN_PX) == fitted


def test_the_next_angle_goes_on_around_the_car() -> None:
    assert next_angle([]) == ANGLES[0]
    assert next_angle([ANGLES[0]], after=ANGLES[0]) == ANGLES[1]
    assert next_angle(ANGLES[3:], after="boot") == ANGLES[0]
    assert next_angle([], after=FREE_ANGLE) == ANGLES[0]
    assert next_angle(ANGLES) == FREE_ANGLE


def test_the_tablet_knows_the_same_angles_and_size() -> None:
    angles = (JS / "angles.js").read_text("utf-8")
    shrink = (JS / "shrink.js").read_text("utf-8")

    listed = re.search(r"ANGLES = Object\.freeze\(\[(.*?)\]", angles, re.DOTALL)
    longest = re.search(r"LONGEST_SIDE = (\d+);", shrink)

    assert listed is not None
    assert tuple(re.findall(r'"(\w+)"', listed[1])) == ANGLES
    assert longest is not None
    assert int(longest[1]) == SCREEN_PX
