"""Numbers that a tablet holds for a time without network."""

from datetime import UTC, datetime, timedelta

from flask import Flask
from sqlalchemy import select, update

from inspect_app.belongings.queries import free_box
from inspect_app.db import db
from inspect_app.key_tags.models import KeyRegistration
from inspect_app.key_tags.queries import free_slot, free_tag
from inspect_app.reservations.models import Reservation
from inspect_app.sites.models import Site
from tests.conftest import Tablet, sign_in
from tests.factories import arrive, new_id


def register(tablet: Tablet, visit_id: str, tag: object = "", slot: str = "") -> int:
    form = {"id": new_id(), "tag": str(tag), "slot": slot, "keys_count": 1, "remotes_count": 0}
    return tablet.htmx_post(f"/visits/{visit_id}/key", form).status_code


def test_two_tablets_hold_different_numbers(app: Flask, minji: Tablet, shop: Site) -> None:
    first = minji.post("/reservations").get_json()
    second = sign_in(app, "Haoran").post("/reservations").get_json()

    for kind in ("tags", "slots", "boxes"):
        assert first[kind]
        assert second[kind]
        assert not set(first[kind]) & set(second[kind])


def test_asking_again_keeps_the_same_numbers(minji: Tablet, shop: Site) -> None:
    first, again = minji.post("/reservations").get_json(), minji.post("/reservations").get_json()

    assert first["tags"] == again["tags"]
    assert again["ends_at"] >= first["ends_at"]


def test_what_is_held_is_proposed_last_and_may_be_taken(minji: Tablet, shop: Site) -> None:
    held = minji.post("/reservations").get_json()
    proposed = free_tag(), free_slot(), free_box()

    assert proposed[0] is not None
    assert proposed[1] is not None
    assert proposed[2] is not None
    assert proposed[0].number not in held["tags"]
    assert proposed[1].label not in held["slots"]
    assert proposed[2].number not in held["boxes"]
    assert register(minji, arrive(minji), held["tags"][0], held["slots"][0]) == 200


def test_a_used_number_leaves_the_block_and_another_comes(minji: Tablet, shop: Site) -> None:
    held = minji.post("/reservations").get_json()
    register(minji, arrive(minji), held["tags"][0], held["slots"][0])

    again = minji.post("/reservations").get_json()

    assert held["tags"][0] not in again["tags"]
    assert len(again["tags"]) == len(held["tags"])


def test_a_tablet_that_stayed_away_holds_nothing(app: Flask, minji: Tablet, shop: Site) -> None:
    held = minji.post("/reservations").get_json()
    db.session.execute(update(Reservation).values(ends_at=datetime.now(UTC) - timedelta(minutes=1)))
    db.session.commit()

    other = sign_in(app, "Haoran").post("/reservations").get_json()

    assert other["tags"] == held["tags"]


def test_two_keys_on_one_tag_are_a_question_and_no_overwrite(
    app: Flask, minji: Tablet, shop: Site
) -> None:
    tag = minji.post("/reservations").get_json()["tags"][0]
    one, other = arrive(minji), arrive(minji, "34나 5678")
    assert register(sign_in(app, "Haoran"), one, tag) == 200

    assert register(minji, other, tag) == 409
    visits = db.session.scalars(select(KeyRegistration.visit_id)).all()
    assert [str(visit_id) for visit_id in visits] == [one]


def test_who_takes_no_car_in_gets_names_and_no_numbers(app: Flask, shop: Site) -> None:
    answer = sign_in(app, "Daniel").post("/reservations").get_json()

    assert answer["tags"] == []
    assert "Minji" in [one["name"] for one in answer["people"]]
