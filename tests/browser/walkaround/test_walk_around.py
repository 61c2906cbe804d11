"""The walk-around under a finger: a mark in three taps, its photo with the fourth."""

import re

from playwright.sync_api import Page, expect

from tests.browser.hand import Hand
from tests.browser.pages.sign_in import SignIn
from tests.browser.pages.walkaround import WalkAround
from tests.factories import arrival_form


def at_the_car(hand: Hand, plate: str) -> WalkAround:
    """Signed in, the car taken in, in front of the drawing; the taps until here don't count."""
    hand.page.goto("/")
    SignIn(hand).sign_in("Minji")
    form = arrival_form(plate)
    base = hand.page.url.rstrip("/")
    hand.page.request.post(f"{base}/visits", form=form, headers={"Origin": base})
    hand.page.goto(f"/visits/{form['id']}/walkaround")
    expect(hand.page.locator("damage-diagram[data-ready]")).to_be_visible()
    hand.taps = 0
    return WalkAround(hand)


def pins(page: Page) -> list[str]:
    """The numbers on the drawing."""
    return page.locator("[data-canvas] [data-pin]").all_text_contents()


def test_a_mark_takes_three_taps_and_its_photo_a_fourth(hand: Hand) -> None:
    walk = at_the_car(hand, "11가 1111")

    row = walk.mark_scratch(on="Bonnet (hood)")
    walk.photo_of_the_mark_just_made()

    assert hand.taps == 4
    expect(row).to_contain_text("Scratch · Bonnet")
    walk.expect_safe_photos(1)
    assert pins(hand.page) == ["1"]
    hand.page.reload()
    expect(hand.page.locator("#marks .thumbs img")).to_have_count(1)


def test_the_drawing_follows_the_station_and_keeps_every_mark(hand: Hand) -> None:
    walk = at_the_car(hand, "11가 1112")
    walk.mark_scratch(on="Bonnet (hood)")
    page = hand.page

    hand.tap(page.locator("#stations a", has_text="Interior"))
    expect(page.locator("damage-diagram[src$='interior.svg'][data-ready]")).to_be_visible()
    expect(page.locator("[data-canvas] [data-zone=driver_seat]").first).to_be_visible()
    inside = pins(page)
    hand.tap(page.locator("#stations a", has_text="Front").last)

    expect(page.locator("[data-canvas] [data-pin]")).to_have_count(1)
    assert inside == []
    expect(page).to_have_url(re.compile("station=front"))


def test_a_mark_that_is_dragged_keeps_its_number(hand: Hand) -> None:
    walk = at_the_car(hand, "11가 1113")
    walk.mark_scratch(on="Bonnet (hood)")
    page = hand.page
    pin = page.locator("[data-canvas] [data-pin]").bounding_box()
    car = page.locator("[data-canvas] svg").bounding_box()
    assert pin
    assert car

    page.mouse.move(pin["x"] + pin["width"] / 2, pin["y"] + pin["height"] / 2)
    page.mouse.down()
    page.mouse.move(car["x"] + car["width"] * 0.52, car["y"] + car["height"] * 0.5, steps=6)
    page.mouse.up()

    expect(page.locator("[data-marks] .mark-row")).to_contain_text(re.compile("roof", re.I))
    assert pins(page) == ["1"]


def test_the_page_comes_in_forty_requests(hand: Hand) -> None:
    walk = at_the_car(hand, "11가 1114")
    asked: list[str] = []
    hand.page.on("request", lambda request: asked.append(request.url))

    hand.page.reload()
    expect(hand.page.locator("damage-diagram[data-ready]")).to_be_visible()

    assert walk.page.url
    assert len(asked) <= 40, "\n".join(asked)
