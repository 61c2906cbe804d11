"""Where a visit stands on its way to `checked_in`: the guards' facts, what is missing, going on.

The facts are read from the visit's file, so that guards, review and statements cannot disagree.
"""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from inspect_app.db import db
from inspect_app.orders.disclosures import is_unproven
from inspect_app.orders.models import OrderPart
from inspect_app.papers.rules import asked_papers
from inspect_app.signatures import statements
from inspect_app.signatures.condition_words import exceptions
from inspect_app.signatures.queries import Standing, last_signed, standing_of
from inspect_app.signatures.rules import CONDITION, DISCREPANCY, ITEMS, ORDER
from inspect_app.signatures.things_words import discrepant
from inspect_app.visits.actions import change_state
from inspect_app.visits.file import VisitFile, file_of
from inspect_app.visits.rules import (
    Facts,
    Missing,
    due_transitions,
    may_capture,
    missing_for,
    missing_for_check_in,
)
from inspect_app.walkaround.rules import checks_for, stations

ANSWERED_WITHOUT_STATION = frozenset({"protection"})
"""Lines that may stay open when a station was answered line by line."""


@dataclass(frozen=True)
class Progress:
    """Everything about a visit's way: facts, signatures, what is due to be signed and missing."""

    facts: Facts
    sitting: Standing
    due: tuple[str, ...]
    missing: tuple[Missing, ...]

    @property
    def to_capture(self) -> list[Missing]:
        """What the staff still has to do before the last signature."""
        return [one for one in self.missing if one.place != "customer"]


def progress_of(file: VisitFile) -> Progress:
    """Looks at the whole file once."""
    facts, sitting = _facts_and_sitting(file)
    missing = missing_for_check_in(file.visit.state, facts)
    if not may_capture(file.visit.state):
        return Progress(facts, sitting, (), tuple(missing))
    ready = _ready(file, facts)
    due = sitting.due(ready) if ORDER in ready | sitting.standing else ()
    return Progress(facts, sitting, due, tuple(missing))


@dataclass(frozen=True)
class MissingPart:
    """One sentence of the list: a code, its page, and the papers or stations it is about."""

    code: str
    place: str
    about: tuple[str, ...]

    @property
    def spot(self) -> str:
        """Where on its page: the rest of the address, for the first thing that it is about."""
        if self.code == "CONDITION_NOT_LOOKED_AT":
            return f"?station={self.about[0]}#station"
        return f"#paper-{self.about[0]}" if self.about else _SPOTS.get(self.code, "")


_SPOTS = {
    "NO_ITEM": "#lines",
    "PRICE_UNANSWERED": "#lines",
    "PART_GRADE_MISSING": "#lines",
    "PART_ORIGIN_MISSING": "#lines",
    "PROMISED_TIME_MISSING": "#promised_at",
    "THINGS_NOT_COUNTED": "#things",
    "VALUABLES_NOTICE_NOT_TOLD": "#count",
    "VALUABLES_UNANSWERED": "#count",
    "BOX_NOT_NUMBERED": "#box",
    "KEY_NOT_NUMBERED": "#key",
    "SLOT_MISSING": "#key",
    "ODOMETER_MISSING": "#odometer",
}


def parts(missing: Iterable[Missing]) -> list[MissingPart]:
    """What is missing as sentences, each thing once, in the order of the pages."""
    found: dict[str, MissingPart] = {}
    for one in missing:
        about = found[one.code].about if one.code in found else ()
        more = (one.about,) if one.about else ()
        found[one.code] = MissingPart(one.code, one.place, (*about, *more))
    return list(found.values())


def facts_for(file: VisitFile) -> Facts:
    """The facts for the guards of T04, T10, T12, T16, T17 and T18."""
    return _facts_and_sitting(file)[0]


def missing(file: VisitFile) -> list[Missing]:
    """Everything between the visit's state and `checked_in`, in the order of the pages."""
    return missing_for_check_in(file.visit.state, facts_for(file))


def advance(
    visit_id: uuid.UUID, *, by: uuid.UUID, at: datetime, screen: str = "customer"
) -> list[str]:
    """Takes every transition that may fire now, each with its own time; returns their numbers.

    `at` is the time of those that have none of their own.
    """
    db.session.flush()
    file = file_of(visit_id)
    taken: list[str] = []
    for due in due_transitions(file.visit.state, facts_for(file)):
        number = due.transition.number
        moved_at = max(due.at or at, file.visit.state_since)
        change_state(file.visit, number, by=by, at=moved_at, screen=screen)
        taken.append(number)
    db.session.flush()
    return taken


def _ready(file: VisitFile, facts: Facts) -> frozenset[str]:
    """The statements that can be shown whole: S2 only when nothing is left to capture."""
    open_parts = {one.code for one in missing_for("T17", facts) if one.place != "customer"}
    ready = set()
    if not missing_for("T10", facts):
        ready.add(ORDER)
    if discrepant(file):
        ready.add(DISCREPANCY)
    if open_parts.isdisjoint(_THINGS):
        ready.add(ITEMS)
    if not open_parts and not missing_for("T10", facts):
        ready.add(CONDITION)
    return frozenset(ready)


