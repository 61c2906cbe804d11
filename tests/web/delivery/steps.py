"""How a test gives a car back, act by act, through the front door."""

import re
import uuid
from typing import Any

from inspect_app.db import db
from inspect_app.gate_passes.actions import PassDraft, issue
from inspect_app.visits.models import Visit
from tests.conftest import Tablet
from tests.factories import check_in, give_back, new_id, seal_form, signed_document, sitting_on
from tests.web.photos.sending import a_jpeg, send

ALL = {f"packet-{one}": "1" for one in ("gate_pass", "order", "sheet", "guarantee", "papers")}


def visit_now(visit_id: str) -> Visit:
    """The visit as the database has it now."""
    db.session.rollback()
    db.session.expire_all()
    found: Visit = db.session.scalars(db.select(Visit).where(Visit.id == uuid.UUID(visit_id))).one()
    return found


def settled(tablet: Tablet, plate: str = "12가 3456", *, photos: int = 0, **changes: Any) -> str:
    """A car that is settled, its gate pass issued, all its things still here. What happened in
    the workshop is put in directly: it is not what these tests are about."""
    visit_id = check_in(tablet, plate, **changes)
    for place in range(photos):
        angle = ("front_left", "rear", "left", "right")[place]
        assert send(tablet, visit_id, a_jpeg(), subject="angle", angle=angle).status_code == 200
    visit = visit_now(visit_id)
    visit.state = "settled"
    draft = PassDraft(id=uuid.uuid4(), kind="settled", fee_status="paid")
    issue(visit, draft, by=visit.received_by_id, at=visit.state_since)
    db.session.commit()
    return visit_id


def page(tablet: Tablet, visit_id: str) -> str:
    answer = tablet.get(f"/visits/{visit_id}/delivery")
    assert answer.status_code == 200, answer.location
    return answer.text


def act(tablet: Tablet, visit_id: str, what: str, **form: Any) -> Any:
    return tablet.post(f"/visits/{visit_id}/delivery{what}", {"id": new_id(), **form})


def begin(tablet: Tablet, visit_id: str, **changes: Any) -> Any:
    """Takes the key from its hook and hands the packet over."""
    act(tablet, visit_id, "/key-out")
    return act(tablet, visit_id, "", **{**ALL, **changes})


def look_and_count(tablet: Tablet, visit_id: str) -> None:
    """Nothing new, everything back, the key given."""
    for what in ("/outside", "/everything-back", "/key"):
        assert act(tablet, visit_id, what).status_code == 303


def hand_over(tablet: Tablet, visit_id: str) -> Any:
    return tablet.post(f"/visits/{visit_id}/sittings/delivery/customer-mode")


def sitting(tablet: Tablet, visit_id: str) -> dict[str, Any]:
    """What the customer's page gives the tablet to seal."""
    return sitting_on(tablet.get(f"/visits/{visit_id}/sittings/delivery/customer").text)


def sign(tablet: Tablet, visit_id: str) -> Any:
    """The customer signs S4 and gives the tablet back."""
    assert hand_over(tablet, visit_id).status_code == 303
    form = seal_form(signed_document(sitting(tablet, visit_id)))
    answer = tablet.post(f"/visits/{visit_id}/sittings/delivery/seals", form)
    back = give_back(tablet, visit_id)
    assert back.location == f"/visits/{visit_id}/delivery"
    return answer


def things_on(text: str) -> list[str]:
    """The ids of belongings and papers as the count shows them."""
    return re.findall(r'name="subject_id" value="([0-9a-f-]{36})"', text)
