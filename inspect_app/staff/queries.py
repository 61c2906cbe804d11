"""Who is signed in, and whose name can be tapped."""

import hashlib
import uuid
from dataclasses import replace
from datetime import datetime, timedelta

from flask import g
from sqlalchemy import bindparam, or_, select
from sqlalchemy.orm import selectinload

from inspect_app.access import Who
from inspect_app.db import UtcDateTime, any_site, bind_site, db, now
from inspect_app.errors import NotFound
from inspect_app.sites.models import Site
from inspect_app.staff.models import Person, PersonRole, SignIn, Tablet, WrongPins
from inspect_app.staff.rules import Role

SIGN_IN_LASTS = timedelta(hours=14)
"""One long working day; then the PIN is asked again."""


CLOCK_SLACK = timedelta(minutes=10)
"""How far a tablet's corrected clock may still be off."""


# Built once: every request begins with it.
_SIGNED_IN = (
    select(
        SignIn.id,
        SignIn.tablet_id,
        SignIn.customer_visit_id,
        SignIn.customer_sitting,
        SignIn.customer_subject_id,
        Person.id,
        Person.name,
        Person.locale,
        Person.hand,
        Site.id,
        Site.timezone,
        Site.currency,
        Site.name,
        Site.demo,
        PersonRole.role,
        SignIn.handed_over_at,
    )
    .join(Person, Person.id == SignIn.person_id)
    .join(Site, Site.id == SignIn.site_id)
    .outerjoin(PersonRole, PersonRole.person_id == Person.id)
    .where(
        SignIn.token_sha256 == bindparam("token"),
        SignIn.ended_at.is_(None),
        SignIn.started_at > bindparam("earliest", type_=UtcDateTime),
        Person.left_on.is_(None),
    )
)


def token_sha256(token: str) -> str:
    """Only the hash of a sign-in token lies in the database."""
    return hashlib.sha256(token.encode()).hexdigest()


def person_signed_in(token: str) -> Who | None:
    """The person of this sign-in; binds the session to the site and its zone and currency."""
    if not token:
        return None
    with any_site():
        rows = db.session.execute(
            _SIGNED_IN, {"token": token_sha256(token), "earliest": now() - SIGN_IN_LASTS}
        ).all()
    if not rows:
        return None
    first = rows[0]
    bind_site(first[9])
    g.locale, g.timezone, g.currency = first[7], first[10], first[11]
    g.site_name, g.site_demo = first[12], first[13]
    return Who(
        id=first[5],
        name=first[6],
        roles=frozenset(Role(row[14]) for row in rows if row[14]),
        site_id=first[9],
        sign_in_id=first[0],
        tablet_id=first[1],
        locale=first[7],
        hand=first[8],
        customer_visit_id=first[2],
        customer_sitting=first[3],
        customer_subject_id=first[4],
        handed_over_at=first[15],
    )


def author_on_tablet(who: Who, author_id: uuid.UUID, at: datetime) -> Who | None:
    """A colleague who was signed in on this person's tablet at that moment, as themselves."""
    rows = db.session.execute(
        select(Person.name, PersonRole.role)
        .join(SignIn, SignIn.person_id == Person.id)
        .outerjoin(PersonRole, PersonRole.person_id == Person.id)
        .where(
            Person.id == author_id,
            SignIn.tablet_id == who.tablet_id,
            SignIn.started_at.between(at - SIGN_IN_LASTS - CLOCK_SLACK, at + CLOCK_SLACK),
            or_(SignIn.ended_at.is_(None), SignIn.ended_at > at - CLOCK_SLACK),
        )
        .distinct()
    ).all()
    if not rows:
        return None
    roles = frozenset(Role(role) for _name, role in rows if role)
    return replace(who, id=author_id, name=rows[0][0], roles=roles)


def person_of(person_id: uuid.UUID) -> Person:
    """One of the staff of this site. Raises NotFound."""
    person = db.session.scalar(select(Person).where(Person.id == person_id))
    if person is None:
        raise NotFound
    return person


def open_site(site: Site) -> None:
    """Binds the session to the site, before anyone is signed in or in the name of a person."""
    bind_site(site.id)
    g.timezone, g.currency = site.timezone, site.currency
    g.site_name, g.site_demo = site.name, site.demo


def colleague(who: Who, person_id: uuid.UUID) -> Who | None:
    """Another person of this site, as if on the tablet of the one who asks."""
    person = db.session.scalar(
        select(Person).options(selectinload(Person.roles)).where(Person.id == person_id)
    )
    if person is None:
        return None
    roles = frozenset(Role(row.role) for row in person.roles)
    return replace(who, id=person_id, name=person.name, roles=roles, customer_visit_id=None)


def people_of_site() -> list[Person]:
    """Everyone who works here, by name, with roles."""
    return list(
        db.session.scalars(
            select(Person)
            .options(selectinload(Person.roles))
            .where(Person.left_on.is_(None))
            .order_by(Person.name)
        )
    )


def sites() -> list[Site]:
    """All sites of this installation, by name."""
    return list(db.session.scalars(select(Site).order_by(Site.name)))


def tablet(tablet_id: uuid.UUID | None) -> Tablet | None:
    """The tablet of this cookie, whichever site it belongs to."""
    if tablet_id is None:
        return None
    with any_site():
        return db.session.get(Tablet, tablet_id)


def wrong_pins(subjects: list[str]) -> dict[str, WrongPins]:
    """The counts of wrong PINs, by subject; locked until the transaction ends."""
    found = db.session.scalars(
        select(WrongPins).where(WrongPins.subject.in_(subjects)).with_for_update()
    )
    return {row.subject: row for row in found}


def roles_of(person_id: uuid.UUID) -> frozenset[Role]:
    """The roles that this person holds."""
    held = db.session.scalars(select(PersonRole.role).where(PersonRole.person_id == person_id))
    return frozenset(Role(role) for role in held)
