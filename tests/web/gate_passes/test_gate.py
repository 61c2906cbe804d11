"""The gate: what each pass says, one tap through, and every reason to stay (D14, T15, T37)."""

import uuid
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select, update

from inspect_app.db import bind_site, db, now
from inspect_app.gate_passes.actions import release
from inspect_app.gate_passes.models import GateCheck, GatePass
from inspect_app.gate_passes.slips import pass_address
from inspect_app.seeds import seed_shop
from inspect_app.sites.models import Site
from inspect_app.visits.models import Visit, VisitEvent
from tests.conftest import Tablet, sign_in
from tests.factories import arrive, new_id
from tests.web.gate_passes.passes import give_pass, look, person, put_in_state, verdict_in

PLATE = "12가 3456"


@pytest.fixture
def gate(app: Flask) -> Tablet:
    """The guard's phone."""
    return sign_in(app, "Gate")


@pytest.fixture
def delivered(minji: Tablet, shop: Site) -> str:
    """A visit whose customer has signed for the car."""
    visit_id = arrive(minji, PLATE)
    put_in_state(visit_id, "delivered")
    return visit_id


def test_a_released_pass_shows_the_plate_and_opens_the_gate_with_one_tap(
    gate: Tablet, delivered: str
) -> None:
    found = give_pass(delivered, "settled", released=True)

    page = look(gate, pass_address(found)).text
    out = gate.htmx_post(f"/gate/passes/{found.id}/exit", {"_key": new_id()})

    assert verdict_in(page) == "MAY_LEAVE"
    assert "12가 3456" in page
    assert "May leave" in page
    assert out.status_code == 200
    db.session.expire_all()
    visit = db.session.get_one(Visit, uuid.UUID(delivered))
    event = db.session.scalars(select(VisitEvent).where(VisitEvent.transition == "T37")).one()
    assert (visit.state, event.screen) == ("left", "gate")
    assert db.session.get_one(GatePass, found.id).used_at is not None


def test_a_guard_sees_pass_data_and_nothing_else(gate: Tablet, delivered: str) -> None:
    found = give_pass(delivered, "settled", released=True)

    page = look(gate, found.token).text

    for words in ("Sora", "010-1234", "₩", "Sonata", "/visits/"):
        assert words not in page
    assert gate.get(f"/visits/{delivered}").status_code == 403
    assert gate.get(f"/visits/{delivered}/gate-passes").status_code == 403


def test_before_s4_the_car_stays_and_the_supervisor_may_release_it_with_a_reason(
    app: Flask, gate: Tablet, minji: Tablet, shop: Site
) -> None:
    visit_id = arrive(minji, PLATE)
    put_in_state(visit_id, "settled")
    found = give_pass(visit_id, "settled")
    url, yuna = f"/gate-passes/{found.id}/release", sign_in(app, "Yuna")
    approval = {"release": str(found.id), "reason": "Late", "approver": str(person("Jun"))}

    refused = gate.htmx_post(f"/gate/passes/{found.id}/exit")
    unsaid = sign_in(app, "Jun").htmx_post(url, {"reason": ""})
    alone = yuna.htmx_post(url, {"reason": "Late"})
    wrong = yuna.htmx_post(url, {**approval, "approver_pin": "0000"})
    right = yuna.htmx_post(url, {**approval, "approver_pin": "3333"})

    assert (refused.status_code, verdict_in(refused.text)) == (409, "UNRELEASED")
    assert [one.status_code for one in (unsaid, alone, wrong)] == [422, 422, 422]
    assert "This is not the PIN" in wrong.text
    assert right.status_code == 200
    assert verdict_in(look(gate, found.token).text) == "MAY_LEAVE"
    assert "released by the supervisor" in look(gate, found.token).text


def test_a_car_that_left_on_the_supervisors_word_has_left_once_s4_comes(
    gate: Tablet, jun: Tablet, minji: Tablet, shop: Site
) -> None:
    visit_id = arrive(minji, PLATE)
    put_in_state(visit_id, "delivering")
    found = give_pass(visit_id, "settled")
    jun.post(f"/gate-passes/{found.id}/release", {"reason": "Customer in a hurry"})
    assert gate.htmx_post(f"/gate/passes/{found.id}/exit").status_code == 200
    db.session.expire_all()
    assert db.session.get_one(Visit, uuid.UUID(visit_id)).state == "delivering"

    visit = put_in_state(visit_id, "delivered")
    release(visit, by=person("Minji"), at=now())
    db.session.commit()

    assert visit.state == "left"


