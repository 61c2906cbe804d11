"""A car is booked on the phone, and comes."""

import json
from collections.abc import Callable

from playwright.sync_api import expect

from tests.browser.hand import Hand
from tests.browser.pages.appointments import open_book
from tests.browser.starts import signed_in

NEW_PLATE = "61조 4417"
TAPS_OF_A_CALL = 6
"""On the phone with somebody new: book, free place, shape, name, work, book; each day on is one
more. A known car needs neither shape nor name."""


def test_a_car_is_booked_on_the_phone_and_comes(hand: Hand, report: Callable[[str], None]) -> None:
    board = signed_in(hand)
    hand.starts()

    book = open_book(board.hand).next_day()
    days = 1
    while book.is_closed:
        book, days = book.next_day(), days + 1
    form = book.tap_free("Bay 3", "14:00")
    form.type_plate(NEW_PLATE)
    form.new_car("Saloon", "Sora Kim", "010-1234-5678")
    form.work("Brake check")
    appointment = form.book()
    figures = {"journey": "booked on the phone", "taps": hand.taps, "budget": TAPS_OF_A_CALL + days}
    report(json.dumps({**figures, "seconds": round(hand.seconds, 1)}))
    assert hand.taps <= TAPS_OF_A_CALL + days
    appointment.tell_supervisor()
    appointment.remind("Reached")
    order = appointment.the_car_is_here()

    expect(order.page.get_by_role("textbox", name="Price of Brake check")).to_be_visible()
    order.promise_the_first_time()
    order.expect_ready()
