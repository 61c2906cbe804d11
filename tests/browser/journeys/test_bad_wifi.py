"""The shop goes out of reach while a car is looked at, and comes back."""

import re
import sqlite3
from contextlib import closing

from playwright.sync_api import expect

from tests.browser import material
from tests.browser.hand import Hand
from tests.browser.pages.walkaround import WalkAround
from tests.browser.serving import LiveShop
from tests.browser.starts import walking

PHOTOS = 3
DRAINED_WITHIN_MS = 45_000


def rows_of(shop: LiveShop, table: str, visit_id: str) -> int:
    """How many rows of a table the shop has of this visit."""
    with closing(sqlite3.connect(shop.data_dir / "reception.sqlite3")) as database:
        count = f"SELECT count(*) FROM {table} WHERE visit_id = ?"
        return int(database.execute(count, [visit_id.replace("-", "")]).fetchone()[0])


def test_what_is_captured_out_of_reach_arrives_once(hand: Hand, live_shop: LiveShop) -> None:
    walk = walking(hand, "51가 2001")
    visit_id = hand.page.url.split("/visits/")[1].split("/")[0]

    live_shop.close()
    try:
        walk.take_photos(material.photos(PHOTOS))
        for kind, part in (("Scratch", "Left front door"), ("Dent", "Right rear door")):
            walk.mark_unanswered(kind, on=part, size=2)
        expect(walk.outbox).to_have_text(re.compile(rf"{PHOTOS + 2}\s+here"))
    finally:
        live_shop.open()

    expect(walk.outbox).to_have_text(re.compile("All safe"), timeout=DRAINED_WITHIN_MS)
    hand.page.reload()
    walk = WalkAround(hand)
    walk.expect_safe_photos(PHOTOS)
    expect(hand.page.locator("[data-marks] .mark-row")).to_have_count(2)
    assert rows_of(live_shop, "marks", visit_id) == 2
    assert rows_of(live_shop, "photos", visit_id) == PHOTOS
