"""Journeys in the full browser: a person works, the wire and the shop break at random."""

import json
import os
import random
import re
from collections.abc import Callable, Sequence
from typing import Any

from playwright.sync_api import BrowserContext, Page, expect, sync_playwright

from tests.browser import material
from tests.browser.cutting import Wire, wire_to
from tests.browser.hand import Hand
from tests.browser.starts import signed_in
from tests.soak.compare import Captured, Verdict, compare
from tests.soak.journeys import Shop

DRAINED_WITHIN_MS = 90_000
KINDS = ("lost_answer", "cut", "killed", "tab_killed", "away", "storage_closed")
LISTEN = """(() => {
  const add = IDBObjectStore.prototype.add;
  IDBObjectStore.prototype.add = function (entry, ...more) {
    if (this.name === "entries") window.captured(JSON.stringify(entry));
    return add.call(this, entry, ...more);
  };
})()"""
LOSE_HANDLE = """async () => {
  const entry = document.querySelector('script[type=module]').src;
  const { outbox } = await import(entry.replace(/app\\.js.*/, 'offline/outbox.js'));
  (await outbox.store.handle()).close();
}"""
PARTS = ("Left front door", "Right front door", "Bonnet (hood)", "Left rear door")


def run(shop: Shop, numbers: Sequence[int], say: Callable[[str], None]) -> Verdict:
    """One journey for each seed, in one browser."""
    verdict = Verdict()
    expect.set_options(timeout=30_000)
    with sync_playwright() as playwright, wire_to(shop.live.port) as wire:
        chromium = playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM") or "/usr/bin/chromium",
            args=["--no-sandbox"] if os.geteuid() == 0 else [],
        )
        for seed in numbers:
            tablet = chromium.new_context(
                base_url=wire.url, has_touch=True, viewport={"width": 1180, "height": 820}
            )
            tablet.set_default_timeout(30_000)
            captured: list[Captured] = []
            tablet.expose_binding(
                "captured", lambda _source, text, to=captured: to.append(_read(text))
            )
            tablet.add_init_script(LISTEN)
            _journey(shop, wire, tablet, seed)
            found = compare(shop.live.data_dir, captured)
            say(f"browser seed {seed}: {found if not found.is_sound else len(captured)}")
            verdict.add(found)
            tablet.close()
        chromium.close()
    return verdict


def _read(text: str) -> Captured:
    entry: dict[str, Any] = json.loads(text)
    return Captured(entry["id"], entry["url"], entry["visit"], dict(entry["fields"]))


def _journey(shop: Shop, wire: Wire, tablet: BrowserContext, seed: int) -> None:
    dice = random.Random(seed)
    fault, at = KINDS[seed % len(KINDS)], dice.randrange(5)
    hand = Hand(tablet.new_page())
    arrival = signed_in(hand).take_in()
    arrival.type_plate(f"{seed % 90 + 10}소 {seed // 90 + 1000}")
    arrival.new_car(shape="Saloon")
    arrival.customer(name="Sora Kim", phone="010-1234-5678")
    walk = arrival.take_in().walk_around()
    address = hand.page.url
    for step in range(5):
        if step == at:
            _break(shop, wire, tablet, hand.page, fault, dice)
        if step < 3:
            walk.mark_unanswered("Dent", on=PARTS[step], size=dice.randint(1, 5))
        else:
            walk.take_photos(material.photos(step)[step - 2 :])
    wire.refuse = False
    tablet.set_offline(False)
    if fault == "tab_killed":
        hand.page.close(run_before_unload=False)
        hand = Hand(tablet.new_page())
        hand.page.goto(address)
    safe = hand.page.locator("outbox-status")
    expect(safe).to_have_text(re.compile("All safe"), timeout=DRAINED_WITHIN_MS)


def _break(
    shop: Shop, wire: Wire, tablet: BrowserContext, page: Page, fault: str, dice: random.Random
) -> None:
    wire.drop()
    if fault == "lost_answer":
        wire.lose_answers = 1
    elif fault == "cut":
        wire.cut_after = dice.randrange(400, 60_000)
    elif fault == "killed":
        shop.kill()
    elif fault in ("tab_killed", "away"):
        wire.refuse = True
        wire.drop()
    else:
        page.evaluate(LOSE_HANDLE)
