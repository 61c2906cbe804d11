"""When a diagnosis may begin and when its report is whole (2.02–2.06, T08, T09)."""

from typing import Final

from inspect_app.staff.rules import RECEPTION, Role

WRITERS: Final = (*RECEPTION, Role.DIAGNOSING_TECHNICIAN)
"""Those who enter findings (process 3.2, diagnosis)."""
READERS: Final = (
    *WRITERS,
    Role.WORKSHOP_SUPERVISOR,
    Role.DISPATCHER,
    Role.PARTS,
    Role.MANAGER,
)
"""Those who see what was found; prices and contact follow rules of their own."""
MAX_FINDINGS: Final = 60
MAX_FAULT_CODES: Final = 40


def check_consent(
    *, consent_by: str, consent_how: str, fee_told: bool | None, fee_amount: int | None
) -> list[str]:
    """What is wrong with the customer's consent: codes (2.02). A fee may be charged only if it was
    told beforehand, and told with its amount (P6)."""
    problems = []
    if not consent_by.strip():
        problems.append("CONSENT_BY_MISSING")
    if not consent_how:
        problems.append("CONSENT_HOW_MISSING")
    if fee_told is None:
        problems.append("FEE_UNANSWERED")
    elif fee_told and not fee_amount:
        problems.append("FEE_AMOUNT_MISSING")
    return problems


def check_report(*, findings: int) -> list[str]:
    """What the report still needs: it says where the fault is (2.04, T09)."""
    return [] if findings else ["NO_FINDING"]
