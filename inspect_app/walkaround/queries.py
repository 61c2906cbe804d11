"""Everything that the walk-around page shows, in five statements whatever the number of rows."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from inspect_app.db import db
from inspect_app.errors import NotFound
from inspect_app.photos.rules import ANGLES
from inspect_app.visits.file import NotedMark, NotedPhoto, marks_of, photos_of
from inspect_app.visits.models import Visit
from inspect_app.visits.queries import visit_of
from inspect_app.visits.rules import may_capture
from inspect_app.walkaround.drawings import Drawing, drawing_of, outline_of
from inspect_app.walkaround.models import Check, KnownMark, Mark, Walkaround
from inspect_app.walkaround.rules import (
    CATALOGUE_OF,
    RESULTS_OF,
    Station,
    checks_for,
    is_exception,
    normal_result,
    station_of,
    stations,
)

INSIDE = frozenset({"interior", "dashboard", "boot"})
"""The stations at which the plan of the inside is shown."""


@dataclass(frozen=True)
class Line:
    """One check line as the page shows it; `result` is "" while it was not looked at."""

    kind: str
    code: str
    list_name: str
    results: tuple[str, ...]
    normal: str
    result: str = ""
    remark: str = ""
    row_id: uuid.UUID | None = None

    @property
    def tapped(self) -> str:
        """The answer that one tap on its tile gives: the lamp burns, the cover is on, it is not in
        order; a second tap takes a lamp or a cover back."""
        plain, other = {"indicator": ("on", "off"), "protection": ("on", "not_used")}.get(
            self.kind, ("abnormal", "normal")
        )
        return other if self.result == plain else plain

    @property
    def is_exception(self) -> bool:
        """Whether it is written down as an abnormality."""
        return bool(self.result) and is_exception(self.kind, self.code, self.result)

    @property
    def is_quiet(self) -> bool:
        """Whether nothing more is to be said than its result."""
        return not self.result or (self.result == self.normal and not self.remark)


@dataclass(frozen=True)
class StationState:
    """One ring: `done` 0 to 1; `result` is "" until the station was closed."""

    code: str
    done: float
    result: str
    notes: int


@dataclass(frozen=True)
class Walk:
    """The walk around one car, standing at one station."""

    visit: Visit
    station: Station
    walkaround: Walkaround | None
    marks: Sequence[NotedMark]
    checks: Mapping[tuple[str, str], Check]
    photos: Sequence[NotedPhoto]

    @property
    def is_open(self) -> bool:
        """Whether captures may still be entered."""
        return may_capture(self.visit.state)

    @property
    def view(self) -> str:
        """The drawing shown at this station."""
        return "inside" if self.station.code in INSIDE else "outside"

    @property
    def drawing(self) -> Drawing:
        """The drawing with its zones."""
        return drawing_of(self.view, self.visit.vehicle.body_type)

    @property
    def focus(self) -> str:
        """The part of the inside plan that this station looks at, as four fractions."""
        side = {"dashboard": "dashboard", "interior": "plan", "boot": "plan"}
        box = self.drawing.views.get(side.get(self.station.code, ""))
        return " ".join(str(part) for part in box) if box else ""

    @property
    def result_here(self) -> str:
        """What this station was closed with, "" while it is open."""
        check = self.checks.get(("zone", self.station.code))
        return check.result if check else ""

    @property
    def has_notes_here(self) -> bool:
        """Whether this station has a mark or an exception."""
        return self._state(self.station).notes > 0

    @property
    def is_done(self) -> bool:
        """Whether all ten stations were closed."""
        return all(("zone", station.code) in self.checks for station in stations())

    @property
    def is_begun(self) -> bool:
        """Whether anything of the walk-around was captured."""
        return bool(self.checks or self.new_marks or self.photos or self.walkaround)

    def outline(self, angle: str) -> str:
        """The file of the outline laid over the live camera."""
        return outline_of(angle, self.visit.vehicle.body_type)

    @property
    def new_marks(self) -> list[NotedMark]:
        """The marks of this visit, by number."""
        found = [noted for noted in self.marks if not noted.is_known]
        return sorted(found, key=lambda noted: noted.mark.number)

    @property
    def known_marks(self) -> list[NotedMark]:
        """The marks of earlier visits."""
        return [noted for noted in self.marks if noted.is_known]

    @property
    def unanswered_known(self) -> list[NotedMark]:
        """Those of which nobody said yet whether they are still there."""
        return [noted for noted in self.known_marks if noted.still_there is None]

    @property
    def next_code(self) -> str | None:
        """The station after this one, None after the last."""
        order = [station.code for station in stations()]
        place = order.index(self.station.code) + 1
        return order[place] if place < len(order) else None

    @property
    def angles(self) -> tuple[str, ...]:
        """The guided set, beginning with what is next to take at this station."""
        taken = {noted.photo.angle for noted in self.photos}
        here = [angle for angle in self.station.photo_angles if angle in ANGLES]
        start = next((angle for angle in here if angle not in taken), here[0] if here else None)
        place = ANGLES.index(start) if start else 0
        return ANGLES[place:] + ANGLES[:place]

    def photos_of(self, subject: str, about: str) -> list[NotedPhoto]:
        """The photos of a mark (its id) or of a check line (`kind:code`)."""
        return [
            noted
            for noted in self.photos
            if noted.photo.subject == subject
            and about in (str(noted.photo.subject_id), noted.photo.subject_code)
        ]

    def groups(self) -> list[tuple[str, list[Line]]]:
        """The check lines of this station by kind; zones answer through their marks."""
        found: dict[str, list[Line]] = {}
        for kind, code in self.station.lines():
            if kind != "zone":
                found.setdefault(kind, []).append(line_of(kind, code, self.checks))
        return list(found.items())

    def states(self) -> list[StationState]:
        """The ten rings in walking order."""
        return [self._state(station) for station in stations()]

    def _state(self, whole: Station) -> StationState:
        here = checks_for(whole.code, self.visit.vehicle.powertrain)
        lines = [key for key in here.lines() if key[0] != "zone"]
        answered = [self.checks[key] for key in lines if key in self.checks]
        angles = [angle for angle in here.photo_angles if angle in ANGLES]
        taken = {noted.photo.angle for noted in self.photos}.intersection(angles)
        marks = [n for n in self.new_marks if station_of_mark(n.mark) == whole.code]
        exceptions = [c for c in answered if is_exception(c.list_name, c.code, c.result)]
        closed = self.checks.get(("zone", whole.code))
        total = len(lines) + len(angles) + 1
        done = (len(answered) + len(taken) + bool(marks)) / total
        return StationState(
            code=whole.code,
            done=1.0 if closed else min(done, 0.9),
            result=closed.result if closed else "",
            notes=len(marks) + len(exceptions),
        )


def station_of_mark(mark: Mark) -> str:
    """The station where a mark's zone is looked at."""
    return station_of("zone" if mark.view == "outside" else "interior", mark.zone)


