"""The check-in's own sitting: S1, SD, SI and S2, and what follows from them (3.03, 6.04–6.09)."""

import uuid
from collections.abc import Callable, Sequence
from datetime import datetime

from flask import url_for
from flask_babel import lazy_gettext as _l

from inspect_app.errors import Conflict, Words
from inspect_app.orders.showing import show_order
from inspect_app.signatures import statements
from inspect_app.signatures.models import Seal
from inspect_app.signatures.rules import (
    CONDITION,
    DISCREPANCY,
    ITEMS,
    ORDER,
    RANK,
    STATEMENT_ORDER,
    is_in_order,
)
from inspect_app.signatures.sittings import (
    CHECK_IN,
    About,
    Page,
    Said,
    Sitting,
    ToSign,
    add_sitting,
)
from inspect_app.staff.rules import RECEPTION
from inspect_app.visits.file import file_of
from inspect_app.visits.progress import advance, progress_of
from inspect_app.visits.queries import refuse_sealed
from inspect_app.visits.rules import CAPTURE_STATES, may_capture


def _said(code: str) -> Callable[[About], Said | None]:
    def say(about: About) -> Said | None:
        if code not in statements.codes_of(about.file):
            return None
        photos = statements.photos(code, about.file)
        title, lines = statements.said(code, about.file, len(photos))
        return Said(title, lines, statements.facts(code, about.file), photos)

    return say


def _to_sign(about: About) -> ToSign:
    progress = progress_of(about.file)
    standing = progress.sitting.standing
    held = {code: progress.sitting.signed[code].signed_at for code in standing}
    return ToSign(progress.due, held)


def _admit(about: About) -> None:
    refuse_sealed(about.visit)


def _check(about: About, codes: tuple[str, ...], signed_at: datetime) -> None:
    """S1 comes first and S2 last (3.03, T17): what a statement stands on is signed, or with it."""
    sitting = progress_of(about.file).sitting
    first = min(RANK[code] for code in codes)
    held = {
        code: sitting.signed[code].signed_at for code in sitting.standing if RANK[code] <= first
    }
    times = {**held, **dict.fromkeys(codes, signed_at)}
    for code in codes:
        needed = {c for c in statements.codes_of(about.file) if RANK[c] < RANK[code]}
        if not needed <= set(times):
            raise Conflict(
                _l(
                    "Something that comes first is not signed yet, or has changed since. "
                    "Open the page again and sign what it shows."
                )
            )
    if not is_in_order(times):
        raise Conflict(
            _l("The clock of this tablet is behind. Set it right, open the page again and sign.")
        )


def _handed(about: About, codes: Sequence[str], *, by: uuid.UUID, at: datetime) -> None:
    if ORDER in codes:
        show_order(about.file, shown_on="tablet", by=by, at=at)


def _after(about: About, seal: Seal, *, by: uuid.UUID, at: datetime) -> None:
    """The signed order is a version, also where the tablet was without a connection."""
    file = file_of(about.visit.id)
    if ORDER in progress_of(file).sitting.standing:
        show_order(file, shown_on="tablet", by=by, at=at)
    advance(about.visit.id, by=by, at=at)


def _leads_to(about: About) -> str:
    visit = about.visit
    is_to_tell = visit.state == "checked_in" and visit.told_complete_at is None
    page = "signatures.completion" if is_to_tell else "visits.show"
    return url_for(page, visit_id=visit.id)


def _thanks(about: About) -> Words:
    if may_capture(about.visit.state):
        return _l("This is signed. We go on with the check-in together.")
    return _l("Everything is signed and sealed. Your car is in good hands.")


SITTING = Sitting(
    name=CHECK_IN,
    title=_l("Check-in"),
    pages=(
        Page("work", _l("What we will do"), (ORDER,)),
        Page("condition", _l("How your car is"), (CONDITION,)),
        Page("stays", _l("What stays with us"), (DISCREPANCY, ITEMS)),
    ),
    said={code: _said(code) for code in STATEMENT_ORDER},
    states=CAPTURE_STATES,
    roles=RECEPTION,
    after=_after,
    by_link=False,
    handed=_handed,
    reads_file=True,
    goes_on_in_parts=True,
    leads_to=_leads_to,
    thanks=_thanks,
    photo_subjects=statements.STATEMENT_OF_SUBJECT,
    to_sign=_to_sign,
    admit=_admit,
    check=_check,
)
add_sitting(SITTING)
