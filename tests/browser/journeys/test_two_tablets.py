"""Two people, two tablets, one car."""

from playwright.sync_api import expect

from tests.browser.conftest import PORTRAIT, NewTablet
from tests.browser.hand import Hand
from tests.browser.pages.walkaround import WalkAround
from tests.browser.starts import signed_in, walking


def test_two_tablets_mark_the_same_car(hand: Hand, new_tablet: NewTablet) -> None:
    walk = walking(hand, "52가 2002")
    other = Hand(new_tablet(PORTRAIT).new_page())
    signed_in(other, "Haoran")
    other.page.goto(hand.page.url)
    others_walk = WalkAround(other)

    walk.mark_scratch(on="Left front door")
    others_walk.mark_unanswered("Dent", on="Right front door", size=3)
    expect(other.page.locator("[data-marks] .mark-row")).to_have_count(2)

    hand.page.reload()
    marks = WalkAround(hand).page.locator("[data-marks] .mark-row")
    expect(marks).to_have_count(2)
    expect(marks.locator(".mark-number")).to_have_text(["1", "2"])
    expect(marks.nth(1)).to_contain_text("Dent")
