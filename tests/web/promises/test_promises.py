"""What is promised follows the workshop, and is kept with what was known."""

import re
import uuid
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from inspect_app.appointments.models import PartToPrepare
from inspect_app.db import db, now
from inspect_app.orders.models import Order, OrderLine
from inspect_app.promises.models import Absence, Promise
from inspect_app.promises.queries import situation_of
from inspect_app.sites.models import Site
from inspect_app.staff.models import Person
from inspect_app.visits.models import Visit
from inspect_app.workshop.models import Assignment, Team, TeamMember
from tests.conftest import Tablet
from tests.factories import add_line, arrive, save_head


@pytest.fixture
def team(shop: Site) -> Team:
    """The one team of the shop: two people, sixteen hours a day."""
    for old in db.session.scalars(select(Team)):
        old.closed_at = now()
    row = Team(id=uuid.uuid4(), name="Only team", daily_minutes=960)
    db.session.add(row)
    db.session.flush()
    for name in ("Daniel", "Areum"):
        person_id = db.session.scalars(select(Person.id).where(Person.name == name)).one()
        db.session.add(TeamMember(team_id=row.id, person_id=person_id))
    db.session.commit()
    return row


def _captured(visit_id: str) -> dict[str, Any]:
    by_id = db.session.scalars(
        select(Visit.received_by_id).where(Visit.id == uuid.UUID(visit_id))
    ).one()
    return {"by_id": by_id, "captured_at": now()}


def _load(tablet: Tablet, hours: int, plate: str = "99나 9999") -> str:
    """A car in the plant with so many hours of work."""
    visit_id = arrive(tablet, plate)
    add_line(tablet, visit_id, "Engine out")
    line = db.session.scalars(
        select(OrderLine).join(Order).where(Order.visit_id == uuid.UUID(visit_id))
    ).one()
    line.hours_hundredths = hours * 100
    db.session.commit()
    return visit_id


def _promised(visit_id: str) -> datetime:
    db.session.rollback()
    found = situation_of(uuid.UUID(visit_id), now()).proposal
    assert found is not None
    return found.promised_at


def test_a_full_week_pushes_the_promise(minji: Tablet, shop: Site, team: Team) -> None:
    visit_id = arrive(minji)
    before = _promised(visit_id)

    _load(minji, 4 * 16)

    assert _promised(visit_id) >= before + timedelta(days=3)
    page = minji.get(f"/visits/{visit_id}/order")
    assert "The workshop is full until" in page.text


def test_the_load_of_another_team_does_not_count(minji: Tablet, shop: Site, team: Team) -> None:
    visit_id, other = arrive(minji), Team(id=uuid.uuid4(), name="Other", daily_minutes=480)
    db.session.add(other)
    db.session.commit()
    busy = _load(minji, 80)
    before = _promised(visit_id)
    for car, crew in ((busy, other.id), (visit_id, team.id)):
        db.session.add(Assignment(visit_id=uuid.UUID(car), team_id=crew, **_captured(car)))
    db.session.commit()

    assert _promised(visit_id) < before - timedelta(days=1)


def test_a_part_and_an_absence_push_the_promise(minji: Tablet, shop: Site, team: Team) -> None:
    visit_id = arrive(minji)
    before, today = _promised(visit_id), now().date()
    absence = Absence(
        team_id=team.id, first_on=today - timedelta(days=1), last_on=today + timedelta(days=4),
        **_captured(visit_id),
    )  # fmt: skip
    db.session.add(absence)
    db.session.commit()
    away = _promised(visit_id)
    arrives = PartToPrepare(
        visit_id=uuid.UUID(visit_id), name="Gearbox", price_amount=900_000, state="ordered",
        expected_on=today + timedelta(days=12), **_captured(visit_id),
    )  # fmt: skip
    db.session.add(arrives)
    db.session.commit()

    assert before < away < _promised(visit_id)
    assert "A part arrives on" in minji.get(f"/visits/{visit_id}/order").text


def test_a_promise_is_kept_with_what_was_known_and_never_changed(
    minji: Tablet, shop: Site, team: Team
) -> None:
    visit_id = arrive(minji)
    _load(minji, 8)
    page = minji.get(f"/visits/{visit_id}/order").text
    first = re.findall(r'name="promised_at" value="([^"]+)"', page)[0]

    save_head(minji, visit_id, "promise", promised_at=first)
    save_head(minji, visit_id, "promise", promised_at=first)
    save_head(minji, visit_id, "promise", promised_at="2027-01-12T10:00")

    db.session.rollback()
    rows = db.session.scalars(select(Promise).order_by(Promise.captured_at)).all()
    assert len(rows) == 2
    assert rows[0].promised_at == rows[0].proposed_at
    assert (rows[0].backlog_minutes, rows[0].daily_minutes) == (480, 960)
    assert rows[0].guarantee_days == 30
    assert rows[1].promised_at.date() == date(2027, 1, 12)


def test_what_is_offered_is_in_the_future_and_can_be_taken(minji: Tablet, shop: Site) -> None:
    visit_id = arrive(minji)
    page = minji.get(f"/visits/{visit_id}/order").text
    values = re.findall(r'<button class="chip" name="promised_at" value="([^"]+)"', page)

    assert len(values) == 3
    assert values == sorted(values)
    answer = minji.htmx_post(
        f"/visits/{visit_id}/order", {"part": "promise", "promised_at": values[0]}
    )
    assert answer.status_code == 200
    assert 'aria-pressed="true"' in answer.text
