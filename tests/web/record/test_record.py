"""One page with the whole visit."""

import re
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from flask import Flask
from sqlalchemy import event, update

from inspect_app.db import db
from inspect_app.seeds.photos import take_photo
from inspect_app.seeds.stories import STORIES
from inspect_app.sites.models import Site
from inspect_app.visits.models import Visit, VisitEvent
from inspect_app.visits.queries import visit_of
from tests.conftest import Tablet, sign_in
from tests.factories import arrive, check_in, ready_to_sign

MOST_STATEMENTS = 10


@contextmanager
def counted() -> Iterator[list[str]]:
    """The SQL statements of what runs inside."""
    seen: list[str] = []

    def note(_c: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if not statement.startswith(("BEGIN", "PRAGMA")):
            seen.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(db.engine, "before_cursor_execute", note)


def add_photos(visit_id: str, count: int) -> None:
    visit = visit_of(uuid.UUID(visit_id))
    for _number in range(count):
        take_photo(visit, STORIES[0], "plate", visit.received_by_id, visit.arrived_at)
    db.session.commit()


def test_a_visit_that_has_just_arrived_has_its_record(minji: Tablet) -> None:
    visit_id = arrive(minji)

    page = minji.get(f"/visits/{visit_id}")

    assert page.status_code == 200
    assert "12가" in page.text
    assert "Sora Kim" in page.text
    assert "010-1234-5678" in page.text
    assert f"/visits/{visit_id}/order#lines" in page.text


def test_a_signed_visit_tells_its_whole_story(minji: Tablet, shop: Site) -> None:
    visit_id = check_in(minji)

    page = minji.get(f"/visits/{visit_id}").text

    for words in ("Brake pads, front", "120,000", "Front bumper", "Umbrella", "48,210 km"):
        assert words in page
    assert "Seal 1" in page
    assert re.search(r"[0-9a-f]{64}", page)
    assert f"/visits/{visit_id}/completion" in page


def test_whoever_sees_no_contact_sees_no_customer(app: Flask, minji: Tablet, shop: Site) -> None:
    visit_id = check_in(minji)
    seojun = sign_in(app, "Seojun")

    page = seojun.get(f"/visits/{visit_id}")

    assert page.status_code == 200
    assert "Sora Kim" not in page.text
    assert "010-1234-5678" not in page.text
    assert "/sheet.pdf" not in page.text


def test_the_team_sees_no_record(app: Flask, minji: Tablet) -> None:
    visit_id = arrive(minji)

    assert sign_in(app, "Daniel").get(f"/visits/{visit_id}").status_code == 403


def test_the_record_takes_few_statements_however_many_photos(minji: Tablet, shop: Site) -> None:
    visit_id = check_in(minji)
    with counted() as before:
        minji.get(f"/visits/{visit_id}")
    add_photos(visit_id, 12)
    with counted() as after:
        minji.get(f"/visits/{visit_id}")

    assert len(before) <= MOST_STATEMENTS
    assert len(after) == len(before)


def test_a_photo_after_the_signature_says_so(minji: Tablet, shop: Site) -> None:
    visit_id = check_in(minji)
    add_photos(visit_id, 1)

    assert "arrived after the signature" in minji.get(f"/visits/{visit_id}").text


def test_the_history_says_who_did_what(minji: Tablet, shop: Site) -> None:
    visit_id = check_in(minji)

    page = minji.get(f"/visits/{visit_id}/history")
    fragment = minji.get(
        f"/visits/{visit_id}/history", headers={"HX-Request": "true", "HX-Request-Type": "partial"}
    )

    assert "The customer signed" in page.text
    assert "T17" in page.text
    assert "<html" not in fragment.text
    assert "Sora" not in fragment.text


def test_every_kind_of_event_has_its_sentence(minji: Tablet, shop: Site) -> None:
    visit_id = check_in(minji)
    kinds = set(db.session.scalars(db.select(VisitEvent.kind)))

    page = minji.get(f"/visits/{visit_id}/history").text

    assert [kind for kind in kinds if f"<small>{kind}</small>" in page] == []


def test_the_signed_words_are_there_on_demand(minji: Tablet, shop: Site) -> None:
    visit_id = check_in(minji)
    record = minji.get(f"/visits/{visit_id}").text
    address = re.search(r'href="(/visits/[^"]+/seals/[^"]+)"', record)
    assert address

    page = minji.get(address[1])

    assert "With my name I order this work." in page.text
    assert "data:image/svg+xml;base64," in page.text


def test_a_seal_of_another_visit_is_not_found(minji: Tablet, shop: Site) -> None:
    visit_id = check_in(minji)
    record = minji.get(f"/visits/{visit_id}").text
    seal_id = re.search(r"/seals/([0-9a-f-]{36})", record)
    assert seal_id
    other = arrive(minji, plate="34나 5678")

    assert minji.get(f"/visits/{other}/seals/{seal_id[1]}").status_code == 404


def test_a_visit_of_another_site_is_not_found(minji: Tablet, shop: Site) -> None:
    visit_id = arrive(minji)
    other = Site(id=uuid.uuid4(), code="other", name="Other")
    db.session.add(other)
    db.session.flush()
    db.session.execute(
        update(Visit).where(Visit.id == uuid.UUID(visit_id)).values(site_id=other.id)
    )
    db.session.commit()

    for page in ("", "/history", "/sheet.pdf", "/corrections/new", "/copy"):
        assert minji.get(f"/visits/{visit_id}{page}").status_code == 404, page


def test_what_is_not_signed_is_not_corrected(minji: Tablet, shop: Site) -> None:
    visit_id = ready_to_sign(minji)
    form = {"id": str(uuid.uuid4()), "subject": "other", "text": "x", "reason": "y"}

    assert minji.post(f"/visits/{visit_id}/corrections", form).status_code == 409


def test_an_unchanged_record_is_not_drawn_again(minji: Tablet, shop: Site) -> None:
    visit_id = check_in(minji)
    first = minji.get(f"/visits/{visit_id}").text

    with counted() as statements:
        again = minji.get(f"/visits/{visit_id}").text

    assert again == first
    assert len(statements) == 2


def test_a_kept_record_is_shown_to_nobody_else(app: Flask, minji: Tablet, shop: Site) -> None:
    visit_id = check_in(minji)
    minji.get(f"/visits/{visit_id}")

    assert "Sora Kim" not in sign_in(app, "Seojun").get(f"/visits/{visit_id}").text
