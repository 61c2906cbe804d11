"""Real strokes and the strangest strings are signed as they are."""

import json
import uuid
from typing import Any

import pytest

from inspect_app.db import db
from inspect_app.orders.models import OrderLine
from inspect_app.signatures.models import Seal
from inspect_app.signatures.strokes import read_strokes
from inspect_app.sites.models import Site
from inspect_app.visits.models import Visit
from tests.conftest import Tablet, corpus
from tests.factories import hand_over, ready_to_sign, seal_form, signed_document, sitting_on

MADE = [
    "</script><script>alert(1)</script>",
    "'; drop table seals; --",
    "‮abc",
    "\u2028",
    "🚗👩‍🔧",
    "{n}",
]


def strange_texts() -> list[str]:
    place = corpus()
    if place is None:
        return MADE
    found: list[str] = json.loads((place / "text" / "blns.json").read_text("utf-8"))
    return MADE + [text[:300] for text in found if text.strip() and "\x00" not in text]


def real_drawings() -> list[Any]:
    place = corpus()
    if place is None:
        return []
    folder = place / "signatures"
    korean = json.loads((folder / "omniglot-korean-pointgroups.json").read_text("utf-8"))
    return [
        json.loads((folder / "signature_pad-face.json").read_text("utf-8")),
        *(one["pointGroups"] for one in korean[:3]),
    ]


def test_strange_texts_are_shown_signed_and_compared_as_they_are(minji: Tablet, shop: Site) -> None:
    visit_id = ready_to_sign(minji)
    line = db.session.scalars(db.select(OrderLine).limit(1)).one()
    for position, text in enumerate(strange_texts()):
        db.session.add(
            OrderLine(
                order_id=line.order_id, position=position, description=text, price_amount=None,
                by_id=line.by_id, captured_at=line.captured_at,
            )
        )  # fmt: skip
    db.session.commit()
    hand_over(minji, visit_id)

    sitting = sitting_on(minji.get(f"/visits/{visit_id}/customer").text)
    form = seal_form(signed_document(sitting, name=MADE[0]))
    answer = minji.post(f"/visits/{visit_id}/seals", form)

    assert answer.location == f"/visits/{visit_id}/thank-you"
    seal = db.session.scalars(db.select(Seal)).one()
    assert seal.differences == []
    assert "<script>alert(1)" not in minji.get(answer.location).text


@pytest.mark.parametrize("number", range(4))
def test_a_real_name_is_taken(minji: Tablet, shop: Site, number: int) -> None:
    drawings = real_drawings()
    if not drawings:
        pytest.skip("CORPUS is not set; the made stroke of the factory proves the same")
    visit_id = ready_to_sign(minji)
    hand_over(minji, visit_id)
    sitting = sitting_on(minji.get(f"/visits/{visit_id}/customer").text)
    drawing = read_strokes(drawings[number], 600, 400).as_drawing()

    answer = minji.post(
        f"/visits/{visit_id}/seals", seal_form(signed_document(sitting, drawing=drawing))
    )

    visit = db.session.scalars(db.select(Visit).where(Visit.id == uuid.UUID(visit_id))).one()
    assert answer.status_code == 303
    assert visit.state == "checked_in"
