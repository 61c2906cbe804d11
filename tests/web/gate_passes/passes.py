"""Passes for the tests of the gate, given by the same actions as real ones."""

import uuid
from typing import Any

from flask import g
from sqlalchemy import select

from inspect_app.db import db, now
from inspect_app.gate_passes.actions import PassDraft, issue, release
from inspect_app.gate_passes.models import GatePass
from inspect_app.staff.models import Person
from inspect_app.visits.models import Visit
from tests.factories import new_id


def person(name: str) -> uuid.UUID:
    """The id of one of the cast."""
    return db.session.scalars(select(Person.id).where(Person.name == name)).one()


def put_in_state(visit_id: str, state: str) -> Visit:
    """The visit as later processes leave it; needs the `shop` fixture."""
    visit = db.session.get_one(Visit, uuid.UUID(visit_id))
    visit.state, visit.state_since = state, now()
    db.session.commit()
    return visit


def give_pass(visit_id: str, kind: str, *, released: bool = False, **more: Any) -> GatePass:
    """A pass of this kind, for a visit that is as far."""
    g.writes = True
    visit, yuna = db.session.get_one(Visit, uuid.UUID(visit_id)), person("Yuna")
    found = issue(visit, PassDraft(id=uuid.uuid4(), kind=kind, **more), by=yuna, at=now())
    if released:
        release(visit, by=yuna, at=now())
    db.session.commit()
    g.writes = False
    return found


def look(tablet: Any, code: str) -> Any:
    """The guard scans or types a code; returns the answer as the page shows it."""
    answer = tablet.htmx_post("/gate/checks", {"id": new_id(), "code": code})
    assert answer.status_code == 200, answer.text
    return answer


def verdict_in(page: str) -> str:
    """What the newest card says."""
    return page.split('data-verdict="')[1].split('"')[0]
