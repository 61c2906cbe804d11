"""The diagnosis report on paper (D5): where the fault is, what to do, and how urgent it is."""

import uuid
from collections.abc import Mapping, Sequence

from flask_babel import gettext as _

from inspect_app.diagnosis.models import Diagnosis, Finding
from inspect_app.i18n import locale, moment, money
from inspect_app.sheets.car_on_paper import screen_of
from inspect_app.sheets.leaves import REST, Block, Cell, Leaf, Table
from inspect_app.signatures.lines import joined, named
from inspect_app.visits.file import VisitFile


def report_leaf(
    file: VisitFile,
    diagnosis: Diagnosis,
    findings: Sequence[Finding],
    names: Mapping[uuid.UUID, str],
    *,
    is_whole: bool,
) -> Leaf:
    """The report; whoever sees neither contact nor prices gets it without consent and fee."""
    head = [
        (_("Diagnosed by"), names.get(diagnosis.diagnosed_by_id or diagnosis.by_id, "")),
        (_("Began"), moment(diagnosis.consent_at)),
        (_("Ended"), moment(diagnosis.ended_at)),
        (_("Called to help"), _called(diagnosis, names)),
        (_("Handed to the customer"), moment(diagnosis.handed_at)),
    ]
    consent = [
        (
            _("Consent by"),
            joined(diagnosis.consent_by, named("consent_ways", diagnosis.consent_how)),
        ),
        (_("Fee if no repair follows"), money(diagnosis.fee_amount)),
    ]
    return Leaf(
        locale=locale(),
        site=file.site,
        vehicle=file.visit.vehicle,
        title=named("glossary", "diagnosis_report"),
        number=diagnosis.number,
        head=[*head, *(consent if is_whole else [])],
        blocks=[
            Block(_("Symptom"), words=_text(diagnosis.symptom or file.order.customer_words)),
            Block(_("How it was examined"), lines=_text(diagnosis.instruments)),
            Block(_("What was found"), table=_findings(findings)),
            Block(_("Photos"), photos=_photos(file, findings)),
            Block(sign=(_("Diagnosed by"),)),
        ],
    )


def _called(diagnosis: Diagnosis, names: Mapping[uuid.UUID, str]) -> str:
    if diagnosis.helper_id is None:
        return ""
    return joined(names.get(diagnosis.helper_id, ""), moment(diagnosis.helper_called_at))


def _text(text: str) -> list[str]:
    return [text.strip()] if text.strip() else []


def _findings(findings: Sequence[Finding]) -> Table:
    rows = [
        [
            Cell(str(number)),
            Cell(finding.place, _details(finding), strong=True),
            Cell(finding.suggestion),
            Cell(named("urgencies", finding.urgency)),
        ]
        for number, finding in enumerate(findings, start=1)
    ]
    heads = ("", _("Where the fault is"), _("What we suggest"), _("How urgent"))
    return Table((7, REST, 52, 30), heads, rows)


def _details(finding: Finding) -> list[str]:
    system = named("vehicle_systems", finding.system) if finding.system else ""
    return [system, finding.text, ", ".join(finding.fault_codes)]


def _photos(file: VisitFile, findings: Sequence[Finding]) -> list[tuple[str, bytes]]:
    found = [
        (f"{number}. {finding.place}", screen_of(noted))
        for number, finding in enumerate(findings, start=1)
        for noted in file.photos_of("finding", finding.id)
    ]
    return [(words, jpeg) for words, jpeg in found if jpeg is not None]
