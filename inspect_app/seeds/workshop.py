"""The demo's teams, and how one of its cars came into the workshop."""

import uuid
from datetime import datetime, timedelta

from sqlalchemy import select

from inspect_app.additions.actions import FindingDraft, report
from inspect_app.db import db
from inspect_app.seeds.sittings import drawn_name
from inspect_app.signatures.strokes import read_drawing
from inspect_app.staff.models import Person
from inspect_app.visits.models import Visit
from inspect_app.workshop.actions import ReceiptDraft, complete_order, receive_car
from inspect_app.workshop.models import Team, TeamMember
from inspect_app.workshop.queries import work_file
from inspect_app.workshop.rules import nearest_grain
from inspect_app.workshop.work_actions import take_step

TEAMS = (("Team 1", ("Daniel",)), ("Team 2", ("Areum",)))
"""Name and people."""


def seed_teams() -> None:
    """Two teams of one person each; the session is bound to their site."""
    for position, (name, people) in enumerate(TEAMS):
        team = Team(name=name, position=position, daily_minutes=480)
        team.members = [
            TeamMember(person_id=person_id)
            for person_id in db.session.scalars(select(Person.id).where(Person.name.in_(people)))
        ]
        db.session.add(team)
    db.session.flush()


def bring_in(
    visit: Visit, people: dict[str, uuid.UUID], tablet_id: uuid.UUID, at: datetime
) -> None:
    """T21 at this moment: Seojun takes the car over for Team 1, Daniel begins, and finds something
    that nobody has asked the customer about yet."""
    minji = people["Minji"]
    team_id = db.session.scalars(select(Team.id).where(Team.name == TEAMS[0][0])).one()
    receiver = db.session.get_one(Person, people["Seojun"])
    completed_at = at - timedelta(minutes=20)
    complete_order(visit, uuid.uuid4(), team_id, by=minji, at=completed_at)
    draft = ReceiptDraft(
        id=uuid.uuid4(),
        stated_at=nearest_grain(at),
        time_reason="",
        no_wash_reason="The customer wants no wash",
        is_order_with_car=True,
        strokes=read_drawing(drawn_name(receiver.name, at)),
    )
    receive_car(
        work_file(visit.id), draft,
        receiver=receiver, tolerance_minutes=10, tablet_id=tablet_id, by=minji, at=at,
    )  # fmt: skip
    daniel = people["Daniel"]
    first = work_file(visit.id).lines[0].line
    begun_at = at + timedelta(minutes=12)
    take_step(
        work_file(visit.id), first.id, uuid.uuid4(), "started", reason="", by=daniel, at=begun_at
    )
    finding = FindingDraft(
        id=uuid.uuid4(),
        items=("앞 브레이크 패드 교환",),
        reason="앞 브레이크 패드가 2 mm 남았습니다.",
        is_safety=True,
        stake="제동 거리가 길어지고 디스크가 손상될 수 있습니다.",
        added_minutes=60,
    )
    report(visit, finding, by=daniel, at=at + timedelta(hours=4, minutes=50))
