"""What is drawn with a finger: signature, place on the car, annotation, fuel."""

import json
from itertools import pairwise
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.elements.shop import Shop

SET_SRC = "(diagram, src) => diagram.setAttribute('src', src)"
INK = """() => {
    const canvas = document.querySelector('canvas');
    const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
    return data.filter((value, index) => index % 4 === 3 && value > 0).length;
}"""
WIPE = "() => { const canvas = document.querySelector('canvas'); canvas.width = canvas.width; }"


def draw(page: Page, selector: str, points: list[tuple[float, float]]) -> None:
    """A stroke through points given as fractions of the element."""
    box = page.locator(selector).bounding_box()
    assert box is not None
    at = [(box["x"] + x * box["width"], box["y"] + y * box["height"]) for x, y in points]
    page.mouse.move(*at[0])
    page.mouse.down()
    for (x0, y0), (x1, y1) in pairwise(at):
        page.mouse.move((x0 + x1) / 2, (y0 + y1) / 2)
        page.mouse.move(x1, y1)
    page.mouse.up()


def heard(page: Page, name: str) -> dict[str, Any]:
    expect(page.locator("#heard")).to_contain_text(name)
    place: dict[str, Any] = json.loads(page.locator("#heard").inner_text())
    return place


NAME = [(0.2, 0.3), (0.3, 0.7), (0.4, 0.3), (0.6, 0.6), (0.8, 0.4)]


def test_a_signature_is_handed_in_with_its_strokes_and_times(page: Page, shop: Shop) -> None:
    page.goto("/signature.html")
    draw(page, "canvas", NAME)

    page.get_by_role("button", name="Done").click()

    [post] = shop.wait_for(1)
    drawing = json.loads(post.fields["strokes"])
    assert drawing["width"] == 1000
    assert drawing["height"] == 333
    [group] = drawing["groups"]
    assert len(group["points"]) >= len(NAME)
    assert all(point["time"] > 1_700_000_000_000 for point in group["points"])


def test_a_blank_pad_is_refused(page: Page, shop: Shop) -> None:
    page.goto("/signature.html")

    page.get_by_role("button", name="Done").click()

    expect(page.get_by_text("Please sign first")).to_be_visible()
    assert page.locator("[data-strokes]").input_value() == ""
    assert shop.received == []


def test_a_tap_is_no_signature(page: Page, shop: Shop) -> None:
    page.goto("/signature.html")
    page.locator("canvas").click()

    page.get_by_role("button", name="Done").click()

    expect(page.get_by_text("Please sign first")).to_be_visible()
    assert shop.received == []


def test_a_wiped_pad_is_shown_again_before_it_counts(page: Page, shop: Shop) -> None:
    page.goto("/signature.html")
    draw(page, "canvas", NAME)
    page.evaluate(WIPE)
    assert page.evaluate(INK) == 0

    page.get_by_role("button", name="Done").click()

    assert shop.received == []
    assert page.evaluate(INK) > 0
    page.get_by_role("button", name="Done").click()
    shop.wait_for(1)


def test_turning_the_tablet_keeps_the_ink(page: Page, shop: Shop) -> None:
    page.goto("/signature.html")
    draw(page, "canvas", NAME)

    page.set_viewport_size({"width": 700, "height": 1000})

    expect(page.locator("canvas")).to_have_css("height", "233px")
    assert page.evaluate(INK) > 0
    page.get_by_role("button", name="Done").click()
    drawing = json.loads(shop.wait_for(1)[0].fields["strokes"])
    xs = [point["x"] for point in drawing["groups"][0]["points"]]
    assert drawing["width"] == 700
    assert min(xs) < 0.25 * 700 < 0.75 * 700 < max(xs) < 0.85 * 700


def test_a_reload_keeps_the_ink_and_again_takes_it_away(page: Page) -> None:
    page.goto("/signature.html")
    draw(page, "canvas", NAME)

    page.reload()
    expect(page.locator("canvas")).to_have_css("height", "333px")
    assert page.evaluate(INK) > 0

    page.get_by_role("button", name="Again").click()
    assert page.evaluate(INK) == 0
    page.reload()
    expect(page.locator("canvas")).to_have_css("height", "333px")
    assert page.evaluate(INK) == 0


def test_a_tap_on_the_car_finds_its_zone(page: Page) -> None:
    page.goto("/diagram.html")
    expect(page.locator("damage-diagram[data-ready]")).to_be_visible()

    page.locator("[data-canvas] svg").tap(position={"x": 100, "y": 250})

    place = heard(page, "mark:place")
    assert place["zone"] == "door_front_left"
    assert place["candidates"] == ["door_front_left"]
    assert place["x"] == 0.125
    assert place["y"] == 0.625


def test_a_zone_smaller_than_a_fingertip_is_offered_beside_what_was_hit(page: Page) -> None:
    page.goto("/diagram.html")
    expect(page.locator("damage-diagram[data-ready]")).to_be_visible()

    page.locator("[data-canvas] svg").tap(position={"x": 620, "y": 305})

    place = heard(page, "mark:place")
    assert place["zone"] == "fender_front_left"
    assert place["candidates"] == ["fender_front_left", "side_repeater_left"]


@pytest.mark.parametrize("body", ["saloon", "estate", "suv", "van", "pickup"])
def test_a_tap_on_the_bonnet_of_our_own_drawings_finds_it(page: Page, body: str) -> None:
    page.goto("/diagram.html")
    page.locator("damage-diagram").evaluate(SET_SRC, f"/static/drawings/{body}.svg")
    shapes = page.locator("[data-canvas] svg [data-zone=bonnet]")
    expect(shapes.first).to_be_visible()

    box = shapes.first.bounding_box()
    assert box is not None
    page.touchscreen.tap(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)

    assert heard(page, "mark:place")["zone"] == "bonnet"


