"""Answering check lines and closing stations (6.05)."""

import uuid
from datetime import datetime

from sqlalchemy import select

from inspect_app.db import db
from inspect_app.visits.history import note
from inspect_app.visits.models import Visit
from inspect_app.walkaround.models import Check, Mark
from inspect_app.walkaround.queries import check_of, station_of_mark
from inspect_app.walkaround.rules import checks_for, is_exception, normal_result, station_of

SCREEN = "walkaround"


def answer_check(
    visit: Visit,
    row_id: uuid.UUID,
    kind: str,
    code: str,
    result: str,
    remark: str,
    *,
    by: uuid.UUID,
    at: datetime,
) -> Check:
    """Writes the answer to a line. The later capture wins, but an abnormality that comes late is
    never lost to an earlier-arrived "normal": someone saw it."""
    row = check_of(visit.id, kind, code)
    abnormal = is_exception(kind, code, result)
    late = row is not None and at < row.captured_at
    loses = late and not (abnormal and row is not None and not is_exception(kind, code, row.result))
    before = row.result if row else ""
    note(visit.id, "check.superseded" if loses else "check.answered", by=by, at=at, screen=SCREEN,
         list=kind, code=code, before=before, result=result)  # fmt: skip
    if row is None:
        row = Check(id=row_id, visit_id=visit.id, list_name=kind, code=code)
        if db.session.get(Check, row_id) is not None:
            row.id = uuid.uuid4()  # the same form answered another line before
        db.session.add(row)
    if not loses:
        row.result, row.remark, row.by_id = result, remark, by
        row.captured_at = max(at, row.captured_at) if late else at
    db.session.flush()
    restate_station(visit.id, station_of(kind, code))
    return row


def close_station(visit: Visit, station: str, result: str, *, by: uuid.UUID, at: datetime) -> int:
    """The station is done. `normal` answers every untouched line of it, and returns how many;
    `not_checked` says that it was not looked at, and answers none."""
    powertrain = visit.vehicle.powertrain
    answered = 0
    if result == "normal":
        touched = set(
            db.session.execute(
                select(Check.list_name, Check.code).where(Check.visit_id == visit.id)
            ).all()
        )
        for kind, code in checks_for(station, powertrain).lines():
            if kind != "zone" and (kind, code) not in touched:
                db.session.add(
                    Check(visit_id=visit.id, list_name=kind, code=code,
                          result=normal_result(kind, code), by_id=by, captured_at=at)
                )  # fmt: skip
                answered += 1
    row = check_of(visit.id, "zone", station)
    is_older = row is not None and at < row.captured_at
    if row is None:
        row = Check(visit_id=visit.id, list_name="zone", code=station)
        row.result, row.by_id, row.captured_at = result, by, at
        db.session.add(row)
    elif not is_older:
        row.result, row.by_id, row.captured_at = result, by, at
    kind = "station.superseded" if is_older else "station.closed"
    note(visit.id, kind, by=by, at=at, screen=SCREEN,
         station=station, result=result, answered=answered)  # fmt: skip
    db.session.flush()
    restate_station(visit.id, station)
    return answered


def restate_station(visit_id: uuid.UUID, station: str) -> None:
    """A closed station is abnormal while one of its zones has a mark or one of its lines is an
    exception, and normal again once none has."""
    row = check_of(visit_id, "zone", station)
    if row is None or row.result == "not_checked":
        return
    marks = db.session.scalars(
        select(Mark).where(Mark.visit_id == visit_id, Mark.removed_at.is_(None))
    )
    lines = db.session.scalars(
        select(Check).where(Check.visit_id == visit_id, Check.list_name != "zone")
    )
    abnormal = any(station_of_mark(mark) == station for mark in marks) or any(
        is_exception(line.list_name, line.code, line.result)
        and station_of(line.list_name, line.code) == station
        for line in lines
    )
    row.result = "abnormal" if abnormal else "normal"
    db.session.flush()
