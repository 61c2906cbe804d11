"""Photos become as small as the paper needs, whatever kind of JPEG they are."""

import io

import pytest
from PIL import Image

from inspect_app.sheets.paper_photos import PAPER_PX, for_paper
from tests.unit.sheets.material import jpeg


def size_and_mode(content: bytes | None) -> tuple[tuple[int, int], str]:
    assert content is not None
    with Image.open(io.BytesIO(content)) as picture:
        return picture.size, picture.mode


@pytest.mark.parametrize(
    ("given", "shrunk"),
    [
        ((2000, 1500), (1000, 750)),
        ((1500, 2000), (750, 1000)),
        ((4032, 3024), (1008, 756)),
        ((PAPER_PX, 10), (PAPER_PX, 10)),
    ],
)
def test_a_photo_is_halved_until_it_fits_the_paper(
    given: tuple[int, int], shrunk: tuple[int, int]
) -> None:
    assert size_and_mode(for_paper(jpeg(*given))) == (shrunk, "RGB")


def test_a_small_photo_keeps_its_bytes() -> None:
    assert for_paper(jpeg()) == jpeg()


def test_a_printers_cmyk_becomes_rgb() -> None:
    content = io.BytesIO()
    Image.new("CMYK", (300, 200), (0, 120, 200, 10)).save(content, "JPEG")

    assert size_and_mode(for_paper(content.getvalue())) == ((300, 200), "RGB")


@pytest.mark.parametrize("content", [b"", b"GIF89a", b"\xff\xd8\xff", jpeg()[:900]])
def test_what_cannot_be_read_is_left_out(content: bytes) -> None:
    assert for_paper(content) is None
