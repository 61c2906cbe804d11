"""The tablet in the customer's hands, and back."""

import uuid
from datetime import UTC, datetime

import pytest
from flask import Flask

from inspect_app.db import db
from inspect_app.orders.models import OrderLine
from inspect_app.photos.models import Photo
from inspect_app.sites.models import Site
from inspect_app.staff.models import SignIn
from inspect_app.visits.models import Visit
from inspect_app.walkaround.models import Mark, MarkView
from tests.conftest import Tablet, sign_in
from tests.factories import (
    arrive,
    check_in,
    give_back,
    hand_over,
    new_id,
    ready_to_sign,
    sitting_on,
)


def locked(tablet: Tablet) -> list[uuid.UUID | None]:
    db.session.expire_all()
    return list(db.session.scalars(db.select(SignIn.customer_visit_id)))


def test_handing_over_locks_the_sign_in_on_the_server(minji: Tablet, shop: Site) -> None:
    visit_id = ready_to_sign(minji)

    answer = hand_over(minji, visit_id)

    assert answer.location == f"/visits/{visit_id}/customer"
    assert locked(minji) == [uuid.UUID(visit_id)]


def test_nothing_to_sign_hands_nothing_over(minji: Tablet, shop: Site) -> None:
    visit_id = arrive(minji)

    answer = hand_over(minji, visit_id)

    assert answer.status_code == 409
    assert locked(minji) == [None]


@pytest.mark.parametrize(
    "address", ["/", "/visits/{id}", "/visits/{id}/order", "/visits/{id}/review", "/more"]
)
def test_any_staff_address_answers_the_pin_page(minji: Tablet, shop: Site, address: str) -> None:
    visit_id = ready_to_sign(minji)
    hand_over(minji, visit_id)

    answer = minji.get(address.format(id=visit_id))

    assert answer.location == f"/visits/{visit_id}/give-back"
    assert "PIN" in minji.get(answer.location).text


@pytest.mark.parametrize(
    "address", ["/visits", "/visits/{id}/customer-mode", "/visits/{id}/completion"]
)
def test_no_staff_post_is_taken_from_the_customers_hands(
    minji: Tablet, shop: Site, address: str
) -> None:
    visit_id = ready_to_sign(minji)
    hand_over(minji, visit_id)

    plain = minji.post(address.format(id=visit_id), {"id": new_id()})
    htmx = minji.htmx_post(address.format(id=visit_id), {"id": new_id()})

    assert plain.location == f"/visits/{visit_id}/give-back"
    assert htmx.status_code == 401
    assert htmx.headers["HX-Redirect"] == f"/visits/{visit_id}/give-back"
    assert len(db.session.scalars(db.select(Visit)).all()) == 1


def test_another_visit_is_not_seen_from_the_customers_hands(minji: Tablet, shop: Site) -> None:
    other = check_in(minji, "99하 9999")
    visit_id = ready_to_sign(minji)
    hand_over(minji, visit_id)

    for page in ("customer", "thank-you", "give-back"):
        answer = minji.get(f"/visits/{other}/{page}")
        assert answer.location == f"/visits/{visit_id}/give-back"


def test_a_photo_of_another_visit_is_not_seen(minji: Tablet, shop: Site) -> None:
    other, visit_id = ready_to_sign(minji, "99하 9999"), ready_to_sign(minji)
    person = db.session.scalars(db.select(Visit.received_by_id).limit(1)).one()
    photo_id = uuid.uuid4()
    visit = db.session.scalars(db.select(Visit).where(Visit.id == uuid.UUID(other))).one()
    db.session.add(
        Photo(
            id=photo_id, visit_id=visit.id, sha256="ab" * 32, size_bytes=1, mime="image/jpeg",
            width=1, height=1, by_id=person, captured_at=visit.arrived_at,
        )
    )  # fmt: skip
    db.session.commit()
    hand_over(minji, visit_id)

    assert minji.get(f"/photos/{photo_id}/screen").status_code == 404


def test_the_customers_page_is_shown_on_a_locked_tablet_only(minji: Tablet, shop: Site) -> None:
    visit_id = ready_to_sign(minji)

    assert minji.get(f"/visits/{visit_id}/customer").location == f"/visits/{visit_id}/review"


