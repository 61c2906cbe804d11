"""What the passes of a visit show, and to whom."""

from typing import Any

from inspect_app.access import who
from inspect_app.db import now
from inspect_app.gate_passes import queries, rules
from inspect_app.gate_passes.models import GatePass
from inspect_app.gate_passes.slips import code_svg, pass_address, vin_end
from inspect_app.sheets.queries import svg_address
from inspect_app.staff.approvals import approvers
from inspect_app.staff.rules import RECEPTION, Role
from inspect_app.visits.models import Visit

ISSUERS = (Role.SETTLEMENT_CLERK, Role.CASHIER, Role.BUSINESS_SUPERVISOR)
"""Those who give a pass (process 3.2)."""
TRIP_ISSUERS = (*ISSUERS, Role.WORKSHOP_SUPERVISOR, Role.DISPATCHER)
"""Those who send a car on a trip, too: a road test starts in the workshop."""
READERS = tuple(dict.fromkeys((*RECEPTION, *TRIP_ISSUERS, Role.MANAGER)))


def passes_page(visit: Visit, **more: Any) -> dict[str, Any]:
    """The visit's passes, the one that counts first, and what may be done with them."""
    passes = queries.passes_of(visit.id)
    open_ones = [one for one in passes if _is_open(one)]
    current = open_ones[0] if open_ones else None
    moment = now()
    return {
        "visit": visit,
        "passes": passes,
        "current": current,
        "code": svg_address(code_svg(pass_address(current)).encode()) if current else "",
        "verdicts": {one.id: queries.verdict_of(one, moment).code for one in passes},
        "vin_end": vin_end(visit.vehicle),
        "gives_trips": who().may(*TRIP_ISSUERS) and rules.may_give("road_test", visit.state),
        "voids": who().may(*ISSUERS),
        "is_mine": who().may(Role.BUSINESS_SUPERVISOR),
        "approvers": approvers(Role.BUSINESS_SUPERVISOR),
        "trips": rules.TRIPS,
        "now": moment,
        **more,
    }


def _is_open(one: GatePass) -> bool:
    if one.voided_at is not None:
        return False
    return one.returned_at is None if one.kind in rules.TRIPS else one.used_at is None
