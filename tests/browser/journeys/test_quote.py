"""Diagnosed, quoted, and signed: from the customer's consent to the order's own signature."""

import json
from collections.abc import Callable
from io import BytesIO

from playwright.sync_api import expect
from pypdf import PdfReader

from tests.browser import material
from tests.browser.hand import Hand
from tests.browser.starts import taken_in

OIL_SECONDS = 10
"""One line for an oil change, of the tests' own machine too."""


def test_a_car_is_diagnosed_quoted_on_paper_and_signed(
    hand: Hand, report: Callable[[str], None]
) -> None:
    order = taken_in(hand, "56다 7890")
    visit_id = order.visit_id
    hand.starts()
    diagnosis = order.diagnosis()
    diagnosis.consents(fee="30000")
    diagnosis.finds("Front left caliper", "Renew the caliper", "Safety: now")
    diagnosis.hands_over()
    diagnosis.puts_on_order()
    order = diagnosis.order()
    order.price("Renew the caliper", "210,000")
    order.find_in_list("pads fr", "Brake pads front, renew")
    order.customers_part("Brake pads front, renew", "Brake pads of a friend")
    order.add_item("Knocking noise")
    order.by_symptom("Knocking noise", "201000", "57000")
    order.promise_the_first_time()
    order.gives_quote_on_paper()
    quote = "\n".join(
        page.extract_text()
        for page in PdfReader(
            BytesIO(hand.page.request.get(f"/visits/{visit_id}/order.pdf?lang=en").body())
        ).pages
    )
    customer = order.shows_and_signs()
    said = customer.statement("S1")
    expect(said).to_contain_text("contains an allowance")
    expect(said).to_contain_text("We do not guarantee its technical quality")
    expect(said).not_to_contain_text("57,000")
    customer.acknowledge("S1")
    customer.sign(material.signature())
    thanks = customer.done()
    taps, seconds = hand.taps, hand.seconds

    thanks.give_back().take_back("Minji")
    hand.page.goto(f"/visits/{visit_id}/order")
    expect(hand.page.locator("#order-shown").get_by_text("Signed", exact=True)).to_be_visible()
    for words in ("Renew the caliper", "258,000", "Brake pads of a friend"):
        assert words in quote
    report(json.dumps({"journey": "quote to S1", "taps": taps, "seconds": round(seconds, 1)}))


def test_an_oil_change_is_one_tap_and_has_its_price(
    hand: Hand, report: Callable[[str], None]
) -> None:
    order = taken_in(hand, "57다 7891")
    hand.starts()

    order.add_usual_item("Oil and filter change")
    expect(hand.page.locator("#order-total")).to_contain_text("88,000")

    report(json.dumps({"journey": "oil change", "taps": hand.taps, "seconds": hand.seconds}))
    assert hand.taps == 1
    assert hand.seconds < OIL_SECONDS
