"""What hangs on an appointment: who is told, reminder, parts and deposit, the day's sheet, SR."""

import uuid
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select, update

from inspect_app.appointments.models import Appointment
from inspect_app.appointments.queries import missing_of
from inspect_app.contact_log.models import ContactLog
from inspect_app.db import db, now
from inspect_app.payments.models import Payment
from inspect_app.sites.models import Site
from inspect_app.visits.models import Visit, VisitEvent
from tests.conftest import Tablet, sign_in
from tests.factories import (
    add_line,
    arrive,
    give_back,
    new_id,
    seal_form,
    signed_document,
    sitting_on,
)
from tests.web.appointments.making import book, booking_form, on_day
from tests.web.contact_log.services import Hook, running


def _fired(number: str) -> int:
    db.session.rollback()
    return len(db.session.scalars(select(VisitEvent).where(VisitEvent.transition == number)).all())


def _open_all_day(shop: Site) -> None:
    week = {day: [["00:00", "24:00"]] for day in ("mon", "tue", "wed", "thu", "fri", "sat", "sun")}
    shop.settings = {**shop.settings, "opening_hours": week}
    db.session.commit()


def _starts_in(hours: float, booked_days_ago: int = 3) -> None:
    starts_at = now() + timedelta(hours=hours)
    db.session.execute(
        update(Appointment).values(
            starts_at=starts_at,
            ends_at=starts_at + timedelta(hours=1),
            captured_at=now() - timedelta(days=booked_days_ago),
        )
    )
    db.session.commit()


def test_telling_the_supervisor_is_due_until_it_is_done(minji: Tablet, shop: Site) -> None:
    visit_id = book(minji, on_day(2))
    assert "Tell the workshop supervisor" in minji.get("/due").text
    told = {"id": new_id(), "person_reached": "Seojun"}

    for _time in range(2):
        assert (
            minji.post(f"/visits/{visit_id}/appointment/supervisor-told", told).status_code == 303
        )

    assert "Tell the workshop supervisor" not in minji.get("/due").text
    db.session.rollback()
    assert db.session.scalars(select(ContactLog.kind)).all() == ["supervisor_told"]
    empty = minji.post(f"/visits/{visit_id}/appointment/supervisor-told", {"id": new_id()})
    assert empty.status_code == 422


@pytest.mark.parametrize(
    ("hours", "in_list", "transitions"), [(30, False, 0), (20, True, 1), (3, True, 0)]
)
def test_a_reminder_is_due_a_day_before_and_counts_up_to_half_a_day_before(
    minji: Tablet, shop: Site, hours: float, in_list: bool, transitions: int
) -> None:
    _open_all_day(shop)
    visit_id = book(minji, on_day(2))
    _starts_in(hours)
    if hours > 24 and now().astimezone().hour < 18:
        assert ("Remind: appointment" in minji.get("/due").text) in (in_list, True)
    else:
        assert ("Remind: appointment" in minji.get("/due").text) == in_list

    call = {"id": new_id(), "channel": "phone", "result": "reached", "number": "010-1234-5678"}
    assert minji.post(f"/visits/{visit_id}/appointment/reminders", call).status_code == 303

    assert _fired("T02") == transitions
    if in_list:
        assert "Remind: appointment" not in minji.get("/due").text


def test_an_unanswered_call_reminds_nobody(minji: Tablet, shop: Site) -> None:
    _open_all_day(shop)
    visit_id = book(minji, on_day(2))
    _starts_in(20)

    call = {"id": new_id(), "channel": "phone", "result": "no_answer"}
    minji.post(f"/visits/{visit_id}/appointment/reminders", call)

    assert _fired("T02") == 0
    assert "Remind: appointment" in minji.get("/due").text
    bad = minji.post(f"/visits/{visit_id}/appointment/reminders", {"id": new_id()})
    assert bad.status_code == 422


