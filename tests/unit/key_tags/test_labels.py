"""Labels are read back as a printer at 203 dpi would put them on paper."""

import io
from collections.abc import Iterator

import pypdfium2
import pytest
import zxingcpp
from PIL import Image

from inspect_app.key_tags.labels import (
    ADDRESS_LIMIT,
    QUIET_MODULES,
    Correction,
    KeyLabel,
    code_path,
    label_pdf,
    label_png,
    label_sheet_pdf,
    strongest,
    tag_address,
)
from inspect_app.sheets.press import Press

HOST = "reception.hanbit.example"
TOKEN = "ABCDEFGHIJ234567"
LONGEST_HOST = "a" * (ADDRESS_LIMIT - len(f"HTTPS:///K/{TOKEN}"))
PRINTER_DPI = 203


@pytest.fixture(scope="module")
def press() -> Iterator[Press]:
    """Return a press of its own."""
    press = Press()
    yield press
    press.close()


def label(number: int = 17, host: str = HOST) -> KeyLabel:
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
    token = TOKEN[:14] + letters[number // 32 % 32] + letters[number % 32]
    return KeyLabel(tag_address(host, token), str(number), "B4", "12가 3456", "Key tag")


def at_printer(pdf: bytes, page: int = 0) -> Image.Image:
    with pypdfium2.PdfDocument(pdf) as document:
        picture: Image.Image = document[page].render(scale=PRINTER_DPI / 72).to_pil()
        return picture


def codes_in(picture: Image.Image) -> set[str]:
    return {found.text for found in zxingcpp.read_barcodes(picture)}


def test_an_address_is_upper_case_and_short() -> None:
    assert tag_address(HOST, TOKEN.lower()) == f"HTTPS://RECEPTION.HANBIT.EXAMPLE/K/{TOKEN}"
    assert len(tag_address(LONGEST_HOST, TOKEN)) == ADDRESS_LIMIT


@pytest.mark.parametrize(
    ("host", "token"),
    [
        (LONGEST_HOST + "a", TOKEN),
        (HOST, TOKEN[:-1]),
        (HOST, "ABCDEFGHIJ234561"),
        ("a_b.example", TOKEN),
        ("한빛.example", TOKEN),
        ("a/b", TOKEN),
        ("", TOKEN),
    ],
)
def test_what_is_no_address_of_a_tag_is_refused(host: str, token: str) -> None:
    with pytest.raises(ValueError, match="address"):
        tag_address(host, token)


@pytest.mark.parametrize("correction", ["M", "Q"])
@pytest.mark.parametrize("host", [HOST, LONGEST_HOST, "10.0.0.4:8443"])
def test_one_label_is_read_at_203_dpi(press: Press, host: str, correction: Correction) -> None:
    one = label(host=host)

    pdf = label_pdf(one, correction=correction, press=press)

    (found,) = zxingcpp.read_barcodes(at_printer(pdf))
    assert found.text == one.address
    assert "MQH".index(found.ec_level) >= "MQH".index(correction)


def test_a_stronger_correction_is_taken_where_the_code_grows_no_larger() -> None:
    short, long = (tag_address(host, TOKEN) for host in ("keys.hanbit.example", LONGEST_HOST))

    assert [strongest(address)[0] for address in (short, long)] == ["Q", "M"]
    assert len({strongest(address)[1].version for address in (short, long)}) == 1


def test_one_label_measures_62_by_29_mm(press: Press) -> None:
    with pypdfium2.PdfDocument(label_pdf(label(), press=press)) as document:
        pages = len(document)
        width, height = document[0].get_size()

    assert pages == 1
    assert (width * 25.4 / 72, height * 25.4 / 72) == pytest.approx((62, 29), abs=0.05)


def test_a_sheet_holds_24_labels_that_are_all_read(press: Press) -> None:
    labels = [label(number) for number in range(1, 25)]

    pdf = label_sheet_pdf(labels, press=press)

    assert codes_in(at_printer(pdf)) == {one.address for one in labels}


def test_a_begun_sheet_leaves_its_used_places_free_and_goes_on_to_the_next(press: Press) -> None:
    labels = [label(number) for number in range(1, 25)]

    pdf = label_sheet_pdf(labels, skip=3, press=press)

    assert len(codes_in(at_printer(pdf, 0))) == 21
    assert codes_in(at_printer(pdf, 1)) == {one.address for one in labels[21:]}


def test_a_picture_of_300_dpi_is_read_too(press: Press) -> None:
    picture = Image.open(io.BytesIO(label_png(label(), press=press)))

    assert picture.size == (732, 343)
    assert codes_in(picture) == {label().address}


def test_a_code_has_its_quiet_zone_and_large_modules() -> None:
    width, path = code_path(label(host=LONGEST_HOST).address)

    assert path.startswith(f"M{QUIET_MODULES} {QUIET_MODULES}h7")
    assert 27 / width > 0.4


@pytest.mark.parametrize(
    "text", ["", "W" * 200, "#panic()", "\U0001f697\x07", "粤B·D12345", "서울 12가 3456"]
)
def test_any_text_beside_the_code_leaves_it_readable(press: Press, text: str) -> None:
    one = KeyLabel(label().address, text or "0", text, text, text)

    assert codes_in(at_printer(label_pdf(one, press=press))) == {one.address}


def test_no_label_and_no_place_are_refused(press: Press) -> None:
    with pytest.raises(ValueError, match="no label"):
        label_sheet_pdf([], press=press)
    with pytest.raises(ValueError, match="24 places"):
        label_sheet_pdf([label()], skip=24, press=press)
