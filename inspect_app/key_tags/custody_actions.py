"""Moving a key. Movements are only ever added; the first of two who act at once wins."""

import logging
import uuid
from dataclasses import dataclass
from datetime import datetime

from flask_babel import lazy_gettext as _l
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from inspect_app.db import db
from inspect_app.errors import Conflict, Invalid, NotFound, TagInUse
from inspect_app.i18n import clock
from inspect_app.key_tags import custody_rules as rules
from inspect_app.key_tags.custody import KeyFile, key_file
from inspect_app.key_tags.custody_words import TakenFirst
from inspect_app.key_tags.models import KeyMovement, KeyRegistration, Slot
from inspect_app.key_tags.queries import free_slot, holder_of, slot_of
from inspect_app.visits.history import note

log = logging.getLogger(__name__)
SCREEN = "key"


@dataclass(frozen=True)
class Act:
    """One movement as it was asked for. `seen`: the number of the last movement that the page
    showed. `slot`: a hook's label, empty for the key's own. `holder_id`: who takes the key; None
    for the person who acts."""

    id: uuid.UUID
    kind: str
    seen: int | None = None
    slot: str = ""
    reason: str = ""
    minutes: int | None = None
    holder_id: uuid.UUID | None = None


def move_key(
    registration_id: uuid.UUID,
    act: Act,
    *,
    by: uuid.UUID,
    at: datetime,
    tablet_id: uuid.UUID | None,
    now: datetime,
) -> KeyMovement:
    """Adds the movement; a repeat of the same one answers like the first.

    Raises TakenFirst where the key is no longer where the page showed it. What was captured away
    from the server and contradicts what others did since is kept as a claim for a person to settle.
    """
    _lock(registration_id)
    known = db.session.get(KeyMovement, act.id)
    if known is not None:
        if known.registration_id != registration_id:
            raise Conflict(
                _l("This entry belongs to something else. Open the page again and repeat.")
            )
        return known
    file = key_file(registration_id)
    is_claim = rules.contradicts(file.custody, act.kind, seen=act.seen, at=at)
    if is_claim and not rules.is_late(at, now):
        raise TakenFirst(file)
    movement = _movement(file, act, by=by, at=at, tablet_id=tablet_id, is_claim=is_claim)
    if not is_claim:
        _bring_about(file.registration, movement, act, at)
    _add(movement)
    kind = "key.claimed" if is_claim else f"key.{act.kind}"
    note(
        file.visit.id,
        kind,
        by=by,
        at=at,
        screen=SCREEN,
        registration=str(registration_id),
        movement=str(movement.id),
        reason=movement.reason,
    )
    db.session.flush()
    log.info("%s visit=%s movement=%s", kind, file.visit.id, movement.id)
    return movement


def _lock(registration_id: uuid.UUID) -> None:
    """Of two requests for one key the second waits here, where the database has row locks."""
    db.session.execute(
        select(KeyRegistration.id).where(KeyRegistration.id == registration_id).with_for_update()
    )


def _movement(
    file: KeyFile,
    act: Act,
    *,
    by: uuid.UUID,
    at: datetime,
    tablet_id: uuid.UUID | None,
    is_claim: bool,
) -> KeyMovement:
    goes_out = act.kind in ("taken_out", "handed_over")
    back_at = rules.expected_back(act.reason, act.minutes, at) if goes_out else None
    if act.kind == "handed_over" and back_at is None:
        back_at = file.custody.expected_return_at
    is_same = act.kind == "handed_over" and not act.reason and file.custody.last is not None
    reason = file.custody.last.reason if is_same and file.custody.last else act.reason
    return KeyMovement(
        id=act.id,
        registration_id=file.registration.id,
        sequence=max((one.sequence for one in file.movements), default=0) + 1,
        kind=act.kind,
        slot_id=None if goes_out or act.kind == "given_back" else file.registration.slot_id,
        from_person_id=file.custody.holder_id,
        to_person_id=(act.holder_id or by) if goes_out else None,
        reason=reason,
        expected_return_at=back_at,
        tablet_id=tablet_id,
        is_claim=is_claim,
        by_id=by,
        captured_at=at,
    )


