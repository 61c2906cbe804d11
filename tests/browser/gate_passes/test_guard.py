"""A customer declines, pays the fee and leaves: three people, three screens, one pass."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.conftest import LANDSCAPE, PHONE, PORTRAIT, NewTablet
from tests.browser.hand import Hand
from tests.browser.pages.sign_in import SignIn

PLATE = "88하 4321"
OFFER = """async (plate) => {
  const id = () => crypto.randomUUID();
  const send = async (url, fields) => {
    const answer = await fetch(url, { method: "POST", body: new URLSearchParams(fields) });
    if (!answer.ok) throw new Error(`${url} ${answer.status} ${await answer.text()}`);
  };
  const visit = id();
  await send("/visits", { id: visit, order_id: id(), vehicle_id: id(), customer_id: id(), plate,
    body_type: "saloon", powertrain: "petrol", make: "Kia", model: "K5", purpose: "repair",
    bay: "Bay 1", customer_name: "Sora Kim", customer_phone: "010-1234-5678",
    customer_locale: "en", bringer_relation: "owner", consent_data: "yes",
    consent_contact: "yes", consent_promotion: "no" });
  await send(`/visits/${visit}/order/lines`, { id: id(), description: "Clutch", price: "900000" });
  await send(`/visits/${visit}/order`, { part: "promise", promised_at: "2027-03-01T18:00" });
  await send(`/visits/${visit}/fees`, { id: id(), kind: "diagnosis", amount: "30000" });
  return visit;
}"""


def _tablet(new_tablet: NewTablet, viewport: object) -> Hand:
    page = new_tablet(viewport).new_page()
    page.goto("/")
    return Hand(page)


def _open(page: Page, url: str) -> None:
    page.goto(url)
    expect(page.locator("html[data-ready]")).to_have_count(1)


def test_a_customer_declines_pays_and_leaves_and_the_pass_opens_once(
    new_tablet: NewTablet, report: Callable[[str], None]
) -> None:
    minji = _tablet(new_tablet, LANDSCAPE)
    SignIn(minji).sign_in("Minji")
    visit = minji.page.evaluate(OFFER, PLATE)
    yuna, guard = _tablet(new_tablet, PORTRAIT), _tablet(new_tablet, PHONE)
    SignIn(yuna).sign_in("Yuna")
    gate = SignIn(guard).sign_in_guard()

    _open(minji.page, f"/visits/{visit}/exit")
    minji.tap(minji.page.locator("label.choice", has_text="Price"))
    minji.tap(minji.page.get_by_role("button", name="The customer declines"))
    expect(minji.page.get_by_text("Lead the customer to the cashier")).to_be_visible()

    _open(yuna.page, f"/visits/{visit}/exit")
    expect(yuna.page.get_by_role("button", name="Clear the exit")).to_have_count(0)
    yuna.starts()
    yuna.tap(yuna.page.locator("label.choice", has_text="Card"))
    yuna.tap(yuna.page.get_by_role("button", name="Paid: make the receipt"))
    expect(yuna.page.get_by_text("Nothing to pay")).to_be_visible()
    yuna.tap(yuna.page.get_by_role("button", name="Clear the exit"))
    code = yuna.page.get_by_alt_text(re.compile("Code of pass G"))
    expect(code).to_be_visible()
    number = str(code.get_attribute("alt")).removeprefix("Code of pass ")
    cashier_taps = yuna.taps

    guard.starts()
    gate.scan(number)
    gate.expect_may_leave(PLATE)
    gate.let_out()
    taps = guard.taps
    gate.scan(number)
    gate.expect_stop("This pass let a car out at")
    gate.scan("https://elsewhere.example/G/AAAAAAAAAAAAAAAA")
    gate.expect_stop("none of a gate pass")

    assert taps == 1
    report(f"gate check: {taps} tap after the scan; fee, receipt and pass: {cashier_taps} taps")
