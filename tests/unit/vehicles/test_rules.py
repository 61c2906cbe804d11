"""Plates and chassis numbers, on made material and on the real lists where they are present."""

import json
import os
import unicodedata
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspect_app.vehicles.rules import (
    VIN_LENGTH,
    VinProblem,
    check_digit,
    is_vin_kept,
    maker_of,
    normalise_plate,
    normalise_vin,
    plate_face,
    plate_style,
    read_plate,
    shown_plate,
    vin_problems,
)

CORPUS = Path(os.environ.get("CORPUS") or Path(__file__).parents[4] / "shared" / "corpus")
ONLY_WITH_CORPUS = pytest.mark.skipif(
    not CORPUS.is_dir(), reason="no CORPUS; the made plates and VINs above prove the same"
)

KOREAN = ["12가 3456", "123나4567", "서울 12 가 3456", "경기34나5678", "제주 1 다 7890"]
CHINESE_BLUE = ["京A·12345", "粤B 8TZ49", "鲁F3115H", "新N-M5861"]
CHINESE_GREEN = ["京A·D92035", "沪AD12345", "粤B12345D"]
ELSEWHERE = ["AB-123-CD", "B MW 1234", "ก ข 1234", "さいたま 500 あ 12-34", "А123ВС77", "१२३ अ"]

VIN_LETTERS = "ABCDEFGHJKLMNPRSTUVWXYZ0123456789"
vins = st.text(VIN_LETTERS, min_size=VIN_LENGTH, max_size=VIN_LENGTH)


def real(name: str) -> Any:
    return json.loads((CORPUS / "text" / name).read_text(encoding="utf-8"))


@pytest.mark.parametrize("text", KOREAN + CHINESE_BLUE + CHINESE_GREEN + ELSEWHERE)
def test_a_plate_of_any_script_is_read(text: str) -> None:
    reading = read_plate(text)

    assert reading.problems == ()
    assert reading.key
    assert " " not in reading.key


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("12가 3456", "12가3456"),
        ("\uff11\uff12가\u3000\uff13\uff14\uff15\uff16", "12가3456"),
        (" 京a·12345\n", "京A12345"),
        ("ab-123 cd", "AB123CD"),
        ("AB.123•CD", "AB123CD"),
        (unicodedata.normalize("NFD", "12가3456"), "12가3456"),
        ("12가\u200b3456", "12가3456"),
    ],
)
def test_the_same_plate_typed_otherwise_has_the_same_key(typed: str, key: str) -> None:
    assert normalise_plate(typed) == key


@given(st.text())
def test_a_key_is_its_own_key(text: str) -> None:
    key = normalise_plate(text)

    assert normalise_plate(key) == key


@given(st.text(max_size=40))
def test_reading_a_plate_never_fails_and_a_good_one_has_a_key(text: str) -> None:
    reading = read_plate(text)

    assert bool(reading.key) or reading.problems
    assert len(reading.key) <= 16 or "PLATE_TOO_LONG" in reading.problems


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "PLATE_EMPTY"),
        (" \t\n", "PLATE_EMPTY"),
        ("\u200b", "PLATE_EMPTY"),
        ("-·.- /", "PLATE_ONLY_SIGNS"),
        ("🚗🚗", "PLATE_ONLY_SIGNS"),
        ("A" * 17, "PLATE_TOO_LONG"),
        ("A" + " -" * 20 + "1", "PLATE_TOO_LONG"),
        ("12가\x003456", "PLATE_HAS_CONTROL_CHARACTERS"),
        ("12가\x1b[31m", "PLATE_HAS_CONTROL_CHARACTERS"),
    ],
)
def test_what_is_no_plate_is_refused_with_its_reason(typed: str, code: str) -> None:
    assert code in read_plate(typed).problems


def test_a_plate_is_shown_with_its_spaces_and_without_invisible_signs() -> None:
    assert shown_plate("  ab  123\u202ecd ") == "AB 123CD"


@pytest.mark.parametrize(
    ("typed", "powertrain", "style", "parts"),
    [
        ("12가3456", "petrol", "kr", ("12가", "3456")),
        ("123가3456", "ev", "kr_ev", ("123가", "3456")),
        ("12 바 3456", "ev", "kr_hire", ("12바", "3456")),
        ("서울12가3456", "", "kr", ("서울12", "가3456")),
        ("京A12345", "", "cn_blue", ("京A", "12345")),
        ("京AD92035", "", "cn_green", ("京A", "D92035")),
        ("粤B12345D", "", "cn_green", ("粤B", "12345D")),
        ("京A1234挂", "", "cn_yellow", ("京A", "1234挂")),
        ("ab-123-cd", "", "plain", ("AB-123-CD",)),
        ("서울 1234 가 1234", "", "plain", ("서울 1234 가 1234",)),
        ("京I12345X1", "", "plain", ("京I12345X1",)),
    ],
)
def test_a_plate_is_drawn_as_its_country_draws_it(
    typed: str, powertrain: str, style: str, parts: tuple[str, ...]
) -> None:
    face = plate_face(typed, powertrain)

    assert (face.style, face.parts) == (style, parts)