def test_a_reminder_by_text_message_leaves_once(minji: Tablet, shop: Site) -> None:
    with running(Hook()) as hook:
        _open_all_day(shop)
        shop.settings = {**shop.settings, "sms": {"url": hook.url}}
        db.session.commit()
        visit_id = book(minji, on_day(2))
        _starts_in(20)
        assert "What the customer reads" in minji.get(f"/visits/{visit_id}/appointment").text
        message = {"id": new_id(), "channel": "sms", "number": "010-1234-5678", "text": "Tomorrow."}

        for _time in range(2):
            answer = minji.post(f"/visits/{visit_id}/appointment/reminders", message)
            assert answer.status_code == 303

        assert [body["text"] for body, _headers in hook.got] == ["Tomorrow."]
        assert _fired("T02") == 1


def test_a_car_that_does_not_come_is_noticed_after_the_time_of_grace(
    minji: Tablet, shop: Site
) -> None:
    book(minji, on_day(2))
    _starts_in(-0.25)
    assert "Not come at" not in minji.get("/due").text

    _starts_in(-1)

    assert "Not come at" in minji.get("/due").text


PART = {"name": "Gearbox", "price": "1,000,000"}


def test_a_dear_part_is_ordered_once_half_its_price_is_paid(
    app: Flask, minji: Tablet, shop: Site
) -> None:
    visit_id, yuna = book(minji, on_day(2)), sign_in(app, "Yuna")
    part = {"id": new_id(), **PART}
    assert minji.post(f"/visits/{visit_id}/parts-to-prepare", part).status_code == 303
    db.session.rollback()
    assert missing_of(uuid.UUID(visit_id)) == ["DEPOSIT_MISSING"]

    early = minji.post(f"/visits/{visit_id}/parts-to-prepare", {**part, "state": "ordered"})
    assert early.status_code == 409
    assert "First the deposit" in early.text
    too_much = {"id": new_id(), "amount": "1,000,001", "method": "card"}
    refused = yuna.post(f"/visits/{visit_id}/deposits", too_much)
    assert refused.status_code == 422
    assert "not larger than the price" in refused.text
    paid = {"id": new_id(), "amount": "500,000", "method": "card"}
    for _time in range(2):
        assert yuna.post(f"/visits/{visit_id}/deposits", paid).status_code == 303

    ordered = minji.post(f"/visits/{visit_id}/parts-to-prepare", {**part, "state": "ordered"})
    assert ordered.status_code == 303
    db.session.rollback()
    assert missing_of(uuid.UUID(visit_id)) == []
    [row] = db.session.scalars(select(Payment)).all()
    assert (row.purpose, row.amount) == ("deposit", 500_000)
    assert row.number in minji.get(f"/visits/{visit_id}/appointment").text
    assert minji.post(f"/visits/{visit_id}/deposits", paid).status_code == 403


def test_a_booking_with_a_dear_part_is_held_until_its_deposit_is_there(
    app: Flask, minji: Tablet, shop: Site
) -> None:
    part = {"part_name": "Gearbox", "part_price": "1,000,000"}
    visit_id, yuna = book(minji, on_day(2), **part), sign_in(app, "Yuna")
    page = minji.get(f"/visits/{visit_id}/appointment")
    assert "Held: the deposit is awaited" in page.text
    assert "Deposit awaited" in minji.get("/due").text
    for other in ("", "/order", "/contacts", "/money"):
        assert minji.get(f"/visits/{visit_id}{other}").status_code in (200, 404), other
    assert minji.get("/", query_string={"q": "77다"}).status_code == 200
    assert minji.post(f"/visits/{visit_id}/appointment/booking").status_code == 409
    taken = minji.post("/appointments", booking_form(on_day(2), "1가 1111", bay=_bay(visit_id)))
    assert taken.status_code == 422

    yuna.post(f"/visits/{visit_id}/deposits",
              {"id": new_id(), "amount": "500000", "method": "cash"})  # fmt: skip
    for _time in range(2):
        assert minji.post(f"/visits/{visit_id}/appointment/booking").status_code == 303

    assert _fired("T01") == 1
    assert db.session.scalars(select(Visit.state)).one() == "booked"


def _bay(visit_id: str) -> str:
    db.session.rollback()
    return str(
        db.session.scalars(
            select(Appointment.bay_id).where(Appointment.visit_id == uuid.UUID(visit_id))
        ).one()
    )


