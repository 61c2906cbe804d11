"""An appointment is made, kept, moved, missed (T01-T04, T07)."""

import uuid
from datetime import timedelta
from threading import Thread
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select, update

from inspect_app.appointments.models import Appointment, BaySlot
from inspect_app.db import db, now
from inspect_app.orders.models import OrderLine
from inspect_app.sites.models import Bay, Site
from inspect_app.visits.models import Visit, VisitEvent
from tests.conftest import Tablet, sign_in
from tests.factories import arrive, new_id
from tests.web.appointments.making import book, booking_form, on_day


def _visit(visit_id: str) -> Visit:
    db.session.rollback()
    db.session.expire_all()
    return db.session.scalars(select(Visit).where(Visit.id == uuid.UUID(visit_id))).one()


def _transitions(visit_id: str) -> list[str | None]:
    db.session.rollback()
    return list(
        db.session.scalars(
            select(VisitEvent.transition)
            .where(VisitEvent.visit_id == uuid.UUID(visit_id), VisitEvent.transition.is_not(None))
            .order_by(VisitEvent.recorded_at)
        )
    )


def test_a_car_is_booked_with_its_work_and_the_first_free_bay(minji: Tablet, shop: Site) -> None:
    starts_at = on_day(2)

    visit_id = book(minji, starts_at, usual=["oil_change", "brake_check"], work="Squeaks\nRattles")

    visit = _visit(visit_id)
    assert visit.state == "booked"
    assert visit.arrived_at == starts_at
    assert _transitions(visit_id) == ["T01"]
    lines = db.session.scalars(select(OrderLine.description).order_by(OrderLine.position)).all()
    assert lines == ["Oil and filter change", "Brake check", "Squeaks", "Rattles"]
    page = minji.get(f"/visits/{visit_id}/appointment")
    assert "Sora Kim" in page.text
    assert "Bay 1" in page.text
    assert "Tell by" in page.text
    day = minji.get("/appointments", query_string={"day": starts_at.date().isoformat()})
    assert "77다 1234" in day.text
    week = minji.get(
        "/appointments", query_string={"day": starts_at.date().isoformat(), "view": "week"}
    )
    assert "77다 1234" in week.text


def test_the_same_form_again_is_the_same_appointment(minji: Tablet, shop: Site) -> None:
    form = booking_form(on_day(2))

    for _time in range(2):
        assert minji.post("/appointments", form).status_code == 303

    assert db.session.scalar(select(func.count(Appointment.id))) == 1


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"starts_at": "2020-01-06T10:00"}, "This time has passed"),
        ({"starts_at": "2099-01-06T10:00"}, "more than a year ahead"),
        ({"starts_at": ""}, "Give the day and the time"),
        ({"minutes": "50"}, "quarters of an hour"),
        ({"minutes": "0"}, "must be between"),
        ({"minutes": "-60"}, "must be between"),
        ({"minutes": "2430"}, "At most 40 hours"),
        ({"minutes": "1e9"}, "whole number"),
        ({"usual": ""}, "Say what is to be done"),
        ({"customer_name": ""}, "Ask for the customer"),
        ({"customer_phone": ""}, "Ask for a number"),
        ({"customer_phone": "12"}, "4 to 20 digits"),
        ({"customer_phone": "", "customer_email": "sora@"}, "no e-mail address"),
        ({"plate": "?"}, "Type the plate"),
        ({"odometer": "-5"}, "must be between"),
    ],
)
def test_what_cannot_be_booked_comes_back_as_it_was_typed(
    minji: Tablet, shop: Site, changes: dict[str, str], sentence: str
) -> None:
    answer = minji.post("/appointments", {**booking_form(on_day(2), words="It rattles"), **changes})

    assert answer.status_code == 422
    assert sentence in answer.text
    assert "It rattles" in answer.text
    assert db.session.scalar(select(func.count(Visit.id))) == 0


@pytest.mark.parametrize("clock", ["07:45", "18:00", "23:00"])
def test_a_closed_hour_is_refused_with_the_next_opening(
    minji: Tablet, shop: Site, clock: str
) -> None:
    answer = minji.post("/appointments", booking_form(on_day(2, clock)))

    assert answer.status_code == 422
    assert "The shop is closed then. It opens again at" in answer.text
    assert db.session.scalar(select(func.count(Visit.id))) == 0


def test_a_start_between_quarters_is_refused(minji: Tablet, shop: Site) -> None:
    answer = minji.post("/appointments", booking_form(on_day(2, "10:05")))

    assert "quarter of an hour" in answer.text


def test_a_long_appointment_goes_on_the_next_open_morning(minji: Tablet, shop: Site) -> None:
    book(minji, on_day(1, "17:00"), minutes="120")

    row = db.session.scalars(select(Appointment)).one()
    assert row.ends_at == on_day(2, "09:00")
    assert db.session.scalar(select(func.count(BaySlot.id))) == 8


