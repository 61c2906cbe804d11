"""What only a browser shows of the customer's pages: ticks, the pad, the document made on the
tablet, and signing while the shop is out of reach."""

import re
import uuid

from playwright.sync_api import Page, expect

from inspect_app.db import db
from inspect_app.signatures.models import Seal
from inspect_app.signatures.queries import sealed_document
from tests.browser.hand import Hand

NAME = [[(0.1 + 0.05 * step, 0.3 + 0.4 * (step % 2)) for step in range(12)]]


def acknowledge(page: Page, *codes: str) -> None:
    """Taps the tick of each statement; the last one of a page turns it."""
    for code in codes:
        page.locator(f"#statement-{code} label.tick").tap()


def draw_name(page: Page) -> None:
    Hand(page).draw(page.locator("signature-box canvas"), NAME)


def done(page: Page) -> None:
    page.get_by_role("button", name="Done").tap()


def seals_of(visit_id: str) -> list[tuple[uuid.UUID, list[str]]]:
    """Id and differences of each seal. No transaction stays open: the shop would wait for it."""
    query = db.select(Seal.id, Seal.differences).where(Seal.visit_id == uuid.UUID(visit_id))
    found = [(row[0], row[1]) for row in db.session.execute(query)]
    db.session.rollback()
    return found


def test_four_ticks_and_one_name_seal_what_was_shown(page: Page, visit_id: str) -> None:
    shown: dict[str, list[str]] = {}
    acknowledge(page, "S1")
    expect(page.locator("#condition")).to_be_visible()
    page.locator("label.choice", has_text="Disagree").first.tap()
    page.get_by_role("button", name="I agree with all").tap()
    for code in ("S1", "SD", "SI", "S2"):
        lines = page.locator(f"#statement-{code} [data-line]")
        shown[code] = [" ".join((text or "").split()) for text in lines.all_text_contents()]
    acknowledge(page, "S2")
    expect(page.locator("#stays")).to_be_visible()
    acknowledge(page, "SD", "SI")
    expect(page.locator("#sign")).to_be_visible()
    draw_name(page)
    done(page)

    expect(page).to_have_url(re.compile("/thank-you$"))
    ((seal_id, differences),) = seals_of(visit_id)
    document = sealed_document(seal_id)
    assert differences == []
    assert {s["code"]: s["words"] for s in document["statements"]} == shown
    assert "Your view of 1: Disagree" in shown["S2"]
    assert "Your view of 2: Agree" in shown["S2"]


def test_nothing_is_signed_unread_or_blank(page: Page, visit_id: str) -> None:
    page.goto(page.url.partition("#")[0] + "#sign")
    draw_name(page)
    done(page)
    expect(page.locator("[data-unread-first]")).to_be_visible()
    page.get_by_role("button", name="Again").tap()
    for place, code in (("work", "S1"), ("condition", "S2"), ("stays", "SD"), ("stays", "SI")):
        page.locator(f".customer__page[href='#{place}']").tap()
        acknowledge(page, code)
    page.locator(".customer__page[href='#sign']").tap()
    done(page)

    expect(page.locator("[data-blank]")).to_be_visible()
    assert seals_of(visit_id) == []


def test_ticks_and_ink_outlive_a_reload(page: Page) -> None:
    acknowledge(page, "S1")
    expect(page.locator("#condition")).to_be_visible()
    page.locator(".customer__page[href='#sign']").tap()
    draw_name(page)

    page.reload()

    expect(page.locator("[data-to-sign='S1']")).to_have_attribute("data-read", "")
    expect(page.locator("[data-to-sign='S2']")).not_to_have_attribute("data-read", "")
    drawn = page.locator("signature-box").evaluate("box => box.drawing.groups.length")
    assert drawn == 1


def test_a_name_drawn_out_of_reach_is_kept_and_sealed_later(page: Page, visit_id: str) -> None:
    page.context.set_offline(True)
    acknowledge(page, "S1", "S2", "SD", "SI")
    expect(page.locator("#sign")).to_be_visible()
    draw_name(page)
    done(page)
    expect(page.get_by_text("Your signature is safe on this tablet")).to_be_visible()
    expect(page.locator("[data-sign]")).to_be_disabled()
    assert seals_of(visit_id) == []

    page.context.set_offline(False)

    expect(page).to_have_url(re.compile("/thank-you$"), timeout=30_000)
    assert [differences for _, differences in seals_of(visit_id)] == [[]]
