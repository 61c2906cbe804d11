"""The items of the order: one tap, one price, and back again."""

from datetime import timedelta

import pytest

from inspect_app.db import db, now
from inspect_app.orders.models import OrderLine
from inspect_app.sites.models import Site
from inspect_app.visits.models import VisitEvent
from tests.conftest import Tablet
from tests.factories import add_line, arrive, new_id


def the_lines() -> list[OrderLine]:
    db.session.expire_all()
    return list(db.session.scalars(db.select(OrderLine).order_by(OrderLine.position)))


def test_a_usual_item_is_one_tap_and_its_price_not_yet_known(minji: Tablet, shop: Site) -> None:
    visit_id = arrive(minji, customer_locale="ko")

    answer = minji.htmx_post(
        f"/visits/{visit_id}/order/lines", {"id": new_id(), "new": "1", "usual": "battery"}
    )

    line = the_lines()[0]
    assert answer.status_code == 200
    assert (line.description, line.price_amount) == ("Battery · 배터리", None)
    assert "not yet known" in answer.text


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("45,000", 45000),
        ("45000", 45000),
        ("₩ 45 000", 45000),
        ("\uff14\uff15\uff10\uff10\uff10", 45000),
        ("", None),
    ],
)
def test_a_price_is_typed_as_people_write_it(
    minji: Tablet, shop: Site, typed: str, amount: int | None
) -> None:
    visit_id = arrive(minji)

    add_line(minji, visit_id, "Brake pads", typed)

    assert the_lines()[0].price_amount == amount


@pytest.mark.parametrize(
    "typed", ["-1", "12.5", "1e9", "12,34", "9" * 30, "abc", "NaN", "\u0661\u0662"]
)
def test_a_price_that_is_none_comes_back_as_typed(minji: Tablet, shop: Site, typed: str) -> None:
    visit_id = arrive(minji)
    form = {"id": new_id(), "new": "1", "description": "Brake pads", "price": typed}

    plain = minji.post(f"/visits/{visit_id}/order/lines", form)
    fragment = minji.htmx_post(f"/visits/{visit_id}/order/lines", form)

    assert (plain.status_code, fragment.status_code) == (422, 422)
    assert "Brake pads" in plain.text
    assert typed in plain.text
    assert fragment.headers["HX-Retarget"] == "#new-line"
    assert the_lines() == []


def test_a_line_without_words_is_refused_at_its_field(minji: Tablet, shop: Site) -> None:
    visit_id = arrive(minji)

    answer = minji.post(
        f"/visits/{visit_id}/order/lines", {"id": new_id(), "new": "1", "description": "  "}
    )

    assert answer.status_code == 422
    assert "Say what is to be done" in answer.text


def test_the_same_line_twice_is_one_line(minji: Tablet, shop: Site) -> None:
    visit_id = arrive(minji)
    form = {"id": new_id(), "new": "1", "description": "Oil", "price": "45000"}

    first = minji.htmx_post(f"/visits/{visit_id}/order/lines", form)
    second = minji.htmx_post(f"/visits/{visit_id}/order/lines", form)

    assert (first.status_code, second.status_code) == (200, 200)
    assert len(the_lines()) == 1


def test_a_lines_id_of_another_order_is_refused(minji: Tablet, shop: Site) -> None:
    mine, other = arrive(minji), arrive(minji, plate="34나5678")
    line_id = add_line(minji, mine, "Oil")
    form = {"id": line_id, "description": "Tyres"}

    assert minji.post(f"/visits/{other}/order/lines", form).status_code == 409
    assert minji.post(f"/visits/{other}/order/lines/{line_id}/removal").status_code == 404
    assert the_lines()[0].description == "Oil"


def test_of_two_changes_of_a_line_the_later_captured_one_stays(minji: Tablet, shop: Site) -> None:
    visit_id = arrive(minji)
    line_id = add_line(minji, visit_id, "Oil")
    url = f"/visits/{visit_id}/order/lines"
    earlier = (now() - timedelta(minutes=9)).isoformat()

    minji.post(url, {"id": line_id, "description": "Oil and filter", "price": "50000"})
    late = minji.post(
        url, {"id": line_id, "description": "Old words"}, headers={"X-Captured-At": earlier}
    )

    assert late.status_code == 303
    assert the_lines()[0].description == "Oil and filter"
    kinds = db.session.scalars(db.select(VisitEvent.kind)).all()
    assert "order.line_superseded" in kinds


def test_a_removed_line_can_be_brought_back(minji: Tablet, shop: Site) -> None:
    visit_id = arrive(minji)
    line_id = add_line(minji, visit_id, "Oil", "45000")
    base = f"/visits/{visit_id}/order/lines/{line_id}"

    removed = minji.htmx_post(f"{base}/removal")
    again = minji.htmx_post(f"{base}/removal")
    gone = the_lines()[0].removed_at
    minji.post(f"{base}/restoration")

    assert removed.status_code == again.status_code == 200
    assert "/restoration" in removed.text
    assert "Oil removed" in removed.text
    assert gone is not None
    assert the_lines()[0].removed_at is None


def test_the_total_says_how_many_prices_are_not_known(minji: Tablet) -> None:
    visit_id = arrive(minji)
    add_line(minji, visit_id, "Oil", "45000")
    add_line(minji, visit_id, "Noise")

    page = minji.get(f"/visits/{visit_id}/order").text

    assert "₩45,000" in page
    assert "and 1 price not yet known" in page
