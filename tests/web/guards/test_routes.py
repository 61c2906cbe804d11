"""What holds for every route, so that no one has to remember it."""

from flask import Flask

from inspect_app.access import Access
from tests.conftest import Tablet

PUBLIC = {
    "certificates.authority_file",
    "certificates.authority_profile",
    "certificates.show",
    "certificates.works",
    "claims.add",
    "claims.take_over",
    "exchange.description",
    "gate_passes.carried",
    "key_tags.scan",
    "offline.code",
    "offline.words",
    "offline.worker",
    "pwa.connection",
    "pwa.manifest",
    "sheets.copy",
    "sheets.copy_pdf",
    "sheets.copy_signed",
    "signatures.answer_by_link",
    "signatures.by_link",
    "signatures.open_link",
    "signatures.photo_by_link",
    "signatures.seal_by_link",
    "staff.add_sign_in",
    "staff.sign_in",
}
"""Those that answer without a sign-in; each needs a reason that a customer would accept."""


def _views(app: Flask) -> dict[str, object]:
    return {name: view for name, view in app.view_functions.items() if name != "static"}


def test_every_route_declares_who_may_call_it(app: Flask) -> None:
    undeclared = [name for name, view in _views(app).items() if not hasattr(view, "access")]

    assert undeclared == []


def test_only_these_routes_answer_without_a_sign_in(app: Flask) -> None:
    found = {
        name
        for name, view in _views(app).items()
        if isinstance(access := getattr(view, "access", None), Access) and access.kind == "public"
    }

    assert found - PUBLIC == set()


def test_only_get_and_post_are_used(app: Flask) -> None:
    for rule in app.url_map.iter_rules():
        assert (rule.methods or set()) <= {"GET", "HEAD", "OPTIONS", "POST"}, rule


def test_every_writing_route_keeps_one_transaction(app: Flask) -> None:
    """`@commits` wraps the view; those that count wrong PINs for good commit themselves."""
    own = {
        "staff.add_sign_in",
        "signatures.give_back",
        "key_tags.hand_over",
        "key_tags.add_round",
        "claims.add",
        "claims.answer",
        "imports.add",
        "workshop.add_receipt",
        "workshop.accept",
    }
    for rule in app.url_map.iter_rules():
        if "POST" in (rule.methods or set()) and rule.endpoint not in own:
            assert hasattr(app.view_functions[rule.endpoint], "__wrapped__"), rule.endpoint


def test_every_answer_carries_the_strict_policy(minji: Tablet) -> None:
    answer = minji.get("/connection")

    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert "unsafe" not in answer.headers["Content-Security-Policy"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "no-store"


def test_whoever_is_not_signed_in_is_asked_to_and_comes_back(app: Flask) -> None:
    answer = app.test_client().get("/visits/0b1f7d0e-0000-4000-8000-000000000000")

    assert answer.status_code == 303
    assert answer.location.startswith("/sign-in?then=/visits/")


def test_a_page_that_does_not_exist_says_so_calmly(minji: Tablet) -> None:
    answer = minji.get("/no-such-page")

    assert answer.status_code == 404
    assert "Traceback" not in answer.text
