"""Tools and belongings: tiles, valuables, the storage box (6.06-6.07, D2, D10, P8)."""

import json
import uuid
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event

from inspect_app.belongings.models import Belonging, BoxUse, Count
from inspect_app.db import db
from inspect_app.visits.models import Visit, VisitEvent
from tests.conftest import Tablet, corpus, sign_in
from tests.factories import arrive, new_id


def thing(code: str = "jack", quantity: object = 1, **changes: Any) -> dict[str, Any]:
    """A tap on a tile."""
    return {"id": new_id(), "code": code, "quantity": str(quantity), "tapped": "1", **changes}


def counted() -> dict[str, int]:
    db.session.expire_all()
    rows = db.session.scalars(db.select(Belonging).where(Belonging.removed_at.is_(None)))
    return {row.name or row.code: row.quantity for row in rows}


def said() -> Count:
    db.session.expire_all()
    found: Count = db.session.scalars(db.select(Count)).one()
    return found


def count(**answers: str) -> dict[str, str]:
    return {"id": new_id(), "notice_shown": "1", **answers}


def test_taps_count_and_a_hold_takes_off_with_a_way_back(minji: Tablet, shop: object) -> None:
    url = f"/visits/{arrive(minji)}/belongings"
    form = thing()

    minji.htmx_post(url, form)
    minji.htmx_post(url, {**form, "quantity": "2"})
    assert counted() == {"jack": 2}
    removed = minji.htmx_post(url, {**form, "quantity": "0"})
    assert counted() == {}
    assert "<undo-bar" in removed.text
    minji.htmx_post(url, {**form, "quantity": "2"})

    assert counted() == {"jack": 2}


def test_ten_things_are_ten_taps_with_or_without_a_script(minji: Tablet, shop: object) -> None:
    visit_id = arrive(minji)
    codes = ["jack", "tool_kit", "umbrella", "dashcam", "floor_mats"]

    for code in codes:
        assert minji.post(f"/visits/{visit_id}/belongings", thing(code)).status_code == 303
    for code in ("spare_wheel", "torch", "clothing", "bags", "golf_bag"):
        assert minji.htmx_post(f"/visits/{visit_id}/belongings", thing(code)).status_code == 200

    assert len(counted()) == 10


@pytest.mark.parametrize(
    "quantity", ["-1", "100", "1.5", "many", "", "1e9", "99999999999999999999"]
)
def test_a_quantity_that_is_none_is_refused(minji: Tablet, shop: object, quantity: str) -> None:
    visit_id = arrive(minji)

    tile = minji.htmx_post(f"/visits/{visit_id}/belongings", thing(quantity=quantity))
    sheet = minji.htmx_post(
        f"/visits/{visit_id}/belongings",
        {**thing(quantity=quantity), "remark": "as <i>typed</i>", "location": "boot"},
    )

    assert (tile.status_code, sheet.status_code) == (422, 422)
    assert "as &lt;i&gt;typed&lt;/i&gt;" in sheet.text
    assert counted() == {}


@pytest.mark.parametrize(
    "changes",
    [{"code": "elephant"}, {"place": "in_pocket"}, {"id": ""}, {"code": "other_item", "name": " "}],
)
def test_what_is_on_no_list_is_refused(
    minji: Tablet, shop: object, changes: dict[str, str]
) -> None:
    visit_id = arrive(minji)

    answer = minji.post(f"/visits/{visit_id}/belongings", {**thing(), **changes})

    assert answer.status_code == 422
    assert counted() == {}


def test_the_sheet_keeps_condition_place_and_remark(minji: Tablet, shop: object) -> None:
    visit_id = arrive(minji)
    form = thing("camera")
    minji.post(f"/visits/{visit_id}/belongings", form)

    minji.post(
        f"/visits/{visit_id}/belongings",
        {
            **form,
            "quantity": "2",
            "place": "in_box",
            "condition": "damaged",
            "location": "glove box",
            "remark": "lens",
        },
    )
    minji.post(f"/visits/{visit_id}/belongings", {**form, "quantity": "3", "place": ""})

    row = db.session.scalars(db.select(Belonging)).one()
    assert (row.quantity, row.place, row.condition) == (3, "in_box", "damaged")
    assert (row.location, row.remark) == ("glove box", "lens")
    assert minji.get(f"/visits/{visit_id}/belongings/{row.id}").status_code == 200