def test_a_used_pass_tells_its_story(app: Flask, gate: Tablet, delivered: str) -> None:
    found = give_pass(delivered, "settled", released=True)
    gate.htmx_post(f"/gate/passes/{found.id}/exit")

    page = look(sign_in(app, "Jun"), found.token).text
    again = gate.htmx_post(f"/gate/passes/{found.id}/exit", {"_key": new_id()})

    assert verdict_in(page) == "USED"
    assert "let a car out at" in page
    assert "(Gate)" in page
    assert (again.status_code, verdict_in(again.text)) == (409, "USED")


def test_the_same_tap_sent_twice_gets_the_same_answer(gate: Tablet, delivered: str) -> None:
    found, key = give_pass(delivered, "settled", released=True), new_id()

    first = gate.htmx_post(f"/gate/passes/{found.id}/exit", {"_key": key})
    second = gate.htmx_post(f"/gate/passes/{found.id}/exit", {"_key": key})

    assert first.status_code == second.status_code == 200
    assert first.text == second.text


def test_a_pass_that_was_shown_before_says_to_whom(
    app: Flask, gate: Tablet, delivered: str
) -> None:
    found = give_pass(delivered, "settled", released=True)
    first = look(gate, found.token).text

    page = look(sign_in(app, "Jun"), found.token).text

    assert "Shown before" not in first
    assert "Shown before at" in page
    assert "to Gate" in page


def test_an_ended_pass_a_voided_one_and_no_pass_at_all_are_refused(
    app: Flask, gate: Tablet, delivered: str
) -> None:
    found = give_pass(delivered, "settled", released=True)
    yuna = sign_in(app, "Yuna")
    assert yuna.htmx_post(f"/gate-passes/{found.id}/voiding", {"reason": "Lost"}).status_code == 200
    voided = look(gate, found.token).text
    db.session.expire_all()
    anew = db.session.scalars(select(GatePass).where(GatePass.voided_at.is_(None))).one()
    good = look(gate, anew.token).text
    db.session.execute(update(GatePass).values(valid_until=now() - timedelta(minutes=1)))
    db.session.commit()

    assert (verdict_in(voided), verdict_in(good)) == ("VOIDED", "MAY_LEAVE")
    assert "Lost" in voided
    assert verdict_in(look(gate, anew.number).text) == "EXPIRED"
    assert verdict_in(look(gate, "https://elsewhere.example/G/AAAAAAAAAAAAAAAA").text) == "FOREIGN"
    assert verdict_in(look(gate, "G9999-0001").text) == "UNKNOWN"
    assert verdict_in(look(gate, "A" * 16).text) == "UNKNOWN"


def test_a_plate_typed_by_the_guard_finds_its_pass(gate: Tablet, delivered: str) -> None:
    give_pass(delivered, "settled", released=True)

    assert verdict_in(look(gate, "12가3456").text) == "MAY_LEAVE"
    assert verdict_in(look(gate, "99가9999").text) == "UNKNOWN"


def test_another_plate_at_the_gate_keeps_the_car_here_and_is_told(
    gate: Tablet, delivered: str
) -> None:
    found = give_pass(delivered, "settled", released=True)

    page = gate.htmx_post(f"/gate/passes/{found.id}/mismatch")

    assert verdict_in(page.text) == "WRONG_PLATE"
    kinds = db.session.scalars(select(VisitEvent.kind)).all()
    assert "gate_pass.other_plate" in kinds
    assert "WRONG_PLATE" in db.session.scalars(select(GateCheck.verdict)).all()
    assert db.session.get_one(GatePass, found.id).used_at is None


def test_a_pass_of_another_site_is_told_apart_and_shows_nothing(
    gate: Tablet, minji: Tablet, shop: Site
) -> None:
    here = shop.id
    visit_id = arrive(minji, PLATE)
    found = give_pass(visit_id, "road_test")
    site = seed_shop(code="second", name="Second Shop")
    db.session.flush()
    bind_site(here)
    token = found.token
    db.session.execute(update(GatePass).values(site_id=site.id))
    db.session.commit()

    page = look(gate, token).text

    assert verdict_in(page) == "OTHER_SITE"
    assert "12가" not in page


