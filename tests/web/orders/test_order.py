"""The repair order: what is asked, what is kept, and what two people do to each other."""

from datetime import timedelta

import pytest
from flask import Flask

from inspect_app.db import db, now
from inspect_app.orders.models import Order, OrderLine
from inspect_app.sites.models import Site
from inspect_app.visits.models import Visit, VisitEvent
from tests.conftest import Tablet, sign_in
from tests.factories import add_line, arrive, new_id, save_head
from tests.web.conftest import Statements


def the_order() -> Order:
    db.session.expire_all()
    order: Order = db.session.scalars(db.select(Order)).one()
    return order


def in_two_days() -> str:
    return f"{now() + timedelta(days=2):%Y-%m-%dT%H:%M}"


def the_lines() -> list[OrderLine]:
    db.session.expire_all()
    return list(db.session.scalars(db.select(OrderLine).order_by(OrderLine.position)))


def test_the_customers_own_words_are_kept_as_they_were_said(minji: Tablet, shop: Site) -> None:
    visit_id = arrive(minji)

    save_head(minji, visit_id, "words", customer_words="It squeals.\nWhen cold.")

    assert the_order().customer_words == "It squeals.\nWhen cold."
    assert "It squeals." in minji.get(f"/visits/{visit_id}/order").text


def test_a_saved_part_answers_htmx_with_its_tick_alone(minji: Tablet) -> None:
    visit_id = arrive(minji)
    form = {"part": "words", "version": "1", "customer_words": "Oil"}

    answer = minji.htmx_post(f"/visits/{visit_id}/order", form)

    assert answer.status_code == 200
    assert 'id="order-words-state"' in answer.text
    assert len(answer.text) < 600


def test_what_t10_waits_for_is_listed_until_it_is_there(minji: Tablet) -> None:
    visit_id = arrive(minji)
    before = minji.get(f"/visits/{visit_id}/order").text

    save_head(minji, visit_id, "start", diagnosis_first="1")
    save_head(minji, visit_id, "promise", promised_at=in_two_days())
    after = minji.get(f"/visits/{visit_id}/order").text

    assert "Add an item" in before
    assert "Promise a time" in before
    assert "Add an item" not in after
    assert "ready to be signed" in after


@pytest.mark.parametrize("typed", ["2020-01-01T10:00", "2199-01-01T10:00", "soon", "0000-00-00"])
def test_a_promise_that_can_not_be_kept_is_refused(minji: Tablet, shop: Site, typed: str) -> None:
    visit_id = arrive(minji)
    form = {"part": "promise", "promised_at": typed}

    plain = minji.post(f"/visits/{visit_id}/order", form)
    fragment = minji.htmx_post(f"/visits/{visit_id}/order", form)

    assert (plain.status_code, fragment.status_code) == (422, 422)
    assert typed in plain.text
    assert fragment.headers["HX-Retarget"] == "#order-promise"
    assert the_order().promised_at is None


def test_wishes_that_were_not_asked_stay_unanswered(minji: Tablet, shop: Site) -> None:
    visit_id = arrive(minji)

    save_head(minji, visit_id, "wishes", wash="no", road_test="yes", call_limit_amount="100,000")

    order = the_order()
    assert (order.old_parts_back, order.wash, order.road_test) == (None, False, True)
    assert order.call_limit_amount == 100000


def test_an_unknown_category_is_refused(minji: Tablet, shop: Site) -> None:
    visit_id = arrive(minji)

    answer = minji.post(f"/visits/{visit_id}/order", {"part": "rare", "category": "magic"})

    assert answer.status_code == 422
    assert the_order().category == "maintenance"


def test_a_colleagues_change_in_between_loses_nothing_that_was_typed(
    app: Flask, minji: Tablet, shop: Site
) -> None:
    visit_id, haoran = arrive(minji), sign_in(app, "Haoran")
    seen = str(the_order().version)
    save_head(haoran, visit_id, "words", version=seen, customer_words="Haoran's words")
    form = {"part": "words", "version": seen, "customer_words": "Minji's words"}

    plain = minji.post(f"/visits/{visit_id}/order", form)
    fragment = minji.htmx_post(f"/visits/{visit_id}/order", form)

    assert (plain.status_code, fragment.status_code) == (409, 409)
    assert "Haoran changed this at" in plain.text
    assert "Minji&#39;s words" in plain.text
    assert fragment.headers["HX-Retarget"] == "#order-words"
    assert the_order().customer_words == "Haoran's words"
    save_head(minji, visit_id, "words", version=str(the_order().version), customer_words="Both")
    assert the_order().customer_words == "Both"


def test_two_people_at_different_fields_do_not_disturb_each_other(
    app: Flask, minji: Tablet, shop: Site
) -> None:
    visit_id, haoran = arrive(minji), sign_in(app, "Haoran")
    seen = str(the_order().version)

    save_head(haoran, visit_id, "words", version=seen, customer_words="Oil")
    save_head(minji, visit_id, "start", version=seen, diagnosis_first="1")

    assert (the_order().customer_words, the_order().diagnosis_first) == ("Oil", True)


