"""What the pages of an addition show, and to whom."""

import uuid
from datetime import datetime, timedelta
from typing import Any

from flask import Response, g, make_response, render_template, request

from inspect_app.access import who
from inspect_app.additions import rules
from inspect_app.additions.models import Addition
from inspect_app.additions.queries import (
    addition_of,
    additions_of,
    calls_of,
    photos_of_finding,
    status_of,
    statuses_of,
)
from inspect_app.additions.sitting import links_for
from inspect_app.additions.words import declined_text, delay_text
from inspect_app.amounts import typed_amount
from inspect_app.db import db, now
from inspect_app.errors import Invalid, Refused, Words
from inspect_app.orders.models import Order
from inspect_app.orders.queries import order_of
from inspect_app.sites.hours import into_opening_hours
from inspect_app.sites.queries import site_rules
from inspect_app.staff.rules import RECEPTION, sees_contact, sees_prices
from inspect_app.visits.models import Visit
from inspect_app.visits.queries import visit_of
from inspect_app.workshop.queries import people_with
from inspect_app.workshop.rules import SUPERVISORS, WORKERS, elapsed_minutes


def call_sheet(visit_id: uuid.UUID, addition_id: uuid.UUID, **more: Any) -> dict[str, Any]:
    """One screen: what was found, what to read aloud, who is called, each answer, passing it on."""
    visit, addition = visit_of(visit_id), addition_of(visit_id, addition_id)
    order, statuses = order_of(visit_id), statuses_of(addition)
    calls = calls_of(visit_id, addition_id)
    act = rules.next_act(statuses)
    number, name = _whom(visit) if sees_contact(who().roles) else ("", "")
    sheet_goes = "yes" in statuses
    return {
        "visit": visit,
        "order": order,
        "addition": addition,
        "rows": list(zip(addition.lines, statuses, strict=True)),
        "act": act,
        "calls": calls,
        "photos": photos_of_finding(visit_id, addition_id),
        "prices": sees_prices(who().roles),
        "contact": sees_contact(who().roles),
        "answers": who().may(*RECEPTION) and visit.state in rules.REPORTABLE,
        "states": who().may(*RECEPTION, *SUPERVISORS) and visit.state in rules.REPORTABLE,
        "number": number,
        "name": name,
        "told_at": addition.promised_at or proposed_time(order, addition),
        "again_at": now() + timedelta(hours=1),
        "receivers": people_with(SUPERVISORS if sheet_goes else WORKERS),
        "sheet_goes": sheet_goes,
        "delay_text": delay_text(addition, visit.customer_locale),
        "declined_text": declined_text(visit.customer_locale),
        "minutes": _measured(addition, calls),
        "at_once": site_rules().at_once_minutes,
        "links": links_for(visit, addition_id),
        "typed": typed_amount,
        "problems": {},
        "form": {},
        "now": now(),
        **more,
    }


def _whom(visit: Visit) -> tuple[str, str]:
    """Who is called: the customer, or who brought the car."""
    customer = visit.customer
    if customer is not None and customer.phone:
        return customer.phone, customer.name
    return visit.bringer_phone, visit.bringer_name or (customer.name if customer else "")


def proposed_time(order: Order, addition: Addition) -> datetime | None:
    """The promised time and the delay that was stated, pulled into opening hours."""
    if order.promised_at is None or not addition.added_minutes:
        return order.promised_at
    later = order.promised_at + timedelta(minutes=addition.added_minutes)
    return into_opening_hours(later)


def _measured(addition: Addition, calls: list[Any]) -> dict[str, int | None]:
    """Minutes from the finding to the first call, and from the last answer to passing it on."""
    answers = [one for line in addition.lines for one in line.answers]
    last = max((one.captured_at for one in answers if one.answer in rules.CLEAR), default=None)
    relayed = max((one.captured_at for one in addition.relays), default=None)
    is_open = addition.closed_at is None
    called = calls[0].actual_at if calls else (now() if is_open and not answers else None)
    passed = relayed if relayed and last and relayed >= last else now() if is_open else relayed
    return {
        "to_call": elapsed_minutes(addition.captured_at, called),
        "to_relay": elapsed_minutes(last, passed),
    }


def part_page(visit_id: uuid.UUID) -> dict[str, Any]:
    """The additions' part of a visit's record."""
    return {
        "visit": visit_of(visit_id),
        "additions": additions_of(visit_id),
        "status_of": status_of,
        "prices": sees_prices(who().roles),
    }


def finding_page(visit: Visit, **more: Any) -> dict[str, Any]:
    """The form of a finding; its id is made before, so that its photos can name it."""
    return {"visit": visit, "row_id": uuid.uuid4(), "problems": {}, "form": {}, **more}


def refused_sheet(visit_id: uuid.UUID, addition_id: uuid.UUID, refused: Refused) -> Response:
    """The call sheet as it is now, with what was typed and why it was refused."""
    g.writes = False
    db.session.rollback()
    problems: dict[str, Words] = (
        dict(refused.problems) if isinstance(refused, Invalid) else {"act": refused.message}
    )
    page = call_sheet(visit_id, addition_id, problems=problems, form=request.form)
    answer = make_response(render_template("additions/show.html", **page), refused.status)
    answer.headers["X-Problem"] = type(refused).__name__
    return answer
