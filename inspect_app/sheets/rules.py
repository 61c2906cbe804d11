"""Who sees the sheet, and the customer's link to it: how its token is made, kept and ended."""

import base64
import hashlib
import hmac
from datetime import datetime
from uuid import UUID

from inspect_app.staff.rules import RECEPTION, Role

READERS = (*RECEPTION, Role.MANAGER, Role.SETTLEMENT_CLERK, Role.CASHIER)
"""The paper names customer and prices, so only those see it who see both (process 3.2)."""

TOKEN_BYTES = 20
"""160 bits: more than the 128 that nobody guesses."""


def token_of(secret: bytes, link_id: UUID, kind: bytes = b"sheet-link") -> str:
    """The token of a link, made from the shop's secret and the link's id.

    So it can be shown again while the database holds its hash alone, and the same link made twice
    has the same token. `secret` lies beside the database, never in it.
    """
    digest = hmac.new(secret, kind + b":" + link_id.bytes, hashlib.sha256).digest()
    return base64.b32encode(digest[:TOKEN_BYTES]).decode().lower()


def token_sha256(token: str) -> str:
    """What the database keeps of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def link_is_alive(ends_at: datetime, ended_at: datetime | None, at: datetime) -> bool:
    """Whether a link opens the sheet at this moment."""
    return ended_at is None and at < ends_at
