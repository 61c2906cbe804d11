"""From the reception to the workshop and back: receipt, a finding, a call, done, accepted."""

from collections.abc import Callable

from playwright.sync_api import expect

from tests.browser.conftest import PHONE, NewTablet
from tests.browser.hand import Hand
from tests.browser.pages.sign_in import SignIn
from tests.browser.pages.workshop import CallSheet, Finished, Job, WayIn
from tests.browser.starts import signed_in

PLATE = "京N·8P2K6"
"""The demo's car that is checked in and whose customer has left."""
BUDGET = 6
"""Taps of an addition answered by phone (screens.md)."""


def test_a_finding_is_answered_by_phone_within_six_taps(
    new_tablet: NewTablet, report: Callable[[str], None]
) -> None:
    reception, phone = Hand(new_tablet().new_page()), Hand(new_tablet(PHONE).new_page())
    signed_in(reception)
    reception.page.locator("a.visit-card", has_text=PLATE).tap()
    reception.page.get_by_role("link", name="To the workshop").tap()
    way = WayIn(reception)
    way.team("Team 1")
    receipt = way.straight_in()
    receipt.no_wash("The car is clean")
    receipt.sign("Seojun")
    record = receipt.take_over()
    expect(record.state).to_have_text("In the workshop")
    expect(reception.page.locator("#story-workshop .staff-name img")).to_be_visible()

    phone.page.goto("/")
    SignIn(phone).type_pin("Daniel", "6666")
    phone.page.locator("a.job-card__car", has_text=PLATE).tap()
    job = Job(phone)
    job = job.found_something().tell("Front brake discs", "Worn below the limit", minutes="90")
    expect(job.waiting).to_contain_text("Waiting: do not start")

    reception.page.goto("/due")
    reception.starts()
    reception.tap(reception.page.locator("a.due-row", has_text="added work").filter(has_text=PLATE))
    sheet = CallSheet(reception)
    sheet.price("180000")
    sheet.answered("Yes")
    sheet.hand_the_sheet_over()
    report(f"addition answered by phone, priced and passed on: {reception.taps} taps (budget 6)")
    assert reception.taps <= BUDGET

    phone.page.reload()
    job = Job(phone)
    expect(job.lines.last).to_contain_text("Front brake discs")
    job.do_all()

    supervisor = Hand(new_tablet().new_page())
    signed_in(supervisor, "Seojun")
    supervisor.page.goto(phone.page.url)
    acceptance = Job(supervisor).accept()
    acceptance.sign("Seojun")
    acceptance.accept()
    expect(supervisor.page.get_by_text("Accepted as finished").first).to_be_visible()

    reception.page.goto("/due")
    reception.page.locator("a.due-row", has_text="Take the finished car over").tap()
    record = Finished(reception).take_over()
    expect(record.state).to_have_text("Preparing delivery")
