"""Totalling, adding from the slips, showing, taking money, and closing a settlement."""

import logging
import uuid
from dataclasses import dataclass
from datetime import datetime

from flask_babel import lazy_gettext as _l

from inspect_app.db import db
from inspect_app.errors import Conflict, Invalid, NotFound, Words
from inspect_app.gate_passes.actions import PassDraft, issue
from inspect_app.gate_passes.models import GatePass
from inspect_app.guarantees.actions import give_card
from inspect_app.orders.rules import MAX_PRICE
from inspect_app.payments.actions import Money, cash_amount, take
from inspect_app.payments.models import Payment
from inspect_app.settlements import rules
from inspect_app.settlements.models import (
    AddedCharge,
    Settlement,
    SettlementAgreement,
    SettlementVersion,
)
from inspect_app.settlements.queries import (
    Sheet,
    charge_of,
    notified_at,
    settlement_of,
    sheet_of,
    storage_rule,
)
from inspect_app.settlements.sums import share_of
from inspect_app.sites.actions import next_number
from inspect_app.visits.actions import change_state
from inspect_app.visits.history import note
from inspect_app.visits.models import Visit

log = logging.getLogger(__name__)
SCREEN = "settlement"

WORDS: dict[str, Words] = {
    "PRICE_UNKNOWN": _l("A line has no price yet. Enter it before the sheet is totalled."),
    "REQUEST_OPEN": _l("The supervisor has not answered yet."),
    "SHEET_NOT_SHOWN": _l("Show the customer the sheet as it is now."),
    "SHEET_NOT_AGREED": _l("The customer has not agreed to the sheet yet."),
    "NOT_PAID": _l("Not everything is paid. Take the rest, or ask for it on account."),
    "TO_GIVE_BACK": _l("More was paid than the sheet says. Give the rest back first."),
    "GUARANTEE_MISSING": _l("The guarantee card can't be made. Enter its days first."),
    "COLLECTOR_MISSING": _l("Write who collects the car."),
    "AUTHORITY_NOT_SEEN": _l("Say what showed that this person may collect the car."),
    "ACCOUNT_NOT_GIVEN": _l("Tell briefly what was done, then tick it."),
}
"""What to do next, by the code of a guard."""


def _open_settlement(visit: Visit, *, by: uuid.UUID, at: datetime) -> Settlement:
    found = settlement_of(visit.id)
    if found is None:
        period = at.strftime("%y%m")
        found = Settlement(
            id=uuid.uuid5(visit.id, "settlement"), visit_id=visit.id,
            number=f"S{period}-{next_number('settlement', period):04d}",
            by_id=by, captured_at=at,
        )  # fmt: skip
        db.session.add(found)
        db.session.flush()
    return found


def _refuse_closed(visit: Visit, states: frozenset[str] = rules.TOTAL_STATES) -> None:
    if visit.state not in states:
        raise Conflict(
            _l("The sheet can't be changed in this state. Open the visit to see how far it is.")
        )


def total(visit: Visit, *, amount: int, by: uuid.UUID, at: datetime) -> Settlement:
    """11.02: the clerk puts the name to the total that was on the screen (`amount`)."""
    _refuse_closed(visit)
    sheet = sheet_of(visit)
    if not sheet.totals.all_known:
        raise Conflict(WORDS["PRICE_UNKNOWN"])
    _refuse_too_large(sheet)
    if sheet.totals.gross != amount:
        raise Conflict(
            _l("The sheet has changed meanwhile. Look at the new total, then confirm it.")
        )
    found = _open_settlement(visit, by=by, at=at)
    if sheet.is_totalled:
        return found
    found.totalled_at, found.totalled_by_id, found.totalled_amount = at, by, amount
    note(visit.id, "settlement.totalled", by=by, at=at, screen=SCREEN, amount=amount)
    db.session.flush()
    log.info("settlement totalled visit=%s", visit.id)
    return found


def _refuse_too_large(sheet: Sheet) -> None:
    if sheet.totals.gross > MAX_PRICE:
        raise Conflict(_l("This total is too large to be right; check the zeros of its lines."))


@dataclass(frozen=True)
class ChargeDraft:
    """A line that the clerk takes from a slip."""

    id: uuid.UUID
    kind: str
    description: str
    quantity_hundredths: int
    unit_amount: int


