"""A key goes from hook to hand to hand and back; every movement is kept."""

import re
import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from inspect_app.db import db
from inspect_app.key_tags.models import KeyMovement, KeyRegistration, Slot
from inspect_app.sites.models import Site
from inspect_app.staff.models import Person, WrongPins
from inspect_app.visits.models import VisitEvent
from tests.conftest import Tablet, sign_in
from tests.factories import new_id, ready_to_sign


@pytest.fixture
def key(minji: Tablet, shop: Site) -> str:
    """A registered key that no one has put on its hook yet."""
    visit_id = uuid.UUID(ready_to_sign(minji))
    found = db.session.scalars(
        select(KeyRegistration.id).where(KeyRegistration.visit_id == visit_id)
    ).one()
    db.session.commit()
    return str(found)


def seen(key: str) -> int:
    """The number of the last movement, as a page opened now shows it."""
    last = select(func.max(KeyMovement.sequence)).where(
        KeyMovement.registration_id == uuid.UUID(key), KeyMovement.is_claim.is_(False)
    )
    number = db.session.scalar(last) or 0
    db.session.commit()
    return number


def act(tablet: Tablet, key: str, kind: str, **fields: Any) -> Any:
    """One movement by htmx, from a page that shows how things are."""
    form = {"id": new_id(), "kind": kind, "seen": seen(key), **fields}
    headers = form.pop("headers", {})
    return tablet.htmx_post(f"/keys/{key}/movements", form, headers=headers)


def person(name: str) -> str:
    """The id of someone of the cast."""
    return str(db.session.scalars(select(Person.id).where(Person.name == name)).one())


def kinds(key: str) -> list[str]:
    """All movements in their order."""
    return list(
        db.session.scalars(
            select(KeyMovement.kind)
            .where(KeyMovement.registration_id == uuid.UUID(key))
            .order_by(KeyMovement.sequence)
        )
    )


def test_a_key_goes_through_its_whole_day(minji: Tablet, jun: Tablet, key: str) -> None:
    assert act(minji, key, "put_in").status_code == 200
    assert act(jun, key, "taken_out", reason="wash").status_code == 200
    assert act(jun, key, "returned").status_code == 200
    assert act(minji, key, "taken_out", reason="delivery").status_code == 200
    assert act(minji, key, "given_back").status_code == 200

    assert kinds(key) == ["put_in", "taken_out", "returned", "taken_out", "given_back"]
    registration = db.session.get_one(KeyRegistration, uuid.UUID(key))
    assert registration.released_at is not None


def test_the_history_of_the_visit_names_every_movement(minji: Tablet, key: str) -> None:
    act(minji, key, "put_in")
    act(minji, key, "taken_out", reason="wash")

    noted = set(db.session.scalars(select(VisitEvent.kind)))
    assert {"key.put_in", "key.taken_out"} <= noted


def test_a_key_that_is_out_says_who_has_it_and_when_it_is_back(minji: Tablet, key: str) -> None:
    act(minji, key, "put_in")

    answer = act(minji, key, "taken_out", reason="road_test", minutes="30")

    assert "Minji has it since" in answer.text
    assert "Road test" in answer.text
    out = db.session.scalars(select(KeyMovement).where(KeyMovement.kind == "taken_out")).one()
    assert out.expected_return_at == out.captured_at + timedelta(minutes=30)


def test_a_key_is_not_taken_without_a_reason(minji: Tablet, key: str) -> None:
    act(minji, key, "put_in")

    answer = act(minji, key, "taken_out")

    assert answer.status_code == 422
    assert "what the key is taken for" in answer.text
    assert kinds(key) == ["put_in"]


@pytest.mark.parametrize(
    "fields",
    [
        {"reason": "holiday"},
        {"reason": "wash", "minutes": "0"},
        {"reason": "wash", "minutes": "-5"},
        {"reason": "wash", "minutes": "99999999999999"},
        {"reason": "wash", "seen": "much"},
        {"kind": "stolen"},
        {"kind": ""},
        {"id": "no id"},
    ],
)
def test_bad_input_is_refused_and_moves_nothing(
    minji: Tablet, key: str, fields: dict[str, str]
) -> None:
    act(minji, key, "put_in")

    answer = act(minji, key, **{"kind": "taken_out", **fields})

    assert answer.status_code == 422
    assert kinds(key) == ["put_in"]


def test_the_second_of_two_is_told_who_was_first(minji: Tablet, jun: Tablet, key: str) -> None:
    act(minji, key, "put_in")
    shown = seen(key)
    act(minji, key, "taken_out", reason="wash", seen=shown)

    answer = act(jun, key, "taken_out", reason="workshop", seen=shown)

    assert answer.status_code == 409
    assert "Someone else was first with key 1. Minji has it since" in answer.text
    assert kinds(key) == ["put_in", "taken_out"]
    assert f'name="seen" value="{shown + 1}"' in answer.text


