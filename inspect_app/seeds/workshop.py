"""The demo's teams, and how its cars came to be in the workshop."""

from sqlalchemy import select

from inspect_app.db import db
from inspect_app.staff.models import Person
from inspect_app.workshop.models import Team, TeamMember

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
