"""Who works: a name, a PIN, and two taps to change."""

from playwright.sync_api import expect

from tests.browser.hand import Hand
from tests.browser.pages.sign_in import SignIn

TAPS = 2  # screens.md, Budget; the PIN is not counted


def test_a_name_and_a_pin_open_the_board(hand: Hand) -> None:
    hand.page.goto("/")
    board = SignIn(hand).sign_in("Minji")

    board.expect_person("Minji")
    assert hand.taps <= TAPS


def test_two_taps_change_the_person(hand: Hand) -> None:
    hand.page.goto("/")
    board = SignIn(hand).sign_in("Minji")
    hand.starts()

    board = board.change_person().sign_in("Haoran")

    board.expect_person("Haoran")
    assert hand.taps <= TAPS


def test_a_wrong_pin_says_so_and_opens_nothing(hand: Hand) -> None:
    hand.page.goto("/")
    sign_in = SignIn(hand)

    sign_in.type_pin("Jun", "9999")

    expect(hand.page.locator("#pin-problem")).to_be_visible()
    hand.page.goto("/")
    SignIn(hand)
