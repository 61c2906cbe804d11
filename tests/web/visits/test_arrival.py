"""Taking a car in: the front door of everything."""

from flask import Flask

from inspect_app.db import bind_site, db
from inspect_app.sites.models import Site
from inspect_app.visits.models import Visit, VisitEvent
from tests.conftest import Tablet, sign_in
from tests.factories import arrival_form, arrive


def test_an_arrival_opens_a_visit_with_its_order_and_history(
    app: Flask, minji: Tablet, shop: Site
) -> None:
    visit_id = arrive(minji)

    visit = db.session.scalars(db.select(Visit)).one()
    event = db.session.scalars(db.select(VisitEvent)).one()
    assert str(visit.id) == visit_id
    assert (visit.state, event.transition) == ("arrived", "T04")
    assert visit.number.startswith("V")


def test_the_same_arrival_twice_is_one_visit(minji: Tablet, shop: Site) -> None:
    form = arrival_form()

    first = minji.post("/visits", form)
    second = minji.post("/visits", form)

    assert first.location == second.location
    assert db.session.scalar(db.select(db.func.count(Visit.id))) == 1


def test_a_car_that_is_here_is_not_taken_in_again(minji: Tablet, shop: Site) -> None:
    arrive(minji, plate="12가3456")

    answer = minji.post("/visits", arrival_form(plate="12 가 3456"))

    assert answer.status_code == 409
    assert "already here" in answer.text


def test_a_guard_takes_no_car_in(app: Flask) -> None:
    team = sign_in(app, "Daniel")

    assert team.post("/visits", arrival_form()).status_code == 403


def test_a_post_from_another_page_is_refused(minji: Tablet) -> None:
    answer = minji.client.post(
        "/visits", data=arrival_form(), headers={"Sec-Fetch-Site": "cross-site"}
    )

    assert answer.status_code == 403


def test_nothing_of_another_site_is_seen(minji: Tablet, shop: Site) -> None:
    arrive(minji)

    bind_site(None)
    assert db.session.scalars(db.select(Visit)).all() == []
