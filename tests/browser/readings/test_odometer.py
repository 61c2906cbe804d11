"""The odometer under a finger: lower than last time asks why at once, before it is sent."""

import pytest
from playwright.sync_api import expect

from tests.browser.hand import Hand
from tests.browser.serving import LiveShop

PAGE = """
<odometer-check data-last-km="84210">
  <input id="odometer" name="odometer">
  <input type="radio" name="odometer_unit" value="km" checked>
  <input type="radio" name="odometer_unit" value="mi">
  <div data-reason hidden><textarea name="lower_reason"></textarea></div>
</odometer-check>
"""


@pytest.mark.parametrize(
    ("figure", "unit", "asks"),
    [
        ("84210", "km", False),
        ("84209", "km", True),
        ("8420", "km", False),
        ("84,209", "km", True),
        ("52326", "mi", False),
        ("52325", "mi", False),
        ("52320", "mi", True),
        ("about", "km", False),
        ("", "km", False),
    ],
)
def test_a_lower_figure_asks_why(
    hand: Hand, live_shop: LiveShop, figure: str, unit: str, asks: bool
) -> None:
    page = hand.page
    page.goto("/sign-in")
    page.evaluate("html => document.querySelector('main').setHTMLUnsafe(html)", PAGE)
    page.evaluate(
        "import('/static/' + document.querySelector('link[rel=stylesheet]').href"
        ".match(/static\\/([^/]+)\\//)[1] + '/js/elements/odometer-check.js')"
    )
    page.locator(f"[name=odometer_unit][value={unit}]").check()

    page.locator("#odometer").focus()
    page.locator("#odometer").fill(figure)

    reason = page.locator("[data-reason]")
    expect(reason).to_be_visible() if asks else expect(reason).to_be_hidden()
