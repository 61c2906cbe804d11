"""Order completed, teams, wash, receipt: T19, T20, T21 (8.01–8.06)."""

import uuid
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import undefer

from inspect_app.db import db
from inspect_app.key_tags.models import KeyMovement, KeyRegistration
from inspect_app.sites.models import Site
from inspect_app.visits.models import VisitEvent
from inspect_app.workshop import signing
from inspect_app.workshop.models import Assignment, StaffSignature, Wash, WorkshopReceipt
from tests.conftest import Tablet
from tests.factories import new_id
from tests.web.workshop.steps import (
    checked_in,
    fresh,
    person_id,
    receipt_form,
    set_way,
    state_of,
    tablet_of,
    team_id,
    wash_path,
)


def _now() -> datetime:
    return datetime.now(UTC)


def _transitions(visit_id: str) -> list[str]:
    fresh()
    return [
        event.transition
        for event in db.session.scalars(
            select(VisitEvent)
            .where(VisitEvent.visit_id == uuid.UUID(visit_id), VisitEvent.transition.is_not(None))
            .order_by(VisitEvent.captured_at, VisitEvent.recorded_at)
        )
        if event.transition
    ]


def _assignments(visit_id: str) -> list[Assignment]:
    fresh()
    query = select(Assignment).where(
        Assignment.visit_id == uuid.UUID(visit_id), Assignment.ended_at.is_(None)
    )
    return list(db.session.scalars(query))


def _receipt(visit_id: str) -> WorkshopReceipt:
    fresh()
    found = select(WorkshopReceipt).where(WorkshopReceipt.visit_id == uuid.UUID(visit_id))
    return db.session.scalars(found).one()


def test_one_team_and_the_wash_are_set_in_one_act(minji: Tablet, shop: Site) -> None:
    visit_id = checked_in()
    form = {"id": new_id(), "wash_id": new_id(), "team": team_id(), "way": "wash"}

    first = minji.post(f"/visits/{visit_id}/way-to-workshop", form)
    again = minji.post(f"/visits/{visit_id}/way-to-workshop", form)

    assert (first.status_code, again.status_code) == (303, 303)
    assert state_of(visit_id) == "washing_in"
    assert _transitions(visit_id)[-1] == "T19"
    assert [one.team_id for one in _assignments(visit_id)] == [uuid.UUID(team_id())]


def test_without_a_team_the_form_comes_back_and_nothing_moves(minji: Tablet, shop: Site) -> None:
    visit_id = checked_in()
    form = {"id": new_id(), "wash_id": new_id(), "way": "wash"}

    answer = minji.post(f"/visits/{visit_id}/way-to-workshop", form)

    assert answer.status_code == 422
    assert "leave it to the supervisor" in answer.text
    assert state_of(visit_id) == "checked_in"


def test_several_teams_are_set_by_the_supervisor_alone(
    app: Flask, minji: Tablet, shop: Site
) -> None:
    visit_id = checked_in()
    set_way(minji, visit_id, "wash", team="several")
    seojun = tablet_of(app, "Seojun")
    assert "Teams to set" in seojun.get("/workshop").text
    wanted = {"team": [team_id("Team 1"), team_id("Team 2")]}

    refused = minji.post(f"/visits/{visit_id}/teams", wanted)
    done = seojun.htmx_post(f"/visits/{visit_id}/teams", wanted)

    assert (refused.status_code, done.status_code) == (403, 200)
    assert len(_assignments(visit_id)) == 2


def test_the_wash_gives_the_car_back_and_the_minutes_are_measured(
    app: Flask, minji: Tablet, shop: Site
) -> None:
    visit_id = checked_in()
    set_way(minji, visit_id, "wash")
    bora = tablet_of(app, "Bora")
    early = minji.post(f"/visits/{visit_id}/workshop-receipt", receipt_form(_now()))

    bora.htmx_post(wash_path(visit_id, "beginning"))
    bora.htmx_post(wash_path(visit_id, "end"))
    fresh()
    wash = db.session.scalars(select(Wash)).one()
    wash.washed_at = _now() - timedelta(minutes=14)
    db.session.commit()
    alarm = bora.get("/washes").text
    bora.htmx_post(wash_path(visit_id, "return"), {"to": person_id("Haoran")})

    assert early.status_code == 409
    assert "not back from the wash" in early.text
    assert "waits 14 min" in alarm
    fresh()
    wash = db.session.scalars(select(Wash)).one()
    assert str(wash.returned_to_id) == person_id("Haoran")
    assert "14 min" in minji.get(f"/visits/{visit_id}/workshop").text
    received = minji.post(f"/visits/{visit_id}/workshop-receipt", receipt_form(_now()))
    assert received.status_code == 303
    assert _transitions(visit_id)[-1] == "T20"


