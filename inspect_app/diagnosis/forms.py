"""Reading what was typed into a diagnosis."""

import re
import uuid
from dataclasses import dataclass, field
from typing import Any

from flask_babel import lazy_gettext as _l

from inspect_app.amounts import read_amount
from inspect_app.diagnosis.actions import Consent
from inspect_app.diagnosis.rules import MAX_FAULT_CODES, check_consent
from inspect_app.errors import Words
from inspect_app.fields import Fields, Form

SENTENCES: dict[str, tuple[str, Words]] = {
    "CONSENT_BY_MISSING": ("consent_by", _l("Say who gave the consent.")),
    "CONSENT_HOW_MISSING": ("consent_how", _l("Say how the consent was given.")),
    "FEE_UNANSWERED": ("fee_told", _l("Say whether a fee was told.")),
    "FEE_AMOUNT_MISSING": ("fee_amount", _l("Say how much was told.")),
}
_TOLD = {"yes": True, "no": False}
_CODES = re.compile(r"[\s,;]+")


@dataclass(frozen=True)
class FindingDraft:
    """A finding as it was typed. `version` is that on the screen, 0 for a new finding."""

    id: uuid.UUID
    values: dict[str, Any] = field(default_factory=dict)
    version: int = 0


def read_consent(form: Form, *, currency: str) -> Consent:
    """The customer's consent and the fee. Raises Invalid while something of it is not said."""
    fields = Fields(form)
    told = _TOLD.get(fields.one_of("fee_told", ("yes", "no")))
    amount = read_amount(fields, "fee_amount", currency) if told else None
    consent = Consent(
        fields.id(), fields.line("consent_by", 120), fields.code("consent_how", "consent_ways"),
        bool(told), amount, fields.text("symptom", 2000),
    )  # fmt: skip
    for code in check_consent(
        consent_by=consent.by, consent_how=consent.how, fee_told=told, fee_amount=amount
    ):
        name, words = SENTENCES[code]
        fields.problems.setdefault(name, words)
    fields.check()
    return consent


def read_finding(form: Form) -> FindingDraft:
    """Where the fault is, what was found, what to do and how urgent it is."""
    fields = Fields(form)
    place = fields.line("place", 200)
    if not place:
        fields.problems.setdefault("place", _l("Say where the fault is."))
    urgency = fields.code("urgency", "urgencies")
    if not urgency:
        fields.problems.setdefault("urgency", _l("Say how urgent it is."))
    codes = [code.upper() for code in _CODES.split(fields.line("fault_codes", 400)) if code]
    if len(codes) > MAX_FAULT_CODES:
        fields.problems["fault_codes"] = _l("At most 40 fault codes fit here.")
    values = {
        "place": place,
        "system": fields.code("system", "vehicle_systems"),
        "text": fields.text("text", 2000),
        "fault_codes": list(dict.fromkeys(codes)),
        "suggestion": fields.line("suggestion", 300),
        "urgency": urgency,
    }
    draft = FindingDraft(fields.id(), values, fields.whole("version", 0, 2**31 - 1) or 0)
    fields.check()
    return draft


def read_notes(form: Form) -> dict[str, str]:
    """The symptom, and the instruments used."""
    fields = Fields(form)
    notes = {
        "symptom": fields.text("symptom", 2000),
        "instruments": fields.line("instruments", 300),
    }
    fields.check()
    return notes


def read_helper(form: Form, known: list[tuple[str, str]]) -> uuid.UUID:
    """Who was called: one of those who may be."""
    fields = Fields(form)
    chosen = fields.one_of("helper", tuple(code for code, _name in known))
    if not chosen:
        fields.problems.setdefault("helper", _l("Say who was called."))
    fields.check()
    return uuid.UUID(chosen)
