"""In which order a file's entries are taken: as the tablet itself would have sent them."""

import uuid
from datetime import UTC, datetime

from inspect_app.imports.order import Entry, in_order
from inspect_app.sent import Sent, SentFile

VISIT, MARK, PHOTO, CLAIM = (str(uuid.UUID(int=number)) for number in range(1, 5))


def entry(place: int, url: str, row: str = "", *, photo: bool = False, **more: str) -> Entry:
    files = [SentFile("photo", "p.jpg", "image/jpeg", b"x")] if photo else []
    sent = Sent(uuid.uuid4(), url, list(more.items()), "", 0, datetime.now(UTC), files)
    claim = uuid.UUID(more["claim"]) if "claim" in more else None
    return Entry(sent, place, row, VISIT, None, claim, None)


def urls(*entries: Entry) -> list[str]:
    return [one.sent.url for one in in_order(entries)]


def test_rows_go_before_photos_each_in_the_order_of_capture() -> None:
    found = urls(
        entry(0, "/photos", photo=True), entry(1, "/marks"), entry(2, "/photos/2", photo=True),
        entry(3, "/readings"),
    )  # fmt: skip

    assert found == ["/marks", "/readings", "/photos", "/photos/2"]


def test_what_is_done_to_a_photo_waits_for_it() -> None:
    drawing, photo = entry(1, f"/photos/{PHOTO}/annotations"), entry(0, "/p", PHOTO, photo=True)

    assert urls(photo, drawing) == ["/p", f"/photos/{PHOTO}/annotations"]


def test_a_seal_that_names_a_photo_does_not_wait_for_it() -> None:
    assert urls(entry(0, "/p", PHOTO, photo=True), entry(1, "/seals", photo_id=PHOTO)) == [
        "/seals",
        "/p",
    ]


def test_what_names_a_row_of_the_file_comes_after_it() -> None:
    assert urls(entry(0, "/marks", MARK), entry(1, "/x", mark=MARK)) == ["/marks", "/x"]


def test_entries_that_name_each_other_are_taken_all_the_same() -> None:
    assert len(urls(entry(0, f"/a/{MARK}", VISIT), entry(0, f"/b/{VISIT}", MARK))) == 2