def test_before_the_script_runs_nothing_can_be_tapped_that_would_be_lost(
    minji: Tablet, shop: Site
) -> None:
    visit_id = ready_to_sign(minji)
    hand_over(minji, visit_id)

    page = minji.get(f"/visits/{visit_id}/customer").text

    for control in ("data-sign", "data-again", "data-agree-all"):
        _before, _, after = page.partition(f"{control} ")
        assert after.startswith("disabled"), control
    assert page.count("data-acknowledges") == page.count('disabled=""')


def test_the_languages_stand_by_their_own_names(minji: Tablet, shop: Site) -> None:
    visit_id = ready_to_sign(minji, customer_locale="zh")
    hand_over(minji, visit_id)

    page = minji.get(f"/visits/{visit_id}/customer").text

    assert 'lang="zh-Hans"' in page
    for name in ("English", "한국어", "中文"):
        assert name in page


def test_the_receptionists_pin_brings_the_tablet_back(minji: Tablet, shop: Site) -> None:
    visit_id = ready_to_sign(minji)
    hand_over(minji, visit_id)

    answer = give_back(minji, visit_id)

    assert answer.location == f"/visits/{visit_id}"
    assert locked(minji) == [None]
    assert minji.get(f"/visits/{visit_id}/review").status_code == 200


def test_a_wrong_pin_keeps_the_tablet_locked_and_is_counted(minji: Tablet, shop: Site) -> None:
    visit_id = ready_to_sign(minji)
    hand_over(minji, visit_id)

    answers = [give_back(minji, visit_id, pin="9999") for _ in range(6)]

    assert [answer.status_code for answer in answers] == [422] * 5 + [429]
    assert give_back(minji, visit_id).status_code == 429
    assert locked(minji) == [uuid.UUID(visit_id)]


def test_a_colleagues_pin_signs_the_colleague_in(minji: Tablet, shop: Site) -> None:
    visit_id = ready_to_sign(minji)
    hand_over(minji, visit_id)
    page = minji.get(f"/visits/{visit_id}/give-back").text
    haoran = page.split("Haoran")[0].rsplit("person=", 1)[1].split('"')[0]

    answer = give_back(minji, visit_id, person=haoran, pin="2222")

    assert answer.status_code == 303
    assert "Haoran" in minji.get(f"/visits/{visit_id}/review").text


def test_only_the_reception_takes_the_tablet_back(app: Flask, minji: Tablet, shop: Site) -> None:
    visit_id = ready_to_sign(minji)
    hand_over(minji, visit_id)
    page = minji.get(f"/visits/{visit_id}/give-back").text
    daniel = db.session.execute(db.text("select id from people where name = 'Daniel'")).scalar_one()

    answer = give_back(minji, visit_id, person=str(uuid.UUID(daniel)), pin="6666")

    assert "Daniel" not in page
    assert answer.status_code == 422
    assert locked(minji) == [uuid.UUID(visit_id)]


def test_after_the_seal_the_customer_is_told_that_all_is_complete(
    minji: Tablet, shop: Site
) -> None:
    visit_id = check_in(minji)

    first = minji.post(f"/visits/{visit_id}/completion", {"waits": "no"})
    again = minji.post(f"/visits/{visit_id}/completion", {"waits": "yes"})
    unclear = minji.post(f"/visits/{visit_id}/completion", {"waits": "perhaps"})

    visit = db.session.scalars(db.select(Visit)).one()
    db.session.refresh(visit)
    assert (first.status_code, again.status_code, unclear.status_code) == (303, 303, 422)
    assert visit.told_complete_at is not None
    assert visit.customer_waits is False
    assert "was told at" in minji.get(f"/visits/{visit_id}/completion").text


def test_nobody_is_told_before_all_is_complete(minji: Tablet, shop: Site) -> None:
    visit_id = ready_to_sign(minji)

    assert minji.post(f"/visits/{visit_id}/completion", {"waits": "no"}).status_code == 409


def test_the_customers_view_is_part_of_what_s2_says(minji: Tablet, shop: Site) -> None:
    visit_id = ready_to_sign(minji)
    hand_over(minji, visit_id)
    marks = db.session.scalars(db.select(Mark).order_by(Mark.number)).all()
    form = {f"view-{marks[0].id}": "disagree", f"view-{marks[1].id}": "agree"}

    answer = minji.htmx_post(f"/visits/{visit_id}/mark-views", form)
    minji.htmx_post(f"/visits/{visit_id}/mark-views", {**form, f"view-{marks[1].id}": "unsure"})

    assert answer.status_code == 204
    page = minji.get(f"/visits/{visit_id}/customer").text
    condition = sitting_on(page)["statements"][3]
    assert [m["customer_view"] for m in condition["facts"]["marks"]] == ["disagree", "unsure"]
    assert "Your view of 1: Disagree" in condition["words"]


