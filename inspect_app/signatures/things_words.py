"""SD: papers that were not in order (6.03–6.04, D4). SI: what stays with us (6.06–6.07, D2)."""

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _

from inspect_app.i18n import zone
from inspect_app.papers.models import Paper
from inspect_app.papers.rules import asked_papers, discrepancies
from inspect_app.signatures.lines import Line, joined, named
from inspect_app.visits.file import VisitFile


def papers_title() -> str:
    """The heading above SD."""
    return str(_("Papers that were not in order"))


def faults(paper: Paper, file: VisitFile) -> tuple[str, ...]:
    """What is wrong with a paper, as codes of `paper_states`; one that nobody asked for may be
    missing."""
    found = discrepancies(
        received=paper.received,
        valid_until=paper.valid_until_on,
        on=file.visit.arrived_at.astimezone(zone()).date(),
        complete=paper.is_complete is not False,
        intact=paper.is_intact is not False,
    )
    if paper.received and paper.is_valid is False and "expired" not in found:
        found = ("expired", *found)
    if not paper.received and paper.code not in asked_papers(file.order.category):
        return ()
    return found


def discrepant(file: VisitFile) -> Sequence[Paper]:
    """The papers that the customer is told of and signs for, by code."""
    return [paper for paper in file.papers if paper.discrepancy.strip() or faults(paper, file)]


def papers_facts(file: VisitFile) -> dict[str, Any]:
    """What SD is about."""
    return {
        "papers": [
            {
                "code": paper.code,
                "faults": list(faults(paper, file)),
                "discrepancy": paper.discrepancy.strip(),
                "agreed": paper.agreed.strip(),
            }
            for paper in discrepant(file)
        ]
    }


def papers_lines(file: VisitFile) -> list[Line]:
    """SD as the customer reads it."""
    shown = []
    for paper in discrepant(file):
        wrong = joined(*(named("paper_states", code) for code in faults(paper, file)))
        said = joined(wrong, paper.discrepancy.strip())
        shown.append(Line("item", named("vehicle_documents", paper.code), said))
        if paper.agreed.strip():
            shown.append(Line("fact", _("What we agreed"), paper.agreed.strip()))
    return [*shown, Line("close", _("I was told of this when the papers were looked at."))]


def items_title() -> str:
    """The heading above SI."""
    return str(_("What stays with us"))


def items_facts(file: VisitFile) -> dict[str, Any]:
    """What SI is about; an empty list says so."""
    count, use = file.count, file.box_use
    return {
        "items": [
            {
                "code": item.code,
                "name": item.name,
                "quantity": item.quantity,
                "condition": item.condition,
                "place": item.place,
                "location": item.location,
                "remark": item.remark.strip(),
            }
            for item in file.belongings
        ],
        "nothing_left": bool(count and count.nothing_left),
        "valuables": count.valuables if count else None,
        "notice_told": bool(count and count.notice_told_at),
        "box": file.box.number if use and file.box else None,
    }


def items_lines(file: VisitFile) -> list[Line]:
    """SI as the customer reads it."""
    shown = []
    for item in file.belongings:
        name = item.name or named("belongings", item.code)
        where = _place(item.place, file)
        condition = named("belonging_conditions", item.condition)
        said = joined(where, item.location, condition, item.remark.strip())
        shown.append(Line("item", f"{name} × {item.quantity}", said))
    if not file.belongings:
        shown.append(Line("item", _("Nothing of yours was left in the car.")))
    if file.box:
        shown.append(Line("fact", _("Storage box"), file.box.number))
    if file.count and file.count.valuables:
        valuables = named("valuables", file.count.valuables)
        shown.append(Line("fact", _("Cash and valuables"), valuables))
    return [
        *shown,
        Line("close", named("disclosures", "P8")),
        Line("close", _("We counted this together, and the list is complete.")),
    ]


def _place(place: str, file: VisitFile) -> str:
    if place == "in_box" and file.box:
        return str(_("in box %(number)s", number=file.box.number))
    return named("belonging_places", place)