_THINGS = frozenset(
    {
        "THINGS_NOT_COUNTED",
        "VALUABLES_NOTICE_NOT_TOLD",
        "VALUABLES_UNANSWERED",
        "BOX_NOT_NUMBERED",
    }
)


def _facts_and_sitting(file: VisitFile) -> tuple[Facts, Standing]:
    order_at = _latest(line.captured_at for line in file.main_lines)
    things = _latest(row.captured_at for row in (*file.belongings, file.count, file.box_use) if row)
    noted = _last_note_at(file)
    papers = discrepant(file)
    sitting = standing_of(
        file,
        statements.facts_now(file),
        {
            DISCREPANCY: _latest(paper.captured_at for paper in papers),
            ITEMS: things,
            CONDITION: noted,
        },
    )
    signed = last_signed(file)
    at = {code: _standing_at(code, sitting) for code in (ORDER, DISCREPANCY, ITEMS, CONDITION)}
    captured = _captured(file)
    vehicle, reading, count = file.visit.vehicle, file.reading, file.count
    facts = Facts(
        receptionist_set=file.visit.received_by_id is not None,
        purpose_set=bool(file.visit.purpose),
        item_count=len(file.main_lines),
        ungraded_parts=sum(not part.grade for part in _parts(file)),
        unproven_parts=sum(is_unproven(part) for part in _parts(file)),
        diagnosis_first=file.order.diagnosis_first,
        promised_at=file.order.promised_at,
        drafted_at=order_at,
        s1_at=signed[ORDER].signed_at if ORDER in signed else None,
        s1_is_of_this_version=at[ORDER] is not None,
        hand_over_began_at=min(captured, default=None),
        asked_papers=asked_papers(file.order.category),
        examined_papers=frozenset(paper.code for paper in file.papers),
        discrepant_papers=tuple(paper.code for paper in papers),
        sd_at={paper.code: sd_at for paper in papers if (sd_at := at[DISCREPANCY])},
        stations_looked_at=stations_looked_at(file),
        last_note_at=_not_after(noted, at[CONDITION]),
        s2_at=at[CONDITION] or _older(CONDITION, sitting, noted, file),
        things_answered=bool(file.belongings) or bool(count and count.nothing_left),
        things_changed_at=_not_after(things, at[ITEMS]),
        si_at=at[ITEMS] or _older(ITEMS, sitting, things, file),
        valuables_answered=bool(count and count.valuables),
        valuables_notice_told=bool(count and count.notice_told_at),
        things_in_box=any(item.place == "in_box" for item in file.belongings),
        box_numbered=file.box is not None,
        key_numbered=file.tag is not None,
        slot_assigned=file.slot is not None,
        powertrain=vehicle.powertrain,
        odometer_entered=reading is not None and reading.odometer is not None,
        fuel_entered=reading is not None
        and (reading.fuel_eighths is not None or reading.fuel_percent is not None),
        charge_entered=reading is not None and reading.charge_percent is not None,
        last_captured_at=max(captured, default=None),
        told_complete_at=file.visit.told_complete_at,
    )
    return facts, sitting


def _parts(file: VisitFile) -> list[OrderPart]:
    return [part for line in file.main_lines for part in file.parts.get(line.id, ())]


def stations_looked_at(file: VisitFile) -> frozenset[str]:
    """The stations that were closed as a whole, or answered line by line."""
    answered = {(check.list_name, check.code) for check in file.checks}
    found = set()
    for station in stations():
        asked = checks_for(station.code, file.visit.vehicle.powertrain).lines()
        each = [line for line in asked if line[0] not in ANSWERED_WITHOUT_STATION]
        if ("zone", station.code) in answered or (each and answered.issuperset(each)):
            found.add(station.code)
    return frozenset(found)


def _standing_at(code: str, sitting: Standing) -> datetime | None:
    return sitting.signed[code].signed_at if code in sitting.standing else None


def _older(
    code: str, sitting: Standing, changed_at: datetime | None, file: VisitFile
) -> datetime | None:
    """The time of a signature that no longer stands because of a later entry; the guard then says
    so. One that never stood counts as missing."""
    last = last_signed(file).get(code)
    if code in sitting.standing or last is None or changed_at is None:
        return None
    return last.signed_at if changed_at > last.signed_at else None


def _not_after(noted_at: datetime | None, signed_at: datetime | None) -> datetime | None:
    """What was signed as it is was noted before, even where two tablets' clocks differ a little."""
    if noted_at is None or signed_at is None:
        return noted_at
    return min(noted_at, signed_at)


def _last_note_at(file: VisitFile) -> datetime | None:
    rows = (file.walkaround, file.reading, file.key)
    return _latest(
        [
            *(noted.mark.captured_at for noted in file.new_marks),
            *(check.captured_at for check in exceptions(file)),
            *(row.captured_at for row in rows if row is not None),
        ]
    )


def _captured(file: VisitFile) -> list[datetime]:
    """The times of everything captured at the car with the customer present."""
    single = (file.walkaround, file.count, file.box_use, file.reading, file.key)
    rows = [*file.checks, *file.papers, *file.belongings, *(row for row in single if row)]
    return [
        *(row.captured_at for row in rows),
        *(noted.mark.captured_at for noted in file.new_marks),
    ]


def _latest(moments: Iterable[datetime]) -> datetime | None:
    return max(moments, default=None)
