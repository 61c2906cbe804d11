"""T10 to T12: what is shown is a version, what is due is told, and only the shown version signs."""

import pytest
from flask import Flask

from inspect_app.db import db
from inspect_app.orders.models import Disclosure, OrderLine, OrderVersion
from inspect_app.sites.models import Site
from inspect_app.visits.models import Visit, VisitEvent
from tests.conftest import Tablet, sign_in
from tests.factories import (
    add_line,
    arrive,
    give_back,
    hand_over,
    new_id,
    ready_to_sign,
    save_head,
    seal_form,
    sign,
    signed_document,
    sitting_on,
)
from tests.web.orders.test_order import in_two_days


def quotable(tablet: Tablet, **changes: str) -> str:
    visit_id = arrive(tablet, **changes)
    form = {"id": new_id(), "new": "1", "usual": "oil_change"}
    tablet.post(f"/visits/{visit_id}/order/lines", form)
    save_head(tablet, visit_id, "promise", promised_at=in_two_days())
    return visit_id


def give_on_paper(tablet: Tablet, visit_id: str) -> int:
    return tablet.post(f"/visits/{visit_id}/order/versions").status_code


def the_visit() -> Visit:
    db.session.expire_all()
    visit: Visit = db.session.scalars(db.select(Visit)).one()
    return visit


def versions() -> list[OrderVersion]:
    db.session.expire_all()
    return list(db.session.scalars(db.select(OrderVersion).order_by(OrderVersion.number)))


def transitions() -> list[str]:
    found = db.session.scalars(
        db.select(VisitEvent.transition)
        .where(VisitEvent.transition.is_not(None))
        .order_by(VisitEvent.recorded_at)
    )
    return [number for number in found if number]


def told() -> list[tuple[str, str, str]]:
    rows = db.session.scalars(db.select(Disclosure).order_by(Disclosure.recorded_at))
    return [(row.code, row.language, row.channel) for row in rows]


def test_a_quote_on_paper_is_a_version_and_takes_t10(minji: Tablet, shop: Site) -> None:
    visit_id = quotable(minji, customer_locale="ko")

    assert give_on_paper(minji, visit_id) == 303

    shown = versions()
    assert [one.number for one in shown] == [1]
    assert shown[0].language == "ko"
    assert any("기재된 작업만" in line for line in shown[0].words)
    assert the_visit().state == "quoted"
    assert told() == [("P2", "ko", "paper")]
    page = minji.get(f"/visits/{visit_id}/order").text
    assert "Version 1, shown at" in page


@pytest.mark.parametrize("missing", ["item", "promise", "grade"])
def test_what_is_not_whole_is_not_shown(minji: Tablet, shop: Site, missing: str) -> None:
    visit_id = arrive(minji)
    if missing != "item":
        line_id = add_line(minji, visit_id, "Brakes", "100000")
        if missing == "grade":
            url = f"/visits/{visit_id}/order/lines/{line_id}/parts"
            minji.post(url, {"id": new_id(), "name": "Pads"})
    if missing != "promise":
        save_head(minji, visit_id, "promise", promised_at=in_two_days())

    assert give_on_paper(minji, visit_id) == 409
    assert versions() == []
    assert the_visit().state == "arrived"


def test_the_same_content_shown_again_is_the_same_version(minji: Tablet, shop: Site) -> None:
    visit_id = quotable(minji)
    give_on_paper(minji, visit_id)

    give_on_paper(minji, visit_id)
    hand_over(minji, visit_id, "S1")

    assert len(versions()) == 1
    assert transitions() == ["T04", "T10"]


def test_a_change_after_it_was_shown_is_a_new_version_by_t11(minji: Tablet, shop: Site) -> None:
    visit_id = quotable(minji)
    give_on_paper(minji, visit_id)
    add_line(minji, visit_id, "Wash", "10000")
    assert "Changed since it was shown" in minji.get(f"/visits/{visit_id}/order").text

    give_on_paper(minji, visit_id)

    assert [one.number for one in versions()] == [1, 2]
    assert transitions() == ["T04", "T10", "T11"]
    assert len(versions()[0].facts["items"]) == 1