def test_an_offered_view_of_this_visits_mark_is_taken_and_no_other(
    minji: Tablet, shop: Site
) -> None:
    other = ready_to_sign(minji, "99하 9999")
    visit_id = ready_to_sign(minji)
    strange = db.session.scalars(db.select(Mark).where(Mark.visit_id == uuid.UUID(other))).first()
    assert strange is not None

    odd = minji.htmx_post(f"/visits/{visit_id}/mark-views", {f"view-{strange.id}": "never"})
    wrong = minji.htmx_post(f"/visits/{visit_id}/mark-views", {"view-x": "agree"})
    theirs = minji.htmx_post(f"/visits/{visit_id}/mark-views", {f"view-{strange.id}": "agree"})

    assert (odd.status_code, wrong.status_code, theirs.status_code) == (422, 422, 204)
    assert db.session.scalars(db.select(MarkView)).all() == []


def test_who_is_not_of_the_reception_hands_nothing_over(
    app: Flask, minji: Tablet, shop: Site
) -> None:
    visit_id = ready_to_sign(minji)
    daniel = sign_in(app, "Daniel")

    assert hand_over(daniel, visit_id).status_code == 403
    assert daniel.get(f"/visits/{visit_id}/review").status_code == 403
    assert daniel.post(f"/visits/{visit_id}/seals", {}).status_code == 403


def test_the_review_lists_what_is_missing_with_its_place(minji: Tablet, shop: Site) -> None:
    visit_id = arrive(minji)

    page = minji.get(f"/visits/{visit_id}/review").text

    assert f'href="/visits/{visit_id}/order#lines"' in page
    assert f'href="/visits/{visit_id}/walkaround?station=driver_door#station"' in page
    assert f'href="/visits/{visit_id}/readings#odometer"' in page
    assert "Hand the tablet over" not in page


def test_the_review_shows_the_paper_as_the_customer_will_read_it(minji: Tablet, shop: Site) -> None:
    visit_id = ready_to_sign(minji)

    page = minji.get(f"/visits/{visit_id}/review").text

    assert "Hand the tablet over" in page
    for words in ("It squeals when I brake.", "Left at home", "in box 1", "48,210 km"):
        assert words in page


def test_what_staff_captured_before_goes_out_while_the_customer_has_the_tablet(
    minji: Tablet, shop: Site
) -> None:
    visit_id, other = ready_to_sign(minji), arrive(minji, "34나 5678")
    before = {
        "Idempotency-Key": new_id(),
        "X-Captured-At": datetime.now(UTC).isoformat(),
    }
    hand_over(minji, visit_id)
    line = {"id": new_id(), "description": "Wipers", "price": "30000"}

    answer = minji.htmx_post(f"/visits/{other}/order/lines", line, headers=before)

    assert answer.status_code == 200
    assert answer.text == ""
    assert answer.headers["Idempotency-Key"] == before["Idempotency-Key"]
    db.session.rollback()
    assert str(db.session.get_one(OrderLine, uuid.UUID(line["id"])).description) == "Wipers"


def test_a_refusal_shows_the_customer_nothing_of_the_shop(minji: Tablet, shop: Site) -> None:
    visit_id, other = ready_to_sign(minji), arrive(minji, "34나 5678")
    before = {"Idempotency-Key": new_id(), "X-Captured-At": datetime.now(UTC).isoformat()}
    hand_over(minji, visit_id)

    answer = minji.htmx_post(f"/visits/{other}/box", {"id": new_id(), "box": "99"}, headers=before)

    assert answer.status_code == 422
    assert "Send it again to read why" in answer.text
    assert len(answer.text) < 200


def test_nothing_that_is_captured_meanwhile_goes_to_the_shop(minji: Tablet, shop: Site) -> None:
    visit_id, other = ready_to_sign(minji), arrive(minji, "34나 5678")
    hand_over(minji, visit_id)
    meanwhile = {"Idempotency-Key": new_id(), "X-Captured-At": datetime.now(UTC).isoformat()}
    line = {"id": new_id(), "description": "Wipers", "price": "30000"}

    assert (
        minji.htmx_post(f"/visits/{other}/order/lines", line, headers=meanwhile).status_code == 401
    )
