"""Orders read and pushed by other systems: tokens, pace, keys, problems as JSON."""

import json
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from inspect_app.db import bind_site, db, now
from inspect_app.exchange import doorkeeper
from inspect_app.exchange.actions import make_token
from inspect_app.exchange.models import ApiAnswer, ApiToken, ExternalOrder
from inspect_app.orders.models import Order, OrderLine
from inspect_app.seeds import seed_shop
from inspect_app.sites.models import Site
from tests.conftest import Tablet, sign_in
from tests.factories import arrive, check_in, new_id
from tests.web.gate_passes.passes import person

PLATE = "12가 3456"
BODY: dict[str, Any] = {
    "external_number": "DMS-4711", "plate": "12가3456", "concern": "Squeals",
    "promised_at": "2026-12-20T18:00:00+09:00", "pay_type": "warranty", "old_parts_wanted": True,
    "lines": [{"description": "Brake pads", "price_amount": 120000}, {"description": "Look"}],
}  # fmt: skip


@pytest.fixture(autouse=True)
def _fresh_pace() -> None:
    doorkeeper._paces.clear()


def token(scope: str) -> dict[str, str]:
    """The header of a new token of the site that the session is bound to."""
    _row, text = make_token("DMS", scope, by=person("Eun-ji"), at=now())
    db.session.commit()
    return {"Authorization": f"Bearer {text}"}


@pytest.fixture
def system(app: Flask, shop: Site) -> Any:
    """Another system: no browser, no cookie, no origin."""
    return app.test_client()


def push(system: Any, headers: dict[str, str], **changes: Any) -> Any:
    """Pushes an order."""
    return system.post("/api/v1/orders", json={**BODY, **changes}, headers=headers)


def test_an_order_is_read_with_the_trades_names(system: Any, minji: Tablet, shop: Site) -> None:
    check_in(minji, PLATE)
    number = db.session.scalars(select(Order.number)).one()
    read = token("read")

    listed = system.get("/api/v1/orders", query_string={"status": "open"}, headers=read)
    one = system.get(f"/api/v1/orders/{number}", headers=read)

    assert [order["number"] for order in listed.json["orders"]] == [number]
    order = one.json
    assert order == listed.json["orders"][0]
    assert order["odometer_in"] == {"value": 48_210, "unit": "km"}
    assert (order["tag_number"], order["pay_type"]) == (1, "customer")
    assert order["old_parts_wanted"] is True
    assert order["vehicle"]["plate"] == PLATE
    assert order["promised_at"].endswith("+00:00")
    assert [line["price_amount"] for line in order["lines"]] == [120_000, None]


def test_pages_follow_one_another_without_gap_or_repeat(
    system: Any, minji: Tablet, shop: Site
) -> None:
    for number in range(5):
        arrive(minji, f"12가 345{number}")
    read, seen, after = token("read"), [], ""
    while True:
        query = {"limit": "2", "after": after}
        page = system.get("/api/v1/orders", query_string=query, headers=read).json
        seen += [order["number"] for order in page["orders"]]
        if page["next"] is None:
            break
        after = page["next"]

    assert len(seen) == len(set(seen)) == 5
    assert seen == sorted(seen, reverse=True)


def test_without_a_living_token_nothing_is_shown(app: Flask, system: Any, shop: Site) -> None:
    read = token("read")
    row = db.session.scalars(select(ApiToken)).one()
    manager = sign_in(app, "Eun-ji")
    manager.post(f"/other-systems/tokens/{row.id}/ending")

    for headers in ({}, {"Authorization": "Basic eDp5"}, {"Authorization": "Bearer x"}, read):
        answer = system.get("/api/v1/orders", headers=headers)
        assert answer.status_code == 401
        assert answer.mimetype == "application/problem+json"
        assert answer.headers["WWW-Authenticate"] == "Bearer"


def test_a_token_shows_its_own_site_alone(system: Any, minji: Tablet, shop: Site) -> None:
    arrive(minji, PLATE)
    number, here = db.session.scalars(select(Order.number)).one(), shop.id
    seed_shop(code="second", name="Second Shop")
    theirs = token("write")
    bind_site(here)

    assert system.get("/api/v1/orders", headers=theirs).json["orders"] == []
    assert system.get(f"/api/v1/orders/{number}", headers=theirs).status_code == 404
    assert push(system, theirs).json["state"] == "waiting"


def test_a_reading_token_pushes_nothing(system: Any, shop: Site) -> None:
    answer = push(system, token("read"))

    assert answer.status_code == 403
    assert db.session.scalars(select(ExternalOrder)).all() == []


def test_a_pushed_order_waits_for_the_car_and_a_person_takes_it_over(
    system: Any, minji: Tablet, shop: Site
) -> None:
    write = token("write")
    waiting = push(system, write)
    visit_id = arrive(minji, PLATE)
    part = minji.get(f"/visits/{visit_id}/other-system").text
    external = db.session.scalars(select(ExternalOrder)).one()
    url = f"/visits/{visit_id}/other-system/{external.id}/take-over"

    for _again in range(2):
        assert minji.htmx_post(url).status_code == 200

    db.session.expire_all()
    order = db.session.scalars(select(Order)).one()
    assert (waiting.status_code, waiting.json["state"]) == (201, "waiting")
    assert "DMS-4711" in part
    assert (order.customer_words, order.payer, order.old_parts_back) == (
        "Squeals", "maker_warranty", True,
    )  # fmt: skip
    assert order.promised_at is not None
    lines = db.session.scalars(select(OrderLine).order_by(OrderLine.position)).all()
    assert [(line.description, line.price_amount) for line in lines] == [
        ("Brake pads", 120_000), ("Look", None),
    ]  # fmt: skip
    assert push(system, write).status_code == 409
    assert (
        system.get("/api/v1/orders/DMS-4711", headers=write).json["external_number"] == "DMS-4711"
    )


