"""Declining, withdrawing, clearing the exit, seeing the customer off."""

import logging
import uuid
from dataclasses import dataclass
from datetime import datetime

from flask_babel import lazy_gettext as _l
from sqlalchemy.exc import IntegrityError

from inspect_app.belongings.boxes import open_box
from inspect_app.db import db
from inspect_app.errors import Conflict, Refused, Words
from inspect_app.exits import queries, rules
from inspect_app.exits.models import Exit
from inspect_app.exits.queries import exit_of
from inspect_app.gate_passes.actions import PassDraft, issue
from inspect_app.gate_passes.models import GatePass
from inspect_app.payments.queries import fee_states
from inspect_app.payments.rules import open_fees
from inspect_app.returns.actions import ReturnDraft, give_back
from inspect_app.returns.queries import things_of
from inspect_app.visits.actions import change_state
from inspect_app.visits.history import note
from inspect_app.visits.models import Visit
from inspect_app.visits.rules import Missing

log = logging.getLogger(__name__)
SCREEN = "exit"


class StillMissing(Refused):
    """The exit waits for something; `missing` says for what."""

    def __init__(self, missing: list[Missing]) -> None:
        super().__init__(_SENTENCES.get(missing[0].code, _NOT_DRAFTED))
        self.missing = missing


_NOT_DRAFTED: Words = _l(
    "Nothing was offered yet. Finish the order first, or close the visit as a consultation."
)
_SENTENCES: dict[str, Words] = {
    "FEE_OPEN": _l("A fee is still to be paid. Take it, or let the supervisor waive it."),
    "REASON_MISSING": _l("Say why the order is withdrawn."),
    "KEY_NOT_RETURNED": _l("The key is not given back yet."),
    "PAPER_NOT_RETURNED": _l("A paper is not given back yet."),
    "BELONGING_NOT_RETURNED": _l("Something from the list is not given back yet."),
    "DIFFERENCE_UNEXPLAINED": _l("Less went back than was taken in. Say why."),
    "BOX_NOT_OPENED": _l("The storage box is still closed."),
    "SB_MISSING": _l("The customer has not signed that all was given back."),
    "SB_OLDER_THAN_LIST": _l("The list has changed since the customer signed it. Sign it again."),
}


@dataclass(frozen=True)
class ExitDraft:
    """The decision as it was said."""

    id: uuid.UUID
    reason_code: str = ""
    reason: str = ""


def decline(visit: Visit, draft: ExitDraft, *, by: uuid.UUID, at: datetime) -> Exit:
    """T13: the customer leaves without a repair; the reason is optional. A repeat changes nothing.

    Raises StillMissing where nothing was offered, Conflict where more than an offer stands.
    """
    earlier = exit_of(visit.id)
    if earlier is not None and earlier.kind == "declined":
        return earlier
    if visit.state not in rules.DECLINES:
        raise Conflict(_l("This visit has gone on since. Open it again to see where it stands."))
    if missing := queries.missing_for_decline(visit):
        raise StillMissing(missing)
    row = _add(visit, "declined", draft, by=by, at=at)
    at = max(at, visit.state_since)
    if visit.state == "arrived":
        change_state(visit, "T10", by=by, at=at, screen=SCREEN)
    change_state(visit, "T13", by=by, at=at, screen=SCREEN, reason_code=draft.reason_code)
    db.session.flush()
    return row


def begin_withdrawal(visit: Visit, draft: ExitDraft, *, by: uuid.UUID, at: datetime) -> Exit:
    """The customer changes mind after S1 and before the work: everything goes back first. Where
    nothing was handed in, T40 fires at once."""
    earlier = exit_of(visit.id)
    if earlier is None:
        if visit.state not in rules.WITHDRAWS:
            raise Conflict(_l("The work has begun. A supervisor decides how it is stopped."))
        if not draft.reason_code:
            raise StillMissing([Missing("REASON_MISSING", rules.PLACE)])
        earlier = _add(visit, "withdrawn", draft, by=by, at=at)
    if not things_of(visit.id):
        finish_withdrawal(visit, by=by, at=at)
    return earlier


