"""Odd values in every field of the workshop's forms are refused in words, never by a defect."""

from typing import Any

from flask import Flask

from inspect_app.sites.models import Site
from tests.conftest import Tablet
from tests.factories import new_id
from tests.web.additions.finding import addition, found, line_ids
from tests.web.guards.test_hostile_requests import NASTY
from tests.web.workshop.steps import (
    acceptance_form,
    checked_in,
    in_workshop,
    lines_of,
    person_id,
    receipt_form,
    tablet_of,
    team_id,
)


def _forms(visit_id: str, waiting_id: str, moment: Any) -> dict[str, dict[str, str]]:
    """Each address with a form that fits it."""
    here, there = f"/visits/{visit_id}", f"/visits/{waiting_id}"
    sheet, (line,) = f"{here}/additions/{addition().id}", line_ids()
    work = lines_of(visit_id)[0].id
    return {
        f"{there}/way-to-workshop": {"id": new_id(), "wash_id": new_id(), "team": team_id()},
        f"{there}/workshop-receipt": receipt_form(moment),
        f"{here}/work/{work}/steps": {"id": new_id(), "kind": "started", "reason": ""},
        f"{here}/work/notes": {"id": new_id(), "text": "A note"},
        f"{here}/progress": {
            "id": new_id(), "finish_at": "2026-12-01T10:00", "state": "abnormal", "text": "Late",
            "measure-0": "Fetch it", "owner-0": person_id("Kangho"), "due-0": "2026-12-01T10:00",
        },
        f"{here}/acceptance": acceptance_form(),
        f"{here}/reworks": {"id": new_id(), "reason": "It rattles"},
        f"{here}/teams": {"team": team_id()},
        f"{here}/additions": {
            "id": new_id(), "items": "Pads", "reason": "Worn", "is_safety": "1", "stake": "Brakes",
            "added_minutes": "60",
        },
        f"{sheet}/statement": {
            f"price-{line}": "80000", "added_minutes": "60", "promised_at": "2026-12-01T10:00",
            "stake": "",
        },
        f"{sheet}/calls": {
            "id": new_id(), "channel": "phone", "result": "reached", "number": "010-1234-5678",
            "who_answered": "Sora", "told": "1", "stake_told": "1", f"answer-{line}": "later",
            f"seen-{line}": "0", "call_again_at": "2026-12-01T10:00",
        },
        f"{sheet}/relays": {"id": new_id(), "receiver": person_id("Seojun")},
    }  # fmt: skip


def test_no_field_finds_a_defect(app: Flask, minji: Tablet, shop: Site) -> None:
    visit_id, waiting_id = in_workshop(), checked_in()
    found(app, visit_id)
    seojun, daniel = tablet_of(app, "Seojun"), tablet_of(app, "Daniel")
    forms = _forms(visit_id, waiting_id, addition().captured_at)
    defects = []
    for number, (url, form) in enumerate(forms.items()):
        for place, value in enumerate(NASTY):
            name = list(form)[place % len(form)]
            for tablet in (minji, seojun, daniel)[number % 3 :][:1]:
                answer = tablet.htmx_post(url, {**form, "id": new_id(), name: value})
                if answer.status_code >= 500:
                    defects.append((url, name, value))

    assert defects == []