def test_straight_in_needs_a_reason_the_order_and_a_receiver(minji: Tablet, shop: Site) -> None:
    visit_id = checked_in()
    url = f"/visits/{visit_id}/workshop-receipt"
    not_complete = minji.post(url, receipt_form(_now()))
    set_way(minji, visit_id)

    no_reason = minji.post(url, receipt_form(_now(), no_wash_reason=""))
    no_order = minji.post(url, receipt_form(_now(), order_with_car=""))
    no_name = minji.post(url, receipt_form(_now(), strokes=""))
    wrong_pin = minji.post(url, receipt_form(_now(), pin="0000"))
    no_receiver = minji.post(url, receipt_form(_now(), "Daniel"))

    assert not_complete.status_code == 409
    assert no_reason.status_code == 409
    assert "unwashed" in no_reason.text
    assert no_order.status_code == 409
    assert no_name.status_code == 422
    assert wrong_pin.status_code == 422
    assert no_receiver.status_code == 422
    assert "may not sign" in no_receiver.text
    assert state_of(visit_id) == "checked_in"


def test_the_workshop_takes_the_car_with_its_key_and_a_sealed_name(
    minji: Tablet, shop: Site
) -> None:
    visit_id = checked_in()
    set_way(minji, visit_id)
    form = receipt_form(_now())

    first = minji.post(f"/visits/{visit_id}/workshop-receipt", form)
    again = minji.post(f"/visits/{visit_id}/workshop-receipt", form)

    assert (first.status_code, again.status_code) == (303, 303)
    assert state_of(visit_id) == "in_workshop"
    assert _transitions(visit_id)[-1] == "T21"
    receipt = _receipt(visit_id)
    assert receipt.no_wash_reason == "It is urgent"
    row = db.session.scalars(
        select(StaffSignature)
        .options(undefer(StaffSignature.document))
        .where(StaffSignature.id == receipt.signature_id)
    ).one()
    assert signing.problems_of(row) == []
    row.document = row.document.replace(b"It is urgent", b"It is so nice")
    assert signing.problems_of(row) == ["DOCUMENT_HASH"]
    db.session.rollback()
    last = db.session.scalars(
        select(KeyMovement)
        .join(KeyRegistration)
        .where(KeyRegistration.visit_id == uuid.UUID(visit_id))
        .order_by(KeyMovement.sequence.desc())
    ).first()
    assert last is not None
    assert (last.kind, last.reason) == ("handed_over", "workshop")
    assert str(last.to_person_id) == person_id("Seojun")
    assert "data:image/svg+xml" in minji.get(f"/visits/{visit_id}/workshop").text


@pytest.mark.parametrize(("off", "status"), [(0, 303), (20, 422)])
def test_a_time_more_than_ten_minutes_off_needs_a_reason(
    minji: Tablet, shop: Site, off: int, status: int
) -> None:
    visit_id = checked_in()
    set_way(minji, visit_id)
    moment = _now()
    grain = moment.replace(minute=moment.minute // 10 * 10) - timedelta(minutes=off)
    form = receipt_form(grain)

    answer = minji.post(f"/visits/{visit_id}/workshop-receipt", form)

    assert answer.status_code == status
    if status == 422:
        assert "minutes off the real one" in answer.text
        given = {**form, "time_reason": "The receiver was under a lift"}
        assert minji.post(f"/visits/{visit_id}/workshop-receipt", given).status_code == 303
        receipt = _receipt(visit_id)
        assert receipt.time_reason == "The receiver was under a lift"
        assert receipt.stated_at != receipt.captured_at


def test_a_time_that_is_not_to_ten_minutes_is_refused(minji: Tablet, shop: Site) -> None:
    visit_id = checked_in()
    set_way(minji, visit_id)

    answer = minji.post(
        f"/visits/{visit_id}/workshop-receipt", receipt_form(_now(), stated_time="14:03")
    )

    assert answer.status_code == 422
    assert "to ten minutes" in answer.text


def test_what_is_to_do_stands_in_the_due_list(app: Flask, minji: Tablet, shop: Site) -> None:
    visit_id = checked_in()
    minji.post(f"/visits/{visit_id}/completion", {"waits": "no"})

    before = minji.get("/due").text
    set_way(minji, visit_id, "wash", team="several")

    assert "Bring the car to the workshop" in before or "all complete" in before
    assert "Wash the car" in tablet_of(app, "Bora").get("/due").text
