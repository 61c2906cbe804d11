"""What the settlement's pages are filled with."""

from typing import Any

from flask import g

from inspect_app.access import who
from inspect_app.amounts import typed_amount
from inspect_app.approvals.rules import DECIDERS
from inspect_app.catalogues import codes
from inspect_app.db import now
from inspect_app.guarantees.queries import card_of, proposal_for
from inspect_app.orders.disclosures import text
from inspect_app.payments.actions import cash_amount
from inspect_app.payments.rules import METHODS
from inspect_app.preparation.queries import slips_of
from inspect_app.settlements import rules
from inspect_app.settlements.actions import WORDS, facts_of
from inspect_app.settlements.queries import notified_at, sheet_of, storage_rule
from inspect_app.settlements.sums import KINDS
from inspect_app.settlements.words import charge_detail, charge_words, kind_words
from inspect_app.signatures.lines import named
from inspect_app.staff.approvals import approvers
from inspect_app.visits.models import Visit


def settlement_page(visit: Visit, **more: Any) -> dict[str, Any]:
    """The sheet, what may be done with it in this state, and what T33 waits for."""
    sheet = sheet_of(visit)
    is_settling = visit.state == "settling"
    clerk = who().may(*rules.CLERKS)
    open_amount = sheet.standing.outstanding
    return {
        "visit": visit,
        "sheet": sheet,
        "kinds": KINDS,
        "kind_words": kind_words,
        "charge_words": charge_words,
        "charge_detail": charge_detail,
        "slips": slips_of(visit.id, None),
        "edits": clerk and visit.state in rules.TOTAL_STATES,
        "settles": clerk and is_settling,
        "is_done": visit.state in rules.DONE_STATES,
        "collects": who().may(*rules.COLLECTION_CLERKS) and visit.state == "ready_notified",
        "asks": clerk or who().may(*DECIDERS),
        "decides": who().may(*DECIDERS),
        "approvers": approvers(*DECIDERS),
        "missing": [WORDS[one.code] for one in rules.missing_for_settled(facts_of(sheet))],
        "methods": METHODS,
        "cash_amount": cash_amount(open_amount),
        "typed_amount": typed_amount,
        "card": card_of(visit.id),
        "proposal": proposal_for(visit, now()),
        "told_words": text("P9", visit.customer_locale),
        "currency": g.currency,
        "problems": {},
        "form": {},
        **more,
    }


def collection_page(visit: Visit, authorities: tuple[str, ...], **more: Any) -> dict[str, Any]:
    """Who collects the car, and what is said first."""
    bringer = visit.bringer_name or (visit.customer.name if visit.customer else "")
    told, rule = notified_at(visit.id), storage_rule()
    return {
        "visit": visit,
        "bringer": bringer,
        "authority_names": [(code, named("authorities", code)) for code in authorities],
        "relation_names": [(code, named("relations", code)) for code in codes("relations")],
        "sheet": sheet_of(visit),
        "charge_words": charge_words,
        "told": told,
        "storage_days": rule.days(told, now()) if told and rule.day_amount else 0,
        "storage_amount": rule.amount(told, now()) if told else 0,
        "problems": {},
        "form": {},
        **more,
    }
