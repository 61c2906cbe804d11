"""Staff sign with the own PIN and a drawing of the name: S3 and the acceptance (D21).

What is kept is one canonical document (RFC 8785) with the facts, the drawing, who and when, and its
hash; `inspect_app check` proves it again.
"""

import hashlib
import uuid
from datetime import datetime
from typing import Any, Final

from inspect_app.db import db
from inspect_app.signatures.canonical import NotCanonical, canonical, read_canonical
from inspect_app.signatures.strokes import Strokes
from inspect_app.signatures.times import iso_ms
from inspect_app.staff.models import Person
from inspect_app.visits.models import Visit
from inspect_app.workshop.models import StaffSignature

SCHEMA: Final = "vehicle-reception/staff-signature/1"
RECEIPT, ACCEPTANCE = "S3", "D21"


def sign(
    visit: Visit,
    code: str,
    signature_id: uuid.UUID,
    *,
    person: Person,
    facts: dict[str, Any],
    strokes: Strokes,
    by: uuid.UUID,
    at: datetime,
) -> StaffSignature:
    """Keeps what this person signed; the caller has checked the PIN. `by`: who is signed in."""
    document = canonical(
        {
            "schema": SCHEMA,
            "code": code,
            "visit": {
                "id": str(visit.id), "number": visit.number, "plate": visit.vehicle.plate,
            },
            "facts": facts,
            "person": {"id": str(person.id), "name": person.name},
            "signed_at": iso_ms(at),
            "drawing": strokes.as_drawing(),
        }
    )  # fmt: skip
    row = StaffSignature(
        id=signature_id,
        visit_id=visit.id,
        code=code,
        person_id=person.id,
        document=document,
        sha256=hashlib.sha256(document).hexdigest(),
        by_id=by,
        captured_at=at,
    )
    db.session.add(row)
    db.session.flush()
    return row


def problems_of(row: StaffSignature) -> list[str]:
    """What is wrong with a kept signature, as codes: DOCUMENT_HASH, NOT_CANONICAL, ROW_DIFFERS."""
    problems = []
    if hashlib.sha256(row.document).hexdigest() != row.sha256:
        problems.append("DOCUMENT_HASH")
    try:
        said = read_canonical(row.document)
        kept = (said["code"], said["visit"]["id"], said["person"]["id"], said["signed_at"])
    except (NotCanonical, KeyError, TypeError):
        return [*problems, "NOT_CANONICAL"]
    if kept != (row.code, str(row.visit_id), str(row.person_id), iso_ms(row.captured_at)):
        problems.append("ROW_DIFFERS")
    return problems
