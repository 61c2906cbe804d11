"""What is on the list of a visit, what was on it last time, and its storage box."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import aliased

from inspect_app import catalogues
from inspect_app.belongings.models import Belonging, Box, BoxUse, Count
from inspect_app.belongings.rules import VALUABLE_CODES, quick_list
from inspect_app.db import db
from inspect_app.reservations.queries import is_held
from inspect_app.staff.models import Person
from inspect_app.visits.models import Visit
from inspect_app.visits.rules import NEVER_HERE


@dataclass(frozen=True)
class Tile:
    """One thing to tap. `row_id` is the line it counts on, None while there is none; `last` is the
    quantity of last time."""

    code: str
    row_id: uuid.UUID | None
    quantity: int
    last: int


@dataclass(frozen=True)
class BoxState:
    """The box of a visit, and who sealed and opened it when."""

    number: str
    sealed_by: str | None
    sealed_at: datetime | None
    opened_by: str | None
    opened_at: datetime | None


@dataclass(frozen=True)
class ThingsPage:
    """Tiles in three groups, the counted lines, and what was said of the whole."""

    lines: Sequence[Belonging]
    quick: tuple[Tile, ...]
    valuables: tuple[Tile, ...]
    more: tuple[Tile, ...]
    from_last: int
    count: Count | None
    box: BoxState | None
    next_box: str | None
    photos: dict[uuid.UUID | None, int]

    def tile_of(self, code: str) -> Tile | None:
        """The tile of this thing; `other_item` has none."""
        tiles = (*self.quick, *self.valuables, *self.more)
        return next((tile for tile in tiles if tile.code == code), None)

    @property
    def pieces(self) -> int:
        """How many pieces are on the list."""
        return sum(line.quantity for line in self.lines)

    @property
    def is_done(self) -> bool:
        """Whether everything of the whole is said: the list, the notice, valuables, the box."""
        count = self.count
        if count is None or count.notice_told_at is None or count.valuables is None:
            return False
        return bool(self.lines or count.nothing_left) and not self.needs_box

    @property
    def needs_box(self) -> bool:
        """Whether something lies in the box and no box is named."""
        has_box = self.box is not None and self.box.opened_at is None
        return not has_box and any(line.place == "in_box" for line in self.lines)


def lines_of(visit_id: uuid.UUID) -> Sequence[Belonging]:
    """The counted things in the order they were counted."""
    return db.session.scalars(
        select(Belonging)
        .where(Belonging.visit_id == visit_id, Belonging.removed_at.is_(None))
        .order_by(Belonging.recorded_at, Belonging.id)
    ).all()


def line_of(visit_id: uuid.UUID, line_id: uuid.UUID) -> Belonging | None:
    """One line of this visit, also one that was taken off."""
    return db.session.scalar(
        select(Belonging).where(Belonging.visit_id == visit_id, Belonging.id == line_id)
    )


def lines_of_last_time(visit: Visit) -> Sequence[Belonging]:
    """The list of the last visit of the same car."""
    last = (
        select(Visit.id)
        .where(
            Visit.vehicle_id == visit.vehicle_id,
            Visit.arrived_at < visit.arrived_at,
            Visit.state.not_in(NEVER_HERE),
        )
        .order_by(Visit.arrived_at.desc())
        .limit(1)
        .scalar_subquery()
    )
    return db.session.scalars(
        select(Belonging)
        .where(Belonging.visit_id == last, Belonging.removed_at.is_(None))
        .order_by(Belonging.recorded_at, Belonging.id)
    ).all()


def count_of(visit_id: uuid.UUID) -> Count | None:
    """What was said of valuables and of an empty car."""
    return db.session.scalar(select(Count).where(Count.visit_id == visit_id))


def open_use_of(visit_id: uuid.UUID) -> BoxUse | None:
    """The box in use for this visit."""
    return db.session.scalar(
        select(BoxUse).where(BoxUse.visit_id == visit_id, BoxUse.opened_at.is_(None))
    )


def boxes_in_use() -> Select[uuid.UUID]:
    """The boxes that a car's things lie in."""
    return select(BoxUse.box_id).where(BoxUse.opened_at.is_(None))


def free_box() -> Box | None:
    """The next box that no car uses; one that a tablet holds comes last."""
    return db.session.scalar(
        select(Box)
        .where(Box.id.not_in(boxes_in_use()))
        .order_by(is_held(Box.id), Box.position, Box.number)
        .limit(1)
    )


def box_of(visit_id: uuid.UUID) -> BoxState | None:
    """The box of the visit, the one in use before those that were opened."""
    sealer, opener = aliased(Person), aliased(Person)
    row = db.session.execute(
        select(Box.number, sealer.name, BoxUse.sealed_at, opener.name, BoxUse.opened_at)
        .join(Box, Box.id == BoxUse.box_id)
        .outerjoin(sealer, sealer.id == BoxUse.sealed_by_id)
        .outerjoin(opener, opener.id == BoxUse.opened_by_id)
        .where(BoxUse.visit_id == visit_id)
        .order_by(BoxUse.opened_at.is_not(None), BoxUse.opened_at.desc())
        .limit(1)
    ).first()
    return BoxState(*row) if row else None


def things_page(visit: Visit, photos: dict[uuid.UUID | None, int]) -> ThingsPage:
    """Everything of the belongings' pane, in five statements."""
    lines, last = lines_of(visit.id), lines_of_last_time(visit)
    was: dict[str, int] = {}
    for line in last:
        was[line.code] = was.get(line.code, 0) + line.quantity
    first: dict[str, Belonging] = {}
    for line in lines:
        first.setdefault(line.code, line)

    def tile(code: str) -> Tile:
        line = first.get(code)
        quantity = line.quantity if line else 0
        return Tile(code, line.id if line else None, quantity, was.get(code, 0))

    apart = {*VALUABLE_CODES, "other_item"}
    usual = dict.fromkeys([*quick_list(was, visit.vehicle.powertrain), *first])
    quick = [code for code in usual if code not in apart]
    known = [code for code in catalogues.codes("belongings") if code not in apart]
    free = free_box()
    present = {(line.code, line.name) for line in lines}
    return ThingsPage(
        lines=lines,
        quick=tuple(tile(code) for code in quick),
        valuables=tuple(
            tile(code) for code in catalogues.codes("belongings") if code in VALUABLE_CODES
        ),
        more=tuple(tile(code) for code in known if code not in usual),
        from_last=sum((line.code, line.name) not in present for line in last),
        count=count_of(visit.id),
        box=box_of(visit.id),
        next_box=free.number if free else None,
        photos=photos,
    )
