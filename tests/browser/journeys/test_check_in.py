"""A new car is taken in, from the parking bay to the sealed sheet (the main job, whole)."""

import json
from collections.abc import Callable
from io import BytesIO

from playwright.sync_api import Page, expect
from pypdf import PdfReader

from tests.browser import material
from tests.browser.hand import Hand, Traffic
from tests.browser.pages.customer import CustomerPages
from tests.browser.pages.readings import Readings
from tests.browser.pages.sign_in import SignIn
from tests.browser.pages.things import Things
from tests.browser.pages.walkaround import STATIONS, WalkAround
from tests.browser.serving import LiveShop

PLATE = "34나 5678"
TAPS = 65  # screens.md, Budget
PHOTOS = 12
SCREENS = ("Arrival", "OrderScreen", "WalkAround", "Things", "Readings", "Review")


def test_a_new_car_is_taken_in_and_sealed(
    hand: Hand, live_shop: LiveShop, report: Callable[[str], None]
) -> None:
    traffic = Traffic(hand.page)
    hand.page.goto("/")
    board = SignIn(hand).sign_in("Minji")
    hand.starts()

    arrival = board.take_in()
    arrival.type_plate(PLATE)
    arrival.new_car(shape="Saloon")
    arrival.consents(True, True)
    arrival.customer(name="Sora Kim", phone="010-1234-5678")
    order = arrival.take_in_by_key()
    visit_id = order.visit_id
    order.customer_says("It squeals when I brake.")
    order.add_item("Brake pads, front", "120000")
    order.add_item("Tyres, rear")
    order.promise_the_first_time()
    order.expect_ready()
    things = look_around(order.walk_around())
    readings = count_things(things)
    customer = read_dashboard(readings)
    sign(customer)
    thanks = customer.done()
    seconds, taps = hand.seconds, hand.taps

    expect(thanks.page.get_by_text("Everything is signed and sealed")).to_be_visible()
    thanks.give_back().take_back("Minji")
    expect(hand.page.get_by_text("Tell the customer: everything is complete.")).to_be_visible()
    thanks.expect_all_safe()
    assert_sheet(hand.page, visit_id)
    assert_state(hand.page, visit_id)
    checked = live_shop.command("check")
    assert checked.returncode == 0, checked.stdout + checked.stderr
    report(figures_of(taps, seconds, hand, traffic))
    assert taps <= TAPS
    assert {screen for screen in hand.screens if screen in SCREENS} == set(SCREENS)


def look_around(walk: WalkAround) -> Things:
    """Twelve photos, four marks, one photo drawn on, ten stations."""
    walk.conditions("Clean and dry", "Daylight")
    walk.take_photos(material.photos(PHOTOS - 1))
    walk.mark_scratch(on="Left front door")
    walk.photo_of_the_mark_just_made()
    walk.mark("Dent", on="Left rear door", size=3)
    walk.mark("Stone chip", on="Bonnet (hood)", size=1)
    walk.mark("Missing", on="Right door mirror")
    walk.expect_safe_photos(PHOTOS)
    photo = walk.open_last_photo()
    photo.arrow([(0.3, 0.3), (0.4, 0.4), (0.55, 0.55)])
    walk = photo.done()
    for _ in range(STATIONS - 1):
        walk.all_normal_here()
    return walk.last_station_is_normal()


def count_things(things: Things) -> Readings:
    """One paper missing, ten belongings, no valuables."""
    things.paper_missing(
        "Compulsory insurance policy", agreed="The customer brings it at collection."
    )
    things.other_papers_in_order()
    things.add_things(10)
    things.valuables("No valuables in the car")
    return things.readings()


def read_dashboard(readings: Readings) -> CustomerPages:
    """Figures and key; its label opens; nothing but the signatures is missing."""
    readings.odometer(48210)
    readings.fuel(6)
    readings.register_key()
    label = readings.page.request.get(readings.label_address())
    assert len(PdfReader(BytesIO(label.body())).pages) == 1
    review = readings.keep_and_review()
    review.expect_ready()
    return review.hand_over()


def sign(customer: CustomerPages) -> None:
    """Each statement by its own tap, all by one name."""
    customer.acknowledge("S1")
    customer.agree_with_all()
    customer.acknowledge("S2")
    customer.acknowledge("SD")
    customer.acknowledge("SI")
    customer.sign(material.signature())


def assert_sheet(page: Page, visit_id: str) -> None:
    """The sealed PDF can be downloaded, opened, and names plate and seal."""
    answer = page.request.get(f"/visits/{visit_id}/sheet.pdf")
    assert answer.status == 200, answer.text()
    sheet = PdfReader(BytesIO(answer.body()))
    text = "".join(leaf.extract_text() for leaf in sheet.pages)
    assert PLATE.replace(" ", "") in text.replace(" ", "").replace("\xa0", "")
    seal = page.request.get(f"/visits/{visit_id}").text().partition("/seals/")[2][:36]
    document = page.request.get(f"/visits/{visit_id}/seals/{seal}")
    assert document.status == 200
    assert hash_words(text) & hash_words(document.text())


def hash_words(text: str) -> set[str]:
    """The SHA-256 sums in a text, however it is broken into lines."""
    joined = "".join(text.split())
    return {joined[at : at + 64] for at in range(len(joined)) if _is_hash(joined[at : at + 64])}


def _is_hash(text: str) -> bool:
    return len(text) == 64 and set(text) <= set("0123456789abcdef")


def assert_state(page: Page, visit_id: str) -> None:
    """The record says that the car is checked in."""
    page.goto(f"/visits/{visit_id}")
    expect(page.locator(".record__head .badge").first).to_have_text("Check-in complete")


def figures_of(taps: int, seconds: float, hand: Hand, traffic: Traffic) -> str:
    """One line of JSON."""
    requests, sent, received = traffic.of(photos=False)
    photo_requests, _, photo_received = traffic.of(photos=True)
    return json.dumps(
        {
            "journey": "new car", "taps": taps, "budget": TAPS,
            "seconds_to_seal": round(seconds, 1), "requests": requests,
            "bytes_sent": sent, "bytes_received": received,
            "photo_requests": photo_requests, "photo_bytes_received": photo_received,
        }
    )  # fmt: skip
