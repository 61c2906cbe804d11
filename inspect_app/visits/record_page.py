"""What the record of a visit shows, cut by what the person may see."""

from typing import Any

from inspect_app.access import who
from inspect_app.late_entries.rules import READERS as LATE_READERS
from inspect_app.orders.pricing import totals
from inspect_app.sheets.car_on_paper import captions, is_station, numbered, still_there, view_of
from inspect_app.sheets.queries import Beside
from inspect_app.sheets.rules import READERS as SHEET_READERS
from inspect_app.signatures.condition_words import check_name, exceptions
from inspect_app.signatures.lines import named
from inspect_app.signatures.queries import last_signature_ids
from inspect_app.signatures.rules import CODES
from inspect_app.staff.rules import RECEPTION, sees_contact, sees_prices
from inspect_app.visits.corrections import subject_of, subjects_of
from inspect_app.visits.file import VisitFile
from inspect_app.visits.progress import parts, progress_of
from inspect_app.visits.rules import may_capture
from inspect_app.visits.story import acts_for, parts_for
from inspect_app.walkaround.drawings import drawing_of


def record_page(file: VisitFile, more: Beside) -> dict[str, Any]:
    """Everything that the page shows; what this person may not see is left out by the page."""
    roles = who().roles
    subjects = subjects_of(file)
    progress = progress_of(file)
    return {
        "file": file,
        "visit": file.visit,
        "order": file.order,
        "total": totals((line.price_amount for line in file.lines), file.tax),
        "marks": numbered(file),
        "drawings": _drawings(file),
        "findings": [(check_name(one), one) for one in exceptions(file) if not is_station(one)],
        "captions": captions(file),
        "late_photos": sum(noted.photo.after_signature for noted in file.photos),
        "parts": parts(progress.missing),
        "due": progress.due,
        "signed_codes": [code for code in CODES if code in {row.code for row in file.signatures}],
        "last_signatures": last_signature_ids(file),
        "is_open": may_capture(file.visit.state),
        "awaited": more.awaited,
        "late": more.late if who().may(*LATE_READERS) else 0,
        "link": more.link,
        "corrections": [(subject_of(one.correction, subjects), one) for one in more.corrections],
        "named": named,
        "view_of": view_of,
        "still_there": still_there,
        "contact": sees_contact(roles),
        "prices": sees_prices(roles),
        "story": parts_for(file.visit.state, roles),
        "acts": acts_for(file.visit.state, roles),
        "captures": who().may(*RECEPTION),
        "prints": who().may(*SHEET_READERS),
    }


def _drawings(file: VisitFile) -> dict[str, str]:
    """The drawing of each view that has a mark, and of the outside always."""
    body = file.visit.vehicle.body_type
    views = {"outside", *(noted.mark.view for noted in file.marks)}
    return {view: drawing_of(view, body).src for view in sorted(views, reverse=True)}
