"""From the workshop's receipt to the gate: found work answered by phone and by link, a delay, a
discount, the walk with real photos, the printed pass, and the guard (T21 to T37)."""

import json
import re
import time
import uuid
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from io import BytesIO
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from inspect_app import create_app
from inspect_app.config import Settings
from inspect_app.db import bind_site, db
from inspect_app.orders.models import Order, OrderLine
from inspect_app.sites.models import Site
from tests.browser import material
from tests.browser.conftest import PHONE, NewTablet
from tests.browser.hand import Hand
from tests.browser.pages.delivery import Packet
from tests.browser.pages.delivery import sign as sign_for_the_car
from tests.browser.pages.gate import Gate
from tests.browser.pages.settlement import Collection, Delay, Notice, Preparation, Settlement
from tests.browser.pages.workshop import CallSheet, Finding, Finished, Job, WayIn
from tests.browser.serving import LiveShop
from tests.conftest import PINS, sign_in
from tests.factories import check_in
from tests.web.photos.sending import send

PLATE = "91조 4321"
SIDES = ("front_left", "front_right", "rear_right", "rear_left")
DISCS, WIPERS = "Front brake discs", "Wiper blades"
LINES = 4


@pytest.fixture
def visit_id(live_shop: LiveShop) -> Iterator[str]:
    """A car that is checked in with real photos, every item priced."""
    app = create_app(Settings.from_environment({"DATA_DIR": str(live_shop.data_dir)}))
    with app.app_context():
        site_id = db.session.scalars(db.select(Site.id).order_by(Site.name)).first()
        db.session.rollback()
        minji = sign_in(app, "Minji")
        bind_site(site_id)
        made = check_in(minji, PLATE)
        photos = zip(SIDES, material.photos(len(SIDES)), strict=True)
        for angle, photo in photos:
            assert send(minji, made, photo["buffer"], angle=angle).status_code == 200
        order = db.session.scalars(db.select(Order).where(Order.visit_id == uuid.UUID(made))).one()
        for line in db.session.scalars(db.select(OrderLine).where(OrderLine.order_id == order.id)):
            line.price_amount = line.price_amount or 30_000
        db.session.commit()
        yield made
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def person(new_tablet: NewTablet) -> Callable[[str], Hand]:
    """Somebody of the shop with a tablet of their own."""

    def hold(name: str) -> Hand:
        page = new_tablet().new_page()
        page.goto("/sign-in")
        page.get_by_role("link", name=re.compile(f"^{name} ")).click()
        page.locator("#pin").fill(PINS[name])
        page.get_by_role("button", name="Sign in").click()
        page.wait_for_url(lambda url: "sign-in" not in url)
        return Hand(page)

    return hold


def go(hand: Hand, visit_id: str, rest: str) -> Hand:
    """Straight to a page of the visit."""
    hand.page.goto(rest if rest.startswith("/") else f"/visits/{visit_id}/{rest}")
    return hand


def test_from_the_workshop_to_the_gate(
    person: Callable[[str], Hand], new_tablet: NewTablet, visit_id: str,
    report: Callable[[str], None],
) -> None:  # fmt: skip
    began = time.monotonic()
    minji, daniel, yuna = person("Minji"), person("Daniel"), person("Yuna")

    way = WayIn(go(minji, visit_id, "way-to-workshop"))
    way.team("Team 1")
    receipt = way.straight_in()
    receipt.no_wash("It is urgent")
    receipt.sign("Seojun", material.signature(1))
    receipt.take_over()
    phone_taps = added_by_phone(minji, daniel, visit_id)
    added_by_link(minji, daniel, visit_id, Hand(new_tablet(PHONE).new_page()))
    Delay(go(minji, visit_id, "delay")).tell("A part comes later", in_days(2))
    work_is_done(minji, daniel, person("Seojun"), visit_id)
    made_ready_and_settled(minji, yuna, visit_id)
    walk_taps = given_back(minji, visit_id)
    gate_taps = out_of_the_gate(person("Gate"), minji, visit_id)

    expect(
        go(minji, visit_id, f"/visits/{visit_id}").page.get_by_text("Left the plant", exact=True)
    ).to_be_visible()
    report(
        json.dumps(
            {
                "journey": "workshop to gate", "phone_consent_taps": phone_taps,
                "delivery_taps": walk_taps, "gate_check_taps": gate_taps,
                "seconds": round(time.monotonic() - began, 1),
            }
        )
    )  # fmt: skip
    assert walk_taps <= 25
    assert gate_taps == 1


def in_days(days: int) -> str:
    """A time that lies so far ahead, as the shop's own pages say it."""
    until = datetime.now(ZoneInfo("Asia/Seoul")) + timedelta(days=days)
    return until.strftime("%Y-%m-%dT%H:%M")


