"""A finished car made ready (11.01, 11.02), and the slips of the departments."""

import uuid

import pytest
from flask import Flask
from sqlalchemy import select

from inspect_app.belongings.models import Belonging
from inspect_app.db import db
from inspect_app.preparation.models import PreparationStep, PutBack, Slip
from inspect_app.sites.models import Site
from tests.conftest import Tablet, sign_in
from tests.factories import new_id
from tests.web.settlements.ways import TO_PREPARATION, car_in, move, prepare, state_of, tell


@pytest.fixture
def yuna(app: Flask) -> Tablet:
    """The settlement clerk's tablet."""
    return sign_in(app, "Yuna")


@pytest.fixture
def car(minji: Tablet, shop: Site) -> str:
    """A car that has just come out of the workshop."""
    return car_in(minji, *TO_PREPARATION)


def _things(visit_id: str) -> list[Belonging]:
    return list(
        db.session.scalars(select(Belonging).where(Belonging.visit_id == uuid.UUID(visit_id)))
    )


def test_every_tick_is_kept_with_who_and_when(minji: Tablet, yuna: Tablet, car: str) -> None:
    prepare(minji, yuna, car)

    page = minji.get(f"/visits/{car}/preparation").text
    assert "Everything is ready. Tell the customer." in page
    assert page.count("Minji") >= 2
    assert page.count("Yuna") >= 2
    assert db.session.scalars(select(PutBack.in_car)).all() == [True, True]


def test_a_tick_is_taken_back(minji: Tablet, car: str) -> None:
    url = f"/visits/{car}/preparation/steps"
    minji.htmx_post(url, {"id": new_id(), "step": "cleaned", "done": "yes"})

    answer = minji.htmx_post(url, {"id": new_id(), "step": "cleaned", "done": "no"})

    assert answer.status_code == 200
    assert "Clean the car" in answer.text
    assert db.session.scalars(select(PreparationStep.undone_at)).one() is not None


def test_a_thing_that_is_missing_stops_the_notice_until_the_supervisor_accepts_it(
    app: Flask, minji: Tablet, yuna: Tablet, car: str
) -> None:
    prepare(minji, yuna, car)
    umbrella = next(thing for thing in _things(car) if thing.code == "umbrella")
    minji.post(
        f"/visits/{car}/preparation/things",
        {"id": new_id(), "belonging": str(umbrella.id), "quantity": "1", "in_car": "1"},
    )

    assert tell(minji, car).status_code == 409
    assert state_of(car) == "preparing_delivery"

    ask = {"id": new_id(), "kind": "items_differ", "reason": "One is lost", "from": "preparation"}
    assert minji.post(f"/visits/{car}/approvals", ask).status_code == 303
    assert tell(minji, car).status_code == 409
    decision = f"/visits/{car}/approvals/{ask['id']}/decision"
    assert sign_in(app, "Jun").post(decision, {"decision": "yes"}).status_code == 303
    assert tell(minji, car).status_code == 303


def test_a_slip_comes_from_the_department_without_a_price_in_sight(
    app: Flask, minji: Tablet, car: str
) -> None:
    kangho = sign_in(app, "Kangho")
    page = kangho.get("/slips")
    assert "Parts: all as ordered" in page.text
    assert "Labour" not in page.text
    assert "Sora" not in page.text
    assert "120,000" not in page.text

    slip = {"id": new_id(), "kind": "parts", "as_ordered": "no", "note": "One clip more"}
    assert kangho.htmx_post(f"/visits/{car}/slips", slip).status_code == 200

    assert "Parts: all as ordered" not in kangho.get("/slips").text
    assert "One clip more" in minji.get(f"/visits/{car}/preparation").text


def test_a_department_hands_in_no_slip_of_another(app: Flask, car: str) -> None:
    slip = {"id": new_id(), "kind": "labour", "as_ordered": "yes"}

    assert sign_in(app, "Kangho").post(f"/visits/{car}/slips", slip).status_code == 403
    assert db.session.scalars(select(Slip)).all() == []


def test_a_slip_that_is_not_as_ordered_says_what_was_not(app: Flask, car: str) -> None:
    slip = {"id": new_id(), "kind": "parts", "as_ordered": "no"}

    answer = sign_in(app, "Kangho").htmx_post(f"/visits/{car}/slips", slip)

    assert answer.status_code == 422
    assert "Write what was used or done" in answer.text


def test_a_car_that_goes_back_to_work_is_prepared_anew(
    minji: Tablet, yuna: Tablet, car: str
) -> None:
    prepare(minji, yuna, car)
    tell(minji, car)
    move(car, "T32", "T33", "T34", "T36", "T27", "T29")

    page = minji.get(f"/visits/{car}/preparation").text

    assert "Clean the car" in page
    assert "Count the customer's things" in page
    assert "Labour slip from the workshop" in page


def test_nothing_is_ticked_while_the_car_is_still_in_the_workshop(
    minji: Tablet, shop: Site
) -> None:
    car = car_in(minji, "T21")

    form = {"id": new_id(), "step": "cleaned", "done": "yes"}
    answer = minji.post(f"/visits/{car}/preparation/steps", form)

    assert answer.status_code == 409
    assert "not being prepared now" in answer.text


def test_slips_fall_due_for_those_who_hand_them_in(app: Flask, car: str) -> None:
    assert "Hand in the parts slip" in sign_in(app, "Kangho").get("/due").text
    assert "Hand in the labour slip" in sign_in(app, "Seojun").get("/due").text
    assert "slip" not in sign_in(app, "Bora").get("/due").text
