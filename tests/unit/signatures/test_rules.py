"""Which statements are due in a sitting, and how long a signature stands."""

from datetime import UTC, datetime, timedelta

from inspect_app.signatures.rules import (
    Facts,
    Signed,
    due_statements,
    is_in_order,
    standing,
    stands,
)

NINE = datetime(2026, 11, 23, 9, tzinfo=UTC)
PHOTO, OTHER_PHOTO = "a" * 64, "b" * 64
ALL = {code: Facts(f"{code} as noted") for code in ("S1", "SD", "SI", "S2")}


def signed(*codes: str, at: datetime = NINE) -> dict[str, Signed]:
    return {code: Signed(ALL[code], at) for code in codes}


def test_everything_is_due_in_order_when_nothing_is_signed() -> None:
    shuffled = {code: ALL[code] for code in ("S2", "SI", "SD", "S1")}

    assert due_statements(shuffled, {}) == ("S1", "SD", "SI", "S2")


def test_nothing_is_due_when_all_signatures_stand() -> None:
    assert due_statements(ALL, signed("S1", "SD", "SI", "S2")) == ()


def test_what_cannot_be_signed_yet_is_not_due() -> None:
    assert due_statements({"S1": ALL["S1"]}, {}) == ("S1",)
    assert due_statements({}, {}) == ()


def test_without_a_discrepancy_no_signature_on_one_is_asked() -> None:
    now = {code: ALL[code] for code in ("S1", "SI", "S2")}

    assert due_statements(now, {}) == ("S1", "SI", "S2")


def test_an_order_signed_earlier_alone_is_not_asked_again() -> None:
    assert due_statements(ALL, signed("S1")) == ("SD", "SI", "S2")


def test_a_new_note_asks_for_the_noted_condition_again() -> None:
    now = {**ALL, "S2": Facts("S2 with one mark more")}

    assert due_statements(now, signed("S1", "SD", "SI", "S2")) == ("S2",)


def test_a_new_item_asks_for_the_list_and_then_the_condition() -> None:
    now = {**ALL, "SI": Facts("SI with an umbrella")}

    assert due_statements(now, signed("S1", "SD", "SI", "S2")) == ("SI", "S2")


def test_a_changed_order_asks_for_all_that_comes_after_it() -> None:
    now = {**ALL, "S1": Facts("S1 with another price")}

    assert due_statements(now, signed("S1", "SD", "SI", "S2")) == ("S1", "SD", "SI", "S2")


def test_a_late_discrepancy_does_not_ask_for_the_items_again() -> None:
    assert due_statements(ALL, signed("S1", "SI", "S2")) == ("SD", "S2")


def test_a_condition_signed_before_the_items_is_asked_again() -> None:
    earlier = {**signed("S1", "SD", "S2"), **signed("SI", at=NINE + timedelta(minutes=1))}

    assert due_statements(ALL, earlier) == ("S2",)
    assert standing(ALL, earlier) == {"S1", "SD", "SI"}


def test_a_signature_falls_with_a_photo_it_has_not_seen() -> None:
    seen = Facts("same", frozenset({PHOTO}))

    assert stands(seen, seen)
    assert not stands(seen, Facts("same", frozenset({PHOTO, OTHER_PHOTO})))


def test_a_signature_stands_while_its_photos_are_still_under_way() -> None:
    assert stands(Facts("same", frozenset({PHOTO, OTHER_PHOTO})), Facts("same"))


def test_a_signature_falls_when_the_facts_change_whatever_the_photos() -> None:
    assert not stands(Facts("then"), Facts("now"))


def test_times_in_order_may_be_equal() -> None:
    assert is_in_order({"S1": NINE, "SD": NINE, "SI": NINE, "S2": NINE})
    assert is_in_order({"SI": NINE, "SD": NINE + timedelta(seconds=1)})
    assert is_in_order({})


def test_an_order_signed_after_the_items_is_out_of_order() -> None:
    assert not is_in_order({"SI": NINE, "S1": NINE + timedelta(seconds=1)})
    assert not is_in_order({"S2": NINE, "SD": NINE + timedelta(seconds=1)})
