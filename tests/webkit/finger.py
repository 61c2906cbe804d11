"""A finger on the glass of WebKit: what it touches is waited for, nothing is slept through."""

import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

from selenium.common.exceptions import (
    ElementClickInterceptedException,
    ElementNotInteractableException,
    NoSuchElementException,
    StaleElementReferenceException,
    TimeoutException,
)
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.command import Command
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.wait import WebDriverWait
from selenium.webdriver.webkitgtk.webdriver import WebDriver

PATIENCE_S = 20.0
LOOK_EVERY_S = 0.05
STEP_MS = 8
"""One sample of a moving finger, as a tablet of 120 Hz takes them."""

WATCH = """
if (!window.watched) {
  window.watched = true;
  const note = (words) => {
    const noted = JSON.parse(sessionStorage.getItem("problems") ?? "[]");
    sessionStorage.setItem("problems", JSON.stringify([...noted, words]));
  };
  document.addEventListener("securitypolicyviolation", (event) =>
    note(`${event.effectiveDirective} ${event.blockedURI}`));
  addEventListener("error", ({ message }) => note(message));
  addEventListener("unhandledrejection", ({ reason }) => note(String(reason)));
}
"""
"""Kept over pages. What breaks while a page is still loading is before it."""

Stroke = Sequence[tuple[float, float]]
Seen = TypeVar("Seen")


def button(words: str) -> str:
    """XPath of a button by its words."""
    return f"//button[normalize-space()={quoted(words)} or @aria-label={quoted(words)}]"


def link(words: str, within: str = "") -> str:
    """XPath of a link by a part of its words."""
    return f"{within}//a[contains(normalize-space(), {quoted(words)})]"


def choice(words: str) -> str:
    """XPath of a tile of a question: the label is what the finger meets."""
    return f"//label[contains(@class, 'choice')][normalize-space()={quoted(words)}]"


def quoted(words: str) -> str:
    """Words as XPath takes them."""
    return f"'{words}'" if "'" not in words else f'"{words}"'