def test_what_reception_typed_is_not_overwritten(system: Any, minji: Tablet, shop: Site) -> None:
    visit_id = arrive(minji, PLATE)
    minji.post(f"/visits/{visit_id}/order", {"part": "words", "customer_words": "It rattles"})
    linked = push(system, token("write"))
    external = db.session.scalars(select(ExternalOrder)).one()

    minji.htmx_post(f"/visits/{visit_id}/other-system/{external.id}/take-over")

    db.session.expire_all()
    assert linked.json["state"] == "linked"
    assert db.session.scalars(select(Order.customer_words)).one() == "It rattles"


def test_a_signed_order_takes_nothing_over(system: Any, minji: Tablet, shop: Site) -> None:
    visit_id = check_in(minji, PLATE)
    push(system, token("write"))
    external = db.session.scalars(select(ExternalOrder)).one()

    answer = minji.htmx_post(f"/visits/{visit_id}/other-system/{external.id}/take-over")

    assert answer.status_code == 409
    assert external.taken_over_at is None


def test_the_same_key_gets_the_same_answer_and_another_body_is_refused(
    system: Any, shop: Site
) -> None:
    headers = {**token("write"), "Idempotency-Key": "order-4711-1"}

    first, second = push(system, headers), push(system, headers)
    other = push(system, headers, concern="Another")

    assert (first.status_code, second.status_code) == (201, 201)
    assert first.data == second.data
    assert other.status_code == 422
    assert len(db.session.scalars(select(ApiAnswer)).all()) == 1


def test_who_asks_too_often_waits(system: Any, shop: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    read = token("read")
    monkeypatch.setattr("inspect_app.exchange.rules.REQUESTS_A_MINUTE", 3)

    answers = [system.get("/api/v1/orders", headers=read) for _ in range(4)]

    assert [one.status_code for one in answers] == [200, 200, 200, 429]
    assert answers[-1].headers["Retry-After"] == "60"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"external_number": " "}, "external_number"),
        ({"plate": 7}, "plate"),
        ({"plate": "---"}, "plate"),
        ({"promised_at": "tomorrow"}, "promised_at"),
        ({"promised_at": "2026-12-20T18:00:00"}, "promised_at"),
        ({"promised_at": "9999-12-31T23:59:59-14:00"}, "promised_at"),
        ({"pay_type": "barter"}, "pay_type"),
        ({"old_parts_wanted": "yes"}, "old_parts_wanted"),
        ({"lines": [{"description": "x", "price_amount": 1.5}]}, "lines.0.price_amount"),
        ({"lines": [{"description": "x", "price_amount": True}]}, "lines.0.price_amount"),
        ({"lines": [{"price_amount": 1}]}, "lines.0.description"),
        ({"lines": [{"description": "x"}] * 51}, "lines"),
        ({"concern": "a\x00b"}, "concern"),
        ({"gift": 1}, "gift"),
    ],
)
def test_what_is_wrong_is_said_field_by_field(
    system: Any, shop: Site, changes: dict[str, Any], field: str
) -> None:
    answer = push(system, token("write"), **changes)

    assert answer.status_code == 422
    assert field in answer.json["errors"]


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b"{", "application/json", 400),
        (b"[]", "application/json", 400),
        (b"[" * 60_000, "application/json", 400),
        (json.dumps(BODY).encode(), "text/plain", 415),
        (b" " * 70_000, "application/json", 413),
        (b"\xff\xfe", "application/json", 400),
    ],
)
def test_a_body_that_is_no_json_object_is_refused(
    system: Any, shop: Site, body: bytes, kind: str, status: int
) -> None:
    answer = system.post("/api/v1/orders", data=body, content_type=kind, headers=token("write"))

    assert answer.status_code == status
    assert answer.mimetype == "application/problem+json"


def test_only_the_manager_makes_tokens_and_sees_each_once(app: Flask, minji: Tablet) -> None:
    manager = sign_in(app, "Eun-ji")

    made = manager.post("/other-systems/tokens", {"name": "DMS", "scope": "write"})
    again = manager.get("/other-systems")

    assert "rcp_" in made.text
    assert "rcp_" not in again.text
    assert minji.get("/other-systems").status_code == 403
    assert manager.post("/other-systems/tokens", {"name": ""}).status_code == 422


def test_the_record_leads_to_the_order_there(app: Flask, minji: Tablet, shop: Site) -> None:
    manager, visit_id = sign_in(app, "Eun-ji"), arrive(minji, PLATE)
    url = "/other-systems/address"
    bad = manager.post(url, {"template": "javascript:{number}"})
    manager.post(url, {"template": "https://dms.example/o/{number}"})
    other = arrive(minji, "34나 5678")

    linked = minji.htmx_post(f"/visits/{visit_id}/other-system", {"id": new_id(), "number": "A/7"})
    taken = minji.htmx_post(f"/visits/{other}/other-system", {"id": new_id(), "number": "A/7"})

    assert bad.status_code == 422
    assert 'href="https://dms.example/o/A%2F7"' in linked.text
    assert taken.status_code == 409
