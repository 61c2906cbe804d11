"""What a test needs to stand on, made through the front door as a person would."""

import hashlib
import json
import re
import uuid
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

from sqlalchemy import select

from inspect_app.belongings.models import Belonging, Box, BoxUse, Count
from inspect_app.catalogues import codes
from inspect_app.db import db
from inspect_app.key_tags.models import KeyRegistration, KeyTag, Slot
from inspect_app.orders.models import Order, OrderLine
from inspect_app.papers.models import Paper
from inspect_app.papers.rules import asked_papers
from inspect_app.readings.models import Reading
from inspect_app.signatures.canonical import canonical
from inspect_app.signatures.seal import build_document
from inspect_app.signatures.strokes import read_strokes
from inspect_app.signatures.times import iso_ms
from inspect_app.visits.models import Visit
from inspect_app.walkaround.models import Check, Mark, Walkaround


def new_id() -> str:
    """An id as a tablet makes it."""
    return str(uuid.uuid4())


def arrival_form(plate: str = "12가 3456", **changes: Any) -> dict[str, Any]:
    """The arrival of customer Sora with a petrol saloon, as the form sends it."""
    form: dict[str, Any] = {
        "id": new_id(),
        "order_id": new_id(),
        "vehicle_id": new_id(),
        "customer_id": new_id(),
        "plate": plate,
        "body_type": "saloon",
        "powertrain": "petrol",
        "make": "Hyundai",
        "model": "Sonata",
        "purpose": "repair",
        "bay": "Bay 1",
        "customer_name": "Sora Kim",
        "customer_phone": "010-1234-5678",
        "customer_locale": "en",
        "bringer_relation": "owner",
        "consent_data": "yes",
        "consent_contact": "yes",
        "consent_promotion": "no",
    }
    form.update(changes)
    return form


def arrive(tablet: Any, plate: str = "12가 3456", **changes: Any) -> str:
    """Takes a car in on this tablet; returns the visit's id."""
    form = arrival_form(plate, **changes)
    answer = tablet.post("/visits", form)
    assert answer.status_code == 303, answer.text
    return str(form["id"])


STROKE = [(40, 120), (90, 60), (140, 130), (200, 70), (260, 125), (340, 80), (420, 110)]
"""A name as a quick hand draws it, in CSS px of a 600 by 240 pad."""


def strokes(at: datetime | None = None, points: list[tuple[int, int]] | None = None) -> Any:
    """One stroke of a name as the `drawing` of a sealed document, ended at `at` (UTC)."""
    ended = int((at or datetime.now(UTC)).timestamp() * 1000) - 50
    drawn = STROKE if points is None else points
    group = [
        {"x": x, "y": y, "time": ended - 20 * (len(drawn) - place), "pressure": 0.5}
        for place, (x, y) in enumerate(drawn)
    ]
    return read_strokes([{"points": group}], 600, 240).as_drawing()


def ready_to_sign(
    tablet: Any,
    plate: str = "12가 3456",
    *,
    paper_missing: bool = True,
    marks: int = 2,
    at: datetime | None = None,
    **changes: Any,
) -> str:
    """A visit in which all is captured and nothing signed: order, walk-around, papers (one not
    handed in), belongings, readings, key. Rows are put in directly; needs the `shop` fixture."""
    visit_id = uuid.UUID(arrive(tablet, plate, **changes))
    visit = db.session.scalars(select(Visit).where(Visit.id == visit_id)).one()
    captured: dict[str, Any] = {
        "by_id": visit.received_by_id,
        "captured_at": at or datetime.now(UTC),
    }
    order = db.session.scalars(select(Order).where(Order.visit_id == visit_id)).one()
    order.customer_words = "It squeals when I brake."
    order.promised_at = captured["captured_at"] + timedelta(hours=6)
    order.old_parts_back, order.call_limit_amount = True, 300_000
    for position, (words, price) in enumerate((("Brake pads, front", 120_000), ("Noise", None))):
        db.session.add(
            OrderLine(
                order_id=order.id, position=position, description=words, price_amount=price,
                **captured,
            )
        )  # fmt: skip
    add: Any = partial(_add_captured, visit_id=visit_id, **captured)
    add(Walkaround, body_condition="dirty", light="day")
    for station in codes("stations"):
        add(Check, list_name="zone", code=station, result="normal")
    add(Check, list_name="indicator", code="check_engine", result="on", remark="since Monday")
    for number in range(1, marks + 1):
        add(
            Mark, vehicle_id=visit.vehicle_id, number=number, zone="front_bumper",
            x=number / (marks + 1), y=0.25, damage_type="scratch", size_class=2,
        )  # fmt: skip
    for code in asked_papers(order.category):
        received = not (paper_missing and code == "compulsory_insurance")
        wrong = {} if received else {"discrepancy": "Left at home", "agreed": "Comes by mail"}
        add(Paper, code=code, received=received, is_complete=True, is_intact=True, **wrong)
    add(Belonging, code="umbrella", quantity=2, condition="good")
    add(Belonging, code="sunglasses", place="in_box")
    add(Count, valuables="none", notice_told_at=captured["captured_at"])
    add(BoxUse, box_id=_free(Box, BoxUse.box_id).id)
    add(Reading, odometer=48_210, odometer_km=48_210, fuel_eighths=5)
    tag, slot = _free(KeyTag, KeyRegistration.tag_id), _free(Slot, KeyRegistration.slot_id)
    add(KeyRegistration, tag_id=tag.id, slot_id=slot.id, keys_count=2)
    db.session.commit()
    return str(visit_id)