def test_an_older_capture_never_overwrites_a_later_one(minji: Tablet, shop: object) -> None:
    url = f"/visits/{arrive(minji)}/belongings"
    form = thing()

    minji.post(url, {**form, "quantity": "3"}, headers={"X-Captured-At": "2026-11-20T10:00:00Z"})
    minji.post(url, {**form, "quantity": "1"}, headers={"X-Captured-At": "2026-11-20T09:00:00Z"})

    kinds = db.session.scalars(db.select(VisitEvent.kind)).all()
    assert counted() == {"jack": 3}
    assert "belonging.superseded" in kinds


def test_as_last_time_fills_in_one_tap_and_twice_is_once(minji: Tablet, shop: object) -> None:
    first = arrive(minji)
    minji.post(f"/visits/{first}/belongings", thing("umbrella", 2))
    minji.post(f"/visits/{first}/belongings", thing("other_item", 1, name="Kimchi pot"))
    visit = db.session.get_one(Visit, uuid.UUID(first))
    visit.state, visit.arrived_at = "closed", visit.arrived_at - timedelta(days=90)
    db.session.commit()
    second, form = arrive(minji), {"id": new_id()}
    before = minji.get(f"/visits/{second}/things").text

    for _again in range(2):
        minji.post(f"/visits/{second}/belongings/from-last-visit", form)

    rows = db.session.scalars(db.select(Belonging).where(Belonging.visit_id == uuid.UUID(second)))
    assert "As last time (2)" in before
    assert {(row.name or row.code, row.quantity) for row in rows} == {
        ("umbrella", 2),
        ("Kimchi pot", 1),
    }


def test_valuables_are_answered_only_after_the_notice(minji: Tablet, shop: object) -> None:
    visit_id = arrive(minji, customer_locale="ko")
    url = f"/visits/{visit_id}/belongings/count"

    refused = minji.htmx_post(url, count(valuables="none"))
    told = minji.htmx_post(url, count(valuables="none", notice_told="yes"))

    assert refused.status_code == 422
    assert "Read this sentence to the customer first" in refused.text
    assert "현금과 귀중품은" in refused.text
    assert told.status_code == 200
    assert (said().valuables, said().notice_told_at is not None) == ("none", True)


def test_the_answer_about_valuables_fits_the_list(minji: Tablet, shop: object) -> None:
    visit_id = arrive(minji)
    url, cash = f"/visits/{visit_id}/belongings", thing("cash")

    not_listed = minji.post(f"{url}/count", count(valuables="listed", notice_told="yes"))
    minji.post(url, cash)
    followed = said().valuables
    contradicts = minji.post(f"{url}/count", count(valuables="none", notice_told="yes"))
    minji.post(url, {**cash, "quantity": "0"})

    assert (not_listed.status_code, contradicts.status_code) == (422, 422)
    assert followed == "listed"
    assert said().valuables is None


def test_nothing_left_is_said_and_gone_as_soon_as_something_is(minji: Tablet, shop: object) -> None:
    visit_id = arrive(minji)
    url = f"/visits/{visit_id}/belongings"

    minji.post(f"{url}/count", count(notice_told="yes", nothing_left="yes"))
    assert said().nothing_left
    minji.post(url, thing())
    assert not said().nothing_left
    refused = minji.post(f"{url}/count", count(notice_told="yes", nothing_left="yes"))

    assert refused.status_code == 422


