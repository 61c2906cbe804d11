"""A demo customer reads and signs: the same document and the same checks as from a tablet."""

import hashlib
import math
import uuid
from datetime import datetime, timedelta
from typing import Any

from inspect_app.signatures.actions import keep_views
from inspect_app.signatures.canonical import canonical
from inspect_app.signatures.check_in import SITTING
from inspect_app.signatures.pages import customer_pages, language_of, signer_of
from inspect_app.signatures.seal import build_document, verify_document
from inspect_app.signatures.sealing import SealDraft, seal
from inspect_app.signatures.sittings import About
from inspect_app.signatures.strokes import read_strokes
from inspect_app.signatures.times import iso_ms, read_iso_ms
from inspect_app.sites.models import Site
from inspect_app.visits.file import VisitFile, file_of

PAD = (640.0, 256.0)


def sign(
    file: VisitFile,
    site: Site,
    by: uuid.UUID,
    by_name: str,
    tablet_id: uuid.UUID,
    at: datetime,
    views: list[str],
) -> None:
    """Everything due is signed with one drawing at this moment; T10 to T17 fire with it."""
    visit = file.visit
    said = {n.mark.id: view for n, view in zip(file.new_marks, views, strict=True) if view}
    keep_views(visit, said, by=by, at=at - timedelta(seconds=40))
    file = file_of(visit.id)
    pages = customer_pages(SITTING, About.of(file), language_of("", visit))
    signer = signer_of(visit)
    acknowledged_at = iso_ms(at - timedelta(seconds=20))
    document = build_document(
        {
            "site": {"id": str(site.id), "name": site.name},
            "visit": {
                "id": str(visit.id),
                "plate": visit.vehicle.plate,
                "number": visit.number,
                "order_number": file.order.number,
            },
            "language": pages.language,
            "statements": [
                {
                    "code": code,
                    "title": pages.statements[code].title,
                    "words": pages.statements[code].words,
                    "facts": pages.statements[code].facts,
                    "photos": list(pages.statements[code].photos),
                    "acknowledged_at": acknowledged_at,
                }
                for code in pages.due
            ],
            "signer": signer,
            "drawing": drawn_name(signer["name"], at),
            "signed_at": iso_ms(at),
            "tablet": {"id": str(tablet_id), "clock_offset_ms": 0},
            "taken_by": {"id": str(by), "name": by_name},
        }
    )
    raw = canonical(document)
    problems = verify_document(raw)
    if problems:
        raise ValueError(f"the demo's document is not whole: {problems}")
    sha256 = hashlib.sha256(raw).hexdigest()
    signed_at = read_iso_ms(document["signed_at"]) or at
    draft = SealDraft(uuid.uuid4(), raw, sha256, document, signed_at, clock_offset_ms=0)
    seal(draft, SITTING, visit.id, tablet_id=tablet_id, at=at)


def drawn_name(name: str, at: datetime) -> dict[str, Any]:
    """Loops as wide as the name is long, then a stroke below: a name that nobody has."""
    ended_ms = int(at.timestamp() * 1000) - 400
    seed = sum(map(ord, name))
    count = 60 + 10 * min(len(name), 9)
    loops = [
        (
            60 + 400 * i / count + 24 * math.sin(i / 2.1 + seed),
            118 + (46 - seed % 17) * math.sin(i / 3.3) * math.cos(i / 23 + seed % 5),
        )
        for i in range(count)
    ]
    tail = [(110 + 9 * i, 190 - 0.9 * i + 5 * math.sin(i / 4)) for i in range(40)]
    total = len(loops) + len(tail)
    points, groups = 0, []
    for stroke in (loops, tail):
        group = []
        for x, y in stroke:
            points += 1
            when = ended_ms - 14 * (total - points)
            group.append({"x": x, "y": y, "time": when, "pressure": 0.5})
        groups.append({"points": group})
    return read_strokes(groups, *PAD).as_drawing()
