"""What a tablet may believe: an answer names the key it stored, and nothing else passes for one."""

import uuid

from tests.conftest import Tablet

ME = {"locale": "en", "hand": "left", "then": "/"}


def test_an_answer_names_the_key_that_is_stored(minji: Tablet) -> None:
    key = str(uuid.uuid4())

    first = minji.post("/me", ME, headers={"Idempotency-Key": key})
    again = minji.post("/me", ME, headers={"Idempotency-Key": key})

    assert first.headers["Idempotency-Key"] == again.headers["Idempotency-Key"] == key
    assert again.status_code == first.status_code


def test_a_refused_repeat_with_other_content_names_no_key(minji: Tablet) -> None:
    key = str(uuid.uuid4())
    minji.post("/me", ME, headers={"Idempotency-Key": key})

    other = minji.post("/me", ME | {"hand": "right"}, headers={"Idempotency-Key": key})

    assert other.status_code == 422
    assert "Idempotency-Key" not in other.headers
