"""Every main screen is held to axe-core's rules: nothing serious, nothing critical."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import NewTablet
from tests.browser.hand import Hand
from tests.browser.pages.review import Review
from tests.browser.pages.sign_in import SignIn
from tests.browser.starts import taken_in

AXE = next((Path(__file__).parent / "vendor").glob("axe-core@*/axe.min.js"))
RUN = """async () => {
    const { violations } = await axe.run(document, { resultTypes: ["violations"], iframes: false });
    return violations
        .filter(({ impact }) => impact === "serious" || impact === "critical")
        .map(({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map(({ html }) => html).join(" | ")}`);
}"""
STAFF_PAGES = (
    "/", "/arrivals/new", "/arrivals/new?plate=12가 3456", "/due", "/scan", "/more", "/keys",
)  # fmt: skip
VISIT_PAGES = (
    "", "/order", "/walkaround", "/walkaround?station=interior", "/marks/new", "/things",
    "/papers/compulsory_insurance", "/readings", "/review",
)  # fmt: skip


def violations(page: Page) -> list[str]:
    """What axe-core calls serious or critical on this page."""
    expect(page.locator("html[data-ready]")).to_have_count(1)
    page.evaluate(AXE.read_text("utf-8"))
    found: list[str] = page.evaluate(RUN)
    return [f"{page.url} {problem}" for problem in found]


@pytest.fixture
def hand(new_tablet: NewTablet) -> Hand:
    """A hand on a tablet whose pages are measured."""
    return Hand(new_tablet(measured=True).new_page())


def test_the_sign_in_can_be_used_by_everyone(hand: Hand) -> None:
    hand.page.goto("/")
    SignIn(hand)
    found = violations(hand.page)
    hand.page.get_by_role("link", name="Minji").tap()
    expect(hand.page.locator("#pin")).to_be_visible()

    assert found + violations(hand.page) == []


def test_the_staffs_pages_can_be_used_by_everyone(hand: Hand) -> None:
    order = taken_in(hand, "71가 3001")
    visit = f"/visits/{order.visit_id}"

    found = []
    for path in (*STAFF_PAGES, *(visit + part for part in VISIT_PAGES)):
        hand.page.goto(path)
        found += violations(hand.page)

    assert found == []


def test_the_customers_pages_can_be_used_by_everyone(hand: Hand) -> None:
    order = taken_in(hand, "71가 3002")
    order.add_usual_item("Battery")
    order.promise_the_first_time()
    order.expect_ready()
    hand.page.goto(f"/visits/{order.visit_id}/review")
    customer = Review(hand).sign_the_order_alone()
    found = violations(hand.page)
    customer.acknowledge("S1")
    expect(customer.pad).to_be_visible()
    found += violations(hand.page)
    hand.page.goto("/")

    assert found + violations(hand.page) == []
