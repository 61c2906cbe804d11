"""The main job in WebKit: a car is taken in, signed and sealed."""

from pathlib import Path

from tests.browser.serving import LiveShop
from tests.webkit import steps
from tests.webkit.finger import Finger, link


def test_a_car_is_taken_in_and_sealed(
    finger: Finger, live_shop: LiveShop, photos: list[Path]
) -> None:
    steps.sign_in(finger, "Minji")
    visit = steps.take_in(finger, "34나 5678")
    steps.fill_order(finger)
    finger.tap(link("Walk-around", "//*[@id='actions']"))
    finger.arrives(f"{visit}/walkaround")

    steps.mark_by_tapping(finger, "door_front_left", "Scratch", 2)
    steps.mark_from_the_list(finger, "bonnet", "stone_chip", 1)
    steps.take_photos(finger, photos)
    steps.all_normal(finger)
    steps.papers_and_things(finger)
    finger.tap(link("Readings and key", "//*[@id='actions']"))
    finger.arrives(f"{visit}/readings")
    steps.readings_and_key(finger)
    steps.sign_all(finger)
    steps.take_the_tablet_back(finger, "Minji")

    finger.arrives(visit + ".*")
    finger.open(visit)
    finger.reads(".record__head .badge", "Check-in complete")
    checked = live_shop.command("check")
    assert checked.returncode == 0, checked.stdout + checked.stderr
