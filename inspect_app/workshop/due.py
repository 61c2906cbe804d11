"""What falls due in the workshop, and its place in the record: named where the routes are."""

from datetime import datetime, timedelta
from typing import cast

from flask import url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from inspect_app.db import db
from inspect_app.i18n import clock, zone
from inspect_app.orders.models import Order
from inspect_app.sites.hours import into_opening_hours
from inspect_app.sites.queries import site_rules
from inspect_app.staff.places import Place, add_place
from inspect_app.staff.rules import RECEPTION, VISIT_READERS
from inspect_app.visits.due import DueRow, add_source
from inspect_app.visits.models import Visit
from inspect_app.visits.rules import GONE_STATES
from inspect_app.visits.story import Act, Part, add_act, add_part
from inspect_app.workshop import rules
from inspect_app.workshop.models import (
    Assignment,
    Job,
    Measure,
    ProgressAnswer,
    Wash,
    WorkshopReceipt,
)

SEES = frozenset((*RECEPTION, *rules.SUPERVISORS))


def _at_once() -> timedelta:
    return timedelta(minutes=site_rules().at_once_minutes)


def _row(at: datetime, kind: str, visit: Visit, words: str, endpoint: str) -> DueRow:
    url = url_for(endpoint, visit_id=visit.id)
    return DueRow(at, kind, visit.id, visit.vehicle, words=words, url=url)


def _ways(_now: datetime) -> list[DueRow]:
    """Cars whose customer was told that all is complete, cars whose teams are not set, and cars
    accepted as finished that wait for a clerk."""
    found = db.session.execute(
        select(Visit, Job.needs_several_teams, Job.captured_at)
        .outerjoin(Job, Job.visit_id == Visit.id)
        .options(joinedload(Visit.vehicle))
        .where(
            (Visit.state == "work_done")
            | ((Visit.state == "checked_in") & Visit.told_complete_at.is_not(None))
            | ((Visit.state.in_(rules.ON_THE_WAY | rules.IN_WORK)) & Job.needs_several_teams),
            ~select(Assignment.id)
            .where(Assignment.visit_id == Visit.id, Assignment.ended_at.is_(None))
            .exists()
            | (Visit.state != "washing_in") & (Visit.state.not_in(rules.IN_WORK)),
        )
    )
    rows = []
    for visit, needs_teams, completed_at in found:
        if visit.state == "work_done":
            at = visit.state_since + _at_once()
            words, page = _("Take the finished car over"), "workshop.finished"
        elif not needs_teams:
            at = (visit.told_complete_at or visit.state_since) + _at_once()
            words, page = _("Bring the car to the workshop"), "workshop.way"
        else:
            at = completed_at + _at_once()
            words, page = _("Set the teams"), "workshop.job"
        rows.append(_row(at, "to_workshop", visit, words, page))
    return rows


def _washes(_now: datetime) -> list[DueRow]:
    """Cars that are washed and not back (8.06, N12)."""
    washes = db.session.scalars(
        select(Wash)
        .options(joinedload(Wash.visit).joinedload(Visit.vehicle))
        .where(Wash.returned_at.is_(None))
    )
    return [
        DueRow(
            (wash.washed_at or wash.captured_at) + _at_once(),
            "wash",
            wash.visit_id,
            wash.visit.vehicle,
            words=_("Washed: give the car back") if wash.washed_at else _("Wash the car"),
            url=url_for("workshop.washes"),
        )
        for wash in washes
    ]


_received_at = (
    select(func.max(WorkshopReceipt.captured_at))
    .where(WorkshopReceipt.visit_id == Visit.id)
    .correlate(Visit)
    .scalar_subquery()
)
_answered_at = (
    select(func.max(ProgressAnswer.captured_at))
    .where(ProgressAnswer.visit_id == Visit.id)
    .correlate(Visit)
    .scalar_subquery()
)


def _questions(now: datetime) -> list[DueRow]:
    """Cars whose workshop is to be asked how far it is, from 70 % of the work period on; a window
    that opens while the shop is closed is served at the next opening (10.01)."""
    settings = site_rules()
    midnight = now.astimezone(zone()).replace(hour=0, minute=0, second=0, microsecond=0)
    end_of_day = midnight + timedelta(days=1)
    found = db.session.execute(
        select(Visit, Order.promised_at, _received_at, _answered_at)
        .join(Order, Order.visit_id == Visit.id)
        .options(joinedload(Visit.vehicle))
        .where(Visit.state.in_(rules.IN_WORK), Order.promised_at.is_not(None))
    )
    rows = []
    for visit, promised_at, *times in found:
        received_at, answered_at = cast("tuple[datetime | None, datetime | None]", times)
        if received_at is None:
            continue
        window = rules.progress_window(
            received_at, promised_at, settings.progress_from_percent, settings.progress_to_percent
        )
        if window is None or window.is_answered([answered_at] if answered_at is not None else []):
            continue
        at = into_opening_hours(window.opens_at)
        if at < end_of_day:
            words = _(
                "Ask the workshop how far it is, before %(time)s", time=clock(window.closes_at)
            )
            rows.append(_row(at, "progress", visit, words, "workshop.progress"))
    return rows


def _measures(_now: datetime) -> list[DueRow]:
    """Measures that were promised and are not taken yet (10.03)."""
    found = db.session.execute(
        select(Measure, Visit)
        .join(Visit, Visit.id == Measure.visit_id)
        .options(joinedload(Visit.vehicle), joinedload(Measure.owner))
        .where(Measure.done_at.is_(None), Visit.state.not_in(GONE_STATES))
    )
    return [
        _row(one.due_at, "measure", visit, f"{one.owner.name}: {one.text}", "workshop.show")
        for one, visit in found
    ]


ROLES = frozenset(VISIT_READERS)
STORY_STATES = frozenset(
    {
        "checked_in",
        "washing_in",
        "in_workshop",
        "awaiting_approval",
        "work_done",
        "preparing_delivery",
        "ready_notified",
        "settling",
        "settled",
        "delivering",
        "delivered",
        "left",
        "follow_up_due",
        "closed",
    }
)

add_source("workshop.way", _ways, SEES)
add_source("workshop.washes", _washes, frozenset(rules.WASHERS))
add_source("workshop.questions", _questions, SEES)
add_source("workshop.measures", _measures, SEES)
add_part(Part("workshop", _l("Workshop"), "workshop.show", STORY_STATES, ROLES, place=40))
add_act(Act(_l("To the workshop"), "workshop.way", frozenset({"checked_in"}), frozenset(RECEPTION)))
add_act(Act(_l("The workshop takes the car"), "workshop.receipt", frozenset({"washing_in"}), SEES))
add_act(Act(_l("How far is it?"), "workshop.progress", frozenset({"in_workshop"}), SEES))
add_act(Act(_l("Take the car over"), "workshop.finished", frozenset({"work_done"}), SEES))
add_place(
    Place("workshop", "workshop.board", _l("Workshop"), "wrench", frozenset(rules.JOB_READERS))
)
add_place(Place("washes", "workshop.washes", _l("Wash"), "drop", frozenset(rules.WASHERS)))
