"""Reporting a finding, pricing it, writing down the customer's answer, passing it on (1.9)."""

import logging
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from inspect_app.additions import rules
from inspect_app.additions.models import Addition, AdditionLine, Answer
from inspect_app.additions.queries import addition_of, next_number, said_of, statuses_of
from inspect_app.additions.words import refuse, text_read
from inspect_app.contact_log.actions import log_contact
from inspect_app.contact_log.models import ContactLog
from inspect_app.db import db
from inspect_app.errors import Conflict, NotFound
from inspect_app.i18n import clock
from inspect_app.orders.models import OrderLine
from inspect_app.visits.actions import change_state
from inspect_app.visits.history import note
from inspect_app.visits.models import Visit
from inspect_app.workshop.models import WorkStep

log = logging.getLogger(__name__)
SCREEN = "additions"


@dataclass(frozen=True)
class FindingDraft:
    """What the workshop found. Prices and delay may come later, from who knows them."""

    id: uuid.UUID
    items: Sequence[str]
    reason: str
    is_safety: bool
    stake: str
    added_minutes: int | None


def report(visit: Visit, draft: FindingDraft, *, by: uuid.UUID, at: datetime) -> Addition:
    """The workshop found something: it reaches reception at once, and may not be begun."""
    known = db.session.get(Addition, draft.id)
    if known is not None:
        return addition_of(visit.id, draft.id)
    _refuse_not_in_work(visit)
    db.session.execute(select(Visit.id).where(Visit.id == visit.id).with_for_update())
    row = Addition(
        id=draft.id,
        visit_id=visit.id,
        number=next_number(visit.id),
        reason=draft.reason,
        is_safety=draft.is_safety,
        stake=draft.stake,
        added_minutes=draft.added_minutes,
        by_id=by,
        captured_at=at,
    )
    row.lines = [
        AdditionLine(
            id=uuid.uuid5(draft.id, str(place)),
            position=place,
            description=item,
            by_id=by,
            captured_at=at,
        )
        for place, item in enumerate(draft.items, start=1)
    ]
    db.session.add(row)
    note(
        visit.id, "addition.found", by=by, at=at, screen="workshop",
        addition=str(row.id), safety=draft.is_safety,
    )  # fmt: skip
    db.session.flush()
    log.info("addition found visit=%s addition=%s", visit.id, row.id)
    return addition_of(visit.id, row.id)


def _refuse_not_in_work(visit: Visit) -> None:
    if visit.state not in rules.REPORTABLE:
        raise Conflict(_l("This car is not in work now. Open its page again to see where it is."))


@dataclass(frozen=True)
class StateDraft:
    """Price of each line, delay and new time, as they are told. A price of None stays open."""

    prices: Mapping[uuid.UUID, int | None]
    added_minutes: int | None
    promised_at: datetime | None
    stake: str


def state(
    visit: Visit, addition: Addition, draft: StateDraft, *, by: uuid.UUID, at: datetime
) -> None:
    """Prices and delay are stated or changed. With all of them T22 is taken; a changed price makes
    void what was answered to the line, and takes it off the order again."""
    _refuse_not_in_work(visit)
    for line in addition.lines:
        price = draft.prices.get(line.id, line.price_amount)
        if price != line.price_amount:
            _reprice(visit, line, price, by=by, at=at)
    addition.added_minutes, addition.promised_at = draft.added_minutes, draft.promised_at
    addition.stake = draft.stake
    prices = [line.price_amount for line in addition.lines]
    missing = rules.missing_to_state(
        prices=prices, reason=addition.reason, added_minutes=addition.added_minutes
    )
    if not missing and addition.stated_at is None:
        addition.stated_at = at
    if addition.stated_at is not None and set(statuses_of(addition)) - rules.CLOSED:
        _open(visit, addition, by=by, at=at)
    db.session.flush()


def _reprice(
    visit: Visit, line: AdditionLine, price: int | None, *, by: uuid.UUID, at: datetime
) -> None:
    if line.order_line_id is not None:
        _take_off_the_order(line, at=at)
    note(
        visit.id, "addition.priced", by=by, at=at, screen=SCREEN,
        line=str(line.id), before=line.price_amount, after=price, answers=len(line.answers),
    )  # fmt: skip
    line.price_amount = price


def _take_off_the_order(line: AdditionLine, *, at: datetime) -> None:
    order_line = db.session.get_one(OrderLine, line.order_line_id)
    if is_begun(order_line.id):
        raise Conflict(
            _l(
                "Work on “%(item)s” has begun at the agreed price. Report what is needed "
                "beyond it as a new finding.",
                item=line.description,
            )
        )
    order_line.removed_at, line.order_line_id = at, None


def is_begun(order_line_id: uuid.UUID) -> bool:
    """Whether the workshop has done anything to this line of the order."""
    return bool(db.session.scalar(select(WorkStep.id).where(WorkStep.line_id == order_line_id)))