def test_a_tap_beside_the_car_is_no_mark(page: Page) -> None:
    page.goto("/diagram.html")
    expect(page.locator("damage-diagram[data-ready]")).to_be_visible()

    page.locator("[data-canvas] svg").tap(position={"x": 400, "y": 50})
    page.locator("[data-canvas] svg").tap(position={"x": 700, "y": 380})

    assert heard(page, "mark:place")["zone"] == "fender_front_left"


def test_a_mark_is_dragged_to_its_place(page: Page) -> None:
    page.goto("/diagram.html")
    expect(page.locator("damage-diagram [data-pin='m1']")).to_be_visible()

    draw(page, "[data-canvas] svg", [(0.25, 0.75), (0.5, 0.7), (0.75, 0.6)])

    move = heard(page, "mark:move")
    assert move["id"] == "m1"
    assert move["zone"] == "fender_front_left"
    assert (move["x"], move["y"]) == (0.75, 0.6)
    expect(page.locator("[data-mark=m1]")).to_have_attribute("data-x", "0.75")


def test_zoomed_in_the_same_place_is_still_found(page: Page) -> None:
    page.goto("/diagram.html")
    expect(page.locator("damage-diagram[data-ready]")).to_be_visible()
    page.get_by_role("button", name="Closer").click()
    expect(page.locator("[data-canvas] svg")).to_have_attribute("viewBox", "200 100 400 200")

    page.locator("[data-canvas] svg").tap(position={"x": 0.5 * 800 - 100, "y": 300})

    place = heard(page, "mark:place")
    assert place["zone"] == "door_front_left"
    assert (place["x"], place["y"]) == (0.4375, 0.625)


def test_two_taps_zoom_and_place_nothing(page: Page) -> None:
    page.goto("/diagram.html")
    expect(page.locator("damage-diagram[data-ready]")).to_be_visible()

    page.locator("[data-canvas] svg").dblclick(position={"x": 100, "y": 300})

    expect(page.locator("[data-canvas] svg")).not_to_have_attribute("viewBox", "0 0 800 400")
    page.get_by_role("button", name="Whole car").click()
    expect(page.locator("[data-canvas] svg")).to_have_attribute("viewBox", "0 0 800 400")
    assert page.locator("#heard").inner_text() == ""


def test_the_car_is_walked_with_the_keyboard(page: Page) -> None:
    page.goto("/diagram.html")
    expect(page.locator("damage-diagram[data-ready]")).to_be_visible()
    page.locator("[data-canvas] svg").focus()

    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    expect(page.locator("[data-zone-name]")).not_to_have_text("")
    page.keyboard.press("Enter")

    assert heard(page, "mark:place")["zone"] in ("fender_front_left", "side_repeater_left")


def test_what_is_drawn_on_a_photo_is_kept_by_leaving(page: Page, shop: Shop) -> None:
    page.goto("/annotator.html")
    expect(page.locator("svg[data-layer] g")).to_have_count(1)
    draw(page, "svg[data-layer]", [(0.2, 0.2), (0.6, 0.5)])
    page.get_by_label("Pen").check()
    page.get_by_label("Yellow").check()
    draw(page, "svg[data-layer]", [(0.1, 0.8), (0.4, 0.9), (0.7, 0.8)])
    page.get_by_label("Word").check()
    page.get_by_label("Text").fill("dent")
    page.locator("svg[data-layer]").click(position={"x": 300, "y": 200})
    expect(page.locator("svg[data-layer] g")).to_have_count(4)

    page.get_by_role("link", name="Done").click()

    [post] = shop.wait_for(1)
    circle, arrow, pen, word = json.loads(post.fields["shapes"])
    assert circle["kind"] == "circle"
    assert arrow == {"kind": "arrow", "colour": 1, "points": [[0.2, 0.2], [0.6, 0.5]]}
    assert (pen["kind"], pen["colour"]) == ("pen", 2)
    assert len(pen["points"]) >= 3
    assert (word["text"], word["points"]) == ("dent", [[0.5, 0.5]])


def test_undo_takes_the_last_shape_away_and_nothing_new_is_not_sent(
    page: Page, shop: Shop, tablet: BrowserContext
) -> None:
    page.goto("/annotator.html")
    draw(page, "svg[data-layer]", [(0.2, 0.2), (0.6, 0.5)])
    expect(page.locator("svg[data-layer] g")).to_have_count(2)

    page.get_by_role("button", name="Undo").click()
    expect(page.locator("svg[data-layer] g")).to_have_count(1)
    page.get_by_role("link", name="Done").click()

    expect(page.get_by_label("Remark")).to_be_visible()
    assert shop.received == []


def test_the_needle_snaps_to_eighths(page: Page) -> None:
    page.goto("/gauge.html")
    expect(page.locator("fuel-gauge[data-unread]")).to_have_count(1)

    draw(page, "svg[data-dial]", [(0.5, 0.1), (0.7, 0.2), (0.81, 0.22)])

    expect(page.get_by_label("Fuel in eighths")).to_have_value("6")
    expect(page.locator("[data-reading]")).to_have_text("3/4")
    expect(page.locator("[data-needle]")).to_have_attribute("transform", "rotate(45 100 100)")


def test_the_gauge_is_set_with_the_keyboard(page: Page) -> None:
    page.goto("/gauge.html")
    gauge = page.get_by_role("slider", name="Fuel")

    gauge.press("End")
    gauge.press("ArrowLeft")

    expect(gauge).to_have_attribute("aria-valuetext", "7/8")
    expect(page.get_by_label("Fuel in eighths")).to_have_value("7")
