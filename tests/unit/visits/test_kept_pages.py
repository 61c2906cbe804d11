"""Pages that are kept while nothing in them changes."""

from inspect_app.visits.kept_pages import KeptPages


def test_a_page_is_drawn_once_for_each_key() -> None:
    drawn: list[str] = []
    pages = KeptPages()

    def draw() -> str:
        drawn.append("page")
        return "page"

    for key in ("a", "a", "b"):
        assert pages.get(key, draw) == "page"

    assert len(drawn) == 2


def test_the_page_that_was_not_read_for_longest_goes_first() -> None:
    pages = KeptPages(most=2)
    for key in ("a", "b", "a", "c"):
        pages.get(key, lambda key=key: key)  # type: ignore[misc]

    assert pages.get("a", lambda: "drawn again") == "a"
    assert pages.get("b", lambda: "drawn again") == "drawn again"
