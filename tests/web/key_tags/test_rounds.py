"""The evening round: missing, extra, on the wrong hook, stale; signed and kept."""

import uuid
from html import unescape
from typing import Any

import pytest
from sqlalchemy import select

from inspect_app.db import db
from inspect_app.key_tags.models import KeyMovement, KeyRegistration, KeyRound, KeyTag
from inspect_app.key_tags.round_rules import Expected, Finding, Scanned, findings, paired
from inspect_app.sites.models import Site
from inspect_app.staff.models import WrongPins
from inspect_app.visits.models import Visit
from tests.conftest import Tablet
from tests.factories import new_id, ready_to_sign


@pytest.mark.parametrize(
    ("state", "hook", "wanted"),
    [
        ("in", "A1", []),
        ("in", "", []),
        ("in", "B2", ["wrong_hook"]),
        ("out", "A1", ["extra"]),
        ("overdue", "", ["extra"]),
        ("to_put_in", "", ["extra"]),
        ("not_expected", "A1", ["stale"]),
    ],
)
def test_a_tag_that_hangs_there_is_judged(state: str, hook: str, wanted: list[str]) -> None:
    found = findings([Expected(1, "A1", state)], [Scanned(1, hook)])

    assert [one.kind for one in found] == wanted


@pytest.mark.parametrize(("state", "wanted"), [("in", ["missing"]), ("out", []), ("to_put_in", [])])
def test_a_tag_that_does_not_hang_there_is_judged(state: str, wanted: list[str]) -> None:
    assert [one.kind for one in findings([Expected(1, "A1", state)], [])] == wanted


def test_a_hook_counts_for_the_tag_right_after_it() -> None:
    codes = [
        ("hook", "A1"),
        ("tag", "1"),
        ("tag", "2"),
        ("hook", "B2"),
        ("hook", "B3"),
        ("tag", "1"),
    ]

    assert paired(codes) == [Scanned(1, "B3"), Scanned(2, "")]


def test_findings_stand_in_the_order_of_their_weight() -> None:
    expected = [Expected(3, "A3", "not_expected"), Expected(2, "A2", "in"), Expected(1, "A1", "in")]

    found = findings(expected, [Scanned(3), Scanned(1, "C3")])

    assert found == [
        Finding("missing", 2, "A2"),
        Finding("wrong_hook", 1, "A1", "C3"),
        Finding("stale", 3, "A3"),
    ]


@pytest.fixture
def hung(minji: Tablet, shop: Site) -> list[str]:
    """Four keys on their hooks A1 to A4."""
    keys = []
    for plate in ("11가 1111", "22나 2222", "33다 3333", "44라 4444"):
        visit_id = uuid.UUID(ready_to_sign(minji, plate))
        query = select(KeyRegistration.id).where(KeyRegistration.visit_id == visit_id)
        keys.append(str(db.session.scalars(query).one()))
        db.session.commit()
        minji.post(f"/keys/{keys[-1]}/movements", {"id": new_id(), "kind": "put_in", "seen": 0})
    return keys


def signed(*codes: str, **changes: Any) -> dict[str, Any]:
    """The form as the page sends it: the last scan on top."""
    return {"id": new_id(), "pin": "1111", "code": list(reversed(codes)), **changes}


def test_a_round_finds_what_does_not_fit_and_moves_nothing(minji: Tablet, hung: list[str]) -> None:
    away = {"id": new_id(), "kind": "taken_out", "reason": "wash"}
    minji.post(f"/keys/{hung[2]}/movements", away)
    last = db.session.get_one(KeyRegistration, uuid.UUID(hung[3]))
    db.session.scalars(select(Visit).where(Visit.id == last.visit_id)).one().state = "closed"
    db.session.commit()
    before = len(db.session.scalars(select(KeyMovement)).all())

    answer = minji.post("/rounds", signed("HOOK:C5", "2", "3", "4"))

    assert answer.status_code == 303
    page = minji.get(answer.location).text
    assert "Minji scanned 3 tags" in page
    for words in ("Missing", "On the wrong hook", "hung on C5", "is out by the book", "has left"):
        assert words in page
    row = db.session.scalars(select(KeyRound)).one()
    assert [(one["kind"], one["tag"]) for one in row.findings] == [
        ("missing", 1), ("extra", 3), ("wrong_hook", 2), ("stale", 4),
    ]  # fmt: skip
    assert len(db.session.scalars(select(KeyMovement)).all()) == before
    assert "4 findings" in minji.get("/rounds").text


def test_everything_in_its_place_says_so(minji: Tablet, hung: list[str]) -> None:
    form = signed("4", "HOOK:A1", "1", "3", "2")

    first, again = minji.post("/rounds", form), minji.post("/rounds", form)

    assert "Everything hangs where it should" in minji.get(first.location).text
    assert again.location == first.location
    assert len(db.session.scalars(select(KeyRound)).all()) == 1


def test_a_wrong_pin_signs_nothing_and_keeps_the_scans(minji: Tablet, hung: list[str]) -> None:
    answer = minji.post("/rounds", signed("1", "HOOK:A2", "2", pin="9999"))

    assert answer.status_code == 422
    assert answer.text.count('name="code" value="') >= 3
    assert db.session.scalars(select(KeyRound)).all() == []
    assert db.session.scalars(select(WrongPins.failures)).all() == [1, 1]


def test_an_empty_round_is_no_round(minji: Tablet, hung: list[str]) -> None:
    answer = minji.post("/rounds", signed("HOOK:A1", "nonsense"))

    assert answer.status_code == 422
    assert "Nothing was scanned yet" in answer.text


@pytest.mark.parametrize(
    ("code", "status", "says"),
    [
        ("1", 200, "11가 1111"),
        ("HOOK:B4", 200, "Hook B4"),
        ("b4", 200, "Hook B4"),
        ("30", 200, "scanned"),
        ("777", 404, "Nothing here goes by"),
        ("HTTPS://EVIL.EXAMPLE/K/ABCDEFGHIJKLMNOP", 404, "not to this shop"),
        ("", 404, "Nothing here goes by"),
    ],
)
def test_each_scan_answers_at_once(
    minji: Tablet, hung: list[str], code: str, status: int, says: str
) -> None:
    answer = minji.get("/rounds/codes", query_string={"code": code})

    assert answer.status_code == status
    assert says in unescape(answer.text)


def test_the_rounds_page_may_run_the_decoder(minji: Tablet, hung: list[str]) -> None:
    assert "wasm-unsafe-eval" in minji.get("/rounds/new").headers["Content-Security-Policy"]
    token = db.session.scalars(select(KeyTag.token).limit(1)).one()
    assert token not in minji.get("/rounds/new").text
