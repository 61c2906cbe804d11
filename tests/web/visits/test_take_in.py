"""Taking in: what a plate brings along, what a new car is asked, what never blocks."""

import json

import pytest
from flask import Flask

from inspect_app.customers.models import Consent, Customer
from inspect_app.db import db
from inspect_app.sites.models import Site
from inspect_app.vehicles.models import Vehicle
from inspect_app.visits.models import Visit
from tests.conftest import Tablet, corpus, sign_in
from tests.factories import add_line, arrival_form, arrive, ready_to_sign
from tests.web.conftest import Statements

GOOD_VIN = "1HGCM82633A004352"
WRONG_CHECK_DIGIT = "1HGCM82643A004352"


def leave(visit_id: str) -> None:
    """The car has left; the way there comes with later work."""
    db.session.expire_all()
    visit = next(one for one in db.session.scalars(db.select(Visit)) if str(one.id) == visit_id)
    visit.state = "left"
    db.session.commit()


def test_a_known_plate_brings_car_and_customer_along(minji: Tablet, shop: Site) -> None:
    leave(ready_to_sign(minji))

    card = minji.get("/arrivals/lookup?plate=12 가-3456").text

    assert "Hyundai Sonata" in card
    assert "Sora Kim" in card
    assert "km" in card
    assert "known mark" in card
    assert "Usually hands in" in card
    assert "known_customer_id" in card


def test_a_returning_car_is_taken_in_with_its_plate_alone(minji: Tablet, shop: Site) -> None:
    leave(arrive(minji))
    customer = db.session.scalars(db.select(Customer)).one()
    form = arrival_form("12가3456", customer_name="Sora Kim", known_customer_id=str(customer.id))
    for name in ("make", "model", "body_type", "customer_phone"):
        del form[name]

    answer = minji.post("/visits", form)

    assert answer.status_code == 303
    db.session.expire_all()
    vehicle = db.session.scalars(db.select(Vehicle)).one()
    assert (vehicle.model, vehicle.customer_id) == ("Sonata", customer.id)
    assert db.session.scalars(db.select(Customer)).one().phone == "010-1234-5678"
    assert {visit.returning_customer for visit in db.session.scalars(db.select(Visit))} == {
        False,
        True,
    }


def test_another_customer_than_last_time_leaves_the_first_as_they_were(
    minji: Tablet, shop: Site
) -> None:
    leave(arrive(minji))
    known = str(db.session.scalars(db.select(Customer.id)).one())

    minji.post(
        "/visits",
        arrival_form(customer_name="Li Wei", known_customer_id=known, other_customer="1"),
    )

    db.session.expire_all()
    names = set(db.session.scalars(db.select(Customer.name)))
    assert names == {"Sora Kim", "Li Wei"}


def test_a_new_plate_asks_shape_name_and_phone(minji: Tablet) -> None:
    card = minji.get("/arrivals/lookup?plate=34나5678").text

    assert 'name="body_type"' in card
    assert 'name="customer_name"' in card
    assert "known_customer_id" not in card


def test_a_plate_half_typed_asks_nothing_yet(minji: Tablet) -> None:
    assert 'name="customer_name"' not in minji.get("/arrivals/lookup?plate=34").text


def test_a_new_cars_answers_are_not_swapped_away_while_typing_on(minji: Tablet) -> None:
    assert minji.get("/arrivals/lookup?plate=34나56789&card=new").status_code == 204


def test_a_car_that_is_here_leads_to_its_visit(minji: Tablet) -> None:
    visit_id = arrive(minji)

    card = minji.get("/arrivals/lookup?plate=12가3456").text
    posted = minji.post("/visits", arrival_form())

    assert f"/visits/{visit_id}" in card
    assert posted.status_code == 409
    assert f"/visits/{visit_id}" in posted.text


def test_no_consent_is_answered_beforehand(minji: Tablet, shop: Site) -> None:
    page = minji.get("/arrivals/new?plate=34나5678").text
    form = arrival_form()
    for kind in ("data", "contact", "promotion"):
        part = page[page.index(f'name="consent_{kind}"') :][:400]
        assert "checked" not in part
        del form[f"consent_{kind}"]

    minji.post("/visits", form)

    assert db.session.scalars(db.select(Consent)).all() == []


def test_each_consent_is_kept_as_it_was_answered(minji: Tablet, shop: Site) -> None:
    arrive(minji)

    answers = {row.kind: row.given for row in db.session.scalars(db.select(Consent))}
    assert answers == {"data": True, "contact": True, "promotion": False}


def test_a_refused_form_keeps_everything_that_was_typed(minji: Tablet, shop: Site) -> None:
    form = arrival_form(
        plate="!!", vin="SHORT", customer_phone="12", organisation="Hanbit & Söhne <b>"
    )

    answer = minji.post("/visits", form)

    assert answer.status_code == 422
    assert "Type the plate as it is on the car" in answer.text
    assert "A VIN has 17 characters" in answer.text
    assert "4 to 20 digits" in answer.text
    assert 'value="Hanbit &amp; Söhne &lt;b&gt;"' in answer.text
    assert 'value="Sora Kim"' in answer.text
    assert db.session.scalars(db.select(Vehicle)).all() == []