def test_the_same_movement_twice_is_one(minji: Tablet, key: str) -> None:
    again = {"id": new_id(), "seen": 0}
    first = act(minji, key, "put_in", **again)
    second = act(minji, key, "put_in", **again)

    assert (first.status_code, second.status_code) == (200, 200)
    assert kinds(key) == ["put_in"]


def test_an_id_of_another_key_is_refused(minji: Tablet, key: str) -> None:
    other = uuid.UUID(ready_to_sign(minji, "34나 5678"))
    other_key = db.session.scalars(
        select(KeyRegistration.id).where(KeyRegistration.visit_id == other)
    ).one()
    row = new_id()
    act(minji, key, "put_in", id=row)

    answer = act(minji, str(other_key), "put_in", id=row)

    assert answer.status_code == 409
    assert kinds(str(other_key)) == []


def test_whoever_returns_it_for_someone_else_is_recorded(
    minji: Tablet, jun: Tablet, key: str
) -> None:
    act(minji, key, "taken_out", reason="wash")

    answer = act(jun, key, "returned")

    assert "Jun hung it on hook A1 for Minji" in answer.text
    row = db.session.scalars(select(KeyMovement).where(KeyMovement.kind == "returned")).one()
    assert (str(row.by_id), str(row.from_person_id)) == (person("Jun"), person("Minji"))


def test_the_receiver_confirms_with_the_pin(minji: Tablet, key: str) -> None:
    act(minji, key, "taken_out", reason="wash")
    form = {"id": new_id(), "seen": seen(key), "person": person("Seojun"), "pin": "4444"}

    answer = minji.htmx_post(f"/keys/{key}/hand-overs", form)
    again = minji.htmx_post(f"/keys/{key}/hand-overs", form)

    assert (answer.status_code, again.status_code) == (200, 200)
    assert "Handed over to Seojun" in answer.text
    assert "Seojun has it since" in answer.text
    row = db.session.scalars(select(KeyMovement).where(KeyMovement.kind == "handed_over")).one()
    assert (str(row.from_person_id), str(row.to_person_id)) == (person("Minji"), person("Seojun"))
    assert row.reason == "wash"
    assert row.expected_return_at is not None


def test_a_wrong_pin_moves_nothing_and_is_counted(minji: Tablet, key: str) -> None:
    act(minji, key, "taken_out", reason="wash")
    form = {"id": new_id(), "seen": seen(key), "person": person("Seojun"), "pin": "0000"}

    answer = minji.htmx_post(f"/keys/{key}/hand-overs", form)

    assert answer.status_code == 422
    assert "not the PIN of Seojun" in answer.text
    assert "0000" not in answer.text
    assert kinds(key) == ["taken_out"]
    assert db.session.scalar(select(func.sum(WrongPins.failures))) == 2


@pytest.mark.parametrize("fields", [{"person": ""}, {"person": "x"}, {"pin": ""}])
def test_a_hand_over_needs_a_person_and_a_pin(
    minji: Tablet, key: str, fields: dict[str, str]
) -> None:
    form = {"id": new_id(), "seen": seen(key), "person": person("Seojun"), "pin": "4444", **fields}

    answer = minji.htmx_post(f"/keys/{key}/hand-overs", form)

    assert answer.status_code == 422
    assert kinds(key) == []


def late(minutes: int) -> dict[str, str]:
    """As the outbox sends what was captured some minutes ago."""
    return {"X-Captured-At": (datetime.now(UTC) - timedelta(minutes=minutes)).isoformat()}


def test_a_late_movement_takes_its_place_in_time(minji: Tablet, key: str) -> None:
    answer = act(minji, key, "put_in", headers=late(20))

    assert answer.status_code == 200
    assert "entered" in answer.text
    row = db.session.scalars(select(KeyMovement)).one()
    assert row.recorded_at - row.captured_at > timedelta(minutes=19)
    assert not row.is_claim


def test_a_late_contradiction_is_a_question_and_overwrites_nothing(
    minji: Tablet, jun: Tablet, key: str
) -> None:
    act(minji, key, "put_in")
    shown = seen(key)
    act(minji, key, "taken_out", reason="wash", seen=shown)

    answer = act(jun, key, "taken_out", reason="workshop", seen=shown, headers=late(20))

    assert answer.status_code == 200
    assert "Which is right?" in answer.text
    assert "Minji has it since" in answer.text
    claims = db.session.scalars(select(KeyMovement.is_claim).order_by(KeyMovement.sequence)).all()
    assert claims == [False, False, True]


@pytest.mark.parametrize(("says", "holder"), [("shown", "Minji"), ("claimed", "Jun")])
def test_a_person_settles_the_question(
    minji: Tablet, jun: Tablet, key: str, says: str, holder: str
) -> None:
    act(minji, key, "put_in")
    shown = seen(key)
    act(minji, key, "taken_out", reason="wash", seen=shown)
    act(jun, key, "taken_out", reason="workshop", seen=shown, headers=late(20))
    claim = db.session.scalars(select(KeyMovement.id).where(KeyMovement.is_claim)).one()
    form = {"id": new_id(), "claim": str(claim), "says": says}

    answer = minji.htmx_post(f"/keys/{key}/answers", form)
    again = minji.htmx_post(f"/keys/{key}/answers", {**form, "id": new_id()})

    assert answer.status_code == 200
    assert f"{holder} has it since" in answer.text
    assert "Which is right?" not in answer.text
    assert again.status_code == 409


