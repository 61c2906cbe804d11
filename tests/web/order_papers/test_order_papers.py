"""The order's papers: real PDFs, each with what its reader may see and no more."""

from io import BytesIO

import pytest
from flask import Flask
from pypdf import PdfReader

from inspect_app.db import db
from inspect_app.orders.models import Order
from inspect_app.sites.models import Site
from tests.conftest import Tablet, sign_in
from tests.factories import add_line, arrive, give_back, new_id, save_head, sign
from tests.web.orders.test_order import in_two_days


def text_of(tablet: Tablet, url: str) -> str:
    answer = tablet.get(url)
    assert answer.status_code == 200, answer.text
    assert answer.mimetype == "application/pdf"
    pages = PdfReader(BytesIO(answer.data)).pages
    return "\n".join(page.extract_text() for page in pages).replace("\xa0", " ")


@pytest.fixture
def visit_id(minji: Tablet, shop: Site) -> str:
    """An order of a Korean customer: a customer's own part, a used one, and a plain item."""
    visit_id = arrive(minji, customer_name="김소라", customer_locale="ko")
    save_head(minji, visit_id, "words", customer_words="브레이크에서 소리가 납니다.")
    save_head(minji, visit_id, "promise", promised_at=in_two_days())
    line_id = add_line(minji, visit_id, "Brakes")
    base = f"/visits/{visit_id}/order/lines"
    form = {"id": line_id, "description": "Brakes · 制动", "method": "item", "price": "52800"}
    minji.post(f"{base}/{line_id}/details", form)
    own = {"id": new_id(), "name": "Pads", "source": "customer", "grade": "aftermarket_new"}
    used = {"id": new_id(), "name": "Caliper", "grade": "used", "unit_price": "45000",
            "origin": "Recycler, Ansan", "check_result": "Pressure tested"}  # fmt: skip
    for part in (own, used):
        assert minji.post(f"{base}/{line_id}/parts", part).status_code == 303
    return visit_id


def test_the_customers_order_has_prices_tax_and_what_was_told(minji: Tablet, visit_id: str) -> None:
    sign(minji, visit_id, only="S1")
    give_back(minji, visit_id)

    text = text_of(minji, f"/visits/{visit_id}/order.pdf?lang=en")

    for words in ("김소라", "₩97,800", "10 %", "We do not guarantee its technical quality",
                  "Recycler, Ansan", "Only the listed work", "Signed by"):  # fmt: skip
        assert words in text, words


def test_the_job_card_has_no_price_no_phone_and_no_name(
    app: Flask, minji: Tablet, visit_id: str
) -> None:
    text = text_of(sign_in(app, "Daniel"), f"/visits/{visit_id}/job-card.pdf")

    assert "Brakes" in text
    assert "Caliper" in text
    assert "브레이크에서" in text
    for words in ("97,800", "52,800", "₩", "010-1234-5678", "김소라"):
        assert words not in text, words


def test_the_korean_estimate_has_its_least_content(minji: Tablet, visit_id: str) -> None:
    text = text_of(minji, f"/visits/{visit_id}/estimate.pdf")

    for words in ("점검·정비 견적서", "89호의3", "12가", "김소라", "₩97,800", "Caliper", "制动"):
        assert words in text, words


def test_a_shop_elsewhere_has_no_korean_form(minji: Tablet, shop: Site, visit_id: str) -> None:
    shop.settings = {**shop.settings, "plate_country": "cn"}
    db.session.commit()

    assert minji.get(f"/visits/{visit_id}/estimate.pdf").status_code == 404
    assert "estimate.pdf" not in minji.get(f"/visits/{visit_id}/order").text


def test_who_sees_no_contact_or_prices_gets_no_priced_paper(
    app: Flask, minji: Tablet, visit_id: str
) -> None:
    for name in ("Daniel", "Taemin", "Seojun"):
        tablet = sign_in(app, name)
        assert tablet.get(f"/visits/{visit_id}/order.pdf").status_code == 403
        assert tablet.get(f"/visits/{visit_id}/estimate.pdf").status_code == 403


def test_forty_lines_and_strange_texts_are_printed(minji: Tablet, visit_id: str) -> None:
    for number in range(40):
        add_line(minji, visit_id, f"#strong[{number}] \\ $x$ {'아주긴이름' * 8}", "10000")

    text = text_of(minji, f"/visits/{visit_id}/order.pdf?lang=zh")

    assert "#strong[39]" in text
    assert db.session.scalars(db.select(Order.number)).one() in text
