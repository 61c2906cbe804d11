"""What was taken in at this visit, and what of it went back."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from inspect_app.belongings.models import Belonging
from inspect_app.belongings.queries import open_use_of
from inspect_app.db import db
from inspect_app.key_tags.models import KeyRegistration, KeyTag
from inspect_app.papers.models import Paper
from inspect_app.returns import rules
from inspect_app.returns.models import Returned
from inspect_app.returns.rules import Given, ToReturn
from inspect_app.visits.rules import Missing


@dataclass(frozen=True)
class Thing:
    """One thing to give back. `code` names it in its list; `name` is what was typed instead."""

    subject: str
    id: uuid.UUID
    quantity: int
    code: str = ""
    name: str = ""
    place: str = ""
    returned: Returned | None = None

    @property
    def is_short(self) -> bool:
        """Whether less went back than was taken in."""
        return self.returned is not None and self.returned.quantity < self.quantity


def things_of(visit_id: uuid.UUID) -> list[Thing]:
    """All that the customer handed in: key, papers, belongings, with what went back."""
    back = returned_of(visit_id)
    key = db.session.execute(
        select(KeyRegistration, KeyTag.number)
        .join(KeyTag, KeyTag.id == KeyRegistration.tag_id)
        .where(KeyRegistration.visit_id == visit_id)
        .order_by(KeyRegistration.captured_at.desc())
        .limit(1)
    ).first()
    found = []
    if key is not None:
        row, number = key
        count = max(row.keys_count + row.remotes_count, 1)
        found.append(Thing("key", row.id, count, name=str(number)))
    for paper in db.session.scalars(
        select(Paper)
        .where(Paper.visit_id == visit_id, Paper.received.is_(True))
        .order_by(Paper.code)
    ):
        found.append(Thing("paper", paper.id, 1, code=paper.code))
    for line in db.session.scalars(
        select(Belonging)
        .where(Belonging.visit_id == visit_id, Belonging.removed_at.is_(None))
        .order_by(Belonging.recorded_at, Belonging.id)
    ):
        found.append(
            Thing(
                "belonging", line.id, line.quantity, code=line.code, name=line.name,
                place=line.place,
            )
        )  # fmt: skip
    return [
        Thing(
            one.subject, one.id, one.quantity, one.code, one.name, one.place,
            back.get((one.subject, one.id)),
        )
        for one in found
    ]  # fmt: skip


def returned_of(visit_id: uuid.UUID) -> dict[tuple[str, uuid.UUID], Returned]:
    """The rows that count, by what they are about."""
    rows: Sequence[Returned] = db.session.scalars(
        select(Returned).where(Returned.visit_id == visit_id, Returned.superseded_at.is_(None))
    ).all()
    return {(row.subject, row.subject_id): row for row in rows}


def missing_of(
    visit_id: uuid.UUID, *, signed_at: datetime | None = None, needs_signature: bool = False
) -> list[Missing]:
    """What still has to be given back, explained, opened or signed."""
    things = things_of(visit_id)
    return rules.missing_returns(
        [ToReturn(one.subject, str(one.id), one.quantity) for one in things],
        {
            (one.subject, str(one.id)): Given(
                one.returned.quantity, one.returned.difference, one.returned.captured_at
            )
            for one in things
            if one.returned is not None
        },
        box_is_closed=open_use_of(visit_id) is not None,
        signed_at=signed_at,
        needs_signature=needs_signature,
    )
