"""G15: one whole check-in by a finger on the glass, photos apart.

The journeys of the browser tests are walked: arrival, order, ten marks, ten stations, papers, six
belongings, readings, key, all statements signed with one drawing. The second of two is counted, so
that what stays on the tablet is there already.
"""

import re
from collections.abc import Iterator, Sequence

from playwright.sync_api import Page, expect

from bench.chromium import Traffic, chromium, tablet
from bench.measure import Line, fixed
from bench.run import Run
from inspect_app.catalogues import entries
from tests.browser import material
from tests.browser.hand import Hand, box_of
from tests.browser.pages.board import Board
from tests.browser.pages.customer import CustomerPages
from tests.browser.pages.things import Things
from tests.browser.pages.walkaround import STATIONS, WalkAround

MOST_KB, MOST_REQUESTS = 150, 60
PATIENCE_MS = 20_000
PLATES = ("88나 8001", "88나 8002")
MARKED = (
    "Left front door", "Left rear door", "Bonnet (hood)", "Right front door", "Right rear door",
)  # fmt: skip
PLACES = (-0.3, 0.3)
"""Two marks on each part, so far beside its middle (fractions of its width)."""
SHORT_PARTS, BELONGINGS = 1, 6


def check_in(run: Run) -> Iterator[Line]:
    """Kilobytes up and down, and requests, from the first tap to the tablet given back."""
    parts = MARKED[:SHORT_PARTS] if run.effort.is_short else MARKED
    with chromium() as browser, tablet(browser, run) as context:
        context.set_default_timeout(PATIENCE_MS)
        expect.set_options(timeout=PATIENCE_MS)
        page = context.new_page()
        for plate in PLATES:
            page.goto("/", wait_until="networkidle")
            traffic = Traffic()
            traffic.listen(page)
            _walk(page, plate, parts)
    away = f"{traffic.seconds_away:.2f} s of them at 10 Mbit/s and 40 ms"
    what = f"whole check-in, {len(parts) * len(PLACES)} marks, {BELONGINGS} belongings, warm"
    yield fixed("G15", f"{what}, up and down, photos apart ({away})",
                traffic.kilobytes, "KB", MOST_KB)  # fmt: skip
    yield fixed("G15", f"{what}, photos apart", len(traffic.counted), "requests", MOST_REQUESTS)


class Beside(WalkAround):
    """The same finger, beside the middle of a part, so that two marks of it do not meet."""

    place = 0.0

    def tap_part(self, name: str) -> None:
        """A tap so far beside the middle."""
        code = next(one.code for one in entries("exterior_zones") if one.en == name)
        drawing = self.page.locator("[data-canvas] svg")
        whole = box_of(drawing)
        shapes = drawing.locator(f'[data-zone="{code}"]').all()
        x, y, width, height = max(map(box_of, shapes), key=lambda box: box[2] * box[3])
        across, down = x + (0.5 + self.place) * width - whole[0], y + height / 2 - whole[1]
        self.hand.tap(drawing, at=(across / whole[2], down / whole[3]))


def _walk(page: Page, plate: str, parts: Sequence[str]) -> None:
    hand = Hand(page)
    arrival = Board(hand).take_in()
    arrival.type_plate(plate)
    arrival.new_car(shape="Saloon")
    arrival.consents(True, True)
    arrival.customer(name="Sora Kim", phone="010-1234-5678")
    order = arrival.take_in_by_key()
    order.customer_says("It squeals when I brake.")
    order.add_item("Brake pads, front", "120000")
    order.add_item("Tyres, rear")
    order.promise_the_first_time()
    order.expect_ready()
    _sign(_count(_look_around(order.walk_around(), parts)))


def _look_around(walk: WalkAround, parts: Sequence[str]) -> Things:
    walk.conditions("Clean and dry", "Daylight")
    beside = Beside(walk.hand)
    for part in parts:
        for beside.place in PLACES:
            beside.mark_scratch(on=part)
    for _ in range(STATIONS - 1):
        walk.all_normal_here()
    return walk.last_station_is_normal()


def _count(things: Things) -> CustomerPages:
    things.other_papers_in_order()
    things.add_things(BELONGINGS)
    things.valuables("No valuables in the car")
    readings = things.readings()
    readings.odometer(48210)
    readings.fuel(6)
    readings.register_key()
    return readings.keep_and_review().hand_over()


def _sign(customer: CustomerPages) -> None:
    customer.acknowledge("S1")
    customer.agree_with_all()
    customer.acknowledge("S2")
    customer.acknowledge("SI")
    customer.sign(material.signature())
    thanks = customer.done()
    thanks.give_back().take_back("Minji")
    thanks.page.wait_for_url(re.compile(r"/completion$"))
    thanks.page.wait_for_load_state("networkidle")
