"""Taking a file in at the server itself, where whoever types the command vouches for its names."""

from sqlalchemy import select

from inspect_app.access import Who
from inspect_app.db import any_site, db, now
from inspect_app.imports.actions import Line, looked_at, take
from inspect_app.imports.forms import read_export
from inspect_app.sites.models import Site
from inspect_app.staff.models import Person, SignIn
from inspect_app.staff.queries import open_site


class Unknown(LookupError):
    """Nobody of this name, or more than one."""


def take_file(content: bytes, *, by: str, look: bool) -> list[Line]:
    """Looks at the file, or takes it in. Raises Unknown, or Invalid for a file that is none."""
    entries = read_export(content)
    who = _who(by)
    return looked_at(entries) if look else take(entries, who, at=now(), trusted=True)


def _who(name: str) -> Who:
    """The person of this name, as on the tablet on which they last signed in."""
    with any_site():
        people = db.session.scalars(select(Person).where(Person.name == name)).all()
        if len(people) != 1:
            raise Unknown(f"There is no one person called {name} here.")
        person = people[0]
        last = db.session.scalar(
            select(SignIn).where(SignIn.person_id == person.id).order_by(SignIn.started_at.desc())
        )
        if last is None:
            raise Unknown(f"{name} never signed in on a tablet here.")
        open_site(db.session.get_one(Site, person.site_id))
    return Who(
        id=person.id,
        name=person.name,
        roles=frozenset(),
        site_id=person.site_id,
        sign_in_id=last.id,
        tablet_id=last.tablet_id,
        locale=person.locale,
        hand=person.hand,
        customer_visit_id=None,
    )