class Finger:
    """One person's finger. Places are CSS selectors, or XPaths where they begin with //."""

    def __init__(self, browser: WebDriver, shop: str, album: Path) -> None:
        self.browser = browser
        self._album = album
        self._shop = shop

    def open(self, path: str) -> None:
        """Goes to a page of the shop."""
        self.browser.get(self._shop + path)
        self.arrives(re.escape(path) if path != "/" else ".*")

    def arrives(self, path: str) -> None:
        """Waits until this page is there and its script runs."""
        pattern = re.compile(rf"^http://[^/]+{path}([?#].*)?$")
        self.until(lambda: pattern.match(self.browser.current_url), f"no page like {path}")
        self.browser.execute_script(WATCH)
        self.sees("html[data-ready]")

    def sees(self, place: str) -> WebElement:
        """What is shown there."""
        return self.until(lambda: next(iter(self._shown(place)), None), f"{place} is not shown")

    def finds(self, place: str) -> WebElement:
        """What stands there, shown or not."""
        return self.until(lambda: next(iter(self.all(place)), None), f"there is no {place}")

    def counts(self, place: str, count: int) -> None:
        """Waits until there are so many."""
        self.until(lambda: len(self.all(place)) == count, f"not {count} of {place}")

    def reads(self, place: str, words: str) -> None:
        """Waits until the place says it (a pattern)."""
        self.until(
            lambda: re.search(words, " ".join(self.finds(place).text.split())),
            f"{place} does not say {words!r}",
        )

    def holds(self, place: str, value: str) -> None:
        """Waits until the field holds this value."""
        self.until(lambda: self.finds(place).get_property("value") == value, f"{place}: no {value}")

    def tap(self, place: str) -> None:
        """One tap in the middle of what is shown there, scrolled from under what covers it."""

        def tapped() -> bool:
            glass = self.sees(place)
            try:
                glass.click()
            except (ElementClickInterceptedException, ElementNotInteractableException):
                self._scroll_to(glass)
                raise
            return True

        self.until(tapped, f"{place} cannot be tapped")

    def tap_and_await(self, place: str, redrawn: str) -> None:
        """A tap whose answer redraws its place; the next tap is for what stands there then."""
        old = self.finds(redrawn)
        self.tap(place)
        self.until(lambda: self.finds(redrawn) != old, f"{redrawn} was not drawn anew")

    def tap_largest(self, place: str) -> None:
        """One tap in the middle of the largest of these shapes, wherever a drawing shows it."""
        self.sees(place)
        shapes = self.all(place)
        largest = max(shapes, key=lambda shape: self.box(shape)[2] * self.box(shape)[3])
        self.draw_on(largest, [[(0.5, 0.5)]])

    def type(self, place: str, text: str) -> None:
        """Taps into a field and types."""
        self.tap(place)
        self.sees(place).send_keys(text)

    def enter(self) -> None:
        """The keyboard's own "go"."""
        ActionChains(self.browser).send_keys(Keys.ENTER).perform()

    def picks(self, place: str, photos: Sequence[Path]) -> None:
        """Chooses files for a file input."""
        self.finds(place).send_keys("\n".join(map(str, photos)))

    def draw(self, place: str, strokes: Sequence[Stroke]) -> None:
        """Draws in fractions of what is shown there, sample by sample."""
        self.draw_on(self.sees(place), strokes)

    def draw_on(self, glass: WebElement, strokes: Sequence[Stroke]) -> None:
        """The same on what was already found."""
        self._scroll_to(glass)
        left, top, width, height = self.box(glass)
        moves: list[dict[str, object]] = []
        for stroke in strokes:
            for number, (x, y) in enumerate(stroke):
                place = {"x": round(left + x * width), "y": round(top + y * height)}
                moves.append({"type": "pointerMove", "duration": STEP_MS, **place})
                if number == 0:
                    moves.append({"type": "pointerDown", "button": 0})
            moves.append({"type": "pointerUp", "button": 0})
        # By the standard's own words: Selenium's classes for it carry no types.
        pointer = {"type": "pointer", "id": "finger", "actions": moves}
        self.browser.execute(Command.W3C_ACTIONS, {"actions": [pointer]})

    def box(self, element: WebElement) -> tuple[float, float, float, float]:
        """x, y, width and height on the glass, in CSS px."""
        box = self.browser.execute_script(
            "const box = arguments[0].getBoundingClientRect();"
            "return [box.x, box.y, box.width, box.height].map(Number)",
            element,
        )
        x, y, width, height = map(float, box)
        return x, y, width, height

    def problems(self) -> list[str]:
        """What broke the content policy or was thrown on the pages so far."""
        noted = "return JSON.parse(sessionStorage.getItem('problems') ?? '[]')"
        return [str(one) for one in self.browser.execute_script(noted)]

    def forget_problems(self) -> None:
        """After a test that provoked them."""
        self.browser.execute_script("sessionStorage.removeItem('problems')")

    def all(self, place: str) -> list[WebElement]:
        """Whatever is there at this moment."""
        return self.browser.find_elements("xpath" if place[:2] == "//" else "css selector", place)

    def until(self, look: Callable[[], Seen | None], complaint: str) -> Seen:
        """Waits for a true answer; one that vanished under the look is looked for again."""
        waiting = WebDriverWait(
            self.browser, PATIENCE_S, LOOK_EVERY_S,
            (
                NoSuchElementException, StaleElementReferenceException,
                ElementClickInterceptedException, ElementNotInteractableException,
            ),
        )  # fmt: skip
        try:
            found = waiting.until(lambda _: look() or False)
        except TimeoutException as waited:
            last_seen = self._album / "last-seen.png"
            self.browser.save_screenshot(str(last_seen))
            here = self.browser.current_url
            raise AssertionError(f"{complaint} on {here}, seen in {last_seen}") from waited
        assert found
        return found

    def _scroll_to(self, glass: WebElement) -> None:
        self.browser.execute_script("arguments[0].scrollIntoView({block: 'center'})", glass)

    def _shown(self, place: str) -> list[WebElement]:
        return [one for one in self.all(place) if one.is_displayed()]
