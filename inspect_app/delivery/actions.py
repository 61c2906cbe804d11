"""Handing over the packet, walking to the car, counting, and what an objection sets going."""

import logging
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from flask_babel import lazy_gettext as _l
from sqlalchemy.exc import IntegrityError

from inspect_app.belongings.boxes import open_box
from inspect_app.db import db
from inspect_app.delivery import rules
from inspect_app.delivery.models import Complaint, Delivery
from inspect_app.delivery.queries import DeliveryFile, delivery_file, last_round
from inspect_app.errors import Conflict, Invalid
from inspect_app.gate_passes.actions import hold, release
from inspect_app.key_tags.custody_actions import Act, move_key
from inspect_app.returns.actions import ReturnDraft, count_anew, give_back
from inspect_app.returns.queries import Thing
from inspect_app.signatures.models import Seal
from inspect_app.visits.actions import change_state
from inspect_app.visits.history import note
from inspect_app.visits.models import Visit
from inspect_app.visits.rules import Missing
from inspect_app.walkaround.actions import MarkDraft, save_mark
from inspect_app.walkaround.models import Mark

log = logging.getLogger(__name__)
SCREEN = "delivery"


class StillMissing(Conflict):
    """The guard of T34 or T35 does not hold; the page lists what is missing."""

    def __init__(self, missing: Sequence[Missing]) -> None:
        super().__init__(_l("Something is still missing. The page says what comes first."))
        self.missing = missing


@dataclass(frozen=True)
class PacketDraft:
    """What was ticked at the desk. `reason`: why the key need not be with who delivers; only a
    supervisor's counts."""

    id: uuid.UUID
    ticked: frozenset[str]
    reason: str = ""


def begin(
    visit: Visit, draft: PacketDraft, *, may_override: bool, by: uuid.UUID, at: datetime,
    now: datetime,
) -> Delivery:  # fmt: skip
    """T34: the packet is handed over, and the walk begins. The same one again is the same round.

    Raises StillMissing where something of the packet is not there or not ticked.
    """
    known = db.session.get(Delivery, draft.id)
    if known is not None:
        return _ours(known, visit)
    reason = draft.reason if may_override else ""
    file = delivery_file(visit)
    facts = file.packet_facts(draft.ticked, by, is_overridden=bool(reason))
    if missing := rules.missing_for_packet(facts):
        raise StillMissing(missing)
    is_overridden = bool(reason and facts.key_lack)
    change_state(visit, "T34", by=by, at=_not_before(visit, at), screen=SCREEN)
    round_ = Delivery(
        id=draft.id,
        visit_id=visit.id,
        packet=[one for one in file.wanted if one in draft.ticked],
        key_override_reason=reason if is_overridden else "",
        key_override_by_id=by if is_overridden else None,
        by_id=by,
        captured_at=at,
    )
    _add(round_)
    if "papers" in draft.ticked:
        _give_back_whole([one for one in file.papers if not one.returned], visit, by, at, now)
    note(
        visit.id, "delivery.begun", by=by, at=at, screen=SCREEN, packet=round_.packet,
        key_override=round_.key_override_reason,
    )  # fmt: skip
    db.session.flush()
    log.info("delivery begun visit=%s round=%s", visit.id, round_.id)
    return round_


def _ours(round_: Delivery, visit: Visit) -> Delivery:
    if round_.visit_id != visit.id:
        raise Conflict(_l("This entry belongs to something else. Open the page again."))
    return round_


def _add(round_: Delivery) -> None:
    try:
        with db.session.begin_nested():
            db.session.add(round_)
    except IntegrityError:
        raise Conflict(
            _l("Someone began this delivery at the same moment. Open the page again.")
        ) from None


def _not_before(visit: Visit, at: datetime) -> datetime:
    """A state does not begin before the one it follows."""
    return max(at, visit.state_since)


def take_key_out(
    file: DeliveryFile, row_id: uuid.UUID, *, by: uuid.UUID, at: datetime,
    tablet_id: uuid.UUID | None, now: datetime,
) -> None:  # fmt: skip
    """Who delivers takes the key off its hook (T34). Raises TakenFirst where somebody has it."""
    if file.key is None:
        return
    act = Act(id=row_id, kind="taken_out", seen=file.key.custody.sequence, reason="delivery")
    move_key(file.key.registration.id, act, by=by, at=at, tablet_id=tablet_id, now=now)


def look_over(visit: Visit, *, by: uuid.UUID, at: datetime) -> None:
    """The outside was looked over together, and what is new was marked (12.05)."""
    round_ = open_round(visit)
    if round_.looked_at is None:
        round_.looked_at, round_.looked_by_id = at, by
        note(visit.id, "delivery.looked_over", by=by, at=at, screen=SCREEN)
        db.session.flush()


def add_mark(visit: Visit, draft: MarkDraft, *, by: uuid.UUID, at: datetime) -> Mark:
    """A mark that was not there at the arrival."""
    return save_mark(visit, draft, by=by, at=at, delivery_id=open_round(visit).id)


