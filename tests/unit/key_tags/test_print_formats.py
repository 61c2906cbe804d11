"""Many labels at once, read back as a printer would put them on paper."""

import io
from collections.abc import Iterator
from xml.etree import ElementTree

import pypdfium2
import pytest
import zxingcpp

from inspect_app.key_tags.labels import KeyLabel, tag_address
from inspect_app.key_tags.print_formats import (
    SHEETS,
    ZPL_DPI,
    label_svg,
    roll_pdf,
    sheet_pdf,
    zpl,
    zpl_text,
)
from inspect_app.sheets.press import Press

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
TOKEN = "ABCDEFGHIJ2345"
PRINTER_DPI = 203
A4_POINTS = (595, 842)


@pytest.fixture(scope="module")
def press() -> Iterator[Press]:
    press = Press()
    yield press
    press.close()


def labels(count: int, note: str = "12가 3456") -> list[KeyLabel]:
    return [
        KeyLabel(
            tag_address("keys.hanbit.example", TOKEN + LETTERS[n // 32] + LETTERS[n % 32]),
            str(n + 1), "B4", note, "Key tag",
        )
        for n in range(count)
    ]  # fmt: skip


def pages_of(pdf: bytes) -> list[tuple[tuple[int, int], set[str]]]:
    """Size in points and all codes of each page."""
    found = []
    with pypdfium2.PdfDocument(pdf) as document:
        for page in document:
            picture = page.render(scale=PRINTER_DPI / 72).to_pil()
            width, height = page.get_size()
            codes = {code.text for code in zxingcpp.read_barcodes(picture)}
            found.append(((round(width), round(height)), codes))
    return found


@pytest.mark.parametrize("name", SHEETS)
def test_a_full_sheet_and_one_more_are_two_pages_of_codes(press: Press, name: str) -> None:
    sheet = SHEETS[name]
    wanted = labels(sheet.places + 1)

    (first, second) = pages_of(sheet_pdf(wanted, sheet, press=press))

    assert first == (A4_POINTS, {label.address for label in wanted[:-1]})
    assert second[1] == {wanted[-1].address}


@pytest.mark.parametrize("name", SHEETS)
def test_labels_of_a_format_fit_on_the_paper(name: str) -> None:
    sheet = SHEETS[name]
    across = sheet.left + sheet.columns * sheet.across + (sheet.columns - 1) * sheet.gap

    assert across + sheet.left == pytest.approx(210, abs=0.6)
    assert 2 * sheet.top + sheet.rows * sheet.down == pytest.approx(297, abs=0.6)


def test_a_begun_sheet_is_used_up(press: Press) -> None:
    sheet = SHEETS["l7160"]

    pages = pages_of(sheet_pdf(labels(3), sheet, skip=sheet.places - 2, press=press))

    assert [len(codes) for _size, codes in pages] == [2, 1]
    with pytest.raises(ValueError, match="21 places"):
        sheet_pdf(labels(1), sheet, skip=21, press=press)


def test_a_roll_has_a_page_for_each_label(press: Press) -> None:
    pages = pages_of(roll_pdf(labels(3), press=press))

    assert pages == [((176, 82), {label.address}) for label in labels(3)]


@pytest.mark.parametrize("dpi", ZPL_DPI)
def test_a_zebra_gets_one_label_for_each_tag(dpi: int) -> None:
    written = zpl(labels(2), dpi)

    assert written.count("^XA") == written.count("^XZ") == 2
    assert "^FDQA,HTTPS://KEYS.HANBIT.EXAMPLE/K/ABCDEFGHIJ2345AA^FS" in written
    assert f"^PW{496 if dpi == 203 else 732}^LL{232 if dpi == 203 else 343}" in written


@pytest.mark.parametrize("note", ["^XZ^XA^FDgone^FS", "~JR", "a_5Eb", "line\nbreak\x00", "\\&"])
def test_no_text_becomes_a_command_of_the_printer(note: str) -> None:
    (one,) = labels(1, note)

    written = zpl([one], 203)

    assert written.count("^XA") == written.count("^XZ") == 1
    assert "~" not in written
    assert not {"^", "~", "\x00", "\n"} & set(zpl_text(note))


def test_other_printers_are_not_guessed_at() -> None:
    with pytest.raises(ValueError, match="203 and 300"):
        zpl(labels(1), 600)


def test_a_label_as_svg_is_well_formed_whatever_stands_on_it() -> None:
    root = ElementTree.fromstring(label_svg(labels(1, "<script>&\"'")[0]))

    assert [node.text for node in root.iter("{http://www.w3.org/2000/svg}text")] == [
        "Key tag", "1", "B4", "<script>&\"'",
    ]  # fmt: skip
    assert io.StringIO(label_svg(labels(1)[0])).read().startswith("<svg")
