"""The book, the reservation form, and one appointment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import expect

from tests.browser.pages.screen import Screen

if TYPE_CHECKING:
    from tests.browser.hand import Hand
    from tests.browser.pages.order import OrderScreen


def open_book(hand: Hand) -> Book:
    """From the board, one tap."""
    hand.tap(hand.page.get_by_role("link", name="Appointments", exact=True))
    return Book(hand)


class Book(Screen):
    path = "/appointments"

    def next_day(self) -> Book:
        """One day on."""
        self.hand.tap(self.page.get_by_role("link", name="On", exact=True))
        return Book(self.hand)

    @property
    def is_closed(self) -> bool:
        """Whether the shop is closed on the day that is shown."""
        return self.page.get_by_text("The shop is closed on this day.").is_visible()

    def tap_free(self, bay: str, clock: str) -> Reservation:
        """A free place of a bay."""
        self.hand.tap(self.page.get_by_role("link", name=f"{bay} is free at {clock}: book"))
        return Reservation(self.hand)

    def open(self, plate: str) -> AppointmentScreen:
        """The appointment of this car."""
        self.hand.tap(self.page.locator("a.book__held", has_text=plate))
        return AppointmentScreen(self.hand)


class Reservation(Screen):
    path = "/appointments/new"

    def type_plate(self, plate: str) -> None:
        """On the phone: the plate is said and typed."""
        self.hand.type(self.page.get_by_role("textbox", name="Plate or VIN"), plate)

    def expect_known(self, customer: str) -> None:
        """The plate brings its customer along."""
        expect(self.page.locator("#booking-car")).to_contain_text(customer)

    def new_car(self, shape: str, name: str, phone: str) -> None:
        """A car that was never here."""
        car = self.page.locator("#booking-car")
        self.hand.tap(car.locator("label.choice", has_text=shape))
        self.hand.type(car.get_by_label("Customer's name"), name)
        self.hand.type_next(car.get_by_label("Phone"), phone)

    def work(self, words: str) -> None:
        """One of the usual items."""
        self.hand.tap(self.choice(words))

    def book(self) -> AppointmentScreen:
        """Bottom right."""
        self.hand.tap(self.page.locator("#actions").get_by_role("button", name="Book"))
        return AppointmentScreen(self.hand)


class AppointmentScreen(Screen):
    path = "/visits/[0-9a-f-]+/appointment"

    def tell_supervisor(self) -> None:
        """The name is filled in; one tap."""
        self.hand.tap(self.page.locator("#told").get_by_role("button", name="Told"))
        expect(self.page.locator("#told .badge")).to_have_text("Told")

    def remind(self, result: str) -> None:
        """The customer was called; what came of it."""
        self.hand.tap(self.page.locator("#reminders").get_by_role("button", name=result))
        expect(self.page.locator("#reminders")).to_contain_text(f"Phone · {result}")

    def the_car_is_here(self) -> OrderScreen:
        """Bottom right; on to the order."""
        from tests.browser.pages.order import OrderScreen

        self.hand.tap(self.page.locator("#actions").get_by_role("button", name="The car is here"))
        return OrderScreen(self.hand)
