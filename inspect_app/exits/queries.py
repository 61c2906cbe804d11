"""Reading an exit, and who waits for the exit formalities."""

import uuid
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from inspect_app.db import db
from inspect_app.exits import rules
from inspect_app.exits.models import Exit
from inspect_app.returns.queries import missing_of, things_of
from inspect_app.signatures.sittings import About, sitting_named, to_sign
from inspect_app.visits.file import file_of
from inspect_app.visits.models import Visit
from inspect_app.visits.progress import facts_for
from inspect_app.visits.rules import Missing, missing_for

SITTING = "withdrawal"


def exit_of(visit_id: uuid.UUID) -> Exit | None:
    """The decision that stands."""
    return db.session.scalar(
        select(Exit).where(Exit.visit_id == visit_id, Exit.called_off_at.is_(None))
    )


def missing_for_decline(visit: Visit) -> list[Missing]:
    """What T13 still waits for: an order that was drafted, where nothing was quoted yet."""
    drafted = missing_for("T10", facts_for(file_of(visit.id))) if visit.state == "arrived" else []
    return rules.missing_for_decline(visit.state, drafted)


def missing_for_withdrawal(visit: Visit) -> list[Missing]:
    """What T40 still waits for; the signature only where something was handed in."""
    stands = exit_of(visit.id)
    things = things_of(visit.id)
    held = to_sign(sitting_named(SITTING), About(visit)).held if things else {}
    returns = missing_of(visit.id, signed_at=held.get("SB"), needs_signature=True)
    return rules.missing_for_withdrawal(stands.reason_code if stands else "", returns)


def visits_at_the_exit() -> Sequence[Visit]:
    """Who declined and was not cleared yet, the earliest first."""
    return db.session.scalars(
        select(Visit)
        .options(joinedload(Visit.vehicle))
        .where(Visit.state == "declined")
        .order_by(Visit.state_since)
    ).all()
