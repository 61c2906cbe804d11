"""T30: what a car still lacks before the customer is told that it is ready."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from inspect_app.preparation.rules import Counted, Facts, hands_in, missing_for_ready, since
from inspect_app.staff.rules import Role

READY = Facts(
    steps=frozenset({"cleaned", "looked_over"}),
    items=(Counted(2, 2, put_back=True), Counted(1, 1, put_back=True)),
    slips=frozenset({"labour", "parts"}),
    sheet_totalled=True,
)


def codes(facts: Facts) -> list[str]:
    return [one.code for one in missing_for_ready(facts)]


def test_a_car_with_everything_done_is_ready() -> None:
    assert codes(READY) == []


def test_a_car_with_an_empty_list_needs_no_count() -> None:
    assert codes(replace(READY, items=())) == []


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        (replace(READY, steps=frozenset({"looked_over"})), "NOT_CLEANED"),
        (replace(READY, steps=frozenset({"cleaned"})), "NOT_LOOKED_OVER"),
        (replace(READY, items=(Counted(2),)), "ITEMS_NOT_COUNTED"),
        (replace(READY, items=(Counted(2, 1, put_back=True),)), "ITEMS_DIFFER"),
        (replace(READY, items=(Counted(1, 2, put_back=True),)), "ITEMS_DIFFER"),
        (replace(READY, items=(Counted(2, 2),)), "ITEMS_NOT_PUT_BACK"),
        (replace(READY, slips=frozenset({"parts"})), "SLIP_MISSING"),
        (replace(READY, slips=frozenset({"labour"})), "SLIP_MISSING"),
        (replace(READY, sheet_totalled=False), "SHEET_NOT_TOTALLED"),
        (replace(READY, sheet_totalled=False, prices_unknown=1), "PRICE_UNKNOWN"),
    ],
)
def test_a_car_lacks(facts: Facts, code: str) -> None:
    assert codes(facts) == [code]


def test_a_difference_that_the_supervisor_accepted_lets_the_car_go() -> None:
    lost = replace(READY, items=(Counted(1, 0),), difference_accepted=True)

    assert codes(lost) == []


def test_nothing_done_is_everything_missing_in_the_order_of_the_page() -> None:
    found = missing_for_ready(Facts(items=(Counted(1),)))

    assert [(one.code, one.about) for one in found] == [
        ("NOT_CLEANED", "cleaned"),
        ("NOT_LOOKED_OVER", "looked_over"),
        ("ITEMS_NOT_COUNTED", ""),
        ("SLIP_MISSING", "labour"),
        ("SLIP_MISSING", "parts"),
        ("SHEET_NOT_TOTALLED", ""),
    ]


def test_what_was_done_before_the_car_went_back_to_work_counts_no_more() -> None:
    came_out = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
    done = [("cleaned", came_out - timedelta(minutes=1)), ("looked_over", came_out)]

    assert since(done, came_out) == {"looked_over"}


@pytest.mark.parametrize(
    ("roles", "kinds"),
    [
        ({Role.PARTS}, ("parts",)),
        ({Role.TEAM}, ("labour",)),
        ({Role.WORKSHOP_SUPERVISOR}, ("labour",)),
        ({Role.SETTLEMENT_CLERK}, ("labour", "parts")),
        ({Role.RECEPTIONIST}, ()),
        ({Role.GATE_GUARD, Role.CAR_WASHER}, ()),
    ],
)
def test_each_department_hands_in_its_own_slip(roles: set[Role], kinds: tuple[str, ...]) -> None:
    assert hands_in(frozenset(roles)) == kinds
