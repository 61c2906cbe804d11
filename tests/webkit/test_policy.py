"""The strict content policy holds in WebKit."""

from tests.webkit.finger import Finger


def test_a_style_slipped_into_the_page_is_refused_and_noticed(finger: Finger) -> None:
    colour = finger.browser.execute_script(
        "document.body.setAttribute('style', 'color: rgb(1, 2, 3)');"
        "return getComputedStyle(document.body).color"
    )

    assert colour != "rgb(1, 2, 3)"
    finger.until(finger.problems, "the broken policy was not noticed")
    assert finger.problems() == ["style-src-attr inline"]
    finger.forget_problems()