def _add(visit: Visit, kind: str, draft: ExitDraft, *, by: uuid.UUID, at: datetime) -> Exit:
    if db.session.get(Exit, draft.id) is not None:
        raise Conflict(_l("This entry belongs to something else. Open the page again."))
    row = Exit(
        id=draft.id, visit_id=visit.id, kind=kind, reason_code=draft.reason_code,
        reason=draft.reason, by_id=by, captured_at=at,
    )  # fmt: skip
    try:
        with db.session.begin_nested():
            db.session.add(row)
    except IntegrityError:
        raise Conflict(_l("Someone entered this at the same moment. Open it again.")) from None
    note(visit.id, f"exit.{kind}", by=by, at=at, screen=SCREEN, reason_code=draft.reason_code)
    log.info("exit visit=%s kind=%s", visit.id, kind)
    return row


def call_off(visit: Visit, *, by: uuid.UUID, at: datetime) -> None:
    """The customer stays after all. What was given back is taken in again by hand, so this is
    refused once something has gone back."""
    row = exit_of(visit.id)
    if row is None or row.kind != "withdrawn" or visit.state not in rules.WITHDRAWS:
        raise Conflict(_l("Nothing can be called off here. Open the visit again."))
    if any(thing.returned for thing in things_of(visit.id)):
        raise Conflict(
            _l("Something was given back already. Finish the exit, and take the car in anew.")
        )
    row.called_off_at = at
    note(visit.id, "exit.called_off", by=by, at=at, screen=SCREEN)
    db.session.flush()


def give_all_back(
    visit: Visit, *, by: uuid.UUID, at: datetime, now: datetime, tablet_id: uuid.UUID | None
) -> None:
    """Everything that was not spoken of yet goes back whole, and the box is opened."""
    _must_be_withdrawn(visit)
    for thing in things_of(visit.id):
        if thing.returned is None:
            whole = ReturnDraft(uuid.uuid4(), thing.subject, thing.id)
            give_back(visit, whole, by=by, at=at, now=now, tablet_id=tablet_id)
    open_box(visit, by=by, at=at)


def give_one_back(
    visit: Visit,
    draft: ReturnDraft,
    *,
    by: uuid.UUID,
    at: datetime,
    now: datetime,
    tablet_id: uuid.UUID | None,
) -> None:
    """One thing goes back, whole or not."""
    _must_be_withdrawn(visit)
    give_back(visit, draft, by=by, at=at, now=now, tablet_id=tablet_id)


def _must_be_withdrawn(visit: Visit) -> None:
    row = exit_of(visit.id)
    if row is None or row.kind != "withdrawn" or visit.state not in rules.WITHDRAWS:
        raise Conflict(_l("The order is not being withdrawn. Say first why it is."))


def finish_withdrawal(visit: Visit, *, by: uuid.UUID, at: datetime) -> None:
    """T40: key, papers and things are given back and signed for; the order is cancelled."""
    if missing := queries.missing_for_withdrawal(visit):
        raise StillMissing(missing)
    row = exit_of(visit.id)
    at = max(at, visit.state_since)
    change_state(
        visit, "T40", by=by, at=at, screen=SCREEN, reason_code=row.reason_code if row else ""
    )
    db.session.flush()


def clear(visit: Visit, *, pass_id: uuid.UUID, by: uuid.UUID, at: datetime) -> GatePass:
    """T14: no fee is open any more; the pass is given with it. A repeat is answered with it."""
    states = [state for _fee, state in fee_states(visit.id)]
    if visit.state == "declined":
        if missing := rules.missing_for_clearance(open_fees(states)):
            raise StillMissing(missing)
        change_state(visit, "T14", by=by, at=max(at, visit.state_since), screen=SCREEN)
        db.session.flush()
    status = rules.fee_status([state.code for state in states])
    draft = PassDraft(id=pass_id, kind="declined", fee_status=status)
    return issue(visit, draft, by=by, at=at)


def see_off(visit: Visit, *, by: uuid.UUID, at: datetime) -> None:
    """3.06: as friendly as with one who stays."""
    row = exit_of(visit.id)
    if row is None:
        raise Conflict(_l("Nobody leaves here without a repair. Open the visit again."))
    if row.seen_off_at is None:
        row.seen_off_at, row.seen_off_by_id = at, by
        note(visit.id, "exit.seen_off", by=by, at=at, screen=SCREEN)
        db.session.flush()
