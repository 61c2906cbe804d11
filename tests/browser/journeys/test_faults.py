"""Every way in which a parking bay loses things, and that nothing is lost."""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect

from tests.browser import material
from tests.browser.conftest import PORTRAIT, NewTablet
from tests.browser.cutting import Wire, wire_to
from tests.browser.hand import Hand
from tests.browser.pages.sign_in import SignIn
from tests.browser.pages.walkaround import WalkAround
from tests.browser.serving import LiveShop
from tests.browser.starts import signed_in, taken_in, walking

SAFE = re.compile("All safe")
DRAINED_WITHIN_MS = 60_000
TWO_HOURS = """() => {
  const real = Date, ahead = 2 * 3600 * 1000;
  class Wrong extends real {
    constructor(...args) { if (args.length) super(...args); else super(real.now() + ahead); }
    static now() { return real.now() + ahead; }
  }
  globalThis.Date = Wrong;
}"""
PUT_MARK = """async ([visit, id, remark]) => {
  const app = document.querySelector('script[type=module]').src;
  const { outbox } = await import(app.replace(/app\\.js.*/, 'offline/outbox.js'));
  await outbox.put({ url: `/visits/${visit}/order/lines`, visit,
    fields: [['id', id], ['description', remark], ['price', ''], ['_key', '']] });
  return outbox.counts();
}"""
LOSE_HANDLE = """async () => {
  const app = document.querySelector('script[type=module]').src;
  const { outbox } = await import(app.replace(/app\\.js.*/, 'offline/outbox.js'));
  (await outbox.store.handle()).close();
}"""


@pytest.fixture
def wire(live_shop: LiveShop) -> Iterator[Wire]:
    """The wire that this test's tablet hangs on."""
    with wire_to(live_shop.port) as wire:
        yield wire


@pytest.fixture
def wired(new_tablet: NewTablet, wire: Wire) -> BrowserContext:
    """A tablet at the end of that wire."""
    return new_tablet(base_url=wire.url)


def rows(shop: LiveShop, table: str, visit_id: str, column: str = "id") -> list[object]:
    """A column of all rows that the shop has of this visit."""
    with closing(sqlite3.connect(shop.data_dir / "reception.sqlite3")) as database:
        found = database.execute(
            f"SELECT {column} FROM {table} WHERE visit_id = ? ORDER BY captured_at",
            [visit_id.replace("-", "")],
        )
        return [row[0] for row in found]


def visit_of(page: Page) -> str:
    return page.url.split("/visits/")[1].split("/")[0]


def test_an_answer_that_is_lost_and_a_photo_that_is_cut_come_once(
    wired: BrowserContext, wire: Wire, live_shop: LiveShop
) -> None:
    hand = Hand(wired.new_page())
    walk = walking(hand, "61가 3001")
    visit_id = visit_of(hand.page)

    wire.drop()
    wire.lose_answers = 1
    walk.mark_unanswered("Scratch", on="Left front door", size=2)
    rows_shown = hand.page.locator("[data-marks] .mark-row:not([data-saving])")
    expect(rows_shown).to_have_count(1, timeout=DRAINED_WITHIN_MS)
    wire.drop()
    wire.cut_after = 60_000
    walk.take_photos(material.photos(3))
    walk.expect_safe_photos(3)

    assert wire.cuts == 2
    assert len(rows(live_shop, "marks", visit_id)) == 1
    assert len(set(rows(live_shop, "photos", visit_id, "sha256"))) == 3
    assert len(rows(live_shop, "photos", visit_id)) == 3


def test_a_killed_server_and_a_killed_tab_lose_nothing(
    new_tablet: NewTablet, live_shop: LiveShop
) -> None:
    tablet = new_tablet()
    hand = Hand(tablet.new_page())
    walk = walking(hand, "61가 3002")
    visit_id, address = visit_of(hand.page), hand.page.url

    live_shop.kill()
    try:
        walk.take_photos(material.photos(10))
        walk.mark_unanswered("Dent", on="Right front door", size=3)
        expect(walk.outbox).to_have_text(re.compile(r"11\s+here"))
        hand.page.evaluate(LOSE_HANDLE)
        hand.page.close(run_before_unload=False)
    finally:
        live_shop.open()

    again = tablet.new_page()
    again.goto(address)
    expect(again.locator("outbox-status")).to_have_text(SAFE, timeout=DRAINED_WITHIN_MS)
    assert len(rows(live_shop, "photos", visit_id)) == 10
    assert len(rows(live_shop, "marks", visit_id)) == 1


def test_what_the_shop_refuses_is_seen_corrected_and_sent(hand: Hand, live_shop: LiveShop) -> None:
    order = taken_in(hand, "61가 3003")
    page, visit_id = hand.page, order.visit_id
    answers = iter([500, 413, 409])

    def refuse(route: Route) -> None:
        status = next(answers, None)
        if status is None:
            route.fallback()
        else:
            route.fulfill(status=status, body=f"<p data-problem>Refused with {status}</p>")

    page.route("**/order/lines", refuse)
    page.evaluate(PUT_MARK, [visit_id, "11111111-1111-4111-8111-111111113003", "Wipers"])
    page.goto("/outbox")
    expect(page.get_by_text("Refused with 413")).to_be_visible()
    page.get_by_role("button", name="Send again").tap()
    expect(page.get_by_text("Refused with 409")).to_be_visible()
    page.get_by_label("Description").fill("Wiper blades, front")
    page.get_by_role("button", name="Send again").tap()

    expect(page.get_by_text("Everything is safe at the shop")).to_be_visible()
    found = rows_of_order(live_shop, visit_id)
    assert found == ["Wiper blades, front"]


