"""The chain of a site's seals: nothing goes missing or changes unseen."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

from inspect_app.signatures.chain import ChainProblem, Link, genesis, next_link, verify_chain

SITE = UUID(int=1)
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


def chain_of(length: int) -> list[Link]:
    links: list[Link] = []
    for index in range(length):
        last = links[-1] if links else None
        at = NOON + timedelta(minutes=index, microseconds=1999)
        links.append(next_link(SITE, last, f"{index:064x}", at))
    return links


def test_a_whole_chain_has_no_problem() -> None:
    assert verify_chain(SITE, chain_of(5)) == []


def test_an_empty_chain_has_no_problem() -> None:
    assert verify_chain(SITE, []) == []


def test_the_hashes_are_fixed_for_ever() -> None:
    first = chain_of(1)[0]

    assert genesis(SITE) == "dd81991bbbd27368bc74e1184ba630d8f11232ca005ed914fa2e136239066238"
    assert first.previous_sha256 == genesis(SITE)
    assert first.chain_sha256 == "9c434d0cec9807c4cf4ddd78d776faa24714d59186d1e8ce913ae368aae741bc"


def test_two_sites_begin_differently() -> None:
    assert genesis(SITE) != genesis(UUID(int=2))
    assert ChainProblem(1, "WRONG_PREVIOUS") in verify_chain(UUID(int=2), chain_of(2))


def test_a_changed_document_is_found_at_its_link() -> None:
    links = chain_of(3)
    links[1] = replace(links[1], document_sha256="f" * 64)

    assert verify_chain(SITE, links) == [ChainProblem(2, "WRONG_HASH")]


def test_a_link_written_anew_is_found_at_the_next_one() -> None:
    links = chain_of(3)
    links[1] = next_link(SITE, links[0], "f" * 64, links[1].sealed_at)

    assert verify_chain(SITE, links) == [ChainProblem(3, "WRONG_PREVIOUS")]


def test_a_missing_link_is_found() -> None:
    first, _, third = chain_of(3)

    assert verify_chain(SITE, [first, third]) == [
        ChainProblem(3, "SEQUENCE_GAP"),
        ChainProblem(3, "WRONG_PREVIOUS"),
    ]


def test_a_chain_without_its_beginning_is_found() -> None:
    assert ChainProblem(2, "SEQUENCE_GAP") in verify_chain(SITE, chain_of(3)[1:])


def test_a_time_that_goes_back_is_found() -> None:
    first, second = chain_of(2)
    second = replace(second, sealed_at=NOON - timedelta(days=1))

    assert ChainProblem(2, "TIME_BACKWARDS") in verify_chain(SITE, [first, second])


def test_a_server_clock_put_back_never_makes_a_link_older_than_the_last() -> None:
    last = chain_of(1)[0]

    following = next_link(SITE, last, "a" * 64, NOON - timedelta(hours=1))

    assert following.sealed_at == last.sealed_at
    assert verify_chain(SITE, [last, following]) == []


def test_a_time_zone_does_not_change_a_hash() -> None:
    links = [replace(row, sealed_at=row.sealed_at.astimezone(tz=None)) for row in chain_of(2)]

    assert verify_chain(SITE, links) == []
