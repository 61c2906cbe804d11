"""Which papers a visit asks for, and what was found."""

import uuid
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from inspect_app import catalogues
from inspect_app.db import db
from inspect_app.i18n import zone
from inspect_app.orders.models import Order
from inspect_app.papers.models import Paper
from inspect_app.papers.rules import asked_papers, discrepancies
from inspect_app.photos.models import Photo
from inspect_app.visits.models import Visit


@dataclass(frozen=True)
class PaperLine:
    """A paper of the list `vehicle_documents`, asked for or not, examined (`paper`) or not.

    `faults` are codes of `paper_states`; `is_wrong` also where only words say what is wrong.
    """

    code: str
    is_asked: bool
    paper: Paper | None
    faults: tuple[str, ...]
    photos: int = 0

    @property
    def is_wrong(self) -> bool:
        """Whether the customer must be told and sign (SD)."""
        return bool(self.faults or (self.paper and self.paper.discrepancy))


@dataclass(frozen=True)
class PapersPage:
    """The papers of a visit: those asked for or examined, and those that may be added."""

    lines: tuple[PaperLine, ...]
    others: tuple[str, ...]

    @property
    def open_count(self) -> int:
        """How many asked papers nobody examined yet."""
        return sum(line.paper is None for line in self.lines)

    @property
    def is_begun(self) -> bool:
        """Whether any paper was examined."""
        return any(line.paper is not None for line in self.lines)

    @property
    def wrong_count(self) -> int:
        """How many papers the customer must sign for."""
        return sum(line.is_wrong for line in self.lines)


def taken_in_on(visit: Visit) -> date:
    """The day the papers are judged on, in the site's zone."""
    return visit.arrived_at.astimezone(zone()).date()


def asked_in(visit_id: uuid.UUID) -> tuple[str, ...]:
    """The papers that the repair category of the visit's order asks for (6.02)."""
    category = db.session.scalar(select(Order.category).where(Order.visit_id == visit_id))
    return asked_papers(category or "")


def faults_of(paper: Paper, *, is_asked: bool, on: date) -> tuple[str, ...]:
    """What is wrong with an examined paper; one that nobody asked for may be missing."""
    if not paper.received:
        return ("not_handed_in",) if is_asked else ()
    found = discrepancies(
        received=True,
        valid_until=paper.valid_until_on,
        on=on,
        complete=paper.is_complete is not False,
        intact=paper.is_intact is not False,
    )
    return ("expired", *found) if paper.is_valid is False and "expired" not in found else found


def papers_page(visit: Visit, photos: dict[uuid.UUID | None, int] | None = None) -> PapersPage:
    """The papers of a visit in one statement, and a second for the photos if they are not given."""
    rows = db.session.execute(
        select(Order.category, Paper)
        .outerjoin(Paper, Paper.visit_id == Order.visit_id)
        .where(Order.visit_id == visit.id)
    ).all()
    asked, on = asked_papers(rows[0][0] if rows else ""), taken_in_on(visit)
    photos = photos_by_subject(visit.id) if photos is None else photos
    examined: list[Paper | None] = [row[1] for row in rows]
    known = {paper.code: paper for paper in examined if paper is not None}
    order = [*asked, *(code for code in catalogues.codes("vehicle_documents") if code in known)]
    lines = []
    for code in dict.fromkeys(order):
        paper = known.get(code)
        faults = faults_of(paper, is_asked=code in asked, on=on) if paper else ()
        lines.append(
            PaperLine(code, code in asked, paper, faults, photos.get(paper.id, 0) if paper else 0)
        )
    shown = {line.code for line in lines}
    others = tuple(code for code in catalogues.codes("vehicle_documents") if code not in shown)
    return PapersPage(tuple(lines), others)


def paper_of(visit_id: uuid.UUID, code: str) -> Paper | None:
    """The examined paper of this kind."""
    return db.session.scalar(select(Paper).where(Paper.visit_id == visit_id, Paper.code == code))


def photos_by_subject(visit_id: uuid.UUID) -> dict[uuid.UUID | None, int]:
    """How many photos there are of each row: paper, belonging, reading, mark."""
    rows = db.session.execute(
        select(Photo.subject_id, func.count(Photo.id).label("photos"))
        .where(
            Photo.visit_id == visit_id, Photo.subject_id.is_not(None), Photo.removed_at.is_(None)
        )
        .group_by(Photo.subject_id)
    ).all()
    return {row.subject_id: row.photos for row in rows}