def add_charge(visit: Visit, draft: ChargeDraft, *, by: uuid.UUID, at: datetime) -> AddedCharge:
    """Adds a line to the sheet. A repeat is the same line."""
    _refuse_closed(visit)
    known = db.session.get(AddedCharge, draft.id)
    if known is not None:
        if known.visit_id != visit.id:
            raise Conflict(_l("This entry belongs to another visit. Open the page again."))
        return known
    amount = share_of(draft.quantity_hundredths, draft.unit_amount)
    if amount > MAX_PRICE:
        raise Invalid({"amount": _l("This price is too large to be right; check the zeros.")})
    if len(sheet_of(visit).added) >= rules.MAX_CHARGES:
        raise Conflict(_l("This sheet is full. Put several small things into one line."))
    row = AddedCharge(
        id=draft.id, visit_id=visit.id, kind=draft.kind, description=draft.description,
        quantity_hundredths=draft.quantity_hundredths, unit_amount=draft.unit_amount,
        amount=amount, by_id=by, captured_at=at,
    )  # fmt: skip
    db.session.add(row)
    note(visit.id, "settlement.charge_added", by=by, at=at, screen=SCREEN, charge=str(row.id))
    db.session.flush()
    log.info("charge added visit=%s charge=%s", visit.id, row.id)
    return row


def remove_charge(
    visit: Visit, charge_id: uuid.UUID, *, by: uuid.UUID, at: datetime
) -> AddedCharge:
    """Takes a line off again; a repeat changes nothing. Raises NotFound."""
    row = charge_of(visit.id, charge_id)
    if row is None:
        raise NotFound
    _refuse_closed(visit)
    if row.removed_at is None:
        row.removed_at = at
        note(visit.id, "settlement.charge_removed", by=by, at=at, screen=SCREEN, charge=str(row.id))
        db.session.flush()
    return row


@dataclass(frozen=True)
class CollectionDraft:
    """Who comes for the car, what showed that they may, and what they were told of the repair."""

    name: str
    relation: str
    authority: str
    account: str
    account_given: bool


def begin(visit: Visit, draft: CollectionDraft, *, by: uuid.UUID, at: datetime) -> Settlement:
    """T32: the customer is here. Raises Invalid with what is missing."""
    if visit.state == "settling":
        return _open_settlement(visit, by=by, at=at)
    missing = rules.missing_for_collection(
        rules.CollectionFacts(
            collector_name=draft.name,
            authority_seen=bool(draft.authority),
            account_given=draft.account_given,
        )
    )
    if missing:
        places = {"COLLECTOR_MISSING": "name", "AUTHORITY_NOT_SEEN": "authority"}
        raise Invalid({places.get(one.code, "account_given"): WORDS[one.code] for one in missing})
    found = _open_settlement(visit, by=by, at=at)
    change_state(visit, "T32", by=by, at=at, screen="collection", authority=draft.authority)
    found.collected_at = at
    found.collector_name, found.collector_relation = draft.name, draft.relation
    found.authority, found.account = draft.authority, draft.account
    if found.storage_from is not None:
        found.storage_until = at
    db.session.flush()
    log.info("collection began visit=%s", visit.id)
    return found


def show_sheet(visit: Visit, *, by: uuid.UUID, at: datetime) -> SettlementVersion:
    """12.02: the sheet as the customer sees it is kept; one that has not changed is no new one."""
    _refuse_closed(visit, frozenset({"settling"}))
    sheet = sheet_of(visit)
    if not sheet.totals.all_known:
        raise Conflict(WORDS["PRICE_UNKNOWN"])
    _refuse_too_large(sheet)
    if sheet.version is not None and sheet.is_shown:
        return sheet.version
    row = SettlementVersion(
        id=uuid.uuid4(), visit_id=visit.id,
        number=sheet.version.number + 1 if sheet.version else 1,
        facts=sheet.facts, facts_sha256=sheet.facts_sha256, gross_amount=sheet.totals.gross,
        payable_amount=sheet.totals.payable, by_id=by, captured_at=at,
    )  # fmt: skip
    db.session.add(row)
    note(visit.id, "settlement.shown", by=by, at=at, screen=SCREEN, version=row.number)
    db.session.flush()
    log.info("settlement shown visit=%s version=%s", visit.id, row.number)
    return row


