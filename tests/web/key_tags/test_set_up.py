"""Cabinets and tags are set up, labels of all tags printed, lost tags retired."""

import uuid
from typing import Any

import pypdfium2
import pytest
import zxingcpp
from flask import Flask
from sqlalchemy import func, select

from inspect_app.db import db
from inspect_app.key_tags.models import Cabinet, KeyMovement, KeyRegistration, KeyTag, Slot
from inspect_app.sites.models import Site
from tests.conftest import Tablet, sign_in
from tests.factories import new_id, ready_to_sign


def cabinet_form(**changes: Any) -> dict[str, Any]:
    return {"id": new_id(), "name": "b", "rows": "2", "columns": "3", **changes}


def count(kind: type[Any]) -> int:
    db.session.expire_all()
    return db.session.scalar(select(func.count()).select_from(kind)) or 0


def test_a_second_cabinet_has_hooks_of_its_own_names(minji: Tablet, shop: Site) -> None:
    form = cabinet_form()

    first = minji.post("/cabinets", form)
    again = minji.post("/cabinets", form)

    assert (first.status_code, again.status_code) == (303, 303)
    labels = list(
        db.session.scalars(
            select(Slot.label)
            .join(Cabinet, Cabinet.id == Slot.cabinet_id)
            .where(Cabinet.name == "B")
            .order_by(Slot.position)
        )
    )
    assert labels == ["B-A1", "B-A2", "B-A3", "B-B1", "B-B2", "B-B3"]
    assert "Cabinet B" in minji.get("/cabinet").text


@pytest.mark.parametrize(
    "changes",
    [
        {"name": ""},
        {"name": "A"},
        {"name": "나"},
        {"name": "a very long name"},
        {"rows": "0"},
        {"rows": "27"},
        {"columns": "13"},
        {"columns": ""},
        {"columns": "many"},
        {"id": "none"},
    ],
)
def test_a_cabinet_that_is_none_is_refused(
    minji: Tablet, shop: Site, changes: dict[str, str]
) -> None:
    answer = minji.post("/cabinets", cabinet_form(**changes))

    assert answer.status_code == 422
    assert (count(Cabinet), count(Slot)) == (1, 40)


def test_tags_are_issued_after_the_highest_number(minji: Tablet, shop: Site) -> None:
    assert minji.post("/tags", {"count": "3"}).status_code == 303

    assert count(KeyTag) == 43
    assert len(set(db.session.scalars(select(KeyTag.token)))) == 43


@pytest.mark.parametrize("number", ["", "0", "-1", "313", "9" * 20, "x"])
def test_a_number_of_tags_that_is_none_is_refused(minji: Tablet, shop: Site, number: str) -> None:
    assert minji.post("/tags", {"count": number}).status_code == 422
    assert count(KeyTag) == 40


def test_a_lost_tag_is_retired_and_its_key_goes_on_under_a_new_one(
    minji: Tablet, shop: Site
) -> None:
    ready_to_sign(minji)
    key = str(db.session.scalars(select(KeyRegistration.id)).one())
    lost = db.session.scalars(select(KeyTag.token).where(KeyTag.number == 1)).one()
    db.session.commit()
    minji.post(
        f"/keys/{key}/movements", {"id": new_id(), "kind": "taken_out", "reason": "wash", "seen": 0}
    )

    answer = minji.post("/tags/retirements", {"number": "1", "reason": "lost", "replace": "1"})

    assert answer.status_code == 303
    page = minji.get(f"/keys/{key}").text
    assert "Key 41" in page
    assert "Minji took it: Wash" in page
    assert count(KeyMovement) == 1
    scanned = minji.get(f"/scan?code={lost}")
    assert scanned.status_code == 404
    assert "Tag 1 is retired" in scanned.text


def test_a_tag_on_a_key_is_not_retired_without_a_new_one(minji: Tablet, shop: Site) -> None:
    ready_to_sign(minji)

    answer = minji.post("/tags/retirements", {"number": "1", "reason": "lost"})

    assert answer.status_code == 409
    assert "A key hangs on this tag" in answer.text


@pytest.mark.parametrize(
    "form", [{"number": "999", "reason": "lost"}, {"number": "", "reason": "lost"}, {"number": "3"}]
)
def test_a_retirement_needs_a_tag_and_a_reason(
    minji: Tablet, shop: Site, form: dict[str, str]
) -> None:
    assert minji.post("/tags/retirements", form).status_code == 422


@pytest.mark.parametrize("format_", ["l7159", "l7160", "l7163", "3474", "3475", "roll"])
def test_labels_of_all_tags_are_printed_in_every_format(
    minji: Tablet, shop: Site, format_: str
) -> None:
    answer = minji.get(f"/tags/labels?format={format_}&first=1&last=30")

    assert answer.status_code == 200
    codes = set()
    with pypdfium2.PdfDocument(answer.data) as document:
        for page in document:
            codes |= {c.text for c in zxingcpp.read_barcodes(page.render(scale=203 / 72).to_pil())}
    wanted = db.session.scalars(select(KeyTag.token).where(KeyTag.number <= 30))
    assert codes == {f"HTTPS://KEYS.HANBIT.EXAMPLE/K/{token}" for token in wanted}


@pytest.mark.parametrize(
    ("format_", "begins"), [("zpl203", "^XA"), ("zpl300", "^XA"), ("svg", "<svg")]
)
def test_labels_for_other_printers_are_files(
    minji: Tablet, shop: Site, format_: str, begins: str
) -> None:
    answer = minji.get(f"/tags/labels?format={format_}&first=2&last=3&plates=1")

    assert answer.text.startswith(begins)
    assert "attachment" in answer.headers["Content-Disposition"]


def test_the_codes_of_all_hooks_are_printed_and_known_to_a_round(minji: Tablet, shop: Site) -> None:
    answer = minji.get("/tags/labels?format=roll&what=hooks")

    with pypdfium2.PdfDocument(answer.data) as document:
        pages = len(document)
        (code,) = zxingcpp.read_barcodes(document[11].render(scale=203 / 72).to_pil())
    assert (pages, code.text) == (40, "HOOK:B4")
    assert "Hook B4" in minji.get("/rounds/codes", query_string={"code": code.text}).text


@pytest.mark.parametrize(
    "query",
    ["what=cars", "format=a5", "first=900&last=901", "first=x", "format=l7160&skip=21", "first=0"],
)
def test_labels_that_can_not_be_printed_say_why(minji: Tablet, shop: Site, query: str) -> None:
    assert minji.get(f"/tags/labels?{query}").status_code == 422


def test_a_washer_sets_nothing_up(app: Flask, shop: Site) -> None:
    daniel = sign_in(app, "Daniel")

    assert daniel.get("/cabinet").status_code == 200
    assert daniel.get("/cabinet/set-up").status_code == 403
    assert daniel.post("/tags", {"count": "1"}).status_code == 403
    assert daniel.post("/cabinets", cabinet_form(id=str(uuid.uuid4()))).status_code == 403
