"""A mark without a finger: the list beside the drawing, with the keyboard alone."""

from playwright.sync_api import expect

from tests.browser.hand import Hand
from tests.browser.pages.walkaround import WalkAround
from tests.browser.starts import walking


def test_a_mark_is_made_with_the_keyboard_alone(hand: Hand) -> None:
    walk = walking(hand, "53가 2003")

    walk.add_mark_by_keyboard(part="Left front door", kind="Scratch", size="Up to 7.5 cm")

    row = WalkAround(hand).page.locator("[data-marks] .mark-row")
    expect(row).to_have_count(1)
    expect(row).to_contain_text("Scratch · Left front door")
