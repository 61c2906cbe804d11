"""Every address of the app, filled with the ids of one real visit."""

import uuid
from datetime import timedelta
from typing import Any

from flask import Flask
from sqlalchemy import select
from werkzeug.routing import Rule

from inspect_app.belongings.models import Belonging
from inspect_app.db import db
from inspect_app.diagnosis.models import Diagnosis, Finding
from inspect_app.gate_passes.models import GatePass
from inspect_app.key_tags.codes import new_token
from inspect_app.key_tags.models import KeyRegistration, KeyTag
from inspect_app.orders.models import Order, OrderLine, OrderPart
from inspect_app.payments.models import Fee, Payment
from inspect_app.photos.models import Photo
from inspect_app.sheets.actions import token_of_link
from inspect_app.sheets.models import SheetLink
from inspect_app.signatures.models import Seal
from inspect_app.visits.models import Visit
from inspect_app.walkaround.models import Mark
from tests.conftest import Tablet
from tests.factories import give_back, ready_to_sign, sign
from tests.web.photos.sending import a_jpeg, send

WORDS = {
    "number": "1",
    "sitting": "delivery",
    "code": "umbrella",
    "kind": "zone",
    "station": "front",
    "size": "screen",
}
"""What an address holds beside ids; a code that is none gives 404, which is an answer too."""


def full_visit(tablet: Tablet, plate: str = "34나 5678", *, signed: bool = True) -> dict[str, str]:
    """A visit with a row of each kind that an address may name; the ids by their name in rules.
    Needs a session bound to the tablet's site."""
    visit_id = ready_to_sign(tablet, plate)
    assert send(tablet, visit_id, a_jpeg()).status_code == 200
    if signed:
        assert sign(tablet, visit_id).status_code == 303
        give_back(tablet, visit_id)
    db.session.rollback()
    here = uuid.UUID(visit_id)
    order_id = _one(select(Order.id).where(Order.visit_id == here))
    registration = _one(select(KeyRegistration.id).where(KeyRegistration.visit_id == here))
    ids: dict[str, Any] = {
        "visit_id": visit_id,
        "photo_id": _one(select(Photo.id).where(Photo.visit_id == here)),
        "mark_id": _one(select(Mark.id).where(Mark.visit_id == here)),
        "line_id": _one(select(Belonging.id).where(Belonging.visit_id == here)),
        "order_line_id": _one(select(OrderLine.id).where(OrderLine.order_id == order_id)),
        "part_id": _a_part(order_id),
        "finding_id": _a_finding(visit_id),
        "registration_id": registration,
        "tag_token": _one(
            select(KeyTag.token).join(KeyRegistration).where(KeyRegistration.id == registration)
        ),
    }
    ids |= _way_out(here)
    if signed:
        ids["seal_id"] = _one(select(Seal.id).where(Seal.visit_id == here))
        ids["link_id"] = _one(select(SheetLink.id).where(SheetLink.visit_id == here))
        ids["token"] = token_of_link(ids["link_id"])
    return {name: str(value) for name, value in ids.items()}


def _way_out(visit_id: uuid.UUID) -> dict[str, Any]:
    """A fee, a payment and a pass of the visit; the token of the pass goes by `pass_token`."""
    visit = db.session.get_one(Visit, visit_id)
    captured: dict[str, Any] = {
        "id": uuid.uuid4(), "visit_id": visit_id, "by_id": visit.received_by_id,
        "captured_at": visit.arrived_at,
    }  # fmt: skip
    fee = Fee(**captured, kind="diagnosis", amount=300_000, told_at=visit.arrived_at)
    money = Payment(
        **captured, kind="payment", purpose="deposit", method="card", amount=120_000,
        number=f"P-{visit.number}",
    )  # fmt: skip
    given = GatePass(
        **captured, number=f"G-{visit.number}", kind="wash", token=new_token(),
        valid_until=visit.arrived_at + timedelta(days=1),
    )  # fmt: skip
    db.session.add_all([fee, money, given])
    db.session.commit()
    return {
        "fee_id": fee.id, "payment_id": money.id, "pass_id": given.id, "pass_token": given.token
    }  # fmt: skip


def _a_finding(visit_id: str) -> uuid.UUID:
    """A finding of the visit's diagnosis."""
    visit = db.session.get_one(Visit, uuid.UUID(visit_id))
    captured: dict[str, Any] = {"by_id": visit.received_by_id, "captured_at": visit.arrived_at}
    diagnosis = Diagnosis(
        id=uuid.uuid4(), visit_id=visit.id, number=f"D-{visit.number}", consent_by="Sora Kim",
        consent_at=visit.arrived_at, fee_told=True, fee_amount=300_000, **captured,
    )  # fmt: skip
    found = Finding(
        id=uuid.uuid4(), diagnosis_id=diagnosis.id, position=1, place="Caliper", urgency="soon",
        **captured,
    )  # fmt: skip
    db.session.add_all([diagnosis, found])
    db.session.commit()
    return found.id


def _a_part(order_id: uuid.UUID) -> uuid.UUID:
    """A part of the first line of the order."""
    line = db.session.scalars(select(OrderLine).where(OrderLine.order_id == order_id)).first()
    assert line is not None
    part = OrderPart(
        line_id=line.id, position=1, name="Brake pads", grade="genuine_new",
        unit_price_amount=74_800, by_id=line.by_id, captured_at=line.captured_at,
    )  # fmt: skip
    db.session.add(part)
    db.session.commit()
    return part.id


def _one(query: Any) -> Any:
    return db.session.scalars(query.limit(1)).one()


def rules_of(app: Flask, method: str) -> list[Rule]:
    """All rules with this method, files of the app apart."""
    found = [rule for rule in app.url_map.iter_rules() if rule.endpoint != "static"]
    return [rule for rule in found if method in (rule.methods or set())]


def address(app: Flask, rule: Rule, ids: dict[str, str]) -> str:
    """The address of a rule, filled with these ids; any id that is not among them is a new one."""
    values: dict[str, Any] = {}
    for name in rule.arguments:
        value = ids.get(name) or WORDS.get(name) or str(uuid.uuid4())
        if name == "line_id" and rule.endpoint.startswith("orders."):
            value = ids.get("order_line_id", value)
        if name == "token" and rule.endpoint.startswith("key_tags."):
            value = ids.get("tag_token", value)
        if name == "token" and rule.endpoint.startswith("gate_passes."):
            value = ids.get("pass_token", value)
        values[name] = uuid.UUID(value) if name.endswith("_id") else value
    _domain, path = rule.build(values, append_unknown=False) or ("", "")
    assert path, rule
    return str(path)