def _add_captured(kind: type[Any], **values: Any) -> None:
    db.session.add(kind(id=uuid.uuid4(), **values))


def _free(kind: Any, used: Any) -> Any:
    return db.session.scalars(select(kind).where(kind.id.not_in(select(used))).limit(1)).one()


def hand_over(tablet: Any, visit_id: str, only: str = "") -> Any:
    """Hands the tablet to the customer; returns the answer."""
    return tablet.post(f"/visits/{visit_id}/customer-mode", {"only": only} if only else {})


def sitting_on(page: str) -> dict[str, Any]:
    """What the customer's page gives the tablet to make the document of."""
    found = re.search(r'<script type="application/json" id="sitting">(.*?)</script>', page, re.S)
    assert found, page
    sitting: dict[str, Any] = json.loads(found[1])
    return sitting


def signed_document(
    sitting: dict[str, Any], *, name: str = "Sora Kim", drawing: Any = None, **changes: Any
) -> dict[str, Any]:
    """The document that the tablet makes of a sitting: all acknowledged, one drawing for all."""
    at = datetime.now(UTC)
    members = {key: sitting[key] for key in ("site", "visit", "language", "taken_by")}
    sitting_now = {
        **members,
        "statements": [{**s, "acknowledged_at": iso_ms(at)} for s in sitting["statements"]],
        "signer": {"name": name, "relation": "owner"},
        "drawing": drawing or strokes(at),
        "signed_at": iso_ms(at),
        "tablet": {"id": sitting["tablet"]["id"], "clock_offset_ms": 0},
        **changes,
    }
    return build_document(sitting_now)


def seal_form(document: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """The form that carries a document."""
    raw = canonical(document)
    form: dict[str, Any] = {
        "id": new_id(),
        "document": raw.decode(),
        "sha256": hashlib.sha256(raw).hexdigest(),
    }
    form.update(changes)
    return form


def sign(tablet: Any, visit_id: str, *, lang: str = "", only: str = "") -> Any:
    """Hands over, signs everything that is due with one drawing; returns the answer."""
    hand_over(tablet, visit_id, only)
    page = tablet.get(f"/visits/{visit_id}/customer?lang={lang}&only={only}")
    assert page.status_code == 200, page.location
    form = seal_form(signed_document(sitting_on(page.text)))
    return tablet.post(f"/visits/{visit_id}/seals", form)


def give_back(tablet: Any, visit_id: str, person: str = "", pin: str = "1111") -> Any:
    """The receptionist's PIN brings the tablet back; returns the answer."""
    form = {"pin": pin, "person": person} if person else {"pin": pin}
    return tablet.post(f"/visits/{visit_id}/give-back", form)


def check_in(tablet: Any, plate: str = "12가 3456", **changes: Any) -> str:
    """A visit signed, sealed and checked in, with the tablet back in Minji's hand."""
    visit_id = ready_to_sign(tablet, plate, **changes)
    answer = sign(tablet, visit_id)
    assert answer.status_code == 303, answer.text
    give_back(tablet, visit_id)
    return visit_id


def save_head(tablet: Any, visit_id: str, part: str, **fields: Any) -> None:
    """Saves one part of the order's head: words, start, promise, wishes or rare."""
    answer = tablet.post(f"/visits/{visit_id}/order", {"part": part, **fields})
    assert answer.status_code == 303, answer.text


def add_line(tablet: Any, visit_id: str, description: str, price: str = "") -> str:
    """Adds an item to the order; returns the line's id."""
    line_id = new_id()
    form = {"id": line_id, "description": description, "price": price}
    answer = tablet.post(f"/visits/{visit_id}/order/lines", form)
    assert answer.status_code == 303, answer.text
    return line_id
