"""Papers and belongings on the sheet (D2, D4)."""

from flask_babel import gettext as _

from inspect_app.db import db
from inspect_app.i18n import day, moment
from inspect_app.sheets.facts import Belonging, Field, Paper
from inspect_app.signatures.lines import joined, named, yes_no
from inspect_app.signatures.things_words import faults
from inspect_app.staff.models import Person
from inspect_app.visits.file import VisitFile


def papers(file: VisitFile) -> tuple[Paper, ...]:
    """Every paper that was examined."""
    return tuple(
        Paper(
            name=named("vehicle_documents", row.code),
            number=f"…{row.number_end}" if row.number_end else "",
            received=yes_no(row.received),
            valid_until=day(row.valid_until_on),
            state=joined(*(named("paper_states", code) for code in faults(row, file)))
            or (named("paper_states", "ok") if row.received else ""),
            discrepancy=row.discrepancy,
            agreed=row.agreed,
        )
        for row in file.papers
    )


def belongings(file: VisitFile) -> tuple[Belonging, ...]:
    """The items list."""
    return tuple(
        Belonging(
            name=row.name or named("belongings", row.code),
            quantity=str(row.quantity),
            condition=named("belonging_conditions", row.condition),
            place=joined(named("belonging_places", row.place), row.location),
            remark=row.remark,
        )
        for row in file.belongings
    )


def valuables(file: VisitFile) -> str:
    """The answer of 6.06, with when the notice was shown."""
    count = file.count
    if count is None or not count.valuables:
        return ""
    told = (
        _("notice shown at %(time)s", time=moment(count.notice_told_at))
        if count.notice_told_at
        else ""
    )
    return joined(named("valuables", count.valuables), told)


def box_details(file: VisitFile) -> tuple[Field, ...]:
    """Who sealed the storage box, and when (6.07)."""
    use = file.box_use
    if use is None or use.sealed_by_id is None:
        return ()
    person = db.session.get(Person, use.sealed_by_id)
    by = joined(person.name if person else "", moment(use.sealed_at))
    return (Field(_("Box sealed by"), by),)
