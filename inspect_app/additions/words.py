"""What is said where an addition is refused, and what is read aloud to the customer."""

from collections.abc import Sequence

from flask_babel import lazy_gettext as _l

from inspect_app import catalogues
from inspect_app.additions.models import Addition
from inspect_app.errors import Invalid, Words
from inspect_app.i18n import moment, money
from inspect_app.visits.rules import Missing

SENTENCES: dict[str, tuple[str, Words]] = {
    "ITEM_MISSING": ("description", _l("Say what has to be done; one or two words do.")),
    "REASON_MISSING": ("reason", _l("Say why it has to be done.")),
    "PRICE_MISSING": ("price", _l("Each item needs its price before the customer is called.")),
    "DELAY_MISSING": ("added_minutes", _l("Say how much longer it takes; 0 is an answer too.")),
    "NOT_REACHED_DECIDES_NOTHING": (
        "result",
        _l(
            "Nobody was reached, so nothing is decided. Take the answers away, or say who answered."
        ),
    ),
    "WHO_ANSWERED_MISSING": ("who_answered", _l("Write down who answered.")),
    "ANSWER_MISSING": ("answer", _l("Tap what the customer said of each item.")),
    "NOT_TOLD": ("told", _l("Read the text aloud first: price and new time belong to the answer.")),
    "STAKE_NOT_TOLD": (
        "stake_told",
        _l("This is about safety: say what may happen before you take a no, and tick that."),
    ),
}
"""Code to the field it stands at, and its sentence."""


def refuse(missing: Sequence[Missing]) -> None:
    """Raises Invalid with every sentence at its field; nothing where nothing is missing."""
    if missing:
        raise Invalid(dict(SENTENCES[one.code] for one in missing))


def delay_text(addition: Addition, language: str) -> str:
    """P5: the finish may be later, and the new time (9.02)."""
    text = catalogues.name_of("disclosures", "P5", language)
    return text.replace("{time}", moment(addition.promised_at) or "–")


def declined_text(language: str) -> str:
    """P7: what is said where a customer declines work that concerns safety (9.06)."""
    return catalogues.name_of("disclosures", "P7", language)


def text_read(addition: Addition, language: str) -> str:
    """All that is read aloud, as it is kept with the call."""
    lines = [f"{line.description}: {money(line.price_amount)}" for line in addition.lines]
    stake = [addition.stake] if addition.is_safety and addition.stake else []
    return "\n".join([addition.reason, *lines, delay_text(addition, language), *stake])