def test_only_the_supervisor_waives_a_deposit_and_only_with_a_reason(
    minji: Tablet, jun: Tablet, shop: Site
) -> None:
    visit_id = book(minji, on_day(2))
    part = {"id": new_id(), **PART}
    minji.post(f"/visits/{visit_id}/parts-to-prepare", part)
    waiver = {"id": new_id(), "reason": "Fleet customer"}

    assert minji.post(f"/visits/{visit_id}/deposit-waiver", waiver).status_code == 403
    assert jun.post(f"/visits/{visit_id}/deposit-waiver", {"id": new_id()}).status_code == 422
    assert jun.post(f"/visits/{visit_id}/deposit-waiver", waiver).status_code == 303

    db.session.rollback()
    assert missing_of(uuid.UUID(visit_id)) == []
    dearer = {**part, "price": "3,000,000"}
    minji.post(f"/visits/{visit_id}/parts-to-prepare", dearer)
    db.session.rollback()
    assert missing_of(uuid.UUID(visit_id)) == ["DEPOSIT_MISSING"]


@pytest.mark.parametrize(
    "changes",
    [{"price": ""}, {"price": "-1"}, {"name": ""}, {"expected_on": "soon"}, {"price": "x"}],
)
def test_a_part_that_cannot_be_kept_comes_back_as_typed(
    minji: Tablet, shop: Site, changes: dict[str, str]
) -> None:
    visit_id = book(minji, on_day(2))

    answer = minji.htmx_post(
        f"/visits/{visit_id}/parts-to-prepare", {"id": new_id(), **PART, **changes}
    )

    assert answer.status_code == 422
    assert 'id="appointment"' in answer.text


def test_the_days_sheet_lists_and_counts(app: Flask, minji: Tablet, shop: Site) -> None:
    day = on_day(2)
    first, second = book(minji, day), book(minji, day, "55가 5555")
    book(minji, day, "66가 6666")
    minji.post(f"/visits/{first}/appointment/end", {"outcome": "cancelled"})
    minji.post(f"/visits/{second}/appointment/arrival")

    page = minji.get("/appointments/statistics", query_string={"day": day.date().isoformat()})

    assert "50 %" in page.text
    for plate in ("77다 1234", "55가 5555", "66가 6666"):
        assert plate in page.text
    assert "Sora Kim" in page.text
    seojun = sign_in(app, "Seojun")
    theirs = seojun.get("/appointments/statistics", query_string={"day": day.date().isoformat()})
    assert "Sora Kim" not in theirs.text


def test_the_customer_signs_the_reservation(minji: Tablet, shop: Site) -> None:
    visit_id = book(minji, on_day(2))
    sitting = f"/visits/{visit_id}/sittings/reservation"
    answer = minji.post(f"{sitting}/customer-mode")
    assert answer.status_code == 303, answer.text
    page = minji.get(answer.location)

    document = signed_document(sitting_on(page.text))
    sealed = minji.post(answer.location.split("?")[0].replace("/customer", "/seals"),
                        seal_form(document))  # fmt: skip

    assert sealed.status_code == 303, sealed.text
    give_back(minji, visit_id)
    assert "Signed" in minji.get(f"/visits/{visit_id}/appointment").text


def test_a_customer_who_is_here_only_books(minji: Tablet, shop: Site) -> None:
    visit_id = arrive(minji)
    time = {"id": new_id(), "starts_at": on_day(2).strftime("%Y-%m-%dT%H:%M"), "minutes": "60"}
    nothing = minji.post(f"/visits/{visit_id}/appointment", time)
    assert nothing.status_code == 409
    assert "what is to be done" in nothing.text
    add_line(minji, visit_id, "Oil")

    for _time in range(2):
        assert minji.post(f"/visits/{visit_id}/appointment", time).status_code == 303

    db.session.rollback()
    visit = db.session.scalars(select(Visit)).one()
    assert (visit.state, visit.arrived_at) == ("booked", on_day(2))
    assert _fired("T07") == 1
    assert minji.get(f"/visits/{visit_id}/appointment/new").status_code == 200