def remove_mark(visit: Visit, mark: Mark, *, by: uuid.UUID, at: datetime) -> None:
    """It was none, or known; only a mark of this delivery is taken away here."""
    open_round(visit)
    if mark.delivery_id is None:
        raise Conflict(_l("This mark was signed at the arrival. It stays as it is."))
    if mark.removed_at is None:
        mark.removed_at, mark.removed_by_id = at, by
        note(visit.id, "mark.removed", by=by, at=at, screen=SCREEN, mark=str(mark.id))
        db.session.flush()


def give_all_back(visit: Visit, *, by: uuid.UUID, at: datetime, now: datetime) -> None:
    """The box is opened and everything in it and in the car was there: one tap for the usual."""
    open_round(visit)
    open_box(visit, by=by, at=at)
    file = delivery_file(visit)
    _give_back_whole([one for one in file.belongings if not one.returned], visit, by, at, now)


def give_one_back(
    visit: Visit, draft: ReturnDraft, *, by: uuid.UUID, at: datetime, now: datetime,
    tablet_id: uuid.UUID | None,
) -> None:  # fmt: skip
    """One line of the count, with the difference said (D2)."""
    open_round(visit)
    give_back(visit, draft, by=by, at=at, now=now, tablet_id=tablet_id)
    if draft.subject == "belonging":
        open_box(visit, by=by, at=at)


def give_key(
    visit: Visit, row_id: uuid.UUID, *, by: uuid.UUID, at: datetime, now: datetime,
    tablet_id: uuid.UUID | None,
) -> None:  # fmt: skip
    """The customer has the key: its last movement here; the tag is free again."""
    open_round(visit)
    key = next((one for one in delivery_file(visit).things if one.subject == "key"), None)
    if key is not None:
        draft = ReturnDraft(row_id, "key", key.id)
        give_back(visit, draft, by=by, at=at, now=now, tablet_id=tablet_id)


def _give_back_whole(
    things: Sequence[Thing], visit: Visit, by: uuid.UUID, at: datetime, now: datetime
) -> None:
    for thing in things:
        draft = ReturnDraft(uuid.uuid4(), thing.subject, thing.id)
        give_back(visit, draft, by=by, at=at, now=now)


def open_round(visit: Visit) -> Delivery:
    """The round under way. Raises Conflict where there is none."""
    round_ = last_round(visit.id)
    if visit.state != "delivering" or round_ is None or round_.ended_at is not None:
        raise Conflict(_l("This car is not being given back now. Open the visit to see why."))
    return round_


def signed(visit: Visit, seal: Seal, *, by: uuid.UUID, at: datetime) -> None:
    """T35: S4 is recorded; the gate pass opens the gate from now on (Q9)."""
    file = delivery_file(visit)
    if missing := rules.missing_for_delivered(replace(file.walk_facts, s4_at=at)):
        raise StillMissing(missing)
    round_ = open_round(visit)
    round_.seal_id, round_.outcome, round_.ended_at = seal.id, "signed", at
    change_state(visit, "T35", by=by, at=_not_before(visit, at), screen="customer")
    release(visit, by=by, at=at)
    note(visit.id, "delivery.signed", by=by, at=at, screen="customer", round=str(round_.id))
    db.session.flush()
    log.info("delivered visit=%s round=%s", visit.id, round_.id)


@dataclass(frozen=True)
class ObjectionDraft:
    """What the customer objects to. `goes_to`: rework (back to the workshop) or complaint."""

    id: uuid.UUID
    text: str
    goes_to: str


def object_to(visit: Visit, draft: ObjectionDraft, *, by: uuid.UUID, at: datetime) -> Complaint:
    """T36: nothing is released; back to the workshop, or a complaint stands beside the walk. All
    is counted anew after it. Raises Invalid without words."""
    known = db.session.get(Complaint, draft.id)
    if known is not None:
        if known.visit_id != visit.id:
            raise Conflict(_l("This entry belongs to something else. Open the page again."))
        return known
    if not draft.text:
        raise Invalid({"text": _l("Write what the customer objects to, in their words.")})
    round_ = open_round(visit)
    round_.outcome, round_.ended_at = draft.goes_to, at
    row = Complaint(
        id=draft.id, visit_id=visit.id, delivery_id=round_.id, text=draft.text,
        goes_to=draft.goes_to, by_id=by, captured_at=at,
    )  # fmt: skip
    db.session.add(row)
    is_rework = draft.goes_to == "rework"
    change_state(
        visit, "T36", by=by, at=_not_before(visit, at),
        target="in_workshop" if is_rework else "delivering", screen=SCREEN, goes_to=draft.goes_to,
    )  # fmt: skip
    hold(visit, by=by, at=at)
    count_anew(visit, by=by, at=at)
    db.session.flush()
    if not is_rework:
        _add(_next_round(round_, by=by, at=at))
    note(visit.id, "delivery.objected", by=by, at=at, screen=SCREEN, complaint=str(row.id))
    db.session.flush()
    log.info("objection visit=%s round=%s goes_to=%s", visit.id, round_.id, draft.goes_to)
    return row


def _next_round(before: Delivery, *, by: uuid.UUID, at: datetime) -> Delivery:
    """The packet is with the customer already; the car is looked at and counted anew."""
    return Delivery(
        visit_id=before.visit_id,
        packet=before.packet,
        key_override_reason=before.key_override_reason,
        key_override_by_id=before.key_override_by_id,
        by_id=by,
        captured_at=at,
    )
