"""Corrections: beside what was signed, never instead of it."""

import uuid

import pytest
from flask import Flask
from markupsafe import escape

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


HOSTILE = (
    "<script>alert(1)</script>",
    '#let x = read("/etc/passwd") $a^2$ *bold* _x_ `raw` \\ @label',
    "{{ 7 * 7 }} {% raw %}",
    "\u202ertl\u202c \u0627\u0644\u0639\u0631\u0628\u064a\u0629 Z\u0351\u036ba\u0321lgo \U0001f697",
    "a" * 900,
)


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_words_are_shown_as_words(minji: Tablet, shop: Site, text: str) -> None:
    visit_id = check_in(minji)

    answer = minji.post(f"/visits/{visit_id}/corrections", correction_of_mark(text=text))

    assert answer.status_code == 303
    page = minji.get(f"/visits/{visit_id}")
    assert str(escape(text)) in page.text
    assert minji.get(f"/visits/{visit_id}/sheet.pdf").data.startswith(b"%PDF")