def _bring_about(
    registration: KeyRegistration, movement: KeyMovement, act: Act, at: datetime
) -> None:
    """What a movement changes besides itself: the hook that the key hangs on, and the tag's end."""
    if act.kind in ("put_in", "returned"):
        slot = _hook_for(registration, act.slot)
        registration.slot_id = movement.slot_id = slot.id
    elif act.kind == "given_back":
        registration.released_at = at


def _hook_for(registration: KeyRegistration, label: str) -> Slot:
    """The hook that was named, the key's own, or the next free one. Raises Invalid where there is
    none, TagInUse where another key hangs there."""
    if label:
        slot, problem = slot_of(label), _l("No hook has this label. Read it again.")
    elif registration.slot_id is not None:
        return db.session.get_one(Slot, registration.slot_id)
    else:
        slot, problem = free_slot(), _l("Every hook is taken. Give a key back first, or add hooks.")
    if slot is None:
        raise Invalid({"slot": problem})
    holder = holder_of(slot_id=slot.id)
    if holder is not None and holder.visit_id != registration.visit_id:
        raise TagInUse(
            _l(
                "Hook %(slot)s holds the key of %(plate)s (%(by)s, %(at)s). Take another hook.",
                slot=slot.label,
                plate=holder.plate,
                by=holder.by,
                at=clock(holder.at),
            )
        )
    return slot


def _add(movement: KeyMovement) -> None:
    """Raises TakenFirst where another movement got the same number at the same moment."""
    registration_id = movement.registration_id
    try:
        with db.session.begin_nested():
            db.session.add(movement)
    except IntegrityError:
        db.session.expire_all()
        raise TakenFirst(key_file(registration_id)) from None


def settle(
    registration_id: uuid.UUID,
    claim_id: uuid.UUID,
    *,
    claim_is_right: bool,
    row_id: uuid.UUID,
    by: uuid.UUID,
    at: datetime,
    tablet_id: uuid.UUID | None,
) -> KeyMovement:
    """A person's answer to a claim, as a movement of its own: to where the claim says the key is,
    or once more to where it was known to be. Raises NotFound for no such claim, Conflict where it
    has been answered."""
    _lock(registration_id)
    known = db.session.get(KeyMovement, row_id)
    if known is not None and known.settles_id == claim_id:
        return known
    file = key_file(registration_id)
    claim = next((one for one in file.movements if one.id == claim_id and one.is_claim), None)
    if claim is None:
        raise NotFound
    if claim not in file.open_claims:
        raise Conflict(_l("Someone else has answered this already."))
    known_last = max(
        (one for one in file.movements if not one.is_claim), key=lambda one: one.sequence
    )
    source = claim if claim_is_right else known_last
    if file.registration.released_at is not None and source.kind != "given_back":
        raise Conflict(_l("The customer has this key since. Answer that it is as shown."))
    movement = KeyMovement(
        id=row_id,
        registration_id=registration_id,
        sequence=max(one.sequence for one in file.movements) + 1,
        kind=source.kind,
        slot_id=source.slot_id,
        from_person_id=file.custody.holder_id,
        to_person_id=source.to_person_id,
        reason=source.reason,
        expected_return_at=source.expected_return_at,
        tablet_id=tablet_id,
        settles_id=claim.id,
        by_id=by,
        captured_at=max(at, known_last.captured_at),
    )
    if source.kind == "given_back":
        file.registration.released_at = file.registration.released_at or at
    _add(movement)
    note(
        file.visit.id,
        "key.settled",
        by=by,
        at=at,
        screen=SCREEN,
        claim=str(claim_id),
        claim_is_right=claim_is_right,
    )
    db.session.flush()
    log.info("claim settled visit=%s claim=%s", file.visit.id, claim_id)
    return movement
