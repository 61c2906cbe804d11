"""What the review, the customer's pages and the thank-you page show of a sitting."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from flask_babel import gettext as _

from inspect_app.i18n import LOCALES, OWN_NAMES
from inspect_app.photos.drawn import Drawn, drawn
from inspect_app.signatures.check_in import SITTING as CHECK_IN
from inspect_app.signatures.condition_words import NO_VIEW, VIEWS, view_line
from inspect_app.signatures.lines import photo_line
from inspect_app.signatures.rules import CONDITION
from inspect_app.signatures.sittings import (
    About,
    Page,
    Said,
    Sitting,
    said_in,
    statement_of,
    to_sign,
)
from inspect_app.signatures.statements import Statement, codes_of, in_language
from inspect_app.visits.file import NotedPhoto, VisitFile
from inspect_app.visits.models import Visit
from inspect_app.visits.progress import Progress, progress_of

COUNT_SLOT = "{n}"


@dataclass(frozen=True)
class CustomerPages:
    """The sitting as it is shown: its statements and which of them are due."""

    sitting: Sitting
    about: About
    language: str
    due: tuple[str, ...]
    statements: dict[str, Statement]
    signed_at: Mapping[str, datetime]
    photos: dict[str, Sequence[NotedPhoto]] = field(default_factory=dict)

    @property
    def pages(self) -> list[tuple[Page, list[Statement]]]:
        """The pages that have something on them."""
        found = [
            (page, [self.statements[code] for code in page.codes if code in self.statements])
            for page in self.sitting.pages
        ]
        return [(page, shown) for page, shown in found if shown]

    @property
    def asks_views(self) -> bool:
        """Whether the customer is asked about marks."""
        return CONDITION in self.due and bool(self.statements[CONDITION].facts.get("marks"))

    def view_of(self, mark_id: str) -> str:
        """What the customer said of a mark so far."""
        views = {mark["id"]: mark["customer_view"] for mark in self.statements["S2"].facts["marks"]}
        return str(views.get(mark_id, NO_VIEW))

    def photos_of_mark(self, code: str, mark_id: str) -> list[NotedPhoto]:
        """The photos beside a mark."""
        return [
            noted
            for noted in self.photos[code]
            if noted.photo.subject == "mark" and noted.photo.subject_id == uuid.UUID(mark_id)
        ]

    def drawn(self, noted: NotedPhoto) -> list[Drawn]:
        """What was drawn on a photo."""
        shapes = noted.annotation.shapes if noted.annotation else []
        return drawn(shapes, noted.photo.width, noted.photo.height)

    def other_photos(self, code: str) -> list[NotedPhoto]:
        """The photos of a statement that stand beside no mark."""
        return [noted for noted in self.photos[code] if noted.photo.subject != "mark"]


def customer_pages(
    sitting: Sitting, about: About, language: str, *, only: tuple[str, ...] | None = None
) -> CustomerPages:
    """What is due now, with what stands already beside it; `only` leaves the others out."""
    asked = to_sign(sitting, about)
    due = tuple(code for code in asked.due if only is None or code in only)
    shown = [code for code in sitting.codes if due and (code in due or code in asked.held)]
    return _pages(sitting, about, language, due, shown, asked.held)


def _pages(
    sitting: Sitting,
    about: About,
    language: str,
    due: tuple[str, ...],
    codes: Sequence[str],
    held: Mapping[str, datetime],
) -> CustomerPages:
    found: dict[str, Said] = {}
    for code in codes:
        if (said := said_in(language, sitting, code, about)) is not None:
            found[code] = said
    return CustomerPages(
        sitting,
        about,
        language,
        due,
        {code: statement_of(code, said) for code, said in found.items()},
        held,
        {code: said.photos for code, said in found.items()},
    )


def review(file: VisitFile) -> tuple[Progress, CustomerPages]:
    """What is missing of a check-in, and every statement as the customer will read it."""
    progress, about = progress_of(file), About.of(file)
    held = to_sign(CHECK_IN, about).held
    language = language_of("", file.visit)
    return progress, _pages(CHECK_IN, about, language, progress.due, codes_of(file), held)


def language_of(wanted: str, visit: Visit) -> str:
    """The language asked for, else the customer's own."""
    if wanted in LOCALES:
        return wanted
    return visit.customer_locale if visit.customer_locale in LOCALES else "en"


def signer_of(visit: Visit) -> dict[str, str]:
    """Who holds the pen: the person who brought the car, else the customer."""
    if visit.bringer_relation == "owner" and visit.customer:
        return {"name": visit.bringer_name or visit.customer.name, "relation": "owner"}
    return {"name": visit.bringer_name, "relation": visit.bringer_relation}


@dataclass(frozen=True)
class Frame:
    """What is sealed around the statements: the shop, and who of the staff asked for them."""

    site_id: uuid.UUID
    site_name: str
    person_id: uuid.UUID
    person_name: str
    tablet_id: uuid.UUID | None
    order_number: str = ""


def sitting_data(pages: CustomerPages, frame: Frame) -> dict[str, Any]:
    """What the tablet needs to make the sealed document; it adds times, strokes and the signer.

    `slots` are the lines that the tablet may change: a mark's view, an answer, how many photos.
    """
    visit = pages.about.visit
    due = [pages.statements[code] for code in pages.due]
    with in_language(pages.language):
        slots = [slot for shown in due for slot in _slots(shown)]
    return {
        "site": {"id": str(frame.site_id), "name": frame.site_name},
        "visit": {
            "id": str(visit.id),
            "plate": visit.vehicle.plate,
            "vin": visit.vehicle.vin,
            "car": " ".join(part for part in (visit.vehicle.make, visit.vehicle.model) if part),
            "number": visit.number,
            "order_number": frame.order_number,
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
        "taken_by": {"id": str(frame.person_id), "name": frame.person_name},
        "tablet": {"id": str(frame.tablet_id) if frame.tablet_id else None},
        "slots": slots,
        "statement_of_subject": dict(pages.sitting.photo_subjects),
    }


def _slots(shown: Statement) -> list[dict[str, Any]]:
    numbers = {mark["id"]: mark["number"] for mark in shown.facts.get("marks", ())}
    slots: list[dict[str, Any]] = []
    for place, line in enumerate(shown.lines):
        words: dict[str, str] = {}
        if line.kind == "view":
            number = numbers[line.mark_id]
            words = {v: view_line(line.mark_id, number, v).text for v in (NO_VIEW, *VIEWS)}
        elif line.kind == "choice":
            words = {code: line.answered(code).text for code in ("", *dict(line.options))}
        elif line.kind == "photos":
            words = {COUNT_SLOT: photo_line(COUNT_SLOT).text}
        if words:
            slots.append(
                {
                    "code": shown.code, "line": place, "kind": line.kind,
                    "mark": line.mark_id, "key": line.key, "words": words,
                }
            )  # fmt: skip
    return slots


@dataclass(frozen=True)
class Places:
    """Where the customer's pages send to and get from."""

    page: str
    seal: str
    answers: str
    photos: str = "/photos"
    opened: str = ""
    is_own_phone: bool = False

    @property
    def languages(self) -> list[tuple[str, str, str]]:
        """Each language by its own name, and the page in it."""
        join = "&" if "?" in self.page else "?"
        return [(code, name, f"{self.page}{join}lang={code}") for code, name in OWN_NAMES.items()]


def page_words(sitting: Sitting) -> dict[str, str]:
    """The names of the customer's pages; the last one, `sign`, has the pad."""
    return {**{page.name: str(page.title) for page in sitting.pages}, "sign": _("Sign")}
