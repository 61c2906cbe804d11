"""Corrections: beside what was signed, never instead of it."""

import uuid

import pytest
from flask import Flask

from inspect_app.db import db
from inspect_app.sites.models import Site
from inspect_app.visits.models import Correction
from inspect_app.walkaround.models import Mark
from tests.conftest import Tablet, sign_in
from tests.factories import check_in


def correction_of_mark(**changes: str) -> dict[str, str]:
    mark = db.session.scalars(db.select(Mark).order_by(Mark.number)).first()
    assert mark is not None
    form = {
        "id": str(uuid.uuid4()),
        "subject": f"mark:{mark.id}",
        "text": "It is a dent, not a scratch.",
        "reason": "Seen under the lamp.",
    }
    return form | changes


def test_a_correction_stands_beside_and_changes_nothing(minji: Tablet, shop: Site) -> None:
    visit_id = check_in(minji)
    form = correction_of_mark()

    answer = minji.post(f"/visits/{visit_id}/corrections", form)
    again = minji.post(f"/visits/{visit_id}/corrections", form)

    page = minji.get(f"/visits/{visit_id}").text
    assert answer.status_code == again.status_code == 303
    assert db.session.scalar(db.select(db.func.count(Correction.id))) == 1
    assert db.session.scalars(db.select(Mark.damage_type)).first() == "scratch"
    assert "It is a dent, not a scratch." in page
    assert "Seen under the lamp." in page


@pytest.mark.parametrize("field", ["subject", "text", "reason"])
def test_an_empty_field_is_told_and_the_rest_is_kept(minji: Tablet, shop: Site, field: str) -> None:
    visit_id = check_in(minji)

    answer = minji.post(f"/visits/{visit_id}/corrections", correction_of_mark(**{field: ""}))

    assert answer.status_code == 422
    assert "Seen under the lamp." in answer.text or field == "reason"
    assert db.session.scalar(db.select(db.func.count(Correction.id))) == 0


def test_a_correction_points_at_something_of_this_visit(minji: Tablet, shop: Site) -> None:
    visit_id = check_in(minji)
    form = correction_of_mark(subject=f"mark:{uuid.uuid4()}")

    assert minji.post(f"/visits/{visit_id}/corrections", form).status_code == 422


def test_only_the_reception_corrects(app: Flask, minji: Tablet, shop: Site) -> None:
    visit_id = check_in(minji)
    seojun = sign_in(app, "Seojun")

    answer = seojun.post(f"/visits/{visit_id}/corrections", correction_of_mark())

    assert answer.status_code == 403
