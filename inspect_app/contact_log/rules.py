"""What may be said of a contact, and whether an address can be written to."""

import re
from typing import Final

KINDS: Final = (
    "reminder",
    "pickup_notice",
    "delay_notice",
    "progress",
    "addition_call",
    "supervisor_told",
    "other",
)
SPOKEN: Final = ("phone", "in_person")
WRITTEN: Final = ("sms", "email")
SPOKEN_RESULTS: Final = ("reached", "no_answer", "left_message")
MAX_TEXT_CHARS: Final = 2_000

_EMAIL: Final = re.compile(r"[^@\s,;<>\"]+@[^@\s,;<>\"]+\.[^@\s,;<>\"]+")


def is_email(text: str) -> bool:
    """Whether this is one e-mail address and nothing else."""
    return len(text) <= 254 and text.isprintable() and _EMAIL.fullmatch(text) is not None


def is_phone(text: str) -> bool:
    """Whether a message can be sent to this number: 4 to 20 digits, perhaps grouped."""
    digits = sum(sign.isdecimal() for sign in text)
    return 4 <= digits <= 20 and re.fullmatch(r"\+?[\d\s()./-]+", text) is not None


def can_write_to(channel: str, to: str) -> bool:
    """Whether the channel can reach this address."""
    return is_email(to) if channel == "email" else is_phone(to)
