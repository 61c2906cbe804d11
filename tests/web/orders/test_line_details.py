"""How a line is priced, and its parts: three methods, five grades, and what the customer chose."""

import pytest
from flask import Flask

from inspect_app.db import db
from inspect_app.orders.models import OrderLine, OrderPart
from inspect_app.orders.queries import parts_without_guarantee
from inspect_app.price_list.models import PriceItem
from inspect_app.sites.models import Site
from tests.conftest import Tablet, sign_in
from tests.factories import add_line, arrive, new_id


def the_line() -> OrderLine:
    db.session.expire_all()
    line: OrderLine = db.session.scalars(db.select(OrderLine)).one()
    return line


def the_parts() -> list[OrderPart]:
    db.session.expire_all()
    return list(db.session.scalars(db.select(OrderPart).order_by(OrderPart.position)))


def details(tablet: Tablet, visit_id: str, line_id: str, **fields: str) -> int:
    url = f"/visits/{visit_id}/order/lines/{line_id}/details"
    form = {"id": line_id, "description": "Brakes", **fields}
    return tablet.post(url, form).status_code


def add_part(tablet: Tablet, visit_id: str, line_id: str, **fields: str) -> int:
    url = f"/visits/{visit_id}/order/lines/{line_id}/parts"
    return tablet.post(url, {"id": new_id(), **fields}).status_code


@pytest.fixture
def visit_id(minji: Tablet) -> str:
    return arrive(minji)


@pytest.fixture
def line_id(minji: Tablet, visit_id: str) -> str:
    return add_line(minji, visit_id, "Brakes")


def test_a_system_price_names_its_systems_and_keeps_its_parts_inside(
    minji: Tablet, shop: Site, visit_id: str, line_id: str
) -> None:
    form = {"method": "system", "system": "brakes", "price": "300,000", "scope": "Pads and discs"}

    assert details(minji, visit_id, line_id, **form) == 303
    assert add_part(minji, visit_id, line_id, name="Pads", unit_price="70000") == 303

    line = the_line()
    assert (line.method, line.subject, line.scope) == ("system", "brakes", "Pads and discs")
    assert line.price_amount == 300_000


def test_the_allowance_of_a_symptom_is_kept_apart_and_is_inside_the_price(
    minji: Tablet, shop: Site, visit_id: str, line_id: str
) -> None:
    form = {"method": "symptom", "symptom": "It squeals", "price": "200000", "risk": "50000"}

    assert details(minji, visit_id, line_id, **form, gone_test="Ten cold stops") == 303

    line = the_line()
    assert (line.base_amount, line.risk_amount, line.price_amount) == (200_000, 50_000, 250_000)
    assert line.gone_test == "Ten cold stops"
    assert "250,000" in minji.get(f"/visits/{visit_id}/order").text


def test_an_item_is_hours_times_rate_and_its_parts(
    minji: Tablet, shop: Site, visit_id: str, line_id: str
) -> None:
    assert details(minji, visit_id, line_id, method="item", hours="0.8", rate="66,000") == 303
    assert add_part(minji, visit_id, line_id, name="Pads", quantity="2", unit_price="37400") == 303

    assert the_line().price_amount == 52_800 + 74_800
    page = minji.get(f"/visits/{visit_id}/order").text
    assert "₩127,600" in page
    assert f'aria-label="Price of {the_line().description}"' not in page


@pytest.mark.parametrize(
    "wrong",
    [
        {"method": "item", "hours": "-1", "rate": "66000"},
        {"method": "item", "hours": "0.333", "rate": "66000"},
        {"method": "item", "hours": "100001", "rate": "66000"},
        {"method": "item", "hours": "2"},
        {"method": "item", "hours": "2", "rate": "66000", "price": "5000"},
        {"method": "item", "hours": "999", "rate": "1999999999"},
        {"method": "symptom", "risk": "5000"},
        {"method": "magic"},
        {"method": "system", "system": "warp drive"},
        {"method": "system", "description": " "},
    ],
)
def test_what_can_not_be_a_price_comes_back_as_it_was_typed(
    minji: Tablet, shop: Site, visit_id: str, line_id: str, wrong: dict[str, str]
) -> None:
    url = f"/visits/{visit_id}/order/lines/{line_id}/details"
    form = {"id": line_id, "description": "Brakes", "gone_test": "Typed", **wrong}

    plain, fragment = minji.post(url, form), minji.htmx_post(url, form)

    assert (plain.status_code, fragment.status_code) == (422, 422)
    assert fragment.headers["HX-Retarget"] == "#sheet"
    assert "Typed" in plain.text
    assert the_line().version == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": ""},
        {"name": "Pads", "quantity": "0"},
        {"name": "Pads", "quantity": "-2"},
        {"name": "Pads", "quantity": "1e9"},
        {"name": "Pads", "unit_price": "-1"},
        {"name": "Pads", "grade": "golden"},
        {"name": "Pads", "source": "the moon"},
        {"name": "Pads", "option_used": "cheap"},
    ],
)
def test_a_part_that_can_not_be_comes_back(
    minji: Tablet, shop: Site, visit_id: str, line_id: str, wrong: dict[str, str]
) -> None:
    assert add_part(minji, visit_id, line_id, **wrong) == 422
    assert the_parts() == []


def test_what_was_offered_and_chosen_is_kept_and_the_price_follows(
    minji: Tablet, shop: Site, visit_id: str, line_id: str
) -> None:
    details(minji, visit_id, line_id, method="item")
    offered = {"option_genuine_new": "385000", "option_remanufactured": "240000"}
    form = {"name": "Alternator", "grade": "remanufactured", **offered}

    assert add_part(minji, visit_id, line_id, **form, origin="Rebuilder", check_result="OK") == 303

    part = the_parts()[0]
    assert [one["grade"] for one in part.options] == ["genuine_new", "remanufactured"]
    assert part.unit_price_amount == 240_000
    assert part.chosen_at is not None
    assert the_line().price_amount == 240_000