def test_a_key_hangs_on_no_hook_that_another_has(minji: Tablet, key: str) -> None:
    ready_to_sign(minji, "34나 5678")

    answer = act(minji, key, "put_in", slot="A2")

    assert answer.status_code == 409
    assert "Hook A2 holds the key of 34나" in answer.text
    assert kinds(key) == []


def test_another_hook_is_the_keys_own_from_then_on(minji: Tablet, key: str) -> None:
    answer = act(minji, key, "put_in", slot="c3")

    assert "It hangs on hook C3" in answer.text


@pytest.mark.parametrize("slot", ["Z99", "'; drop table", "B4B4B4B4B4B4B4"])
def test_a_hook_that_is_none_is_refused(minji: Tablet, key: str, slot: str) -> None:
    answer = act(minji, key, "put_in", slot=slot)

    assert answer.status_code == 422
    assert kinds(key) == []


def test_a_full_cabinet_says_so(minji: Tablet, key: str) -> None:
    registration = db.session.get_one(KeyRegistration, uuid.UUID(key))
    registration.slot_id = None
    db.session.flush()
    for slot in db.session.scalars(select(Slot)):
        db.session.delete(slot)
    db.session.commit()

    answer = act(minji, key, "put_in")

    assert answer.status_code == 422
    assert "Every hook is taken" in answer.text


def test_a_key_given_back_moves_no_more(minji: Tablet, key: str) -> None:
    act(minji, key, "given_back")

    answer = act(minji, key, "put_in")

    assert answer.status_code == 409
    assert "gave it back to the customer" in answer.text


def test_only_those_who_move_keys_may(app: Flask, key: str) -> None:
    yuna = sign_in(app, "Yuna")

    answer = yuna.htmx_post(f"/keys/{key}/movements", {"id": new_id(), "kind": "put_in"})

    assert answer.status_code == 403
    assert yuna.get(f"/keys/{key}").status_code == 403


def test_a_plain_form_comes_back_to_the_page_of_the_key(minji: Tablet, key: str) -> None:
    answer = minji.post(f"/keys/{key}/movements", {"id": new_id(), "kind": "put_in", "seen": "0"})

    assert (answer.status_code, answer.location) == (303, f"/keys/{key}")
    assert "It hangs on" not in minji.get(f"/keys/{key}").text
    assert "hung it on hook A1" in minji.get(f"/keys/{key}").text


def test_an_unknown_key_does_not_exist(minji: Tablet) -> None:
    assert minji.get(f"/keys/{uuid.uuid4()}").status_code == 404
    answer = minji.post(f"/keys/{uuid.uuid4()}/movements", {"id": new_id(), "kind": "put_in"})
    assert answer.status_code == 404


def test_the_wall_shows_every_hook_and_answers_nothing_while_nothing_changed(
    minji: Tablet, key: str
) -> None:
    act(minji, key, "taken_out", reason="wash")
    fragment = {"HX-Request": "true", "HX-Request-Type": "partial"}
    page = minji.get("/cabinet").text
    asks = re.search(r'hx-get="(/cabinet\?seen=[0-9a-f]+)"', page)
    assert asks

    same = minji.get(asks[1], headers=fragment)
    act(minji, key, "returned")
    changed = minji.get(asks[1], headers=fragment)

    assert page.count('class="hook"') == 40
    assert 'data-state="out"' in page
    assert same.status_code == 204
    assert changed.status_code == 200
    assert 'data-state="in"' in changed.text


def test_an_overdue_key_stands_out_on_the_wall(minji: Tablet, key: str) -> None:
    act(minji, key, "taken_out", reason="wash", minutes="5", headers=late(10))

    page = minji.get("/cabinet").text

    assert 'data-state="overdue"' in page
    assert "<b>1</b> Overdue" in page


def test_an_overdue_key_is_due_and_the_board_says_who_has_it(minji: Tablet, key: str) -> None:
    act(minji, key, "taken_out", reason="wash", minutes="5", headers=late(10))

    due, board = minji.get("/due").text, minji.get("/").text

    assert "Bring key 1 back: Minji has it" in due
    assert f'href="/keys/{key}"' in due
    assert "Minji has the key since" in board


def test_a_contradiction_waits_in_the_list_of_what_is_due(
    minji: Tablet, jun: Tablet, key: str
) -> None:
    act(minji, key, "taken_out", reason="wash", seen=0)
    act(jun, key, "taken_out", reason="workshop", seen=0, headers=late(20))

    assert "Where is key 1? Two entries contradict each other" in minji.get("/due").text
