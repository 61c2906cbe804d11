"""How the list is searched, and what an item must say."""

from inspect_app.price_list.rules import check_item, searchable


def test_signs_blanks_and_case_make_no_difference() -> None:
    assert searchable("Brake  PADS", "\uff30\uff11") == "brake pads p1"


def test_an_item_has_a_name_and_either_a_price_or_hours() -> None:
    assert check_item(kind="work", name="Bulb", price_amount=5, hours=None) == []
    assert check_item(kind="work", name=" ", price_amount=5, hours=100) == [
        "NAME_MISSING",
        "PRICE_OR_HOURS",
    ]
    assert check_item(kind="part", name="Bulb", price_amount=None, hours=100) == [
        "PART_WITHOUT_HOURS"
    ]
