"""The board: what it shows to whom, and what the find field finds."""

import uuid
from datetime import timedelta

import pytest
from flask import Flask

from inspect_app.db import bind_site, db, now
from inspect_app.key_tags.models import KeyRegistration
from inspect_app.orders.models import Order
from inspect_app.seeds import seed_shop
from inspect_app.sites.models import Site
from inspect_app.visits.due import _SOURCES
from inspect_app.visits.models import Visit
from tests.conftest import PINS, Tablet, sign_in
from tests.factories import arrive, check_in
from tests.web.conftest import Statements

PINS.setdefault("Gate", "7777")


def visits() -> list[Visit]:
    db.session.expire_all()
    return list(db.session.scalars(db.select(Visit).order_by(Visit.number)))


def put(state: str) -> None:
    for visit in visits():
        visit.state = state
    db.session.commit()


def test_an_empty_plant_shows_where_the_check_in_begins_and_ends(minji: Tablet) -> None:
    page = minji.get("/")

    assert page.status_code == 200
    assert 'id="lane-arrived"' in page.text
    assert 'id="lane-checked_in"' in page.text
    assert 'id="lane-in_workshop"' not in page.text


def test_a_car_in_the_bay_stands_in_its_lane_with_its_count(minji: Tablet) -> None:
    visit_id = arrive(minji)

    page = minji.get("/").text

    assert f'href="/visits/{visit_id}"' in page
    assert '<span class="lane__count">1</span>' in page
    assert "12가 3456" in page
    assert "Sora Kim" in page


def test_a_car_that_left_is_off_the_board(minji: Tablet, shop: Site) -> None:
    arrive(minji)
    put("left")

    assert "12가 3456" not in minji.get("/").text


def test_a_checked_in_car_shows_where_its_key_is(minji: Tablet, shop: Site) -> None:
    check_in(minji)

    page = minji.get("/").text

    assert "visit-card__key" in page
    assert "Tell the customer: all complete" in page


def test_a_broken_promise_is_said_in_words(minji: Tablet, shop: Site) -> None:
    arrive(minji)
    db.session.scalars(db.select(Order)).one().promised_at = now() - timedelta(minutes=31)
    db.session.commit()

    assert "31 min late" in minji.get("/").text


@pytest.mark.parametrize(
    "text",
    ["12가3456", "12 가 34", "3456", "sora", "KIM", "5678", "010-1234-5678", "V2", "R2"],
)
def test_a_car_is_found_by_what_people_say(minji: Tablet, text: str) -> None:
    visit_id = arrive(minji)
    arrive(minji, plate="88다9999", customer_name="Li Wei", customer_phone="02-555-0000")

    page = minji.get("/", query_string={"q": text}).text

    assert f'href="/visits/{visit_id}"' in page


def test_a_car_is_found_by_the_number_of_its_key_tag(minji: Tablet, shop: Site) -> None:
    visit_id = check_in(minji)

    assert f'href="/visits/{visit_id}"' in minji.get("/?q=1").text


@pytest.mark.parametrize("text", ["%", "_", "99", "zzz", "'", "---"])
def test_what_names_nothing_finds_nothing(minji: Tablet, text: str) -> None:
    arrive(minji)

    page = minji.get("/", query_string={"q": text})

    assert page.status_code == 200
    assert "/visits/" not in page.text


def test_a_car_that_left_is_found_all_the_same(minji: Tablet, shop: Site) -> None:
    arrive(minji)
    put("left")

    assert "12가 3456" in minji.get("/?q=3456").text


def test_the_find_field_swaps_the_board_alone(minji: Tablet) -> None:
    arrive(minji)

    answer = minji.get("/?q=3456", headers={"HX-Request": "true"})

    assert answer.text.lstrip().startswith("<section")
    assert "HX-Request" in answer.headers["Vary"]


def test_the_team_sees_cars_and_keys_but_no_contact(app: Flask, minji: Tablet) -> None:
    arrive(minji)
    team = sign_in(app, "Daniel")

    page = team.get("/").text

    assert "12가 3456" in page
    assert "Sonata" in page
    assert "Sora" not in page
    assert "/visits/" not in page
    assert "12가" not in team.get("/?q=sora").text
    assert "12가" not in team.get("/?q=5678").text


