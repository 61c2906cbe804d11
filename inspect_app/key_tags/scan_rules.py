"""What a scanned or typed code is, before anything is looked up. Scanned text is never trusted: it
is compared, and never opened."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from urllib.parse import urlsplit

TOKEN = re.compile(r"[A-Z2-7]{16}")
HOOK = re.compile(r"HOOK:([^\x00-\x1f]{1,12})", re.IGNORECASE)
MAX_CHARS = 300
FOLDERS = {"/K": "tag", "/G": "pass"}
"""What a code of this shop is of: a key tag, a gate pass."""
LOOKS_LIKE_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)


@dataclass(frozen=True)
class Code:
    """`kind`: nothing, tag or pass (value: token), hook (label), foreign (the host, or "" for any
    other text that is no code of ours) or words (a number, a plate, anything a person types)."""

    kind: str
    value: str = ""


def read_code(text: str, hosts: Collection[str]) -> Code:
    """What was scanned. `hosts`: every host that the shop's tags ever carried, upper case."""
    text = text.strip()[:MAX_CHARS]
    if not text:
        return Code("nothing")
    if TOKEN.fullmatch(text.upper()) and not text.isdigit():
        return Code("tag", text.upper())
    if hook := HOOK.fullmatch(text):
        return Code("hook", hook[1].strip().upper())
    if not LOOKS_LIKE_ADDRESS.match(text):
        return Code("words", text) if len(text) <= 40 else Code("foreign")
    return _of_address(text, hosts)


def _of_address(text: str, hosts: Collection[str]) -> Code:
    try:
        parts = urlsplit(text)
    except ValueError:
        return Code("foreign")
    if parts.scheme.lower() not in ("http", "https"):
        return Code("foreign")
    host = parts.netloc.upper()
    if host not in hosts or parts.username is not None:
        return Code("foreign", (parts.hostname or "")[:60])
    folder, _, token = parts.path.upper().rpartition("/")
    if folder in FOLDERS and TOKEN.fullmatch(token):
        return Code(FOLDERS[folder], token)
    return Code("foreign")


def hook_code(label: str) -> str:
    """What the code beside a hook says."""
    return f"HOOK:{label.upper()}"