def agree_otherwise(visit: Visit, words: str, *, by: uuid.UUID, at: datetime) -> None:
    """The customer agreed without signing: `words` say how. Raises Conflict where the sheet of now
    was not shown."""
    _refuse_closed(visit, frozenset({"settling"}))
    sheet = sheet_of(visit)
    if sheet.version is None or not sheet.is_shown:
        raise Conflict(WORDS["SHEET_NOT_SHOWN"])
    if sheet.is_agreed:
        return
    db.session.add(
        SettlementAgreement(
            id=uuid.uuid4(), version_id=sheet.version.id, note=words, by_id=by, captured_at=at
        )
    )
    note(visit.id, "settlement.agreed", by=by, at=at, screen=SCREEN, version=sheet.version.number)
    db.session.flush()


def pay(
    visit: Visit, row_id: uuid.UUID, method: str, amount: int, *, by: uuid.UUID, at: datetime
) -> Payment:
    """Takes money for the settlement, no more than is open; in cash to the nearest coin."""
    _refuse_closed(visit, frozenset({"settling", *rules.DONE_STATES}))
    money = Money(row_id, "settlement", method, amount)
    if db.session.get(Payment, row_id) is not None:
        return take(visit, money, by=by, at=at)
    owed = sheet_of(visit).standing.outstanding
    most = max(owed, cash_amount(owed)) if method == "cash" else owed
    if amount > most:
        raise Invalid({"amount": _l("No more than what is still open can be taken.")})
    return take(visit, money, by=by, at=at, owed=owed)


def facts_of(sheet: Sheet) -> rules.SettleFacts:
    """What T33 looks at."""
    on_account = sheet.on_account
    return rules.SettleFacts(
        all_known=sheet.totals.all_known,
        is_shown=sheet.is_shown,
        is_agreed=sheet.is_agreed,
        requests_open=sheet.requests_open,
        outstanding=sheet.standing.outstanding,
        on_account=(on_account.amount or 0) if on_account else 0,
        to_give_back=sheet.standing.to_give_back,
    )


def close(visit: Visit, pass_id: uuid.UUID, *, by: uuid.UUID, at: datetime) -> GatePass:
    """T33: agreed and paid, or allowed to stay open. At once the guarantee card and the gate pass
    (12.04). Raises Conflict with what is missing."""
    sheet = sheet_of(visit)
    if visit.state == "settling":
        if missing := rules.missing_for_settled(facts_of(sheet)):
            raise Conflict(WORDS[missing[0].code])
        settlement = _open_settlement(visit, by=by, at=at)
        change_state(
            visit, "T33", by=by, at=at, screen=SCREEN, amount=sheet.totals.gross,
            outstanding=sheet.standing.outstanding,
        )  # fmt: skip
        settlement.settled_at = at
        give_card(visit, None, by=by, at=at)
        log.info("settlement closed visit=%s", visit.id)
    elif visit.state not in rules.DONE_STATES:
        raise Conflict(_l("The settlement has not begun. Open the visit to see what comes first."))
    open_amount = sheet.standing.outstanding
    status = "on_account" if open_amount else "paid" if sheet.totals.gross else "none_due"
    return issue(visit, PassDraft(id=pass_id, kind="settled", fee_status=status), by=by, at=at)


def charge_storage(visit: Visit, *, by: uuid.UUID, at: datetime) -> Settlement:
    """T42: the car is not collected, and the days from now on cost something. Raises Conflict
    before the free time is over, or where the site charges nothing."""
    told, rule = notified_at(visit.id), storage_rule()
    if visit.state != "ready_notified" or told is None or not rule.day_amount:
        raise Conflict(_l("No storage is charged for this car. Open the visit to see why."))
    begins = rule.begins_at(told)
    if at < begins:
        raise Conflict(_l("The free time is not over yet. Storage can't be charged before."))
    found = _open_settlement(visit, by=by, at=at)
    if found.storage_from is None:
        change_state(visit, "T42", by=by, at=at, screen="collection")
        found.storage_from = begins
        db.session.flush()
        log.info("storage charged visit=%s", visit.id)
    return found
