"""A car in the workshop: its way in, the receiver's name, the job, the call, the acceptance."""

from __future__ import annotations

import re
from collections.abc import Sequence

from playwright.sync_api import Locator, expect

from tests.browser.hand import Stroke
from tests.browser.pages.record import Record
from tests.browser.pages.screen import Screen
from tests.conftest import PINS

NAME: Sequence[Stroke] = (
    ((0.2, 0.5), (0.3, 0.25), (0.4, 0.7), (0.5, 0.3), (0.6, 0.6), (0.8, 0.4)),
)
"""A name as a quick hand draws it."""


class WayIn(Screen):
    """The order is complete: who works on it, washed first or not."""

    path = "/visits/[0-9a-f-]+/way-to-workshop"

    def team(self, name: str) -> None:
        """One team does the work."""
        self.hand.tap(self.page.locator("label.choice", has_text=name))

    def straight_in(self) -> Receipt:
        """Unwashed, to the workshop's receiver."""
        self.hand.tap(self.button("No wash, straight in"))
        return Receipt(self.hand)

    def to_the_wash(self) -> Record:
        """The washer is told."""
        self.hand.tap(self.button("To the wash"))
        return Record(self.hand)


class _Signed(Screen):
    """One of the staff signs: the name tapped, the PIN, the drawing."""

    def sign(self, name: str, strokes: Sequence[Stroke] = NAME) -> None:
        who = self.page.get_by_role("radio", name=name)
        if not who.is_checked():
            self.hand.tap(self.page.locator("label.choice", has_text=name))
        self.page.get_by_label("PIN of who signs").fill(PINS[name])
        self.hand.draw(self.page.locator("signature-box canvas"), strokes)


class Receipt(_Signed):
    """S3: the workshop takes the car over."""

    path = "/visits/[0-9a-f-]+/workshop-receipt"

    def no_wash(self, reason: str) -> None:
        """Why the car goes in unwashed."""
        self.page.get_by_label("Why unwashed?").fill(reason)

    def take_over(self) -> Record:
        """The workshop has the car."""
        self.hand.tap(self.button("The workshop has the car"))
        return Record(self.hand)


class Job(Screen):
    """One job on a phone."""

    path = "/workshop/jobs/[0-9a-f-]+"

    @property
    def lines(self) -> Locator:
        """The lines of work."""
        return self.page.locator(".job-line[data-state]")

    @property
    def waiting(self) -> Locator:
        """What may not be begun."""
        return self.page.locator(".job-line--waits")

    def do_all(self) -> None:
        """Each line is begun and done."""
        for place in range(self.lines.count()):
            line = self.lines.nth(place)
            if line.get_attribute("data-state") == "todo":
                self.hand.tap(self.button("Start", line))
                expect(line).to_have_attribute("data-state", "started")
            if line.get_attribute("data-state") == "started":
                self.hand.tap(self.button("Done", line))
                expect(line).to_have_attribute("data-state", "done")

    def found_something(self) -> Finding:
        """To the form of a finding."""
        self.hand.tap(self.page.get_by_role("link", name="Found something"))
        return Finding(self.hand)

    def accept(self) -> AcceptanceScreen:
        """To the inspector's signature."""
        self.hand.tap(self.page.get_by_role("link", name="Accept as finished"))
        return AcceptanceScreen(self.hand)


class Finding(Screen):
    """What the workshop found."""

    path = "/visits/[0-9a-f-]+/additions/new"

    def tell(self, what: str, why: str, *, stake: str = "", minutes: str = "") -> Job:
        """Typed, and sent to reception."""
        self.page.get_by_label("What has to be done?").fill(what)
        self.page.get_by_label("Why?").fill(why)
        if stake:
            self.hand.tap(self.page.locator("summary", has_text="It is about safety"))
            self.hand.tap(self.page.locator("label.tick", has_text="It is about safety"))
            self.page.get_by_label("What may happen if it is left?").fill(stake)
        self.page.get_by_label("How much longer does it take?").fill(minutes)
        self.hand.tap(self.button("Tell reception"))
        return Job(self.hand)


class CallSheet(Screen):
    """Everything about one addition on one screen."""

    path = "/visits/[0-9a-f-]+/additions/[0-9a-f-]+"

    def price(self, amount: str) -> None:
        """The price of the (only) item, typed; the delay is known."""
        self.page.get_by_label(re.compile("^Price of")).first.fill(amount)
        self.hand.tap(self.button("Keep price and time"))
        expect(self.page.locator("form#call")).to_be_visible()

    def answered(self, answer: str) -> None:
        """Read aloud, answered, kept."""
        self.hand.tap(self.page.locator("label.tick", has_text="I read this aloud"))
        for question in self.page.locator("form#call fieldset", has_text="Later").all():
            self.hand.tap(question.locator("label.choice", has_text=answer))
        self.hand.tap(self.button("Keep the call"))
        expect(self.page.locator("form#relay")).to_be_visible()

    def not_reached(self) -> None:
        """Nobody answered."""
        self.hand.tap(self.page.locator("label.choice", has_text="No answer"))
        self.hand.tap(self.button("Keep the call"))
        expect(self.page.get_by_text("1 call")).to_be_visible()

    def hand_the_sheet_over(self) -> Record:
        """To the supervisor who is proposed."""
        self.hand.tap(self.button("Sheet handed over"))
        return Record(self.hand)

    def tell_the_workshop(self) -> Record:
        """A no, told."""
        self.hand.tap(self.button("Told the workshop"))
        return Record(self.hand)


class AcceptanceScreen(_Signed):
    """D21: accepted as finished."""

    path = "/visits/[0-9a-f-]+/acceptance"

    def accept(self) -> Job:
        """The inspector's name stands under it."""
        self.hand.tap(self.button("Accepted as finished"))
        return Job(self.hand)


class Finished(Screen):
    """Accepted work waits for a clerk."""

    path = "/visits/[0-9a-f-]+/finished-work"

    def take_over(self) -> Record:
        """Car and key are with the clerk."""
        self.hand.tap(self.button("I have car and key"))
        return Record(self.hand)