def test_what_the_same_person_captured_earlier_does_not_overwrite(
    minji: Tablet, shop: Site
) -> None:
    visit_id = arrive(minji)
    seen = str(the_order().version)
    earlier = (now() - timedelta(minutes=9)).isoformat()
    save_head(minji, visit_id, "words", version=seen, customer_words="Later words")

    late = minji.post(
        f"/visits/{visit_id}/order",
        {"part": "words", "version": seen, "customer_words": "Earlier words"},
        headers={"X-Captured-At": earlier},
    )

    assert late.status_code == 303
    assert the_order().customer_words == "Later words"
    superseded = db.session.scalars(
        db.select(VisitEvent).where(VisitEvent.kind == "order.superseded")
    ).one()
    assert superseded.detail["after"] == {"customer_words": "Earlier words"}


def test_a_signed_check_in_takes_no_change_of_the_order(minji: Tablet, shop: Site) -> None:
    visit_id = arrive(minji)
    db.session.scalars(db.select(Visit)).one().state = "checked_in"
    db.session.commit()

    head = minji.htmx_post(f"/visits/{visit_id}/order", {"part": "words", "customer_words": "x"})
    line = minji.post(f"/visits/{visit_id}/order/lines", {"id": new_id(), "usual": "battery"})

    assert (head.status_code, line.status_code) == (409, 409)
    assert "correction" in head.text
    assert the_lines() == []
    assert (
        '<fieldset class="two-pane order" disabled>' in minji.get(f"/visits/{visit_id}/order").text
    )


def test_the_workshop_reads_the_order_and_changes_nothing(app: Flask, minji: Tablet) -> None:
    visit_id, seojun = arrive(minji), sign_in(app, "Seojun")

    assert seojun.get(f"/visits/{visit_id}/order").status_code == 200
    assert seojun.post(f"/visits/{visit_id}/order", {"part": "words"}).status_code == 403


def test_a_page_of_fifty_lines_asks_the_database_no_more_often(
    minji: Tablet, shop: Site, statements: Statements
) -> None:
    visit_id = arrive(minji)
    for number in range(3):
        add_line(minji, visit_id, f"Item {number}")
    with statements() as few:
        minji.get(f"/visits/{visit_id}/order")
    for number in range(47):
        add_line(minji, visit_id, f"More {number}")
    with statements() as many:
        minji.get(f"/visits/{visit_id}/order")

    # Ten for the order, five for what can be promised.
    assert len(few) == len(many) <= 15


def test_an_odometer_repair_keeps_its_reason_and_certificate(minji: Tablet, shop: Site) -> None:
    """Korea asks for them on the order (D1)."""
    visit_id = arrive(minji)
    save_head(minji, visit_id, "start", diagnosis_first="1")
    save_head(minji, visit_id, "promise", promised_at=in_two_days())

    save_head(
        minji, visit_id, "rare", odometer_repair_reason="meter replaced",
        odometer_repair_issuer="Seongdong-gu", odometer_repair_number="2026-17",
        odometer_repair_on="2026-11-02",
    )  # fmt: skip

    order = db.session.scalars(db.select(Order)).one()
    assert order.odometer_repair_reason == "meter replaced"
    assert str(order.odometer_repair_on) == "2026-11-02"
    assert "2026-17" in minji.get(f"/visits/{visit_id}/review").text


def test_a_certificate_date_that_is_none_is_refused_at_its_field(minji: Tablet, shop: Site) -> None:
    visit_id = arrive(minji)

    answer = minji.htmx_post(
        f"/visits/{visit_id}/order",
        {"part": "rare", "odometer_repair_reason": "new meter", "odometer_repair_on": "soon"},
    )

    assert answer.status_code == 422
    assert "year-month-day" in answer.text
    assert "new meter" in answer.text


def test_each_item_kept_away_from_the_shop_gets_its_own_id(minji: Tablet) -> None:
    """The tablet renews the fields named so; with one id the second would replace the first."""
    visit_id = arrive(minji)

    page = minji.get(f"/visits/{visit_id}/order").text

    for form in page.split("<form")[1:]:
        if 'name="new"' in form:
            assert form.count("data-new-id") == 2


def test_what_a_tablet_that_was_away_captured_later_wins_and_history_shows_both(
    app: Flask, minji: Tablet, shop: Site
) -> None:
    visit_id, moment = arrive(minji), now()
    haoran = sign_in(app, "Haoran")
    url = f"/visits/{visit_id}/order"

    def say(tablet: Tablet, words: str, minutes_ago: int) -> int:
        headers = {"X-Captured-At": (moment - timedelta(minutes=minutes_ago)).isoformat()}
        form = {"part": "words", "customer_words": words, "version": "1"}
        return int(tablet.htmx_post(url, form, headers=headers).status_code)

    assert say(minji, "captured second", 3) == 200
    assert say(haoran, "captured first", 5) == 200
    assert say(haoran, "captured third", 2) == 200

    db.session.rollback()
    order = db.session.scalars(db.select(Order)).one()
    assert order.customer_words == "captured third"
    kinds = db.session.scalars(
        db.select(VisitEvent.kind).where(VisitEvent.kind.like("order.%"))
    ).all()
    assert sorted(kinds) == ["order.changed", "order.changed", "order.superseded"]
