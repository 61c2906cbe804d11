"""What a tablet saved as a file comes in on any running server, once."""

import base64
import hashlib
import json
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from inspect_app.db import db
from inspect_app.imports.shop import Unknown, take_file
from inspect_app.late_entries.models import LateEntry
from inspect_app.orders.models import OrderLine
from inspect_app.photos.models import Photo
from inspect_app.sites.models import Site
from inspect_app.staff.models import Person
from inspect_app.visits.models import Visit
from tests.conftest import Tablet, sign_in
from tests.factories import arrival_form, arrive, check_in, new_id
from tests.web.photos.sending import a_jpeg


def person(name: str) -> str:
    return str(db.session.scalars(select(Person.id).where(Person.name == name)).one())


def entry(url: str, fields: dict[str, Any], *, author: str, visit: str = "", **more: Any) -> Any:
    key = new_id()
    pairs = [[name, str(value)] for name, value in {**fields, "_key": key}.items()]
    return {
        "id": key, "version": 2, "url": url, "visit": visit, "kind": "row",
        "row": fields.get("id"), "fields": pairs,
        "files": [], "author": author, "claim": "", "tablet": "",
        "capturedAt": datetime.now(UTC).isoformat(), "clockOffset": 0, **more,
    }  # fmt: skip


def photo(visit_id: str, author: str) -> Any:
    content, row = a_jpeg(), new_id()
    sha256 = hashlib.sha256(content).hexdigest()
    file = {
        "name": "photo", "filename": "p.jpg", "type": "image/jpeg", "size": len(content),
        "base64": base64.b64encode(content).decode(),
    }  # fmt: skip
    fields = {"id": row, "subject": "angle", "angle": "front", "sha256": sha256}
    return entry(f"/visits/{visit_id}/photos", fields, author=author, visit=visit_id,
                 kind="photo", files=[file], sha256=sha256)  # fmt: skip


def export(*entries: Any) -> bytes:
    return json.dumps({"format": "outbox", "version": 1, "entries": entries}).encode()


def bring(tablet: Tablet, content: bytes, *, take: bool = True) -> Any:
    form = {"file": (BytesIO(content), "outbox.json"), "take": "1" if take else ""}
    return tablet.post("/imports", form, content_type="multipart/form-data")


def a_car(author: str, plate: str = "77다 7777") -> list[Any]:
    """Arrival, an item of its order and a photo, put down in the wrong order."""
    form = arrival_form(plate)
    line = {"id": new_id(), "description": "Wipers", "price": "30000", "new": "1"}
    arrival = entry("/visits", form, author=author, visit=form["id"])
    return [
        arrival,
        photo(form["id"], author),
        entry(f"/visits/{form['id']}/order/lines", line, author=author, visit=form["id"]),
    ]


def rows(kind: Any) -> list[Any]:
    db.session.rollback()
    return list(db.session.scalars(select(kind)))


def test_a_whole_car_comes_in_from_a_file_once(minji: Tablet, shop: Site) -> None:
    content = export(*a_car(person("Minji")))

    first, again = bring(minji, content), bring(minji, content)

    assert first.text.count("badge--good") == 3
    assert "here already" in again.text
    assert len(rows(Visit)) == len(rows(OrderLine)) == len(rows(Photo)) == 1
    assert str(rows(OrderLine)[0].by_id) == person("Minji")


def test_looking_at_a_file_changes_nothing(minji: Tablet, shop: Site) -> None:
    answer = bring(minji, export(*a_car(person("Minji"))), take=False)

    assert "Item of the order" in answer.text
    assert rows(Visit) == []


def test_a_name_that_the_tablet_does_not_prove_waits_for_the_supervisor(
    app: Flask, minji: Tablet, jun: Tablet, shop: Site
) -> None:
    visit_id = arrive(minji)
    line = {"id": new_id(), "description": "Wipers", "price": ""}
    url = f"/visits/{visit_id}/order/lines"

    bring(minji, export(entry(url, line, author=person("Haoran"), visit=visit_id)))

    assert rows(OrderLine) == []
    [kept] = rows(LateEntry)
    assert kept.reason == "claim"
    jun.post(f"/claims/{kept.claim_id}/answers", {"person": person("Haoran")})
    assert [str(row.by_id) for row in rows(OrderLine)] == [person("Haoran")]


def test_what_comes_in_after_the_signature_is_kept_as_such(minji: Tablet, shop: Site) -> None:
    visit_id = check_in(minji)
    line = {"id": new_id(), "description": "Wipers", "price": ""}
    at = datetime(2026, 11, 1, 8, tzinfo=UTC).isoformat()
    one = entry(f"/visits/{visit_id}/order/lines", line, author=person("Minji"), visit=visit_id,
                capturedAt=at)  # fmt: skip

    bring(minji, export(one))

    assert [row.reason for row in rows(LateEntry)] == ["after_signature"]


def test_what_is_refused_says_why(minji: Tablet, shop: Site) -> None:
    visit_id = arrive(minji)
    one = entry(f"/visits/{visit_id}/order/lines", {"id": new_id(), "description": "x",
                "price": "a lot"}, author=person("Minji"), visit=visit_id)  # fmt: skip

    answer = bring(minji, export(one))

    assert "refused" in answer.text
    assert '<span class="field__problem">' in answer.text
    assert rows(OrderLine) == []


@pytest.mark.parametrize(
    "content",
    [
        b"", b"[]", b"\xff\xfe", b'{"format": "outbox"}', b'{"format": "outbox", "entries": [1]}',
        b'{"format": "outbox", "entries": [{"id": "x"}]}', b"[" * 100_000,
        json.dumps({"format": "outbox", "entries": [
            {"id": new_id(), "url": "https://elsewhere/", "capturedAt": "2026-11-01T00:00:00Z"},
        ]}).encode(),
    ],
)  # fmt: skip
def test_a_file_that_no_tablet_saved_is_refused_in_words(
    minji: Tablet, shop: Site, content: bytes
) -> None:
    answer = bring(minji, content)

    assert answer.status_code == 422
    assert "no file that a tablet saved" in answer.text


def test_a_file_does_nothing_that_its_author_may_not(minji: Tablet, shop: Site) -> None:
    me = person("Minji")
    done = bring(minji, export(entry("/sign-out", {}, author=me), entry("/me", {}, author=me)))

    assert done.text.count("badge--bad") == 2
    assert minji.get("/connection").get_json()["person"] == me


def test_the_command_takes_a_file_in(app: Flask, minji: Tablet, shop: Site) -> None:
    sign_in(app, "Jun")
    content = export(*a_car(person("Minji")))
    db.session.rollback()

    lines = take_file(content, by="Jun", look=False)

    assert [line.verdict for line in lines] == ["taken"] * 3
    assert str(rows(OrderLine)[0].by_id) == person("Minji")
    with pytest.raises(Unknown):
        take_file(content, by="Nobody", look=False)
