"""The check-in sheet as a customer gets it: complete, readable, the same every time."""

import dataclasses
import json
import os
import threading
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from inspect_app.sheets.facts import (
    CheckInSheet,
    Locale,
    Order,
    OrderLine,
    Plan,
    Signature,
    Statement,
)
from inspect_app.sheets.press import Press
from inspect_app.sheets.render import ARCHIVAL, Printed, check_in_sheet
from inspect_app.sheets.words import LABELS
from tests.unit.sheets import material
from tests.unit.sheets.translations import labels_of

OWN_NAUGHTY = (
    "#panic()",
    '#read("/etc/passwd")',
    "$ x^2 $ *bold* _thin_ <label> @ref \\ \\u{41}",
    "'; DROP TABLE visits; --",
    "<script>alert(1)</script>",
    "\u202eright to left\u202c",
    "\u0645\u0631\u062d\u0628\u0627",
    "Z\u0351\u036b\u0343\u036a\u0302\u036b\u033da\u035f\u0323",
    "\U0001f469\u200d\U0001f469\u200d\U0001f467",
    "\x00\x01\x7f",
    "\ufdfd",
    "W" * 400,
)


def naughty_strings() -> list[str]:
    """Return the corpus's naughty strings where it is to be had, else our own."""
    corpus = os.environ.get("CORPUS")
    if corpus:
        strings: list[str] = json.loads((Path(corpus) / "text" / "blns.json").read_text())
        return strings
    return list(OWN_NAUGHTY)


def printed(press: Press, sheet: CheckInSheet) -> Printed:
    return check_in_sheet(sheet, labels_of(sheet.locale), material.MADE_AT, press)


def text_of(pdf: bytes) -> str:
    with pypdfium2.PdfDocument(pdf) as document:
        pages = [page.get_textpage().get_text_range() for page in document]
    return " ".join(" ".join(pages).split())


def test_the_sheet_is_an_archival_and_accessible_pdf_with_title_and_language(press: Press) -> None:
    answer = printed(press, material.sheet())

    assert answer.standards == ARCHIVAL
    assert b"pdfuaid" in answer.pdf
    assert b"pdfaid" in answer.pdf
    assert b"/Lang(en)" in answer.pdf.replace(b" ", b"")
    with pypdfium2.PdfDocument(answer.pdf) as document:
        assert document.get_metadata_value("Title") == "Check-in sheet R-2026-00417"


def test_everything_of_the_check_in_stands_on_the_sheet(press: Press) -> None:
    text = text_of(printed(press, material.sheet()).pdf)

    for part in (
        "R-2026-00417",
        "12\uac00 3456",
        "KMHKN81AFNU012345",
        "squeals when I brake",
        LABELS["price_unknown"],
        "Call above",
        "17 \u00b7 B4",
        "corrected at 10:12: dent",
        "11-12-2",
        "Check engine lamp",
        "all 6 checks",
        "48,210 km",
        "not in the car",
        "Charging cable",
        "Box sealed by",
        "2 photos are still on the tablet.",
        material.WORDS[:60],
        "Sora Kim",
        "Page 1 / ",
        "Demo: not a real order",
        "Customer's copy",
    ):
        assert part in text, part


def test_hashes_are_printed_whole(press: Press) -> None:
    sheet = material.sheet()

    text = text_of(printed(press, sheet).pdf).replace(" ", "")

    assert sheet.seal is not None
    assert text.count(sheet.seal.sha256) >= 3
    assert all(photo.sha256 in text for photo in sheet.photos)


@pytest.mark.parametrize("locale", ["en", "ko", "zh"])
@pytest.mark.parametrize(("marks", "photos", "lines"), [(0, 0, 1), (4, 4, 3), (30, 25, 40)])
def test_small_and_large_check_ins_print_in_every_language(
    press: Press, locale: Locale, marks: int, photos: int, lines: int
) -> None:
    answer = printed(press, material.sheet(locale, marks, photos, lines))

    assert answer.standards == ARCHIVAL
    assert labels_of(locale)["order"] in text_of(answer.pdf)