def rows_of_order(shop: LiveShop, visit_id: str) -> list[str]:
    with closing(sqlite3.connect(shop.data_dir / "reception.sqlite3")) as database:
        found = database.execute(
            "SELECT description FROM order_lines JOIN orders ON orders.id = order_lines.order_id"
            " WHERE visit_id = ?",
            [visit_id.replace("-", "")],
        )
        return [row[0] for row in found]


def test_a_clock_that_is_two_hours_wrong_is_put_right_and_kept(
    new_tablet: NewTablet, live_shop: LiveShop
) -> None:
    tablet = new_tablet()
    tablet.add_init_script(f"({TWO_HOURS})()")
    hand = Hand(tablet.new_page())
    walk = walking(hand, "61가 3004")

    walk.mark_scratch(on="Left front door")

    with closing(sqlite3.connect(live_shop.data_dir / "reception.sqlite3")) as database:
        [(offset_ms, seconds)] = database.execute(
            "SELECT clock_offset_ms, (julianday(recorded_at) - julianday(captured_at)) * 86400"
            " FROM visit_events WHERE visit_id = ? AND kind = 'mark.added'",
            [visit_of(hand.page).replace("-", "")],
        ).fetchall()
    assert abs(offset_ms + 2 * 3600 * 1000) < 5_000
    assert -1 < seconds < 30


def test_two_tablets_on_one_car_while_one_is_away(
    hand: Hand, new_tablet: NewTablet, live_shop: LiveShop
) -> None:
    walk = walking(hand, "61가 3005")
    visit_id = visit_of(hand.page)
    other_tablet = new_tablet(PORTRAIT)
    other = Hand(other_tablet.new_page())
    signed_in(other, "Haoran")
    other.page.goto(hand.page.url)
    others_walk = WalkAround(other)

    other_tablet.set_offline(True)
    others_walk.mark_unanswered("Dent", on="Right front door", size=3)
    others_walk.take_photos(material.photos(1))
    walk.mark_scratch(on="Left front door")
    walk.take_photos(material.photos(2)[1:])
    walk.expect_safe_photos(1)
    other_tablet.set_offline(False)

    expect(others_walk.outbox).to_have_text(SAFE, timeout=DRAINED_WITHIN_MS)
    assert len(rows(live_shop, "marks", visit_id)) == 2
    assert len(rows(live_shop, "photos", visit_id)) == 2


def test_another_person_takes_the_tablet_over_without_network(
    new_tablet: NewTablet, live_shop: LiveShop
) -> None:
    tablet = new_tablet()
    page = tablet.new_page()
    order = taken_in(Hand(page), "61가 3006")
    visit_id = order.visit_id
    page.goto("/take-over")
    expect(page.locator("take-over:defined")).to_be_attached()
    tablet.set_offline(True)
    page.route("**/*", lambda route: route.abort())
    page.get_by_role("button", name="Haoran").tap()
    page.get_by_label("Your PIN").fill("2222")
    with page.expect_request(lambda request: request.is_navigation_request()):
        page.get_by_role("button", name="Go on in my name").tap()
    page.unroute("**/*")
    tablet.set_offline(False)

    page.goto(f"/visits/{visit_id}/order")
    page.evaluate(PUT_MARK, [visit_id, "11111111-1111-4111-8111-111111113006", "Wipers"])

    expect(page.locator(".who__name")).to_have_text("Haoran", timeout=DRAINED_WITHIN_MS)
    expect(page.locator("outbox-status")).to_have_text(SAFE, timeout=DRAINED_WITHIN_MS)
    with closing(sqlite3.connect(live_shop.data_dir / "reception.sqlite3")) as database:
        [(name,)] = database.execute(
            "SELECT people.name FROM order_lines JOIN people ON people.id = order_lines.by_id"
            " WHERE order_lines.id = ?",
            ["11111111111141118111111111113006"],
        ).fetchall()
    assert name == "Haoran"


def test_an_ended_sign_in_asks_and_then_goes_on(hand: Hand, live_shop: LiveShop) -> None:
    order = taken_in(hand, "61가 3007")
    page, visit_id = hand.page, order.visit_id
    page.context.clear_cookies(name="sign_in")

    page.evaluate(PUT_MARK, [visit_id, "11111111-1111-4111-8111-111111113007", "Wipers"])
    sheet = page.get_by_role("dialog", name="You are signed out")
    sheet.get_by_role("link", name="Sign in").tap()
    SignIn(hand).type_pin("Minji", "1111")

    expect(page.locator("outbox-status")).to_have_text(SAFE, timeout=DRAINED_WITHIN_MS)
    assert rows_of_order(live_shop, visit_id) == ["Wipers"]
