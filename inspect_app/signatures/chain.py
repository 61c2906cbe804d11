"""The chain of a site's seals: each link holds the one before, so none can go or change unseen."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from inspect_app.signatures.canonical import sha256_of
from inspect_app.signatures.times import iso_ms

CHAIN_SCHEMA = "vehicle-reception/chain/1"
FIRST_SEQUENCE = 1


@dataclass(frozen=True)
class Link:
    """One seal of a site's chain; `sealed_at` is the server's UTC time, kept to the millisecond."""

    sequence: int
    document_sha256: str
    sealed_at: datetime
    previous_sha256: str
    chain_sha256: str


@dataclass(frozen=True)
class ChainProblem:
    """What is wrong at a link: SEQUENCE_GAP, WRONG_PREVIOUS, WRONG_HASH or TIME_BACKWARDS."""

    sequence: int
    code: str


def genesis(site_id: UUID) -> str:
    """The hash before a site's first link: SHA-256 of the chain's name and the site's id."""
    return hashlib.sha256(f"{CHAIN_SCHEMA}:{site_id}".encode()).hexdigest()


def link(previous: str, sequence: int, document_sha256: str, sealed_at: datetime) -> str:
    """The chain hash of a seal: SHA-256 of its canonical facts and the hash before it."""
    return sha256_of(
        {
            "schema": CHAIN_SCHEMA,
            "previous": previous,
            "sequence": sequence,
            "document_sha256": document_sha256,
            "sealed_at": iso_ms(sealed_at),
        }
    )


def next_link(site_id: UUID, last: Link | None, document_sha256: str, now: datetime) -> Link:
    """The link that follows the site's last one (None: the first); never earlier than that."""
    previous = last.chain_sha256 if last else genesis(site_id)
    sequence = last.sequence + 1 if last else FIRST_SEQUENCE
    sealed_at = max(now, last.sealed_at) if last else now
    sealed_at = sealed_at.replace(microsecond=sealed_at.microsecond // 1000 * 1000)
    chain_hash = link(previous, sequence, document_sha256, sealed_at)
    return Link(sequence, document_sha256, sealed_at, previous, chain_hash)


def verify_chain(site_id: UUID, links: Iterable[Link]) -> list[ChainProblem]:
    """What is wrong in a site's links, given in order of sequence; an empty list means nothing."""
    problems: list[ChainProblem] = []
    previous, sequence, last_at = genesis(site_id), FIRST_SEQUENCE - 1, None
    for row in links:
        own_hash = link(row.previous_sha256, row.sequence, row.document_sha256, row.sealed_at)
        verdicts = {
            "SEQUENCE_GAP": row.sequence != sequence + 1,
            "WRONG_PREVIOUS": row.previous_sha256 != previous,
            "WRONG_HASH": row.chain_sha256 != own_hash,
            "TIME_BACKWARDS": last_at is not None and row.sealed_at < last_at,
        }
        problems += [ChainProblem(row.sequence, code) for code, wrong in verdicts.items() if wrong]
        previous, sequence, last_at = row.chain_sha256, row.sequence, row.sealed_at
    return problems