def line_of(kind: str, code: str, checks: Mapping[tuple[str, str], Check]) -> Line:
    """A line with its answer."""
    check = checks.get((kind, code))
    return Line(
        kind=kind,
        code=code,
        list_name=CATALOGUE_OF[kind],
        results=RESULTS_OF[kind],
        normal=normal_result(kind, code),
        result=check.result if check else "",
        remark=check.remark if check else "",
        row_id=check.id if check else None,
    )


def walk_of(visit_id: uuid.UUID, station: str = "") -> Walk:
    """The walk, at this station or at the first that is not done. Raises NotFound."""
    visit = visit_of(visit_id)
    checks = {
        (check.list_name, check.code): check
        for check in db.session.scalars(select(Check).where(Check.visit_id == visit_id))
    }
    order = [found.code for found in stations()]
    if station and station not in order:
        raise NotFound
    station = station or next((code for code in order if ("zone", code) not in checks), order[0])
    return Walk(
        visit=visit,
        station=checks_for(station, visit.vehicle.powertrain),
        walkaround=conditions_of(visit_id),
        marks=marks_of(visit),
        checks=checks,
        photos=photos_of(visit_id),
    )


def conditions_of(visit_id: uuid.UUID) -> Walkaround | None:
    """Under which conditions the car was looked at."""
    return db.session.scalar(select(Walkaround).where(Walkaround.visit_id == visit_id))


def check_of(visit_id: uuid.UUID, kind: str, code: str) -> Check | None:
    """The answer to one line."""
    return db.session.scalar(
        select(Check).where(Check.visit_id == visit_id, Check.list_name == kind, Check.code == code)
    )


def mark_of(visit_id: uuid.UUID, mark_id: uuid.UUID) -> Mark:
    """A mark that this visit noted, removed or not. Raises NotFound."""
    mark = db.session.scalar(select(Mark).where(Mark.id == mark_id, Mark.visit_id == visit_id))
    if mark is None:
        raise NotFound
    return mark


def known_answer(visit_id: uuid.UUID, mark_id: uuid.UUID) -> KnownMark | None:
    """What this visit said of a mark of an earlier one."""
    return db.session.scalar(
        select(KnownMark).where(KnownMark.visit_id == visit_id, KnownMark.mark_id == mark_id)
    )


def next_number(visit_id: uuid.UUID) -> int:
    """The number of the visit's next mark; that of a removed mark is never given again."""
    last = db.session.scalar(select(func.max(Mark.number)).where(Mark.visit_id == visit_id))
    return (last or 0) + 1