def test_a_bay_is_never_booked_twice(minji: Tablet, shop: Site) -> None:
    bay = str(db.session.scalars(select(Bay.id).where(Bay.name == "Bay 2")).one())
    book(minji, on_day(2), bay=bay)

    form = booking_form(on_day(2, "10:45"), "55가 5555", bay=bay, words="It rattles")
    answer = minji.post("/appointments", form)

    assert answer.status_code == 422
    assert "Bay 2 is taken from 10:00 to 11:00 by 77다 1234" in answer.text
    assert "It rattles" in answer.text
    assert minji.post("/appointments", {**form, "starts_at": form["starts_at"].replace(
        "10:45", "11:00"
    )}).status_code == 303  # fmt: skip


def test_two_who_book_the_last_bay_at_the_same_moment_get_one_appointment(
    app: Flask, minji: Tablet, shop: Site
) -> None:
    bay = str(db.session.scalars(select(Bay.id).where(Bay.name == "Bay 3")).one())
    tablets = [minji, sign_in(app, "Haoran"), sign_in(app, "Jun")]
    answers: list[int] = []

    def send(tablet: Tablet, number: int) -> None:
        form = booking_form(on_day(2), f"33가 333{number}", bay=bay)
        answers.append(tablet.post("/appointments", form).status_code)

    threads = [Thread(target=send, args=(tablet, n)) for n, tablet in enumerate(tablets)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(answers) == [303, 422, 422]
    assert db.session.scalar(select(func.count(Appointment.id))) == 1


def test_when_every_bay_is_taken_the_form_says_so(minji: Tablet, shop: Site) -> None:
    for number in range(3):
        book(minji, on_day(2), f"33가 333{number}")

    answer = minji.post("/appointments", booking_form(on_day(2)))

    assert answer.status_code == 422
    assert "No bay is free at this time" in answer.text


def test_a_car_that_is_expected_is_no_car_in_the_plant(minji: Tablet, shop: Site) -> None:
    visit_id = book(minji, on_day(2))

    card = minji.get("/arrivals/lookup", query_string={"plate": "77다 1234"})

    assert "is here already" not in card.text
    assert "Here last on" not in card.text
    assert "77다 1234" not in minji.get("/").text
    assert "77다 1234" not in minji.get("/arrivals/new").text
    assert minji.get(f"/visits/{visit_id}").status_code == 200
    walk = minji.post(f"/visits/{visit_id}/walkaround/conditions", {"light": "day"})
    assert walk.status_code in (404, 409)


def test_a_booked_visit_is_no_earlier_stay(minji: Tablet, shop: Site) -> None:
    book(minji, on_day(2))
    minji.post(f"/visits/{db.session.scalars(select(Visit.id)).one()}/appointment/end",
               {"outcome": "cancelled"})  # fmt: skip

    card = minji.get("/arrivals/lookup", query_string={"plate": "77다 1234"})

    assert "Here last on" not in card.text
    assert "77다 1234" not in minji.get("/arrivals/new").text


def _book_today(minji: Tablet) -> str:
    """An appointment in the open hours of today, whatever the clock says: the shop is always
    open in this test."""
    visit_id = book(minji, on_day(1))
    soon = now().replace(second=0, microsecond=0) + timedelta(minutes=5)
    db.session.execute(
        update(Appointment).values(starts_at=soon, ends_at=soon + timedelta(hours=1))
    )
    db.session.execute(update(Visit).values(arrived_at=soon))
    db.session.commit()
    return visit_id


def test_an_appointment_becomes_an_arrival_in_one_tap(minji: Tablet, shop: Site) -> None:
    visit_id = _book_today(minji)

    answer = minji.post(f"/visits/{visit_id}/appointment/arrival", {"_key": new_id()})

    assert answer.location.endswith(f"/visits/{visit_id}/order")
    visit = _visit(visit_id)
    assert (visit.state, visit.bay) == ("arrived", "Bay 1")
    assert abs(visit.arrived_at - now()) < timedelta(minutes=1)
    assert _transitions(visit_id) == ["T01", "T04"]
    assert db.session.scalars(select(Appointment.outcome)).one() == "came"
    assert minji.post(f"/visits/{visit_id}/appointment/arrival").status_code == 303
    assert _transitions(visit_id) == ["T01", "T04"]


def test_taken_in_by_its_plate_a_car_comes_to_todays_appointment(minji: Tablet, shop: Site) -> None:
    visit_id = _book_today(minji)
    assert "77다 1234" in minji.get("/arrivals/new").text
    assert "Booked for" in minji.get("/arrivals/lookup?plate=77다1234").text

    arrive(minji, "77다 1234", bringer_name="Bora Kim", bringer_relation="family", bay="Bay 2")

    visit = _visit(visit_id)
    assert (visit.state, visit.bay, visit.bringer_name) == ("arrived", "Bay 2", "Bora Kim")
    assert db.session.scalar(select(func.count(Visit.id))) == 1


def test_a_car_that_is_here_does_not_arrive_a_second_time(minji: Tablet, shop: Site) -> None:
    visit_id = book(minji, on_day(2))
    arrive(minji, "77다 1234")

    answer = minji.post(f"/visits/{visit_id}/appointment/arrival")

    assert answer.status_code == 409
    assert "here already" in answer.text


def test_a_moved_appointment_frees_its_bay_and_is_told_anew(minji: Tablet, shop: Site) -> None:
    visit_id = book(minji, on_day(2))
    minji.post(f"/visits/{visit_id}/appointment/supervisor-told",
               {"id": new_id(), "person_reached": "Seojun"})  # fmt: skip
    move = {"id": new_id(), "starts_at": on_day(3).strftime("%Y-%m-%dT%H:%M"), "minutes": "90"}

    for _time in range(2):
        assert minji.post(f"/visits/{visit_id}/appointment/moves", move).status_code == 303

    visit = _visit(visit_id)
    assert (visit.state, visit.arrived_at) == ("booked", on_day(3))
    outcomes = db.session.scalars(select(Appointment.outcome).order_by(Appointment.number)).all()
    assert outcomes == ["moved", ""]
    assert db.session.scalar(select(func.count(BaySlot.id))) == 6
    assert "Tell by" in minji.get(f"/visits/{visit_id}/appointment").text
    assert minji.post("/appointments", booking_form(on_day(2), "1가 1111")).status_code == 303


def test_a_move_into_a_closed_hour_keeps_the_old_time(minji: Tablet, shop: Site) -> None:
    visit_id = book(minji, on_day(2))
    night = {"id": new_id(), "starts_at": on_day(3, "22:00").strftime("%Y-%m-%dT%H:%M"),
             "minutes": "60"}  # fmt: skip

    answer = minji.htmx_post(f"/visits/{visit_id}/appointment/moves", night)

    assert answer.status_code == 422
    assert "closed then" in answer.text
    assert _visit(visit_id).arrived_at == on_day(2)
    assert db.session.scalars(select(Appointment.outcome)).one() == ""


@pytest.mark.parametrize("outcome", ["cancelled", "no_show"])
def test_an_appointment_that_is_not_kept_ends_with_its_deposit(
    minji: Tablet, shop: Site, outcome: str
) -> None:
    visit_id = book(minji, on_day(2))
    form = {"outcome": outcome, "reason": "Car sold", "deposit": "returned"}

    for _time in range(2):
        assert minji.post(f"/visits/{visit_id}/appointment/end", form).status_code == 303

    assert _visit(visit_id).state == outcome
    assert _transitions(visit_id) == ["T01", "T03"]
    row = db.session.scalars(select(Appointment)).one()
    assert (row.outcome, row.deposit_outcome) == (outcome, "returned")
    assert db.session.scalar(select(func.count(BaySlot.id))) == 0
    again = minji.post(f"/visits/{visit_id}/appointment/arrival")
    assert again.status_code == 409


def test_a_known_car_brings_its_customer_along(minji: Tablet, shop: Site) -> None:
    arrive(minji, "77다 1234")
    db.session.execute(update(Visit).values(state="left"))
    db.session.commit()

    card = minji.get("/appointments/lookup", query_string={"plate": "77다1234", "card": "none"})

    assert "Sora Kim" in card.text
    assert "known_customer_id" in card.text
    assert minji.get("/appointments/lookup?plate=99나9999&card=new").status_code == 204


def test_the_form_of_a_tapped_place_knows_time_and_bay(minji: Tablet, shop: Site) -> None:
    bay = str(db.session.scalars(select(Bay.id).where(Bay.name == "Bay 2")).one())
    starts_at = on_day(2, "14:30")

    page = minji.get("/appointments/new", query_string={"at": starts_at.isoformat(), "bay": bay})

    assert starts_at.strftime("%Y-%m-%dT%H:%M") in page.text
    assert f'value="{bay}" selected' in page.text


def test_free_times_are_proposed_for_the_duration(minji: Tablet, shop: Site) -> None:
    answer = minji.get("/appointments/times", query_string={"minutes": "480"})

    assert answer.text.count("data-value=") >= 2


def test_the_customers_calendar_gets_the_appointment(minji: Tablet, shop: Site) -> None:
    starts_at = on_day(2)
    visit_id = book(minji, starts_at)

    answer = minji.get(f"/visits/{visit_id}/appointment.ics")

    assert answer.mimetype == "text/calendar"
    utc = (starts_at - timedelta(hours=9)).strftime("%Y%m%dT%H%M00Z")
    assert f"DTSTART:{utc}\r\n" in answer.get_data(as_text=True)


def test_an_order_is_written_while_the_car_is_only_booked(minji: Tablet, shop: Site) -> None:
    visit_id = book(minji, on_day(2))

    answer: Any = minji.post(
        f"/visits/{visit_id}/order/lines",
        {"id": new_id(), "description": "Brake pads", "price": "120000"},
    )

    assert answer.status_code == 303
