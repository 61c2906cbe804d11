"""Who is away."""

from sqlalchemy import select

from inspect_app.db import db, now
from inspect_app.promises.models import Absence
from inspect_app.sites.models import Site
from inspect_app.staff.models import Person
from tests.conftest import Tablet
from tests.factories import new_id


def _form(**changes: str) -> dict[str, str]:
    person_id = db.session.scalars(select(Person.id).where(Person.name == "Areum")).one()
    day = now().date().isoformat()
    return {"id": new_id(), "away": f"person:{person_id}", "first_on": day, **changes}


def test_a_supervisor_notes_who_is_away_and_takes_it_back(
    minji: Tablet, jun: Tablet, shop: Site
) -> None:
    form = _form(reason="Training")

    for _time in range(2):
        assert jun.post("/absences", form).status_code == 303
    assert minji.post("/absences", form).status_code == 403

    assert "Training" in minji.get("/absences").text
    row = db.session.scalars(select(Absence)).one()
    assert row.first_on == row.last_on
    assert jun.post(f"/absences/{row.id}/removal").status_code == 303
    assert "Training" not in minji.get("/absences").text


def test_what_makes_no_sense_comes_back(jun: Tablet, shop: Site) -> None:
    for changes in (
        {"away": ""}, {"away": "person:x"}, {"away": f"team:{new_id()}"}, {"first_on": ""},
        {"last_on": "2020-01-01"}, {"last_on": "soon"},
    ):  # fmt: skip
        answer = jun.htmx_post("/absences", _form(**changes))
        assert answer.status_code in (404, 422), changes
    assert db.session.scalars(select(Absence)).all() == []