def _open(visit: Visit, addition: Addition, *, by: uuid.UUID, at: datetime) -> None:
    """T22, or where the car waits already, a line in its history."""
    was_open, addition.closed_at = addition.closed_at is None, None
    if visit.state == "in_workshop":
        change_state(visit, "T22", by=by, at=at, screen=SCREEN, addition=str(addition.id))
    elif not was_open or addition.stated_at == at:
        note(visit.id, "addition.stated", by=by, at=at, screen=SCREEN, addition=str(addition.id))


@dataclass(frozen=True)
class Reply:
    """What was said of one line. `seen`: how many answers the page showed."""

    answer: str
    seen: int


@dataclass(frozen=True)
class CallDraft:
    """One call, or a talk with a customer who waits in the hall."""

    id: uuid.UUID
    channel: str
    result: str
    number: str
    who_answered: str
    is_told: bool
    is_stake_told: bool
    replies: Mapping[uuid.UUID, Reply]
    call_again_at: datetime | None = None


def record_call(
    visit: Visit,
    addition: Addition,
    draft: CallDraft,
    *,
    language: str,
    by: uuid.UUID,
    at: datetime,
) -> ContactLog:
    """Writes the call down with every answer. The same call again is one call.

    Raises Invalid where the call can't carry what is entered, Conflict where someone else has
    entered another answer to the same line.
    """
    if (known := db.session.get(ContactLog, draft.id)) is not None:
        return known
    _refuse_not_in_work(visit)
    refuse(rules.missing_to_state(
        prices=[line.price_amount for line in addition.lines],
        reason=addition.reason, added_minutes=addition.added_minutes,
    ))  # fmt: skip
    is_reached = draft.result == "reached"
    refuse(
        rules.missing_for_answer(
            rules.CallFacts(
                is_reached=is_reached,
                is_told=draft.is_told,
                is_safety=addition.is_safety,
                is_stake_told=draft.is_stake_told,
                who_answered=draft.who_answered,
                answers=tuple(reply.answer for reply in draft.replies.values()),
            )
        )
    )
    lines = _answerable(addition, draft.replies)
    call = log_contact(
        visit.id, kind="addition_call", channel=draft.channel, result=draft.result, by=by, at=at,
        planned_at=addition.call_again_at or addition.recorded_at,
        number=draft.number, person_reached=draft.who_answered if is_reached else "",
        text=text_read(addition, language) if draft.is_told else "",
        detail={
            "addition": str(addition.id),
            "told": draft.is_told,
            "stake_told": draft.is_stake_told,
            "answers": {str(line.id): reply.answer for line, reply in lines},
            "prices": {str(line.id): line.price_amount for line in addition.lines},
        },
        row_id=draft.id,
    )  # fmt: skip
    for line, reply in lines:
        give_answer(
            visit, addition, line, reply.answer,
            answer_id=uuid.uuid5(draft.id, str(line.id)), channel=draft.channel,
            who_answered=draft.who_answered, by=by, at=at, contact_id=call.id,
        )  # fmt: skip
    addition.call_again_at = draft.call_again_at
    if not is_reached and visit.state == "awaiting_approval":
        change_state(visit, "T25", by=by, at=at, screen=SCREEN, addition=str(addition.id))
    db.session.flush()
    return call


def _answerable(
    addition: Addition, replies: Mapping[uuid.UUID, Reply]
) -> list[tuple[AdditionLine, Reply]]:
    by_id = {line.id: line for line in addition.lines}
    if not set(replies) <= set(by_id):
        raise NotFound
    found = [(by_id[line_id], reply) for line_id, reply in replies.items() if reply.answer]
    for line, reply in found:
        refuse_overtaken(line, reply.seen)
    return found


def refuse_overtaken(line: AdditionLine, seen: int) -> None:
    """Of two who answer for one line the second is told who was first."""
    # The second waits here until the first is done.
    db.session.execute(select(AdditionLine.id).where(AdditionLine.id == line.id).with_for_update())
    if len(line.answers) > seen:
        last = line.answers[-1]
        raise Conflict(
            _l(
                "%(name)s was first: “%(item)s” was answered at %(time)s. "
                "Open the page again to see it; nothing was changed.",
                name=last.by.name,
                item=line.description,
                time=clock(last.captured_at),
            )
        )


def give_answer(
    visit: Visit,
    addition: Addition,
    line: AdditionLine,
    answer: str,
    *,
    answer_id: uuid.UUID,
    channel: str,
    who_answered: str,
    by: uuid.UUID,
    at: datetime,
    contact_id: uuid.UUID | None = None,
    seal_id: uuid.UUID | None = None,
) -> Answer:
    """The customer's answer to one line, at the price and time that were told."""
    row = Answer(
        id=answer_id,
        line_id=line.id,
        sequence=len(said_of(line)) + 1,
        answer=answer,
        channel=channel,
        price_amount=line.price_amount,
        promised_at=addition.promised_at,
        who_answered=who_answered,
        contact_id=contact_id,
        seal_id=seal_id,
        by_id=by,
        captured_at=at,
    )
    line.answers.append(row)
    note(
        visit.id, "addition.answered", by=by, at=at, screen=SCREEN,
        line=str(line.id), answer=answer, channel=channel, price=line.price_amount,
    )  # fmt: skip
    db.session.flush()
    log.info("addition answered visit=%s line=%s", visit.id, line.id)
    return row
