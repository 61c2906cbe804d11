"""The work: lines, notes, progress, acceptance, rework, taken over (T26–T29)."""

import uuid
from datetime import UTC, datetime, timedelta

from flask import Flask
from sqlalchemy import select

from inspect_app.db import db
from inspect_app.key_tags.models import KeyMovement
from inspect_app.orders.models import Order
from inspect_app.sites.models import Site
from inspect_app.visits.models import VisitEvent
from inspect_app.workshop.models import (
    Acceptance,
    Measure,
    ProgressAnswer,
    WorkshopReceipt,
)
from tests.conftest import Tablet
from tests.factories import new_id
from tests.web.workshop.steps import (
    acceptance_form,
    all_done,
    fresh,
    in_workshop,
    lines_of,
    person_id,
    state_of,
    step,
    tablet_of,
)


def _now() -> datetime:
    return datetime.now(UTC)


def _took(visit_id: str, number: str) -> bool:
    fresh()
    query = select(VisitEvent.id).where(
        VisitEvent.visit_id == uuid.UUID(visit_id), VisitEvent.transition == number
    )
    return db.session.scalars(query).first() is not None


def test_a_team_sees_its_own_jobs_without_prices_and_contact(
    app: Flask, minji: Tablet, shop: Site
) -> None:
    visit_id = in_workshop()
    daniel, areum = tablet_of(app, "Daniel"), tablet_of(app, "Areum")

    job = daniel.get(f"/workshop/jobs/{visit_id}").text

    assert visit_id in daniel.get("/workshop").text
    assert visit_id not in areum.get("/workshop").text
    assert areum.get(f"/workshop/jobs/{visit_id}").status_code == 404
    assert step(areum, visit_id, lines_of(visit_id)[0].id, "done").status_code == 404
    for secret in ("Sora", "010-1234", "₩", "120,000"):
        assert secret not in job


def test_a_line_is_begun_and_done_and_the_second_is_told_who_was_first(
    app: Flask, minji: Tablet, shop: Site
) -> None:
    visit_id = in_workshop()
    daniel, seojun = tablet_of(app, "Daniel"), tablet_of(app, "Seojun")
    line = lines_of(visit_id)[0].id

    begun = step(daniel, visit_id, line, "started")
    done = step(daniel, visit_id, line, "done")
    second = step(seojun, visit_id, line, "done")

    assert (begun.status_code, done.status_code, second.status_code) == (200, 200, 409)
    assert "Daniel was first" in second.text


def test_only_the_supervisor_strikes_a_line_and_says_why(
    app: Flask, minji: Tablet, shop: Site
) -> None:
    visit_id = in_workshop()
    line = lines_of(visit_id)[0].id

    by_team = step(tablet_of(app, "Daniel"), visit_id, line, "struck", "No part")
    seojun = tablet_of(app, "Seojun")
    without = step(seojun, visit_id, line, "struck")
    struck = step(seojun, visit_id, line, "struck", "The part can't be had")

    assert (by_team.status_code, without.status_code, struck.status_code) == (403, 422, 200)
    assert "The part can" in seojun.get(f"/workshop/jobs/{visit_id}").text


def test_a_note_is_kept_once(app: Flask, minji: Tablet, shop: Site) -> None:
    visit_id = in_workshop()
    daniel, form = tablet_of(app, "Daniel"), {"id": new_id(), "text": "Bolt M8 was cut anew"}

    daniel.htmx_post(f"/visits/{visit_id}/work/notes", form)
    again = daniel.htmx_post(f"/visits/{visit_id}/work/notes", form)

    assert again.text.count("Bolt M8 was cut anew") == 1
    assert "Bolt M8" in minji.get(f"/visits/{visit_id}/workshop").text


def _receive_earlier(visit_id: str, hours: int, promised_in: int) -> None:
    fresh()
    receipt = db.session.scalars(select(WorkshopReceipt)).one()
    receipt.captured_at = _now() - timedelta(hours=hours)
    order = db.session.scalars(select(Order).where(Order.visit_id == uuid.UUID(visit_id))).one()
    order.promised_at = _now() + timedelta(hours=promised_in)
    shop = db.session.get_one(Site, order.site_id)
    shop.settings = {**shop.settings, "opening_hours": {}}
    db.session.commit()