def test_a_drawn_plate_reads_like_the_one_typed() -> None:
    assert plate_face("京A12345").text == "京A·12345"
    assert plate_face("12가3456").text == "12가 3456"
    for typed in KOREAN + CHINESE_BLUE + CHINESE_GREEN + ELSEWHERE:
        assert normalise_plate(plate_face(typed).text) == normalise_plate(typed)


@given(st.text(max_size=30))
def test_any_text_can_be_drawn(text: str) -> None:
    assert normalise_plate(plate_face(text).text) == normalise_plate(text)


@ONLY_WITH_CORPUS
def test_real_chinese_plates_are_drawn_in_their_colours() -> None:
    plates = real("plates-cn.json")
    examples = plates["documented_examples"]

    assert {plate_style(plate) for plate in plates["real_plates"]} == {"cn_blue"}
    assert {plate_style(plate) for plate in examples["electric"] + examples["both"]} == {"cn_green"}
    assert {plate_style(plate) for plate in examples["ordinary"]} == {"cn_blue"}
    assert {plate_style(plate) for plate in examples["not_a_plate"]} == {"plain"}
    assert not any(read_plate(plate).problems for plate in plates["real_plates"])


@ONLY_WITH_CORPUS
def test_real_korean_plates_are_read_and_others_are_drawn_plain() -> None:
    plates = real("plates-kr.json")

    assert not any(read_plate(plate).problems for plate in plates["accepted"])
    # One digit without a region is a plate of nowhere.
    assert {plate_style(plate) for plate in plates["accepted"] if plate != "1가1234"} == {"kr"}
    assert {plate_style(plate) for plate in plates["refused"]} == {"plain"}
    for letter in plates["formats"]["use_letters_private"]:
        assert plate_style(f"123{letter}4567") == "kr"
    for letter in plates["special"]["taxi_or_bus"] + plates["special"]["freight_service"]:
        assert plate_style(f"12{letter}4567") == "kr_hire"
    for region in plates["regions"]:
        assert plate_style(f"{region} 12 가 3456") == "kr"


@pytest.mark.parametrize("vin", ["1M8GDM9AXKP042788", "11111111111111111"])
def test_a_vin_with_a_good_check_digit_has_no_problem(vin: str) -> None:
    assert vin_problems(vin) == []


@pytest.mark.parametrize("vin", ["WP0ZZZ99ZTS392124", "KLATF08Y1VB363636"])
def test_a_check_digit_warns_and_never_blocks(vin: str) -> None:
    assert vin_problems(vin) == [VinProblem("VIN_CHECK_DIGIT", "warning")]
    assert is_vin_kept(vin)


@given(vins)
def test_seventeen_allowed_characters_are_always_kept(vin: str) -> None:
    assert is_vin_kept(vin)


@given(vins)
def test_the_right_check_digit_satisfies_itself(vin: str) -> None:
    mended = vin[:8] + check_digit(vin) + vin[9:]

    assert vin_problems(mended) == []


@given(vins, st.integers(0, 16))
def test_a_forbidden_letter_is_refused_and_its_figure_suggested(vin: str, place: int) -> None:
    wrong = vin[:place] + "O" + vin[place + 1 :]

    assert vin_problems(wrong) == [
        VinProblem("VIN_CHARACTERS", "error", vin[:place] + "0" + vin[place + 1 :])
    ]
    assert not is_vin_kept(wrong)


@pytest.mark.parametrize(
    ("vin", "found"),
    [
        ("", ["VIN_LENGTH"]),
        ("TOOSH0RT", ["VIN_LENGTH", "VIN_CHARACTERS"]),
        ("1M8GDM9AXKP04278", ["VIN_LENGTH"]),
        ("1M8GDM9AXKP0427889", ["VIN_LENGTH"]),
        ("1M8GDM9:XKP042788", ["VIN_CHARACTERS"]),
        ("1M8GDM9AXKP04278가", ["VIN_CHARACTERS"]),
        ("1M8GDM9A\nKP042788", ["VIN_CHARACTERS"]),
    ],
)
def test_what_is_no_vin_is_refused(vin: str, found: list[str]) -> None:
    assert [problem.code for problem in vin_problems(vin)] == found
    assert not is_vin_kept(vin)


def test_a_vin_is_normalised() -> None:
    assert normalise_vin(" 1m8-gdm9a xkp0 42788\t") == "1M8GDM9AXKP042788"
    assert normalise_vin("\uff11\uff2d8GDM9AXKP042788") == "1M8GDM9AXKP042788"


def test_the_maker_is_guessed_or_left_open() -> None:
    assert maker_of("KMHxx") == "Hyundai"
    assert maker_of("lsvx") == "Volkswagen"
    assert maker_of("000") == ""


@ONLY_WITH_CORPUS
def test_real_vins_are_kept_and_their_check_digits_agree() -> None:
    samples = real("vin-samples.json")

    for sample in samples["vins"] + samples["more_vins"]:
        assert is_vin_kept(sample["vin"])
        assert check_digit(sample["vin"]) == sample["check_digit_computed"]
        assert (vin_problems(sample["vin"]) == []) == sample["check_digit_ok"]
    for refused in samples["refused"]:
        assert not is_vin_kept(refused["vin"])