def test_a_trip_goes_out_comes_back_and_is_over(gate: Tablet, minji: Tablet, shop: Site) -> None:
    visit_id = arrive(minji, PLATE)
    put_in_state(visit_id, "in_workshop")
    found = give_pass(visit_id, "road_test", minutes=30)

    out = gate.htmx_post(f"/gate/passes/{found.id}/exit")
    away = gate.get("/gate").text
    shown = look(gate, found.token).text
    back = gate.htmx_post(f"/gate/passes/{found.id}/return")
    twice = gate.htmx_post(f"/gate/passes/{found.id}/return", {"_key": new_id()})

    assert (out.status_code, back.status_code) == (200, 200)
    assert "Out, and coming back" in away
    assert verdict_in(shown) == "MAY_RETURN"
    assert (twice.status_code, verdict_in(twice.text)) == (409, "TRIP_OVER")
    db.session.expire_all()
    assert db.session.get_one(Visit, uuid.UUID(visit_id)).state == "in_workshop"
    assert verdict_in(look(gate, found.token).text) == "TRIP_OVER"


def test_a_late_trip_is_due_and_overdue_for_reception(
    gate: Tablet, minji: Tablet, shop: Site
) -> None:
    visit_id = arrive(minji, PLATE)
    found = give_pass(visit_id, "wash")
    assert "Back from a trip" not in minji.get("/due").text
    gate.htmx_post(f"/gate/passes/{found.id}/exit")
    db.session.execute(update(GatePass).values(return_by=now() - timedelta(minutes=20)))
    db.session.commit()

    due = minji.get("/due").text

    assert f"Back from a trip, pass {found.number}" in due
    assert "20 min late" in due
    assert "It should have been back by" in look(gate, found.token).text


def test_a_trip_is_given_at_the_counter_and_by_the_workshop_but_not_by_reception(
    app: Flask, minji: Tablet, shop: Site
) -> None:
    visit_id = arrive(minji, PLATE)
    url, form = f"/visits/{visit_id}/gate-passes", {"id": new_id(), "kind": "other_workshop"}

    assert minji.post(url, form).status_code == 403
    given = sign_in(app, "Seojun").post(url, form)
    twice = sign_in(app, "Yuna").htmx_post(url, {**form, "id": new_id(), "kind": "wash"})
    bad = sign_in(app, "Yuna").htmx_post(url, {"id": new_id(), "kind": "holiday", "minutes": "-3"})

    assert given.status_code == 303
    assert (twice.status_code, bad.status_code) == (409, 422)
    assert "is still open" in twice.text


def test_no_road_test_where_the_customer_allows_none(app: Flask, minji: Tablet, shop: Site) -> None:
    visit_id = arrive(minji, PLATE)
    minji.post(f"/visits/{visit_id}/order", {"part": "wishes", "road_test": "no"})

    answer = sign_in(app, "Seojun").htmx_post(
        f"/visits/{visit_id}/gate-passes", {"id": new_id(), "kind": "road_test"}
    )

    assert answer.status_code == 409
    assert "allows no road test" in answer.text


def test_the_pass_is_printed_and_lies_on_the_customers_phone(
    app: Flask, minji: Tablet, gate: Tablet, delivered: str
) -> None:
    found = give_pass(delivered, "settled", released=True)

    pdf = minji.get(f"/gate-passes/{found.id}/pass.pdf")
    phone = app.test_client().get(f"/G/{found.token}")
    guard = gate.get(f"/G/{found.token}")

    assert pdf.mimetype == "application/pdf"
    assert pdf.data.startswith(b"%PDF")
    assert phone.status_code == 200
    assert "12가 3456" in phone.text
    assert "Sora" not in phone.text
    assert guard.location == f"/gate?code={found.token}"
    assert app.test_client().get("/G/" + "A" * 16).status_code == 404


def test_without_a_script_the_gate_works_by_plain_forms(gate: Tablet, delivered: str) -> None:
    found = give_pass(delivered, "settled", released=True)

    looked = gate.post("/gate/checks", {"id": new_id(), "code": found.number})
    page = gate.get(looked.location)
    out = gate.post(f"/gate/passes/{found.id}/exit")

    assert looked.status_code == 303
    assert verdict_in(page.text) == "MAY_LEAVE"
    assert out.status_code == 200
    assert verdict_in(out.text) == "out"


def test_a_guard_comes_to_the_gate_after_signing_in(app: Flask, shop: Site) -> None:
    guard = sign_in(app, "Gate")

    answer = guard.post("/sign-ins", {"person": str(person("Gate")), "pin": "7777"})

    assert answer.location == "/gate"