def _answer(**changes: str) -> dict[str, str]:
    local = (_now() + timedelta(hours=10)).strftime("%Y-%m-%dT%H:%M")
    return {"id": new_id(), "finish_at": local, "state": "normal", **changes}


def test_the_question_is_answered_in_its_window_and_is_due_no_more(
    minji: Tablet, shop: Site
) -> None:
    visit_id = in_workshop()
    early = minji.post(f"/visits/{visit_id}/progress", _answer())
    took_early = _took(visit_id, "T26")
    _receive_earlier(visit_id, 8, 2)

    answer = minji.post(f"/visits/{visit_id}/progress", _answer())

    assert (early.status_code, answer.status_code) == (303, 303)
    assert not took_early
    assert _took(visit_id, "T26")
    assert state_of(visit_id) == "in_workshop"
    assert "how far it is" not in minji.get("/due").text


def test_something_wrong_needs_a_measure_with_owner_and_time(minji: Tablet, shop: Site) -> None:
    visit_id = in_workshop()
    url = f"/visits/{visit_id}/progress"
    wrong = _answer(state="abnormal", text="The part has not come")
    due = (_now() + timedelta(hours=9)).strftime("%Y-%m-%dT%H:%M")

    alone = minji.post(url, wrong)
    whole = {**wrong, "measure-0": "Fetch it", "owner-0": person_id("Kangho"), "due-0": due}
    kept = minji.post(url, whole)

    assert alone.status_code == 422
    assert "The part has not come" in alone.text
    assert kept.status_code == 303
    measure = db.session.scalars(select(Measure)).one()
    assert "Kangho: Fetch it" in minji.get("/due").text
    minji.post(f"/visits/{visit_id}/measures/{measure.id}/end")
    assert "Kangho: Fetch it" not in minji.get("/due").text
    assert db.session.scalars(select(ProgressAnswer)).one().is_abnormal


def test_accepted_only_when_all_is_done_and_by_who_may(
    app: Flask, minji: Tablet, shop: Site
) -> None:
    visit_id = in_workshop()
    seojun, url = tablet_of(app, "Seojun"), f"/visits/{visit_id}/acceptance"

    early = seojun.post(url, acceptance_form())
    all_done(seojun, visit_id)
    by_team = seojun.post(url, acceptance_form("Daniel"))
    form = acceptance_form()
    first, again = seojun.post(url, form), seojun.post(url, form)

    assert early.status_code == 409
    assert "neither done nor struck" in early.text
    assert by_team.status_code == 422
    assert (first.status_code, again.status_code) == (303, 303)
    assert state_of(visit_id) == "work_done"
    assert _took(visit_id, "T27")
    assert len(db.session.scalars(select(Acceptance)).all()) == 1


def test_a_fault_brings_it_back_and_it_is_accepted_anew_then_taken_over(
    app: Flask, minji: Tablet, shop: Site
) -> None:
    visit_id = in_workshop()
    seojun = tablet_of(app, "Seojun")
    all_done(seojun, visit_id)
    seojun.post(f"/visits/{visit_id}/acceptance", acceptance_form())
    too_late = step(seojun, visit_id, lines_of(visit_id)[0].id, "reopened")

    no_reason = minji.post(f"/visits/{visit_id}/reworks", {"id": new_id()})
    back = minji.post(f"/visits/{visit_id}/reworks", {"id": new_id(), "reason": "It still rattles"})
    state_after = state_of(visit_id)
    seojun.post(f"/visits/{visit_id}/acceptance", acceptance_form())
    taken = minji.post(f"/visits/{visit_id}/workshop-return")
    repeated = minji.post(f"/visits/{visit_id}/workshop-return")

    assert too_late.status_code == 409
    assert (no_reason.status_code, back.status_code) == (422, 303)
    assert state_after == "in_workshop"
    assert (taken.status_code, repeated.status_code) == (303, 303)
    assert state_of(visit_id) == "preparing_delivery"
    assert _took(visit_id, "T28")
    assert _took(visit_id, "T29")
    last = db.session.scalars(select(KeyMovement).order_by(KeyMovement.captured_at.desc())).first()
    assert last is not None
    assert (last.kind, str(last.to_person_id)) == ("handed_over", person_id("Minji"))
    assert "It still rattles" in minji.get(f"/visits/{visit_id}/workshop").text
