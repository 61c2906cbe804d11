"""Steps of a check-in, each on its own page, as a receptionist takes them."""

from collections.abc import Sequence
from pathlib import Path

from selenium.webdriver.support.select import Select

from tests.browser import material
from tests.conftest import PINS
from tests.webkit.finger import Finger, button, choice, link

VISIT = "/visits/[0-9a-f-]+"
STATIONS = 10
NORMAL = "//*[@id='actions']//button[contains(normalize-space(), 'normal')]"
MARKS = "[data-marks] .mark-row:not([data-saving])"


def sign_in(finger: Finger, name: str) -> None:
    """Taps the name, types the PIN, and sees the board."""
    finger.tap(link(name))
    type_pin(finger, name)
    finger.tap(button("Sign in"))
    finger.arrives("/")


def type_pin(finger: Finger, name: str) -> None:
    """On the page's own keys."""
    for digit in PINS[name]:
        finger.tap(button(digit))


def take_in(finger: Finger, plate: str) -> str:
    """A car that was never here. Returns the path of its visit."""
    finger.open("/arrivals/new")
    finger.type("[name=plate]", plate)
    finger.tap(choice("Saloon"))
    for kind in ("data", "contact", "promotion"):
        finger.tap(f"//label[contains(@class, 'choice')][input[@name='consent_{kind}']][1]")
    finger.type("#customer_name", "Sora Kim")
    finger.type("#customer_phone", "010-1234-5678")
    finger.enter()
    finger.arrives(f"{VISIT}/order")
    return "/visits/" + finger.browser.current_url.split("/visits/")[1].split("/")[0]


def fill_order(finger: Finger) -> None:
    """The customer's words, one item, the first offered time."""
    finger.type("#customer_words", "It squeals when I brake.")
    finger.type("#new-description", "Brake pads, front")
    finger.type("#new-price", "120000")
    finger.enter()
    finger.sees("[aria-label='Price of Brake pads, front']")
    finger.tap("#order-promise .chip")
    finger.sees("//*[contains(text(), 'The order is ready to be signed')]")


def mark_by_tapping(finger: Finger, zone: str, kind: str, size: int) -> None:
    """A mark that the shop has answered."""
    before = len(finger.all(MARKS))
    mark(finger, zone, kind, size)
    finger.counts(MARKS, before + 1)


def mark(finger: Finger, zone: str, kind: str, size: int) -> None:
    """Three taps: the part on the drawing, the kind, the size."""
    finger.tap_largest(f'[data-canvas] svg [data-zone="{zone}"]')
    finger.sees("dialog#new-mark")
    finger.tap(f"//dialog[@id='new-mark']{choice(kind)}")
    finger.tap(f'dialog#new-mark button.size[value="{size}"]')


def mark_from_the_list(finger: Finger, zone: str, kind: str, size: int) -> None:
    """The same without a drawing, on a page of its own."""
    before = len(finger.all(MARKS))
    finger.tap(link("Add from a list"))
    Select(finger.sees("#new-zone")).select_by_value(zone)
    Select(finger.sees("#new-kind")).select_by_value(kind)
    finger.tap(f'button.size[value="{size}"]')
    finger.arrives(f"{VISIT}/walkaround")
    finger.counts(MARKS, before + 1)


def take_photos(finger: Finger, photos: Sequence[Path]) -> None:
    """There is no live camera here: the file input takes several, and all arrive."""
    finger.picks("photo-camera#camera input[type=file]", photos)
    finger.counts("#shots [data-photo-tile]", len(photos))
    finger.reads(".safe-count", rf"{len(photos)}\s+of\s+{len(photos)}\s+safe")


def all_normal(finger: Finger) -> None:
    """Every station by one tap; the last leads on to the papers."""
    for _ in range(STATIONS - 1):
        station = finger.finds("#station").get_attribute("data-station")
        finger.tap(NORMAL)
        finger.sees(f'#station:not([data-station="{station}"])')
    finger.tap(NORMAL)
    finger.arrives(f"{VISIT}/things")


def papers_and_things(finger: Finger) -> None:
    """One paper missing, two belongings, no valuables."""
    finger.tap("a[aria-label='Not here: Compulsory insurance policy']")
    finger.tap(button("The customer brings it at collection."))
    finger.tap(f"//dialog{button('Keep')}")
    finger.counts("dialog[open]", 0)
    finger.tap("//section[@id='papers']//button[contains(., 'here and in order') or "
               "starts-with(@aria-label, 'In order: ')]")  # fmt: skip
    finger.counts("#papers [data-state=open]", 0)
    for number in (1, 2):
        finger.tap(f".things__tiles > div:nth-of-type({number}) [data-more]")
    finger.counts("#things-list .row", 2)
    finger.tap_and_await("#count label.tick", "#count")
    finger.tap("//*[@id='count']//label[contains(@class, 'choice')][.//input[@value='none']]")
    finger.reads("#count", "Answered")


def readings_and_key(finger: Finger) -> None:
    """The odometer on the page's keys, the needle dragged, the next free tag."""
    for digit in "48210":
        finger.tap(f"//odometer-check{button(digit)}")
    finger.holds("#odometer", "48210")
    finger.draw("[role=slider]", [[(0.5, 0.2), (0.65, 0.28), (0.79, 0.38)]])
    finger.holds("[name=fuel_eighths]", "6")
    finger.tap(button("Register key"))
    finger.reads("#key", "To put in")
    finger.tap(f"//*[@id='actions']{button('Keep and review')}")
    finger.arrives(f"{VISIT}/review")
    finger.counts("//*[text()='Still to do']", 0)


def sign_all(finger: Finger) -> None:
    """Each statement by its own tap, all by one name drawn on the glass."""
    finger.tap(button("Hand the tablet over"))
    finger.arrives(f"{VISIT}/customer")
    acknowledge(finger, "S1")
    finger.tap(button("I agree with all"))
    for code in ("S2", "SD", "SI"):
        acknowledge(finger, code)
    finger.draw("signature-box canvas", material.signature())
    finger.tap("[data-sign]")
    finger.sees("//h1[contains(normalize-space(), 'Thank you')]")


def acknowledge(finger: Finger, code: str) -> None:
    """The tick of one statement; after the last of a page the next page comes."""
    finger.tap(f"[data-statement={code}] label.tick")
    finger.until(
        lambda: finger.finds(f"[data-statement={code}] [data-acknowledges]").is_selected(),
        f"{code} is not acknowledged",
    )


def take_the_tablet_back(finger: Finger, name: str) -> None:
    """The reception's name and PIN."""
    finger.tap(link("Give the tablet back"))
    finger.arrives(f"{VISIT}/give-back")
    finger.tap(link(name))
    type_pin(finger, name)
    finger.tap(button("Go on"))
