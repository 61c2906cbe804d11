"""What is no photo is refused with its reason, and never with another error."""

import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inspect_app.photos.pictures import BadPicture, heic_installed, make_pictures
from inspect_app.photos.rules import MAX_BYTES, Verdict
from tests.unit.photos.material import cornered, exif, flat, jpeg_claiming, png, saved

JPEG = saved(cornered(), "JPEG", exif=exif(6))
HEIC_HEAD = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(64)


def verdict(data: bytes) -> Verdict | None:
    try:
        make_pictures(data)
    except BadPicture as refusal:
        return refusal.code
    return None


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", Verdict.EMPTY),
        (b"The plate is 12GA 3456.\n" * 50, Verdict.NOT_A_PICTURE),
        (b"%PDF-1.7\n", Verdict.NOT_A_PICTURE),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", Verdict.NOT_A_PICTURE),
        (b"\0" * 5000, Verdict.NOT_A_PICTURE),
        (b"%!PS-Adobe-3.0 EPSF-3.0\n", Verdict.NOT_A_PICTURE),
        (saved(flat(), "TIFF"), Verdict.UNSUPPORTED_FORMAT),
        (saved(flat(), "BMP"), Verdict.UNSUPPORTED_FORMAT),
        (saved(flat(), "ICO"), Verdict.UNSUPPORTED_FORMAT),
        (b"\0\0\0\x18ftypisom\0\0\0\0isommp42", Verdict.UNSUPPORTED_FORMAT),
        (JPEG[:3], Verdict.TRUNCATED),
        (JPEG[:200], Verdict.TRUNCATED),
        (JPEG[: len(JPEG) // 2], Verdict.TRUNCATED),
        (saved(cornered(3200, 2400), "JPEG")[:-4000], Verdict.TRUNCATED),
        (saved(cornered(), "PNG")[:-300], Verdict.TRUNCATED),
        (saved(cornered(), "WEBP")[:-300], Verdict.TRUNCATED),
        (saved(cornered(), "AVIF")[:-300], Verdict.TRUNCATED),
        (saved(cornered(), "GIF")[:200], Verdict.TRUNCATED),
        (png(316_228, 316_228, 8, 2), Verdict.TOO_MANY_PIXELS),  # 100 gigapixels
        (png(10_000, 5_001, 8, 2), Verdict.TOO_MANY_PIXELS),
        (png(10_000, 5_000, 8, 2), Verdict.TRUNCATED),  # as many as are taken, but none there
        (jpeg_claiming(65_500, 65_500), Verdict.TOO_MANY_PIXELS),
        (jpeg_claiming(9_000, 6_000), Verdict.TOO_MANY_PIXELS),
        (b"GIF89a\xff\xff\xff\xff" + saved(flat(), "GIF")[10:], Verdict.TOO_MANY_PIXELS),
        (b"x" * (MAX_BYTES + 1), Verdict.TOO_LARGE),
        (JPEG + bytes(MAX_BYTES), Verdict.TOO_LARGE),
    ],
    ids=lambda value: value.value if isinstance(value, Verdict) else f"{len(value)}-bytes",
)
def test_what_is_no_photo_is_refused_with_its_reason(data: bytes, code: Verdict) -> None:
    assert verdict(data) is code


def test_heic_is_refused_by_name_where_its_decoder_is_missing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "pillow_heif", None)

    assert verdict(HEIC_HEAD) is Verdict.HEIC_NOT_INSTALLED


def test_damaged_heic_is_refused_as_damaged_where_its_decoder_is_there() -> None:
    wanted = Verdict.TRUNCATED if heic_installed() else Verdict.HEIC_NOT_INSTALLED

    assert verdict(HEIC_HEAD) is wanted


def test_a_refusal_names_its_code() -> None:
    with pytest.raises(BadPicture, match="empty") as refusal:
        make_pictures(b"")

    assert refusal.value.code is Verdict.EMPTY


def test_bytes_after_the_picture_do_no_harm() -> None:
    assert verdict(JPEG + b"and a video of three seconds" * 100) is None


def test_broken_metadata_does_not_cost_the_photo() -> None:
    at = JPEG.index(b"Exif\0\0") + 14
    broken = JPEG[:at] + b"\xff" * 60 + JPEG[at + 60 :]

    assert verdict(broken) is None


WHOLE = [
    saved(flat(), form, **({} if form == "GIF" else {"exif": exif(6)}))
    for form in ("JPEG", "PNG", "WEBP", "AVIF", "GIF")
] + [saved(flat().quantize(8), "PNG"), saved(flat((0, 9, 99, 0), "CMYK"), "JPEG"), HEIC_HEAD]


@settings(max_examples=400, deadline=None, derandomize=True, database=None)
@given(
    data=st.sampled_from(WHOLE),
    edits=st.lists(st.tuples(st.integers(0, 4000), st.integers(0, 255)), max_size=6),
    length=st.integers(1, 6000),
)
def test_damaged_bytes_are_taken_or_refused_and_nothing_else(
    data: bytes, edits: list[tuple[int, int]], length: int
) -> None:
    damaged = bytearray(data)
    for at, value in edits:
        damaged[at % len(damaged)] = value

    answer = verdict(bytes(damaged[:length]))

    assert answer is None or answer in set(Verdict)
