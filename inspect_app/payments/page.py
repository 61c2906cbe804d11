"""What the cashier's part of a visit shows, and to whom."""

from typing import Any

from inspect_app.access import who
from inspect_app.amounts import typed_amount
from inspect_app.payments import actions, queries, rules
from inspect_app.sites.queries import site_rules
from inspect_app.staff.approvals import approvers
from inspect_app.staff.rules import RECEPTION, Role
from inspect_app.visits.models import Visit

CASHIERS = (Role.CASHIER, Role.SETTLEMENT_CLERK)
"""Those who take money (process 3.2)."""
READERS = (*RECEPTION, *CASHIERS, Role.MANAGER)
APPROVES = Role.BUSINESS_SUPERVISOR


def money_page(visit: Visit, **more: Any) -> dict[str, Any]:
    """What the cashier's part shows: fees, rows of money, what is still to be paid."""
    fees = queries.fee_states(visit.id)
    rows = queries.payments_of(visit.id)
    due = rules.open_fees(state for _fee, state in fees)
    decided = site_rules()
    return {
        "visit": visit,
        "fees": fees,
        "rows": rows,
        "reversed": {row.reverses_id for row in rows if row.reverses_id},
        "numbers": {row.id: row.number for row in rows},
        "due_amount": due,
        "cash_amount": actions.cash_amount(due),
        "takes": who().may(*CASHIERS),
        "tells": who().may(*RECEPTION),
        "approves": who().may(APPROVES),
        "approvers": approvers(APPROVES),
        "usual_fees": {
            "diagnosis": decided.diagnosis_fee_amount,
            "valuation": decided.valuation_fee_amount,
        },
        "typed_amount": typed_amount,
        "purpose_of": rules.purpose_of,
        "methods": rules.METHODS,
        **more,
    }
