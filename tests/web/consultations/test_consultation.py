"""A customer only asks (T05, T06), and what is kept of it (14.02)."""

import uuid

from sqlalchemy import select

from inspect_app.consultations.models import Consultation
from inspect_app.customers.models import Customer
from inspect_app.db import db
from inspect_app.sites.models import Site
from inspect_app.visits.models import Visit, VisitEvent
from tests.conftest import Tablet
from tests.factories import add_line, arrive, new_id

QUIET = {"purpose": "consult", "customer_name": "", "customer_phone": ""}


def _state() -> str:
    db.session.rollback()
    return db.session.scalars(select(Visit.state)).one()


def test_a_question_is_answered_and_closed_without_a_pass(minji: Tablet, shop: Site) -> None:
    visit_id = arrive(minji, **QUIET)
    form = {"id": new_id(), "customer_id": new_id(), "question": "Is E10 fine?", "answer": "Yes."}

    for _time in range(2):
        assert minji.post(f"/visits/{visit_id}/consultation", form).status_code == 303
    assert _state() == "consult_only"
    assert "Is E10 fine?" in minji.get(f"/visits/{visit_id}/consultation").text
    for _time in range(2):
        assert minji.post(f"/visits/{visit_id}/consultation/farewell").status_code == 303

    assert _state() == "closed"
    numbers = [row for row in db.session.scalars(select(VisitEvent.transition)) if row]
    assert sorted(numbers) == ["T04", "T05", "T06"]
    assert db.session.scalars(select(Customer)).all() == []
    assert len(db.session.scalars(select(Consultation)).all()) == 1


def test_a_visit_ends_only_when_its_key_s_tag_is_free(
    minji: Tablet, jun: Tablet, shop: Site
) -> None:
    visit_id = arrive(minji, **QUIET)
    minji.post(
        f"/visits/{visit_id}/key", {"id": new_id(), "keys_count": "1", "tag": "", "slot": ""}
    )
    form = {"id": new_id(), "customer_id": new_id(), "answer": "Yes."}
    minji.post(f"/visits/{visit_id}/consultation", form)
    farewell = f"/visits/{visit_id}/consultation/farewell"

    refused = minji.htmx_post(farewell, {"reason": "I may not say so"})
    asked = jun.htmx_post(farewell)

    assert (refused.status_code, asked.status_code, _state()) == (409, 409, "consult_only")
    assert "still holds this car" in refused.text
    assert 'name="reason"' not in refused.text
    assert 'name="reason"' in asked.text
    assert jun.htmx_post(farewell, {"reason": "He fetches it at noon"}).status_code == 200
    assert _state() == "closed"
    detail = db.session.scalars(
        select(VisitEvent.detail).where(VisitEvent.transition == "T06")
    ).one()
    assert detail["override_reason"] == "He fetches it at noon"


def test_contact_is_kept_only_where_it_was_given(minji: Tablet, shop: Site) -> None:
    visit_id = arrive(minji, **QUIET)
    form = {"id": new_id(), "customer_id": new_id(), "answer": "Come on Friday.",
            "customer_phone": "010-1234-5678", "work_address": "12 Seongsu-daero"}  # fmt: skip
    nameless = minji.post(f"/visits/{visit_id}/consultation", form)
    assert nameless.status_code == 422
    assert "12 Seongsu-daero" in nameless.text

    given = {**form, "customer_name": "Sora Kim", "organisation": "Kim Ltd", "department": "Fleet"}
    minji.post(f"/visits/{visit_id}/consultation", given)

    db.session.rollback()
    row = db.session.scalars(select(Customer)).one()
    assert (row.organisation, row.department, row.work_address, row.phone_end) == (
        "Kim Ltd", "Fleet", "12 Seongsu-daero", "5678",
    )  # fmt: skip
    assert db.session.scalars(select(Visit.customer_id)).one() == row.id


def test_an_order_with_items_is_no_simple_question(minji: Tablet, shop: Site) -> None:
    visit_id = arrive(minji)
    add_line(minji, visit_id, "Oil")

    answer = minji.post(
        f"/visits/{visit_id}/consultation",
        {"id": new_id(), "customer_id": new_id(), "answer": "Yes."},
    )

    assert answer.status_code == 409
    assert _state() == "arrived"
    assert db.session.get(Visit, uuid.UUID(visit_id)) is not None


def test_an_answer_is_asked_for(minji: Tablet, shop: Site) -> None:
    visit_id = arrive(minji, **QUIET)

    answer = minji.htmx_post(
        f"/visits/{visit_id}/consultation", {"id": new_id(), "question": "Is E10 fine?"}
    )

    assert answer.status_code == 422
    assert "Is E10 fine?" in answer.text
