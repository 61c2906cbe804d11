"""An act that a person of another role approves on the spot, with the own PIN (process 3.2)."""

import uuid
from collections.abc import Sequence

from flask_babel import lazy_gettext as _l

from inspect_app.access import Who
from inspect_app.db import db, now
from inspect_app.errors import Invalid, TooMany
from inspect_app.fields import Fields, Form
from inspect_app.staff.actions import check_pin
from inspect_app.staff.models import Person
from inspect_app.staff.queries import people_of_site
from inspect_app.staff.rules import Role


def approvers(*roles: Role) -> Sequence[Person]:
    """Who may approve, by name."""
    return [one for one in people_of_site() if {role.role for role in one.roles} & set(roles)]


def approved_by(form: Form, who: Who, *roles: Role) -> uuid.UUID:
    """The person with one of these roles who approves: the one signed in, or the one whose PIN
    comes with the form (`approver`, `approver_pin`).

    Call it before anything is changed: a wrong PIN is counted for good. Raises Invalid, TooMany.
    """
    if who.may(*roles):
        return who.id
    fields = Fields(form)
    chosen = fields.raw("approver")
    person = next((one for one in approvers(*roles) if str(one.id) == chosen), None)
    if person is None:
        raise Invalid({"approver": _l("A supervisor has to approve this. Choose who.")})
    try:
        check_pin(person.id, fields.raw("approver_pin"), tablet_id=who.tablet_id, at=now())
    except Invalid as wrong:
        db.session.commit()
        raise Invalid({"approver_pin": wrong.message}) from None
    except TooMany as wait:
        raise Invalid({"approver_pin": wait.message}) from None
    return person.id