def test_a_repair_needs_the_customers_name_and_a_consultation_does_not(
    minji: Tablet, shop: Site
) -> None:
    nameless = arrival_form(customer_name="")

    refused = minji.post("/visits", nameless)
    taken = minji.post("/visits", arrival_form(customer_name="", purpose="consult"))

    assert refused.status_code == 422
    assert "Ask for the customer" in refused.text
    assert taken.status_code == 303


def test_a_vin_in_the_large_field_is_taken_as_one(minji: Tablet, shop: Site) -> None:
    arrive(minji, plate=GOOD_VIN.lower())

    vehicle = db.session.scalars(db.select(Vehicle)).one()
    assert (vehicle.plate, vehicle.vin) == ("", GOOD_VIN)
    assert GOOD_VIN in minji.get(f"/arrivals/lookup?plate={GOOD_VIN}").text


def test_a_car_known_by_its_plate_is_found_by_its_vin(minji: Tablet, shop: Site) -> None:
    leave(arrive(minji, vin=GOOD_VIN))

    assert "Hyundai Sonata" in minji.get(f"/arrivals/lookup?plate={GOOD_VIN}").text
    arrive(minji, plate=GOOD_VIN)
    assert db.session.scalars(db.select(Vehicle)).one().plate == "12가 3456"


def test_the_check_digit_of_a_vin_warns_and_never_blocks(minji: Tablet, shop: Site) -> None:
    advice = minji.get(f"/arrivals/vin?vin={WRONG_CHECK_DIGIT}").text

    taken = minji.post("/visits", arrival_form(vin=WRONG_CHECK_DIGIT))

    assert "check digit" in advice
    assert minji.get(f"/arrivals/vin?vin={GOOD_VIN}").text.strip() == ""
    assert taken.status_code == 303


@pytest.mark.parametrize("missing", ["id", "order_id", "vehicle_id", "customer_id"])
def test_an_id_that_is_none_is_refused(minji: Tablet, shop: Site, missing: str) -> None:
    assert minji.post("/visits", arrival_form(**{missing: "no id"})).status_code == 422
    assert db.session.scalars(db.select(Visit)).all() == []


def test_the_last_cars_that_left_are_chips(minji: Tablet, shop: Site) -> None:
    leave(arrive(minji))
    arrive(minji, plate="34나5678")

    page = minji.get("/arrivals/new").text

    assert "12%EA%B0%80" in page
    assert "34%EB%82%98" not in page


def test_the_bay_offered_is_the_first_free_one(minji: Tablet) -> None:
    arrive(minji, bay="Bay 1")

    page = minji.get("/arrivals/new").text

    at = page.index('value="Bay 2"')
    assert "checked" in page[at : at + 40]


def test_how_we_work_is_shown_in_the_customers_language(minji: Tablet) -> None:
    page = minji.get("/how-we-work?customer_locale=ko")
    fragment = minji.get("/how-we-work?customer_locale=zh", headers={"HX-Request": "true"})

    assert '<html lang="ko"' in page.text
    assert 'lang="zh-Hans"' in fragment.text
    assert "<dialog" in fragment.text
    assert minji.get("/how-we-work?customer_locale=xx").status_code == 200


def test_who_takes_no_car_in_does_not_look_one_up(app: Flask, minji: Tablet) -> None:
    arrive(minji)
    team = sign_in(app, "Daniel")

    for url in ("/arrivals/new", "/arrivals/lookup?plate=12가3456", "/arrivals/vin?vin=1"):
        assert team.get(url).status_code == 403


def test_the_page_asks_the_database_eleven_times_at_most(
    minji: Tablet, shop: Site, statements: Statements
) -> None:
    leave(ready_to_sign(minji))

    with statements() as asked:
        minji.get("/arrivals/new?plate=12가3456")

    assert len(asked) <= 11


def naughty() -> list[str]:
    place = corpus()
    if place is None:
        return [
            "'; DROP TABLE visits;--",
            "<script>alert(1)</script>",
            "\u202etest",
            "Ω≈ç√∫",
            "%00",
        ]
    return [text for text in json.loads((place / "text" / "blns.json").read_text()) if text]


def test_no_text_breaks_the_way_in(minji: Tablet, shop: Site) -> None:
    arrive(minji)
    visit_id = arrive(minji, plate="34나5678")
    for text in naughty()[::13]:
        form = arrival_form(plate=text[:60], customer_name=text, make=text, bay=text, vin=text)
        assert minji.post("/visits", form).status_code in (303, 409, 422), text
        assert minji.get("/arrivals/lookup", query_string={"plate": text}).status_code < 400
        assert minji.get("/", query_string={"q": text}).status_code == 200
        assert minji.get("/scan", query_string={"code": text}).status_code in (303, 404, 200)
    for text in naughty()[:400:20]:
        if text.strip() and text.isprintable() and len(text) <= 300:
            add_line(minji, visit_id, text)
    assert "<script>alert" not in minji.get(f"/visits/{visit_id}/order").text
