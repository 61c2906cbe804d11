"""A press for the tests of the paper, ended after them."""

from collections.abc import Iterator

import pytest

from inspect_app.sheets.press import Press


@pytest.fixture(scope="module")
def press() -> Iterator[Press]:
    """Return a press of its own."""
    press = Press()
    yield press
    press.close()
