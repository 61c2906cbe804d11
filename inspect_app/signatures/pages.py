"""What the review, the customer's pages and the thank-you page show, read once from the file."""

import uuid
from dataclasses import dataclass, field
from typing import Any

from flask_babel import gettext as _

from inspect_app.access import Who
from inspect_app.i18n import LOCALES
from inspect_app.photos.drawn import Drawn, drawn
from inspect_app.signatures.condition_words import NO_VIEW, VIEWS, photo_line, view_line
from inspect_app.signatures.queries import last_signed
from inspect_app.signatures.rules import STATEMENT_ORDER
from inspect_app.signatures.statements import (
    STATEMENT_OF_SUBJECT,
    Statement,
    codes_of,
    in_language,
    statement,
)
from inspect_app.visits.file import NotedPhoto, VisitFile
from inspect_app.visits.models import Visit
from inspect_app.visits.progress import Progress, progress_of

PAGES = (("work", ("S1",)), ("condition", ("S2",)), ("stays", ("SD", "SI")))
"""The customer's pages in the order they are turned; the last one, `sign`, has the pad."""
COUNT_SLOT = "{n}"


@dataclass(frozen=True)
class CustomerPages:
    """The sitting as it is shown: its statements, which of them are due, and the sealed frame."""

    file: VisitFile
    language: str
    due: tuple[str, ...]
    statements: dict[str, Statement]
    signed_at: dict[str, Any] = field(default_factory=dict)

    @property
    def pages(self) -> list[tuple[str, list[Statement]]]:
        """The pages that have something on them."""
        found = [(page, [self.statements[c] for c in codes if c in self.statements])
                 for page, codes in PAGES]  # fmt: skip
        return [(page, shown) for page, shown in found if shown]

    def view_of(self, mark_id: str) -> str:
        """What the customer said of a mark so far."""
        views = {mark["id"]: mark["customer_view"] for mark in self.statements["S2"].facts["marks"]}
        return str(views.get(mark_id, NO_VIEW))

    def photos_of_mark(self, mark_id: str) -> list[NotedPhoto]:
        """The photos beside a mark."""
        return self.file.photos_of("mark", uuid.UUID(mark_id))

    def drawn(self, noted: NotedPhoto) -> list[Drawn]:
        """What was drawn on a photo."""
        shapes = noted.annotation.shapes if noted.annotation else []
        return drawn(shapes, noted.photo.width, noted.photo.height)

    def other_photos(self, code: str) -> list[NotedPhoto]:
        """The photos of a statement that stand beside no mark."""
        ids = {photo["id"] for photo in self.statements[code].photos}
        return [
            noted
            for noted in self.file.photos
            if str(noted.photo.id) in ids and noted.photo.subject != "mark"
        ]


def customer_pages(
    file: VisitFile, language: str, *, only: tuple[str, ...] = STATEMENT_ORDER
) -> CustomerPages:
    """What is due now, with what stands already beside it; `only` leaves the others out."""
    progress = progress_of(file)
    due = tuple(code for code in progress.due if code in only)
    shown = [c for c in codes_of(file) if c in due or (c in progress.sitting.standing and due)]
    return CustomerPages(
        file,
        language,
        due,
        {code: statement(code, file, language) for code in shown},
        {c: s.signed_at for c, s in last_signed(file).items() if c in progress.sitting.standing},
    )


def language_of(wanted: str, visit: Visit) -> str:
    """The language asked for, else the customer's own."""
    if wanted in LOCALES:
        return wanted
    return visit.customer_locale if visit.customer_locale in LOCALES else "en"


def signer_of(file: VisitFile) -> dict[str, str]:
    """Who holds the pen: the person who brought the car, else the customer."""
    visit = file.visit
    if visit.bringer_relation == "owner" and visit.customer:
        return {"name": visit.bringer_name or visit.customer.name, "relation": "owner"}
    return {"name": visit.bringer_name, "relation": visit.bringer_relation}


def sitting_data(pages: CustomerPages, person: Who, site_name: str) -> dict[str, Any]:
    """What the tablet needs to make the sealed document; it adds times, strokes and the signer.

    `slots` are the lines that the tablet may change: a mark's view and the number of photos.
    """
    file, visit = pages.file, pages.file.visit
    due = [pages.statements[code] for code in pages.due]
    with in_language(pages.language):
        slots = [slot for shown in due for slot in _slots(shown)]
    return {
        "site": {"id": str(person.site_id), "name": site_name},
        "visit": {
            "id": str(visit.id),
            "plate": visit.vehicle.plate,
            "vin": visit.vehicle.vin,
            "car": " ".join(part for part in (visit.vehicle.make, visit.vehicle.model) if part),
            "number": visit.number,
            "order_number": file.order.number,
            "customer": visit.customer.name if visit.customer else "",
        },
        "language": pages.language,
        "statements": [
            {
                "code": shown.code,
                "title": shown.title,
                "words": shown.words,
                "facts": shown.facts,
                "photos": list(shown.photos),
            }
            for shown in due
        ],
        "taken_by": {"id": str(person.id), "name": person.name},
        "tablet": {"id": str(person.tablet_id)},
        "slots": slots,
        "statement_of_subject": STATEMENT_OF_SUBJECT,
    }


def _slots(shown: Statement) -> list[dict[str, Any]]:
    numbers = {mark["id"]: mark["number"] for mark in shown.facts.get("marks", ())}
    slots: list[dict[str, Any]] = []
    for place, line in enumerate(shown.lines):
        words: dict[str, str] = {}
        if line.kind == "view":
            number = numbers[line.mark_id]
            words = {v: view_line(line.mark_id, number, v).text for v in (NO_VIEW, *VIEWS)}
        elif line.kind == "photos":
            words = {COUNT_SLOT: photo_line(COUNT_SLOT).text}
        if words:
            slots.append(
                {
                    "code": shown.code, "line": place, "kind": line.kind,
                    "mark": line.mark_id, "words": words,
                }
            )  # fmt: skip
    return slots


def page_words() -> dict[str, str]:
    """The names of the customer's pages."""
    return {
        "work": _("What we will do"),
        "condition": _("How your car is"),
        "stays": _("What stays with us"),
        "sign": _("Sign"),
    }


def review(file: VisitFile) -> tuple[Progress, CustomerPages]:
    """What is missing, and every statement as the customer will read it."""
    progress = progress_of(file)
    language = language_of("", file.visit)
    shown = {code: statement(code, file, language) for code in codes_of(file)}
    held = {c: s.signed_at for c, s in last_signed(file).items() if c in progress.sitting.standing}
    return progress, CustomerPages(file, language, progress.due, shown, held)
