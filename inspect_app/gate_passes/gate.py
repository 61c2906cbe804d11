"""What a code shown at the gate leads to, and the words for it."""

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from inspect_app.db import db
from inspect_app.gate_passes import queries
from inspect_app.gate_passes.models import GateCheck, GatePass
from inspect_app.gate_passes.rules import Verdict, is_late_back
from inspect_app.gate_passes.slips import vin_end
from inspect_app.key_tags.scan_rules import read_code
from inspect_app.key_tags.scanning import hosts
from inspect_app.photos.queries import face_of_car


@dataclass(frozen=True)
class Shown:
    """A code as the gate sees it: the pass, if it is one of this shop, and the verdict.

    `code` besides the pass's own: FOREIGN (no code of this shop), UNKNOWN, OTHER_SITE.
    """

    code: str
    found: GatePass | None = None


def find(text: str, now: datetime) -> Shown:
    """Looks a code up: a scanned address, a token, a pass's number or a plate. Never opens it."""
    code = read_code(text, hosts())
    found: GatePass | None = None
    if code.kind in ("pass", "tag"):
        found = queries.pass_by_token(code.value)
    elif code.kind == "words":
        found = queries.pass_by_words(code.value)
    elif code.kind == "foreign":
        return Shown("FOREIGN")
    if found is None:
        return Shown("UNKNOWN")
    if found.site_id != db.session.info.get("site_id"):
        return Shown("OTHER_SITE")
    return told(queries.pass_of(found.id), now)


def told(found: GatePass, now: datetime) -> Shown:
    """What the guard is told of this pass now."""
    return Shown(queries.verdict_of(found, now).code, found)


def card_of(
    shown: Shown, now: datetime, check: GateCheck | None = None, **more: Any
) -> dict[str, Any]:
    """Everything that the guard's card shows: pass data and the car's face, nothing else."""
    found = shown.found
    card: dict[str, Any] = {
        "code": shown.code,
        "is_good": Verdict(shown.code).is_good,
        "found": found,
        "check": check,
        "now": now,
        **more,
    }
    if found is not None:
        checks = queries.checks_of(found.id)
        card |= {
            "vin_end": vin_end(found.visit.vehicle),
            "has_photo": face_of_car(found.visit_id) is not None,
            "earlier": [one for one in checks if check is None or one.id != check.id],
            "is_late": is_late_back(queries.facts_of(found), now),
        }
    return card


def check_of(check_id: uuid.UUID | None) -> GateCheck | None:
    """One look at the gate."""
    if check_id is None:
        return None
    return db.session.scalar(select(GateCheck).where(GateCheck.id == check_id))
