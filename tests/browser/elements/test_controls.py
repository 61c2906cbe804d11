"""The small controls every page may have, as a finger uses them."""

import pytest
from playwright.sync_api import Page, expect

from inspect_app.vehicles.faces import PAINTS
from inspect_app.vehicles.rules import plate_style

PLATES = [
    "123가 4567",
    "12나3456",
    "서울 12바 3456",
    "제주1아1234",
    "京A·12345",
    "沪AD12345",
    "粤B12345D",
    "苏E1234挂",
    "京O1234I",
    "AB12 CDE",
    "한국123가4567",
    "",
]


@pytest.fixture
def controls(page: Page) -> Page:
    page.goto("/controls.html")
    page.get_by_role("button", name="Close").click()
    return page


def test_a_plate_takes_the_paint_that_the_rules_give_it(controls: Page) -> None:
    for plate in PLATES:
        paint, _country = PAINTS[plate_style(plate)]

        controls.get_by_label("Plate").fill(plate)

        expect(controls.locator("plate-field")).to_have_attribute("data-paint", paint)


def test_keys_type_erase_and_stop_at_the_longest_pin(controls: Page) -> None:
    seven = controls.get_by_role("button", name="7")

    for _ in range(8):
        seven.click()
    expect(controls.get_by_label("PIN")).to_have_value("777777")
    controls.get_by_role("button", name="Erase").click()

    expect(controls.get_by_label("PIN")).to_have_value("77777")


def test_a_count_stays_within_its_limits(controls: Page) -> None:
    for _ in range(4):
        controls.get_by_role("button", name="More").click()
    expect(controls.get_by_label("Keys")).to_have_value("2")
    for _ in range(4):
        controls.get_by_role("button", name="Less").click()

    expect(controls.get_by_label("Keys")).to_have_value("0")


def test_an_undo_leaves_by_itself_but_not_under_a_finger(page: Page) -> None:
    page.clock.install()
    page.goto("/controls.html")
    page.get_by_role("button", name="Close").click()
    undo = page.get_by_role("button", name="Undo")

    undo.focus()
    page.clock.run_for(5_000)
    expect(undo).to_be_visible()
    undo.blur()
    page.clock.run_for(1_500)

    expect(page.locator("undo-bar")).to_have_count(0)


def test_the_chosen_colours_stay_on_the_tablet(controls: Page) -> None:
    expect(controls.locator("html")).to_have_attribute("data-theme", "day")

    controls.get_by_role("button", name="Day or night").click()
    controls.reload()

    expect(controls.locator("html")).to_have_attribute("data-theme", "night")


def test_a_sheet_that_came_as_an_answer_leaves_the_page_when_closed(controls: Page) -> None:
    expect(controls.locator("open-sheet")).to_have_count(0)