def test_the_tablet_in_the_customers_hand_shows_and_tells_too(minji: Tablet, shop: Site) -> None:
    visit_id = quotable(minji, customer_locale="zh")

    hand_over(minji, visit_id, "S1")
    page = minji.get(f"/visits/{visit_id}/customer?only=S1").text

    assert "仅施工所列项目" in page
    assert told() == [("P2", "zh", "tablet")]
    assert the_visit().state == "quoted"


def test_a_signature_under_the_shown_version_authorises(minji: Tablet, shop: Site) -> None:
    visit_id = quotable(minji)

    sign(minji, visit_id, only="S1")
    give_back(minji, visit_id)

    assert the_visit().state == "authorised"
    assert transitions() == ["T04", "T10", "T12"]
    assert "Signed" in minji.get(f"/visits/{visit_id}/order").text


def test_a_signature_under_an_old_version_does_not_stand(
    app: Flask, minji: Tablet, shop: Site
) -> None:
    visit_id, haoran = quotable(minji), sign_in(app, "Haoran")
    hand_over(minji, visit_id, "S1")
    document = signed_document(sitting_on(minji.get(f"/visits/{visit_id}/customer?only=S1").text))
    add_line(haoran, visit_id, "Wash", "10000")

    answer = minji.post(f"/visits/{visit_id}/seals", seal_form(document))

    assert answer.status_code == 303
    assert "again=1" in answer.location
    assert the_visit().state == "quoted"


def test_s1_without_what_is_due_to_be_told_does_not_stand(minji: Tablet, shop: Site) -> None:
    visit_id = quotable(minji)
    hand_over(minji, visit_id, "S1")
    sitting = sitting_on(minji.get(f"/visits/{visit_id}/customer?only=S1").text)
    order = sitting["statements"][0]
    assert [due["code"] for due in order["facts"]["disclosures"]] == ["P2"]
    order["facts"]["disclosures"] = []
    order["words"] = [line for line in order["words"] if "may not remove" not in line]

    minji.post(f"/visits/{visit_id}/seals", seal_form(signed_document(sitting)))

    assert the_visit().state == "quoted"


def test_a_price_change_voids_the_changed_line_alone(minji: Tablet, shop: Site) -> None:
    visit_id = quotable(minji)
    line_id = add_line(minji, visit_id, "Brake pads", "120000")
    sign(minji, visit_id, only="S1")
    give_back(minji, visit_id)

    form = {"id": line_id, "description": "Brake pads", "price": "150000"}
    minji.post(f"/visits/{visit_id}/order/lines", form)
    page = minji.get(f"/visits/{visit_id}/order").text

    assert "this is to be signed again" in page
    assert "₩120,000 → ₩150,000" in page
    assert "The signature still covers 1 item." in page
    assert "asked again" in minji.get(f"/visits/{visit_id}/review").text


def test_what_a_symptom_costs_for_its_risk_is_not_shown_to_the_customer(
    minji: Tablet, shop: Site
) -> None:
    visit_id = quotable(minji)
    line_id = add_line(minji, visit_id, "Noise")
    url = f"/visits/{visit_id}/order/lines/{line_id}/details"
    form = {"id": line_id, "description": "Noise", "method": "symptom"}
    minji.post(url, {**form, "price": "201000", "risk": "57000"})

    hand_over(minji, visit_id, "S1")
    page = minji.get(f"/visits/{visit_id}/customer?only=S1").text

    assert "258,000" in page
    assert "57,000" not in page
    assert "contains an allowance" in page


def test_the_notice_on_valuables_is_told_as_p8(minji: Tablet, shop: Site) -> None:
    visit_id = arrive(minji)
    form = {"id": new_id(), "valuables": "none", "notice_told": "yes"}

    assert minji.post(f"/visits/{visit_id}/belongings/count", form).status_code == 303

    assert told() == [("P8", "en", "oral")]


def test_a_whole_check_in_has_its_version_and_needs_no_more_taps(minji: Tablet, shop: Site) -> None:
    visit_id = ready_to_sign(minji)

    sign(minji, visit_id)

    assert the_visit().state == "checked_in"
    assert len(versions()) == 1
    assert transitions() == ["T04", "T10", "T12", "T16", "T17"]
    assert db.session.scalar(db.select(OrderLine.sheet).limit(1)) == 0
