"""What no font can print never reaches the paper as a hole or an error."""

import pytest

from inspect_app.sheets.letters import BREAK_HERE, TEXT_LIMIT, printable, to_print


@pytest.mark.parametrize(
    ("given", "printed"),
    [
        ("김소라 · 歐陽娜娜 · 王芳", "김소라 · 歐陽娜娜 · 王芳"),
        ("e\u0301", "\u00e9"),
        ("\u1112\u1161\u11ab", "\ud55c"),
        ("a\u0007b\u200db\u202ec\ufeff", "abbc"),
        ("\U0001f697 ok", "\u25a1 ok"),
        ("one\r\ntwo\u2028three\tfour", "one\ntwo\nthree four"),
        ("\ud800", "\u25a1"),
        ("", ""),
    ],
)
def test_text_is_printed_or_replaced(given: str, printed: str) -> None:
    assert to_print(given) == printed


def test_a_very_long_word_gets_places_to_break() -> None:
    printed = to_print("W" * 45)

    assert printed.replace(BREAK_HERE, "") == "W" * 45
    assert max(map(len, printed.split(BREAK_HERE))) <= 10


def test_a_vin_stays_in_one_piece() -> None:
    assert to_print("KMHKN81AFNU012345") == "KMHKN81AFNU012345"


def test_endless_text_is_cut() -> None:
    assert len(to_print("word " * 5000)) <= TEXT_LIMIT


def test_every_hangul_syllable_and_every_gb2312_hanzi_has_a_glyph() -> None:
    hanzi = {
        bytes((lead, trail)).decode("gb2312")
        for lead in range(0xB0, 0xD8)
        for trail in range(0xA1, 0xFF)
        if not (lead == 0xD7 and trail > 0xF9)
    }

    assert set(range(0xAC00, 0xD7A4)) <= printable()
    assert set(map(ord, hanzi)) <= printable()