def test_the_next_free_box_is_sealed_and_opened_by_name(minji: Tablet, shop: object) -> None:
    visit_id = arrive(minji)

    sealed = minji.htmx_post(f"/visits/{visit_id}/box", {"id": new_id(), "box": ""})
    opened = minji.htmx_post(f"/visits/{visit_id}/box/opening", {"id": new_id()})

    use = db.session.scalars(db.select(BoxUse)).one()
    assert "Sealed by Minji" in sealed.text
    assert "Opened by Minji" in opened.text
    assert None not in (use.sealed_by_id, use.opened_by_id, use.opened_at)


def test_a_box_in_use_says_whose_things_are_in_it(minji: Tablet, shop: object) -> None:
    one, other = arrive(minji, plate="11가1111"), arrive(minji, plate="22나2222")
    minji.post(f"/visits/{one}/box", {"id": new_id(), "box": "3"})

    taken = minji.htmx_post(f"/visits/{other}/box", {"id": new_id(), "box": "3"})
    unknown = minji.htmx_post(f"/visits/{other}/box", {"id": new_id(), "box": "99"})

    assert (taken.status_code, unknown.status_code) == (409, 422)
    assert "11가 1111" in taken.text or "11가1111" in taken.text
    assert 'value="3"' in taken.text
    assert len(db.session.scalars(db.select(BoxUse)).all()) == 1


def test_own_words_are_kept_and_shown_just_as_they_were_typed(minji: Tablet, shop: object) -> None:
    visit_id = arrive(minji)
    strings = ["<img src=x onerror=alert(1)>", "Ω≈ç√∫˜µ≤≥÷", "사회과학원 어학연구소", "👾 🙇 💁"]
    place = corpus()
    if place is not None:
        strings += json.loads((place / "text" / "blns.json").read_text())[5::16]
    kept = set()
    for text in strings:
        answer = minji.post(f"/visits/{visit_id}/belongings", thing("other_item", name=text))
        assert answer.status_code in (303, 422), text
        if answer.status_code == 303:
            kept.add(" ".join(text.strip().splitlines()).replace("\t", " "))

    assert kept
    assert kept == set(counted())
    assert "<img src=x" not in minji.get(f"/visits/{visit_id}/things").text


def test_the_page_asks_the_database_as_often_for_ten_things_as_for_none(
    minji: Tablet, shop: object
) -> None:
    visit_id = arrive(minji)
    asked: list[str] = []
    event.listen(
        db.engine,
        "before_cursor_execute",
        lambda _c, _k, statement, *_r: asked.append(statement),
    )

    minji.get(f"/visits/{visit_id}/things")
    empty = len(asked)
    for code in ("jack", "tool_kit", "umbrella", "dashcam", "floor_mats", "cash"):
        minji.post(f"/visits/{visit_id}/belongings", thing(code))
    asked.clear()
    minji.get(f"/visits/{visit_id}/things")

    assert len(asked) == empty
    assert sum(statement.startswith("SELECT") for statement in asked) <= 10


def test_nothing_is_counted_after_the_check_in(minji: Tablet, shop: object) -> None:
    visit_id = arrive(minji)
    db.session.get_one(Visit, uuid.UUID(visit_id)).state = "checked_in"
    db.session.commit()

    posts = [("belongings", thing()), ("belongings/count", count()), ("box", {"id": new_id()})]
    statuses = [minji.post(f"/visits/{visit_id}/{url}", form).status_code for url, form in posts]

    page = minji.get(f"/visits/{visit_id}/things").text
    assert statuses == [409, 409, 409]
    assert counted() == {}
    assert "The customer has signed this" in page
    assert page.count("<fieldset disabled") + page.count('things" disabled') == 2


def test_a_cashier_looks_and_counts_nothing(app: Flask, minji: Tablet, shop: object) -> None:
    visit_id, yuna = arrive(minji), sign_in(app, "Yuna")

    assert yuna.get(f"/visits/{visit_id}/things").status_code == 200
    assert yuna.post(f"/visits/{visit_id}/belongings", thing()).status_code == 403
