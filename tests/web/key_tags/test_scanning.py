"""What a code leads to, and why another leads nowhere."""

import uuid
from datetime import UTC, datetime
from html import unescape

import pytest
from sqlalchemy import select

from inspect_app.db import any_site, bind_site, db
from inspect_app.key_tags.models import KeyRegistration, KeyTag
from inspect_app.key_tags.scan_rules import read_code
from inspect_app.seeds import seed_shop
from inspect_app.sites.models import Site
from inspect_app.visits.models import Visit
from tests.conftest import Tablet
from tests.factories import ready_to_sign

HOST = "KEYS.HANBIT.EXAMPLE"


def token(number: int = 1) -> str:
    """The code of this tag."""
    found: str = db.session.scalars(select(KeyTag.token).where(KeyTag.number == number)).one()
    db.session.commit()
    return found


def scan(tablet: Tablet, code: str) -> tuple[int, str]:
    """What the scanner answers to a code."""
    answer = tablet.get("/scan", query_string={"code": code})
    return answer.status_code, unescape(answer.text)


@pytest.mark.parametrize(
    "code",
    ["HTTPS://{host}/K/{token}", "https://{host}/k/{token}", "{token}", " {token} ", "1"],
)
def test_a_tag_shows_the_next_act_of_its_key(minji: Tablet, shop: Site, code: str) -> None:
    ready_to_sign(minji)

    status, page = scan(minji, code.format(host=HOST, token=token()))

    assert status == 200
    assert "It hangs on A1 now" in page
    assert 'data-result="good"' in page


def test_a_tag_is_known_under_every_host_that_the_shop_ever_had(minji: Tablet, shop: Site) -> None:
    ready_to_sign(minji)
    shop.settings = {"key_host": "NEW.EXAMPLE", "old_key_hosts": [HOST]}
    db.session.commit()

    assert scan(minji, f"HTTPS://{HOST}/K/{token()}")[0] == 200
    assert scan(minji, f"HTTPS://NEW.EXAMPLE/K/{token()}")[0] == 200


@pytest.mark.parametrize(
    ("code", "says"),
    [
        ("HTTPS://NEVER.EXAMPLE/K/{token}", "never.example, not to this shop"),
        ("HTTPS://KEYS.HANBIT.EXAMPLE@EVIL.EXAMPLE/K/{token}", "evil.example, not to this shop"),
        ("HTTPS://KEYS.HANBIT.EXAMPLE.EVIL.EXAMPLE/K/{token}", "not to this shop"),
        ("HTTPS://KEYS.HANBIT.EXAMPLE/ELSEWHERE/{token}", "no code of this shop"),
        ("javascript:alert(1)", "no code of this shop"),
        ("WIFI:S:guest;T:WPA;P:secret;;", "no code of this shop"),
        ("http://[", "no code of this shop"),
        ("x" * 200, "no code of this shop"),
        ("ABCDEFGHIJKLMNOP", "No tag of this shop has this code"),
        ("99999", "Nothing here goes by"),
        ("HOOK:Z99", "No hook is called Z99"),
        ("<script>alert(1)</script>", "Nothing here goes by"),
    ],
)
def test_a_foreign_code_says_why_and_is_never_opened(
    minji: Tablet, shop: Site, code: str, says: str
) -> None:
    ready_to_sign(minji)

    answer = minji.get("/scan", query_string={"code": code.format(token=token())})

    assert answer.status_code == 404
    assert says in unescape(answer.text)
    assert "<script>alert" not in answer.text
    assert "It hangs on" not in answer.text


def test_a_retired_tag_says_so(minji: Tablet, shop: Site) -> None:
    db.session.scalars(select(KeyTag).where(KeyTag.number == 7)).one().retired_at = datetime.now(
        UTC
    )
    db.session.commit()

    status, page = scan(minji, f"HTTPS://{HOST}/K/{token(7)}")

    assert status == 404
    assert "Tag 7 is retired" in page


def test_a_free_tag_says_that_no_key_hangs_on_it(minji: Tablet, shop: Site) -> None:
    status, page = scan(minji, f"HTTPS://{HOST}/K/{token(9)}")

    assert status == 200
    assert "Tag 9 is free" in page


def test_another_sites_tag_shows_nothing_of_that_site(minji: Tablet, shop: Site) -> None:
    seed_shop(code="other", name="Other Motors")
    db.session.commit()
    with any_site():
        other = db.session.scalars(
            select(KeyTag.token).where(KeyTag.site_id != shop.id).limit(1)
        ).one()
    bind_site(shop.id)
    db.session.commit()

    status, page = scan(minji, f"HTTPS://{HOST}/K/{other}")

    assert status == 404
    assert "another shop" in page
    assert "Other Motors" not in page


def test_a_tag_whose_car_has_left_is_not_expected(minji: Tablet, shop: Site) -> None:
    visit_id = uuid.UUID(ready_to_sign(minji))
    db.session.scalars(select(Visit).where(Visit.id == visit_id)).one().state = "closed"
    db.session.commit()

    status, page = scan(minji, f"HTTPS://{HOST}/K/{token()}")

    assert status == 200
    assert "Its car has left already" in page
    assert 'data-result="warn"' in page
    assert 'data-state="not_expected"' in minji.get("/cabinet").text


def test_only_the_scanners_pages_may_compile_the_decoder(minji: Tablet, shop: Site) -> None:
    ready_to_sign(minji)
    key = db.session.scalars(select(KeyRegistration.id)).one()

    scanner = minji.get("/scan").headers["Content-Security-Policy"]
    others = [minji.get(path).headers["Content-Security-Policy"] for path in ("/", f"/keys/{key}")]

    assert "script-src 'self' 'wasm-unsafe-eval';" in scanner
    assert not any("unsafe" in policy for policy in others)


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("", "nothing", ""),
        ("hook:b4", "hook", "B4"),
        ("HOOK:" + "A" * 13, "foreign", ""),
        ("12가 3456", "words", "12가 3456"),
        ("1234567890123456", "words", "1234567890123456"),
        ("abcdefghijklmnop", "tag", "ABCDEFGHIJKLMNOP"),
        ("HTTPS://H/K/ABCDEFGHIJKLMNO1", "foreign", ""),
        ("FTP://H/K/ABCDEFGHIJKLMNOP", "foreign", ""),
    ],
)
def test_what_a_code_is(text: str, kind: str, value: str) -> None:
    code = read_code(text, {"H"})

    assert (code.kind, code.value) == (kind, value)