def _found(daniel: Hand, minji: Hand, visit_id: str, item: str) -> CallSheet:
    """Daniel finds it, Minji says what it costs."""
    Finding(go(daniel, visit_id, "additions/new")).tell(item, "Worn", minutes="60")
    sheet = CallSheet(go(minji, visit_id, "additions/next"))
    sheet.price("80000")
    return sheet


def added_by_phone(minji: Hand, daniel: Hand, visit_id: str) -> int:
    """The customer says yes on the phone."""
    sheet = _found(daniel, minji, visit_id, DISCS)
    minji.starts()
    sheet.answered("Yes")
    sheet.hand_the_sheet_over()
    return minji.taps


def added_by_link(minji: Hand, daniel: Hand, visit_id: str, phone: Hand) -> None:
    """The customer reads, answers and signs on the own phone."""
    sheet = _found(daniel, minji, visit_id, WIPERS)
    minji.tap(sheet.page.get_by_role("link", name="Answer on the own phone"))
    minji.tap(sheet.button("Make a link"))
    phone.page.goto(sheet.page.locator(".copy-address").inner_text())
    page = phone.page
    expect(page.locator("[data-sign]:enabled")).to_have_count(1)
    phone.tap(page.locator("label.choice", has_text="Yes").first)
    phone.tap(page.locator("label.tick"))
    phone.draw(page.locator("signature-box canvas"), material.signature(2))
    phone.tap(page.locator("[data-sign]"))
    expect(page.get_by_role("heading", name="Thank you")).to_be_visible()
    CallSheet(go(minji, visit_id, "additions/next")).hand_the_sheet_over()


def work_is_done(minji: Hand, daniel: Hand, seojun: Hand, visit_id: str) -> None:
    """Every line done, accepted by the inspector, car and key with the reception again."""
    job = Job(go(daniel, visit_id, f"/workshop/jobs/{visit_id}"))
    expect(job.lines).to_have_count(LINES)
    job.do_all()
    acceptance = Job(go(seojun, visit_id, f"/workshop/jobs/{visit_id}")).accept()
    acceptance.sign("Seojun", material.signature(1))
    acceptance.accept()
    Finished(go(minji, visit_id, "finished-work")).take_over()


def made_ready_and_settled(minji: Hand, yuna: Hand, visit_id: str) -> None:
    """Prepared, totalled, told, collected, a discount granted, signed, paid, closed."""
    prepared = Preparation(go(minji, visit_id, "preparation"))
    prepared.do("Cleaned inside")
    prepared.do("Looked over")
    prepared.everything_is_back()
    slips = Preparation(go(yuna, visit_id, "preparation"))
    slips.slips_came_on_paper()
    slips.open_the_sheet().is_totalled()
    Notice(go(minji, visit_id, "notice")).reached_by_phone()
    collection = Collection(go(minji, visit_id, "collection"))
    collection.tell_what_was_done()
    collection.to_the_settlement()
    sheet = Settlement(go(yuna, visit_id, "settlement"))
    sheet.discount("20000", "A regular", "Jun", PINS["Jun"])
    customer = sheet.show_and_let_sign()
    customer.acknowledge("SP")
    customer.sign(material.signature(3))
    customer.done().give_back().take_back("Yuna")
    sheet = Settlement(go(yuna, visit_id, "settlement"))
    sheet.pay("Card")
    sheet.settle()


def given_back(minji: Hand, visit_id: str) -> int:
    """The walk: then and now, the count, the key, S4."""
    go(minji, visit_id, "delivery")
    minji.starts()
    packet = Packet(minji)
    packet.has_the_key()
    packet.hand_over_everything()
    walk = packet.to_the_car()
    assert walk.sides.count() == len(SIDES)
    walk.open_camera()
    walk.retake_all()
    walk.looked_over()
    walk.everything_is_back()
    walk.key_is_given()
    customer = walk.hand_over()
    sign_for_the_car(customer, material.signature(4))
    customer.done().give_back().take_back("Minji")
    return minji.taps


def out_of_the_gate(guard: Hand, minji: Hand, visit_id: str) -> int:
    """The printed pass opens the gate once."""
    page = go(minji, visit_id, "gate-passes").page
    printed = page.get_by_role("link", name="Print the pass").get_attribute("href") or ""
    paper = PdfReader(BytesIO(page.request.get(printed).body()))
    words = paper.pages[0].extract_text()
    number = next(word for word in words.split() if word.startswith("G2"))
    gate = Gate(go(guard, visit_id, "/gate"))
    gate.type_code(number)
    gate.expect_may_leave(PLATE)
    guard.starts()
    gate.let_out()
    taps = guard.taps
    go(guard, visit_id, "/gate")
    Gate(guard).type_code(number)
    gate.expect_stop(re.compile("used|out", re.IGNORECASE))
    return taps
