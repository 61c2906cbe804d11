"""The trade's names for an order, and addresses of other systems."""

import pytest

from inspect_app.exchange.openapi import document
from inspect_app.exchange.rules import (
    PAY_TYPE_OF,
    STATUS_OF,
    STATUSES,
    is_link_template,
    link_to,
    transport_type,
)
from inspect_app.visits.rules import NOWHERE, TRANSITIONS


def test_every_state_has_a_status_that_other_systems_know() -> None:
    states = {state for line in TRANSITIONS for state in (*line.origins, *line.targets)} - {NOWHERE}

    assert set(STATUS_OF) == states
    assert set(STATUS_OF.values()) == set(STATUSES)


@pytest.mark.parametrize(
    ("template", "is_good"),
    [
        ("https://dms.example/orders/{number}", True),
        ("http://10.0.0.7:8080/o?n={number}", True),
        ("javascript:alert({number})", False),
        ("https://dms.example/orders", False),
        ("https://dms.example/{number}/{number}", False),
        ("https://user@dms.example/{number}", False),
        ("https:///{number}", False),
        ("//dms.example/{number}", False),
        ("https://[::1/{number}", False),
        ("https://dms.example/{number}\n", False),
        ("https://dms.example/{number}" + "x" * 300, False),
    ],
)
def test_only_a_plain_address_with_one_place_for_the_number_is_a_template(
    template: str, is_good: bool
) -> None:
    assert is_link_template(template) == is_good


def test_a_number_can_not_lead_elsewhere() -> None:
    assert (
        link_to("https://d.example/o/{number}", "../a?b#c") == "https://d.example/o/..%2Fa%3Fb%23c"
    )
    assert link_to("", "4711") == ""


def test_the_trades_words() -> None:
    assert [transport_type(waits) for waits in (None, True, False)] == [None, "waiter", "drop_off"]
    assert PAY_TYPE_OF["maker_warranty"] == "warranty"


def test_the_description_names_each_operation_once_and_each_schema_it_uses() -> None:
    found = document("https://shop.example/api/v1")
    names = [op["operationId"] for path in found["paths"].values() for op in path.values()]

    assert found["openapi"] == "3.1.0"
    assert len(names) == len(set(names)) == 3
    text = repr(found["paths"])
    for schema in ("Orders", "Order", "PushedOrder", "Received", "Problem"):
        assert f"#/components/schemas/{schema}'" in text
        assert schema in found["components"]["schemas"]
