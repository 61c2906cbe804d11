"""Where a journey begins: signed in, and a car that was just taken in."""

from tests.browser.hand import Hand
from tests.browser.pages.board import Board
from tests.browser.pages.order import OrderScreen
from tests.browser.pages.sign_in import SignIn
from tests.browser.pages.walkaround import WalkAround


def signed_in(hand: Hand, name: str = "Minji") -> Board:
    """The board, with this person signed in."""
    hand.page.goto("/")
    return SignIn(hand).sign_in(name)


def taken_in(hand: Hand, plate: str) -> OrderScreen:
    """The order of a saloon that was never here, with Sora as its customer."""
    arrival = signed_in(hand).take_in()
    arrival.type_plate(plate)
    arrival.new_car(shape="Saloon")
    arrival.customer(name="Sora Kim", phone="010-1234-5678")
    return arrival.take_in()


def walking(hand: Hand, plate: str) -> WalkAround:
    """The walk around that car."""
    return taken_in(hand, plate).walk_around()
