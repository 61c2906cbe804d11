"""What a tablet captured before it knew of the signature is kept whole and shown."""

from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import Any

from sqlalchemy import select

from inspect_app.db import db
from inspect_app.late_entries.models import LateEntry, LateFile
from inspect_app.orders.models import OrderLine
from inspect_app.sites.models import Site
from inspect_app.visits.models import VisitEvent
from tests.conftest import Tablet
from tests.factories import arrive, check_in, new_id


def captured(minutes_ago: float, *, offset_ms: int = 0) -> dict[str, str]:
    """The headers of an entry that was captured so long ago."""
    at = datetime.now(UTC) - timedelta(minutes=minutes_ago, milliseconds=offset_ms)
    return {
        "Idempotency-Key": new_id(),
        "X-Captured-At": at.isoformat(),
        "X-Clock-Offset": str(offset_ms),
    }


def belonging(**changes: Any) -> dict[str, Any]:
    return {"id": new_id(), "code": "umbrella", "quantity": "3", "remark": "red one", **changes}


def entries() -> list[LateEntry]:
    db.session.rollback()
    return list(db.session.scalars(select(LateEntry)))


def test_what_was_captured_before_the_seal_is_kept_and_shown(minji: Tablet, shop: Site) -> None:
    visit_id, headers = check_in(minji), captured(5)
    url = f"/visits/{visit_id}/belongings"

    first = minji.htmx_post(url, belonging(), headers=headers)
    again = minji.htmx_post(url, belonging(), headers=headers)

    assert (first.status_code, again.status_code) == (200, 200)
    assert first.headers["Idempotency-Key"] == headers["Idempotency-Key"]
    assert first.headers["X-Late-Entry"] == "after_signature"
    [entry] = entries()
    assert ["remark", "red one"] in entry.fields
    assert entry.tablet_clock == headers["X-Captured-At"]
    page = minji.get(f"/visits/{visit_id}/late-entries").text
    assert "red one" in page
    assert f"/visits/{visit_id}/late-entries" in minji.get(f"/visits/{visit_id}").text
    assert "arrived after the signature" in minji.get("/due").text


def test_whoever_works_on_a_signed_visit_is_told_at_once(minji: Tablet, shop: Site) -> None:
    visit_id = check_in(minji)

    answer = minji.htmx_post(f"/visits/{visit_id}/belongings", belonging(), headers=captured(0))

    assert answer.status_code == 409
    assert "customer has signed" in answer.text
    assert entries() == []


def test_looking_at_it_changes_nothing_but_the_question(minji: Tablet, shop: Site) -> None:
    visit_id = check_in(minji)
    minji.htmx_post(f"/visits/{visit_id}/belongings", belonging(), headers=captured(5))
    [entry] = entries()

    answer = minji.post(f"/visits/{visit_id}/late-entries/{entry.id}/answers")

    assert answer.status_code == 303
    assert "arrived after the signature" not in minji.get("/due").text
    assert "Looked at" in minji.get(f"/visits/{visit_id}/late-entries").text
    assert [one.answer for one in entries()] == ["seen"]


def test_a_file_of_a_late_entry_is_kept_byte_by_byte(minji: Tablet, shop: Site) -> None:
    visit_id = check_in(minji)
    form = {**belonging(), "paper": (BytesIO(b"\x89PNG rest"), "a.png")}

    minji.post(f"/visits/{visit_id}/papers", form, headers=captured(5))

    file = db.session.scalars(select(LateFile)).one()
    answer = minji.get(f"/visits/{visit_id}/late-entries/{file.entry_id}/files/{file.id}")
    assert answer.data == b"\x89PNG rest"


def test_every_capture_keeps_both_clocks(minji: Tablet, shop: Site) -> None:
    visit_id, two_hours = arrive(minji), -2 * 3600 * 1000
    headers = captured(1, offset_ms=two_hours)

    minji.htmx_post(
        f"/visits/{visit_id}/order/lines",
        {"id": new_id(), "description": "Wipers", "price": ""},
        headers=headers,
    )

    event = db.session.scalars(
        select(VisitEvent).where(VisitEvent.kind == "order.line_added")
    ).one()
    line = db.session.scalars(select(OrderLine)).one()
    assert event.tablet_clock == headers["X-Captured-At"]
    assert event.clock_offset_ms == two_hours
    told = datetime.fromisoformat(event.tablet_clock)
    assert line.captured_at == told + timedelta(milliseconds=two_hours)
    assert line.recorded_at >= line.captured_at