def test_the_guard_sees_the_plate_alone(app: Flask, minji: Tablet) -> None:
    arrive(minji)

    page = sign_in(app, "Gate").get("/").text

    assert "12가 3456" in page
    assert "Sonata" not in page
    assert "Sora" not in page


def test_nothing_of_another_site_stands_on_the_board(app: Flask, minji: Tablet, shop: Site) -> None:
    arrive(minji)
    visit = visits()[0]
    other = seed_shop(code="other", name="Other shop")
    bind_site(other.id)
    db.session.add(
        Visit(
            id=uuid.uuid4(),
            number="V-OTHER",
            vehicle_id=visit.vehicle_id,
            state="arrived",
            state_since=now(),
            purpose="repair",
            arrived_at=now(),
            received_by_id=visit.received_by_id,
        )
    )
    db.session.commit()

    page = minji.get("/").text

    assert '<span class="lane__count">1</span>' in page
    assert "0 visits found" in minji.get("/?q=V-OTHER").text


def test_a_long_lane_shows_its_first_cars_and_how_many_more(
    minji: Tablet, statements: Statements
) -> None:
    arrive(minji, plate="10가1000")
    with statements() as few:
        minji.get("/")
    for number in range(26):
        arrive(minji, plate=f"10가{2000 + number}")

    with statements() as many:
        page = minji.get("/").text
    more = minji.get("/?lane=arrived&most=75").text

    assert '<span class="lane__count">27</span>' in page
    assert page.count("visit-card__top") == 25
    assert "Show 2 more" in page
    assert more.count("visit-card__top") == 27
    assert len(few) == len(many) <= 10


@pytest.mark.parametrize("query", ["most=-5", "most=x", "most=99999999999", "lane=<b>"])
def test_a_made_up_lane_or_length_harms_nothing(minji: Tablet, query: str) -> None:
    arrive(minji)

    assert minji.get(f"/?lane=arrived&{query}").status_code == 200


def test_a_check_in_left_lying_and_a_key_not_hung_fall_due(minji: Tablet, shop: Site) -> None:
    arrive(minji)
    done = check_in(minji, plate="34나5678")

    page = minji.get("/due").text

    assert "Finish the check-in" in page
    assert "Tell the customer: all complete" in page
    key = db.session.scalars(
        db.select(KeyRegistration.id).where(KeyRegistration.visit_id == uuid.UUID(done))
    ).one()
    assert f'href="/keys/{key}"' in page
    assert "Hang key" in page


def test_a_promise_for_today_falls_due(minji: Tablet, shop: Site) -> None:
    arrive(minji)
    put("in_workshop")
    db.session.scalars(db.select(Order)).one().promised_at = now() - timedelta(minutes=1)
    db.session.commit()

    assert "Promised to be ready" in minji.get("/due").text


def test_the_list_of_what_is_due_takes_few_questions(minji: Tablet, statements: Statements) -> None:
    for number in range(5):
        arrive(minji, plate=f"10가{1000 + number}")

    with statements() as asked:
        minji.get("/due")

    # Who is signed in, the site, keys, visits, promises, and one for each noun that adds its own.
    assert len(asked) <= 5 + len(_SOURCES)


def test_the_guard_has_nothing_due(app: Flask, minji: Tablet) -> None:
    arrive(minji)

    assert "12가" not in sign_in(app, "Gate").get("/due").text


def test_a_plate_leads_to_its_visit(minji: Tablet) -> None:
    visit_id = arrive(minji)

    assert minji.get("/scan?code=12가3456").location == f"/visits/{visit_id}"


def test_a_number_leads_to_its_visit(minji: Tablet, shop: Site) -> None:
    visit_id = arrive(minji)
    number = visits()[0].number

    assert minji.get(f"/scan?code={number.lower()}").location == f"/visits/{visit_id}"


def test_a_code_that_is_nobodys_says_so_with_what_was_typed(minji: Tablet) -> None:
    answer = minji.get("/scan?code=NOPE-1")

    assert answer.status_code == 404
    assert "NOPE-1" in answer.text
    assert "Check the number" in answer.text
