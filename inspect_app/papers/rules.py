"""Which papers are asked for, and what is wrong with them (6.02-6.04, D4)."""

from datetime import date
from typing import Final

from inspect_app.catalogues import is_code

MAX_TEXT_CHARS: Final = 500
MAX_NUMBER_END_CHARS: Final = 6
"""The last characters of a paper's number are enough to know it again (process 2.2, D4)."""

_ALWAYS: Final = ("vehicle_registration", "compulsory_insurance")

ASKED_BY_CATEGORY: Final[dict[str, tuple[str, ...]]] = {
    "accident": (*_ALWAYS, "voluntary_insurance", "driving_licence", "accident_papers"),
    "second_level_maintenance": (
        "vehicle_registration",
        "transport_permit",
        "second_level_record",
        "inspection_mark",
        "compulsory_insurance",
        "service_booklet",
    ),
    "annual_inspection": (
        "vehicle_registration",
        "driving_licence",
        "compulsory_insurance",
        "inspection_mark",
        "emission_certificate",
        "tax_receipt",
        "letter_of_authority",
    ),
    "warranty": ("vehicle_registration", "warranty_booklet", "service_booklet"),
    "rework": ("vehicle_registration", "previous_repair_order"),
}


def asked_papers(category: str) -> tuple[str, ...]:
    """The papers asked for in a repair category; many for second-level and inspection (6.02)."""
    return ASKED_BY_CATEGORY.get(category, _ALWAYS)


def discrepancies(
    *, received: bool, valid_until: date | None, on: date, complete: bool, intact: bool
) -> tuple[str, ...]:
    """What is wrong with an asked paper, as codes of the list `paper_states` (6.03).

    A paper is still valid on its last day. One that was not handed in has no other fault. An
    unknown end of validity is no fault.
    """
    if not received:
        return ("not_handed_in",)
    found = []
    if valid_until is not None and valid_until < on:
        found.append("expired")
    if not complete:
        found.append("incomplete")
    if not intact:
        found.append("damaged")
    return tuple(found)


def has_discrepancy(
    *, received: bool, valid_until: date | None, on: date, complete: bool, intact: bool
) -> bool:
    """Whether the customer must be told now and sign (SD, 6.04)."""
    return bool(
        discrepancies(
            received=received, valid_until=valid_until, on=on, complete=complete, intact=intact
        )
    )


def check_paper(
    *, code: str, number_end: str = "", discrepancy: str = "", agreed: str = "", wrong: bool = False
) -> list[str]:
    """What is wrong with the entry itself: codes, none if it may be kept.

    `wrong` says that the paper has a discrepancy, whose text may then not be empty (6.04).
    """
    problems = []
    if not is_code("vehicle_documents", code):
        problems.append("UNKNOWN_PAPER")
    if len(number_end.strip()) > MAX_NUMBER_END_CHARS:
        problems.append("NUMBER_TOO_LONG")
    if len(discrepancy) > MAX_TEXT_CHARS or len(agreed) > MAX_TEXT_CHARS:
        problems.append("TEXT_TOO_LONG")
    if wrong and not discrepancy.strip():
        problems.append("DISCREPANCY_TEXT_MISSING")
    return problems
