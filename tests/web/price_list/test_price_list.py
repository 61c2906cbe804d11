"""The price list: read by whoever quotes, changed by those who decide prices."""

import pytest
from flask import Flask

from inspect_app.db import db
from inspect_app.price_list.models import LabourRate, PriceItem
from inspect_app.sites.models import Site
from tests.conftest import Tablet, sign_in
from tests.factories import new_id


def item(code: str) -> PriceItem:
    db.session.expire_all()
    found: PriceItem = db.session.scalars(db.select(PriceItem).where(PriceItem.code == code)).one()
    return found


def test_the_receptionist_reads_and_searches_the_list(minji: Tablet) -> None:
    page = minji.get("/price-list")
    parts = minji.get("/price-list", query_string={"kind": "part", "q": "alternator"})

    assert "₩88,000" in page.text
    assert "Mechanics" in page.text
    assert "/price-list/items/new" not in page.text
    assert "Alternator 130 A" in parts.text
    assert "Oil filter" not in parts.text


def test_the_supervisor_adds_changes_and_removes_an_item(jun: Tablet, shop: Site) -> None:
    form = {"id": new_id(), "kind": "work", "code": "W-1", "name": "Bulb", "price": "5,500"}

    assert jun.post("/price-list/items", {**form, "name_ko": "전구 교환"}).status_code == 303
    kept = item("W-1")
    assert (kept.price_amount, kept.other_names) == (5_500, {"ko": "전구 교환"})
    assert "Bulb" in jun.get(f"/price-list/items/{kept.id}").text

    jun.post("/price-list/items", {**form, "name": "Bulb, front", "version": "1"})
    assert item("W-1").name == "Bulb, front"
    jun.post(f"/price-list/items/{kept.id}/removal")
    assert item("W-1").removed_at is not None
    assert "Bulb, front" not in jun.get("/price-list").text


@pytest.mark.parametrize(
    "wrong",
    [{"name": ""}, {"price": "-5"}, {"price": "5", "hours": "1"}, {"hours": "x"},
     {"kind": "part", "hours": "1"}],
)  # fmt: skip
def test_what_can_not_be_in_the_list_comes_back(
    jun: Tablet, shop: Site, wrong: dict[str, str]
) -> None:
    form = {"id": new_id(), "kind": "work", "code": "W-1", "name": "Bulb", **wrong}

    answer = jun.post("/price-list/items", form)

    assert answer.status_code == 422
    assert "W-1" in answer.text


def test_a_code_is_given_once_and_a_change_in_between_is_told(jun: Tablet, shop: Site) -> None:
    form = {"id": new_id(), "kind": "work", "code": "W-OIL", "name": "Another"}
    taken = jun.post("/price-list/items", form)
    oil = item("W-OIL")
    changed = {"id": str(oil.id), "kind": "work", "code": "W-OIL", "name": "Oil", "version": "1"}
    jun.post("/price-list/items", changed)

    stale = jun.post("/price-list/items", {**changed, "name": "Oil, mine"})

    assert (taken.status_code, stale.status_code) == (409, 409)
    assert "has this code already" in taken.text
    assert "Oil, mine" in stale.text
    assert item("W-OIL").name == "Oil"


def test_a_labour_rate_is_added_and_no_longer_offered(jun: Tablet, shop: Site) -> None:
    rate_id = new_id()
    form = {"id": rate_id, "rate_name": "Electrics", "rate_amount": "88,000"}

    assert jun.post("/price-list/rates", form).status_code == 303
    assert "Electrics" in jun.get("/price-list").text
    jun.post(f"/price-list/rates/{rate_id}/removal")

    assert "Electrics" not in jun.get("/price-list").text
    refused = jun.post("/price-list/rates", {"id": new_id(), "rate_name": "Typed"})
    assert refused.status_code == 422
    assert "Typed" in refused.text
    assert len(db.session.scalars(db.select(LabourRate)).all()) == 3


def test_who_does_not_decide_prices_changes_none(app: Flask, minji: Tablet, shop: Site) -> None:
    taemin = sign_in(app, "Taemin")

    assert minji.post("/price-list/items", {"id": new_id(), "name": "x"}).status_code == 403
    assert taemin.get("/price-list").status_code == 403
    assert sign_in(app, "Eun-ji").get("/price-list/items/new").status_code == 200
