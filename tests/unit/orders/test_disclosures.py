"""Each disclosure of process 5.4: due, not due, and in which words."""

from dataclasses import dataclass

import pytest

from inspect_app.orders.disclosures import (
    CODES,
    PricedLine,
    due_disclosures,
    is_unproven,
    is_without_guarantee,
    text,
)


@dataclass(frozen=True)
class Part:
    source: str = "plant"
    grade: str = "genuine_new"
    is_key_position: bool = False
    origin: str = ""
    check_result: str = ""


def codes_for(method: str = "system", *parts: Part, fee: int | None = None) -> list[str]:
    line = PricedLine(1, "a", method, [(str(n), part) for n, part in enumerate(parts)])
    return [due.code for due in due_disclosures([line], diagnosis_fee_amount=fee)]


@pytest.mark.parametrize(
    ("method", "part", "due"),
    [
        ("system", None, []),
        ("symptom", None, ["P1"]),
        ("item", None, ["P2"]),
        ("system", Part(), []),
        ("system", Part(source="customer"), ["P3"]),
        ("system", Part(grade="aftermarket_new"), []),
        ("system", Part(is_key_position=True), []),
        ("system", Part(grade="aftermarket_new", is_key_position=True), ["P4"]),
        ("system", Part("customer", "aftermarket_new", is_key_position=True), ["P3"]),
        ("system", Part(grade="certified_new", is_key_position=True), []),
        ("system", Part(grade="used"), ["P10"]),
        ("system", Part(grade="remanufactured", is_key_position=True), ["P10"]),
        ("item", Part("customer", "used"), ["P2", "P3", "P10"]),
    ],
)
def test_what_a_line_brings_with_it(method: str, part: Part | None, due: list[str]) -> None:
    assert codes_for(method, *([part] if part else [])) == due


def test_a_fee_is_told_only_where_one_is_charged() -> None:
    assert codes_for(fee=30_000) == ["P6"]
    assert codes_for(fee=None) == []
    assert codes_for(fee=0) == []
    assert due_disclosures([], diagnosis_fee_amount=30_000)[0].amount == 30_000


def test_a_disclosure_names_the_lines_and_parts_it_is_about() -> None:
    lines = [
        PricedLine(1, "a", "item"),
        PricedLine(2, "b", "system", [("p", Part(source="customer"))]),
        PricedLine(3, "c", "item"),
    ]

    due = {one.code: one for one in due_disclosures(lines)}

    assert due["P2"].numbers == (1, 3)
    assert due["P2"].about == ("a", "c")
    assert due["P3"].numbers == (2,)
    assert due["P3"].about == ("p",)


def test_a_used_part_is_proven_by_where_it_is_from_and_how_it_was_checked() -> None:
    assert is_unproven(Part(grade="used"))
    assert is_unproven(Part(grade="used", origin="Recycler in Ansan"))
    assert not is_unproven(Part(grade="used", origin="Recycler", check_result="Tested"))
    assert not is_unproven(Part(grade="genuine_new"))
    assert not is_unproven(Part("customer", "used"))


def test_parts_without_guarantee_are_the_customers_own_and_those_insisted_on() -> None:
    assert is_without_guarantee(Part(source="customer"))
    assert is_without_guarantee(Part(grade="aftermarket_new", is_key_position=True))
    assert not is_without_guarantee(Part(grade="aftermarket_new"))
    assert not is_without_guarantee(Part(grade="used"))


@pytest.mark.parametrize("language", ["en", "ko", "zh"])
@pytest.mark.parametrize("code", CODES)
def test_every_disclosure_has_its_words_in_each_language(code: str, language: str) -> None:
    said = text(code, language, time="14:05", amount="₩30,000")

    assert said
    assert "{" not in said
