"""Tiles under a finger: figures run ahead of the answers, a hold takes one off, undo returns it."""

import re

from playwright.sync_api import Locator, expect

from tests.browser.hand import Hand
from tests.browser.pages.sign_in import SignIn
from tests.browser.pages.things import Things
from tests.factories import arrival_form


def at_the_boot(hand: Hand, plate: str) -> Things:
    """Signed in, the car taken in, its boot open; the taps until here don't count."""
    hand.page.goto("/")
    SignIn(hand).sign_in("Minji")
    form = arrival_form(plate)
    base = hand.page.url.rstrip("/")
    hand.page.request.post(f"{base}/visits", form=form, headers={"Origin": base})
    hand.page.goto(f"/visits/{form['id']}/things")
    expect(hand.page.locator("thing-tiles:defined")).to_have_count(2)
    hand.taps = 0
    return Things(hand)


def tile(things: Things, code: str) -> Locator:
    return things.page.locator(f"#tile-{code} [data-more]")


def test_ten_things_are_ten_taps_however_fast(hand: Hand) -> None:
    things = at_the_boot(hand, "31가 1001")

    things.add_things(8)
    for _again in range(2):
        hand.tap(tile(things, "jack"))

    assert hand.taps == 10
    things.expect_all_safe()
    expect(tile(things, "jack").locator(".thing__count")).to_have_text("3")
    expect(things.page.locator("#things-list")).to_contain_text("10 pieces")
    things.page.reload()
    expect(tile(things, "jack").locator(".thing__count")).to_have_text("3")


def test_a_hold_takes_one_off_and_undo_puts_it_back(hand: Hand) -> None:
    things = at_the_boot(hand, "31가 1002")
    hand.tap(tile(things, "jack"))
    expect(things.page.locator("#things-list")).to_contain_text("1 piece")

    tile(things, "jack").hover()
    things.page.mouse.down()
    expect(tile(things, "jack")).to_have_attribute("data-count", "0")
    things.page.mouse.up()
    expect(things.page.locator("#things-list")).to_contain_text("nothing yet")
    hand.tap(things.page.locator("undo-bar").get_by_role("button", name="Undo"))

    expect(tile(things, "jack")).to_have_attribute("data-count", "1")
    expect(things.page.locator("#things-list")).to_contain_text("1 piece")


def test_a_word_finds_a_thing_or_becomes_one(hand: Hand) -> None:
    things = at_the_boot(hand, "31가 1003")
    field = things.page.get_by_role("searchbox")

    field.fill("laptop")
    expect(tile(things, "laptop_tablet")).to_be_visible()
    expect(tile(things, "jack")).to_be_hidden()
    field.fill("A box of pears")
    hand.tap(things.button("Add what is written here"))

    expect(things.page.locator("#things-list")).to_contain_text("A box of pears")
    expect(field).to_have_value("")
    expect(tile(things, "jack")).to_be_visible()


def test_what_is_tapped_goes_where_the_switch_says(hand: Hand) -> None:
    things = at_the_boot(hand, "31가 1004")

    hand.tap(things.choice("goes into the box"))
    hand.tap(tile(things, "umbrella"))

    expect(things.page.locator("#things-list .row")).to_contain_text("In the storage box")
    expect(things.page.locator("#box")).to_contain_text(re.compile("Needed"))