def test_equal_facts_make_equal_bytes(press: Press) -> None:
    assert printed(press, material.sheet()).pdf == printed(press, material.sheet()).pdf


def test_any_text_is_printed_as_text_and_keeps_the_standard(press: Press) -> None:
    strings = naughty_strings()
    statements = tuple(Statement("S1", s[:60], (s,), material.HASH, s[:40], 0) for s in strings)
    lines = tuple(OrderLine(s[:4], s, s, s[:30]) for s in strings)
    order = Order(lines, strings[0], strings[1])

    answer = printed(press, material.changed(material.sheet(), statements=statements, order=order))

    assert answer.standards == ARCHIVAL


def test_typst_markup_in_a_remark_is_only_text(press: Press) -> None:
    remark = '#panic() $x$ *a* #read("x")'

    text = text_of(
        printed(press, material.changed(material.sheet(), valuables=remark, plate=remark)).pdf
    )

    assert remark in text


def test_every_text_field_at_once_may_be_naughty(press: Press) -> None:
    strings = iter(naughty_strings() * 40)

    def spoiled(value: Any) -> Any:
        if isinstance(value, str):
            return next(strings)
        if isinstance(value, tuple):
            return tuple(map(spoiled, value))
        if dataclasses.is_dataclass(value) and not isinstance(value, type):
            kept = {"locale", "sha256", "previous_sha256", "kind", "colour"}
            names = [f.name for f in dataclasses.fields(value) if f.name not in kept]
            return dataclasses.replace(value, **{n: spoiled(getattr(value, n)) for n in names})
        return value

    assert printed(press, spoiled(material.sheet())).standards == ARCHIVAL


def test_a_photo_still_awaited_or_unreadable_leaves_its_place_with_a_word(press: Press) -> None:
    one, two, three, *_ = material.photos(3)
    awaited = dataclasses.replace(one, jpeg=None)
    no_jpeg = dataclasses.replace(two, jpeg=b"RIFF0000WEBP")

    answer = printed(press, material.changed(material.sheet(), photos=(awaited, no_jpeg, three)))

    text = text_of(answer.pdf)
    assert answer.standards == ARCHIVAL
    assert LABELS["awaited"] in text
    assert LABELS["photo_unreadable"] in text


def test_a_photo_that_is_broken_inside_never_stops_the_sheet(press: Press) -> None:
    one, two = material.photos(2)
    broken = dataclasses.replace(one, jpeg=b"\xff\xd8\xff" + b"\x00" * 400)

    answer = printed(press, material.changed(material.sheet(), photos=(broken, two)))

    assert answer.standards == ARCHIVAL
    assert text_of(answer.pdf).count(LABELS["photo_unreadable"]) == 1


def test_a_sheet_that_no_standard_allows_is_printed_without_one(press: Press) -> None:
    car = "<text x='9' y='99' fill='black'>\U0001f697</text></svg>".encode()
    drawing = material.STAND_IN_DRAWING.replace(b"</svg>", car)
    plan = Plan("Outside", drawing, "The car")

    answer = printed(press, material.changed(material.sheet(), plans=(plan,)))

    assert answer.standards == ()
    assert answer.has_photos


def test_a_signature_without_ink_is_refused(press: Press) -> None:
    blank = Signature((), "Sora", "owner", "now")

    with pytest.raises(ValueError, match="without a point"):
        printed(press, material.changed(material.sheet(), signatures=(blank,)))


def test_eight_at_once_all_come(press: Press) -> None:
    answers: list[Printed] = []
    threads = [
        threading.Thread(
            target=lambda plate=str(number): answers.append(
                printed(press, material.changed(material.sheet(), plate=plate))
            )
        )
        for number in range(8)
    ]

    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)

    assert len(answers) == 8
    assert all(answer.standards == ARCHIVAL for answer in answers)


def test_every_label_of_the_paper_is_translated() -> None:
    assert labels_of("ko").keys() == labels_of("zh").keys() == LABELS.keys()