def test_a_part_without_grade_or_a_used_one_without_origin_is_missing(
    minji: Tablet, shop: Site, visit_id: str, line_id: str
) -> None:
    add_part(minji, visit_id, line_id, name="Pads")
    assert "whether it is genuine" in minji.get(f"/visits/{visit_id}/order").text

    url = f"/visits/{visit_id}/order/lines/{line_id}/parts"
    minji.post(url, {"id": str(the_parts()[0].id), "name": "Pads", "grade": "used"})
    assert "where a used part is from" in minji.get(f"/visits/{visit_id}/order").text


def test_a_customers_own_part_and_one_insisted_on_are_without_guarantee(
    minji: Tablet, shop: Site, visit_id: str, line_id: str
) -> None:
    aftermarket = {"grade": "aftermarket_new", "is_key_position": "1"}
    add_part(minji, visit_id, line_id, name="Own pads", source="customer", grade="used")
    add_part(minji, visit_id, line_id, name="Cheap discs", **aftermarket)
    add_part(minji, visit_id, line_id, name="Good discs", grade="genuine_new")

    found = parts_without_guarantee(the_line().order_id)

    assert [part.name for _line, part in found] == ["Own pads", "Cheap discs"]


def test_a_part_that_is_taken_out_costs_nothing_more(
    minji: Tablet, shop: Site, visit_id: str, line_id: str
) -> None:
    details(minji, visit_id, line_id, method="item", price="10000")
    add_part(minji, visit_id, line_id, name="Pads", unit_price="70000", grade="genuine_new")
    base = f"/visits/{visit_id}/order/lines/{line_id}/parts/{the_parts()[0].id}"

    answer = minji.htmx_post(f"{base}/removal")

    assert answer.status_code == 200
    assert the_line().price_amount == 10_000


def test_a_colleagues_change_is_told_and_what_was_typed_stays(
    app: Flask, minji: Tablet, shop: Site, visit_id: str, line_id: str
) -> None:
    haoran, url = sign_in(app, "Haoran"), f"/visits/{visit_id}/order/lines"
    haoran.post(url, {"id": line_id, "description": "Haoran's words", "version": "1"})
    form = {"id": line_id, "description": "Minji's words", "price": "5", "version": "1"}

    plain, fragment = minji.post(url, form), minji.htmx_post(url, form)
    sheet = minji.htmx_post(f"{url}/{line_id}/details", {**form, "method": "system"})

    assert {plain.status_code, fragment.status_code, sheet.status_code} == {409}
    assert "Haoran changed this at" in plain.text
    assert "Minji&#39;s words" in plain.text
    assert 'name="version" value="2"' in fragment.text
    assert "Minji&#39;s words" in sheet.text
    assert the_line().description == "Haoran's words"
    assert minji.post(url, {**form, "version": "2"}).status_code == 303
    assert the_line().description == "Minji's words"


def test_an_oil_change_is_one_tap_with_the_price_of_the_list(
    minji: Tablet, shop: Site, visit_id: str
) -> None:
    url = f"/visits/{visit_id}/order/lines"

    answer = minji.htmx_post(url, {"id": new_id(), "new": "1", "usual": "oil_change"})

    line = the_line()
    assert answer.status_code == 200
    assert (line.method, line.basis, line.price_amount) == ("item", "price_list", 88_000)


def test_the_list_is_found_by_what_is_typed_in_any_of_its_languages(
    minji: Tablet, shop: Site, visit_id: str, line_id: str
) -> None:
    url = f"/visits/{visit_id}/order/price-items"

    assert "Brake pads front, renew" in minji.get(url, query_string={"description": "PADS re"}).text
    assert "Brake pads front, renew" in minji.get(url, query_string={"description": "패드 교"}).text
    found = minji.get(url, query_string={"name": "58101", "line": line_id}).text
    assert "Brake pads front, set" in found
    assert "button" not in minji.get(url, query_string={"description": "%%"}).text


def test_what_is_picked_brings_hours_rate_and_both_names(minji: Tablet, shop: Site) -> None:
    visit_id = arrive(minji, customer_locale="ko")
    item = db.session.scalars(db.select(PriceItem).where(PriceItem.code == "H-PADF")).one()

    minji.post(f"/visits/{visit_id}/order/lines", {"id": new_id(), "price_item": str(item.id)})

    line = the_line()
    assert line.description == "Brake pads front, renew · 앞 브레이크 패드 교환"
    assert (line.hours_hundredths, line.rate_amount, line.price_amount) == (80, 66_000, 52_800)


def test_a_part_of_the_list_is_picked_whole(
    minji: Tablet, shop: Site, visit_id: str, line_id: str
) -> None:
    item = db.session.scalars(db.select(PriceItem).where(PriceItem.code == "P-PADF")).one()

    assert add_part(minji, visit_id, line_id, price_item=str(item.id)) == 303

    part = the_parts()[0]
    assert (part.brand, part.grade, part.is_key_position) == ("Mobis", "genuine_new", True)


def test_the_supervisor_reads_how_a_line_is_priced_and_changes_nothing(
    app: Flask, minji: Tablet, visit_id: str, line_id: str
) -> None:
    seojun, url = sign_in(app, "Seojun"), f"/visits/{visit_id}/order/lines/{line_id}"

    page = seojun.get(url)

    assert page.status_code == 200
    assert "disabled" in page.text
    assert seojun.post(f"{url}/details", {"id": line_id}).status_code == 403
