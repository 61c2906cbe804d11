"""Giving a guarantee card."""

import logging
import uuid
from dataclasses import dataclass
from datetime import datetime

from flask_babel import lazy_gettext as _l

from inspect_app.db import db
from inspect_app.errors import Conflict, Invalid, Words
from inspect_app.guarantees import rules
from inspect_app.guarantees.models import GuaranteeCard
from inspect_app.guarantees.queries import card_of, proposal_for
from inspect_app.guarantees.rules import Term
from inspect_app.sites.actions import next_number
from inspect_app.visits.history import note
from inspect_app.visits.models import Visit

log = logging.getLogger(__name__)

SENTENCES: dict[str, tuple[str, Words]] = {
    "BELOW_FLOOR_DAYS": ("days", _l("The law asks for more days than these.")),
    "BELOW_FLOOR_KM": ("km", _l("The law allows no shorter distance than the one proposed.")),
    "DAYS_OUT_OF_RANGE": ("days", _l("Say for how many days the guarantee runs.")),
    "KM_OUT_OF_RANGE": ("km", _l("This distance can't be right; check it.")),
}

NOT_NOW = _l("The card is given while the customer settles. Open the visit to see how far it is.")


@dataclass(frozen=True)
class CardDraft:
    """A card as the clerk wants it; `told`: the customer was told the terms (P9)."""

    id: uuid.UUID
    days: int
    km: int | None
    odometer_km: int | None
    conditions: str
    told: bool


def give_card(
    visit: Visit, draft: CardDraft | None, *, by: uuid.UUID, at: datetime, told: bool = False
) -> GuaranteeCard | None:
    """A card with a number. Without a draft: the proposal, where no card covers this work yet.

    `told`: the customer read its terms. None where neither law nor shop gives anything. Raises
    Invalid below the law's floor.
    """
    known = db.session.get(GuaranteeCard, draft.id) if draft else card_of(visit.id)
    if known is not None and known.visit_id != visit.id:
        raise Conflict(_l("This entry belongs to another visit. Open the page again."))
    made = proposal_for(visit, at)
    if known is not None and (draft or known.items == made.items):
        return known
    terms = made.terms
    term = Term(draft.days, draft.km) if draft else terms.term
    if draft is None and not term.days:
        return None
    if codes := rules.check_term(term, terms.floor):
        raise Invalid(dict(SENTENCES[code] for code in codes))
    period = at.strftime("%y%m")
    row = GuaranteeCard(
        id=draft.id if draft else uuid.uuid4(),
        visit_id=visit.id,
        number=f"W{period}-{next_number('guarantee', period):04d}",
        from_on=terms.from_on,
        odometer_km=draft.odometer_km if draft else terms.odometer_km,
        days=term.days,
        km=term.km,
        floor_days=terms.floor.days,
        preset=terms.preset,
        conditions=draft.conditions if draft else "",
        items=made.items,
        exclusions=made.exclusions,
        told_at=at if told or (draft and draft.told) else None,
        by_id=by,
        captured_at=at,
    )
    db.session.add(row)
    note(
        visit.id, "guarantee.given", by=by, at=at, screen="settlement", number=row.number,
        days=row.days, km=row.km, told=row.told_at is not None,
    )  # fmt: skip
    db.session.flush()
    log.info("guarantee given visit=%s card=%s", visit.id, row.id)
    return row
